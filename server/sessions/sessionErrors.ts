import type { Location } from 'vscode-languageserver-types'
import { URI } from 'vscode-uri'
import type { JsonObject } from '../core/json'
import type { StartError } from '../protocol'
import type { LinkEnd } from './adapterLink'

/** Why the broker refuses a start; the editor gets them as the failed answer to `launch` or `attach`. */

export function adapterGone(command: readonly string[], end: LinkEnd): StartError {
  return {
    kind: 'adapterFailed',
    message: `The debug adapter ended while the session was starting (${end.how}).`,
    remedy: 'Check that the configured Python runs and that its debugpy is whole.',
    tried: [command.join(' ')],
    ...(end.stderr === '' ? {} : { output: end.stderr }),
  }
}

export function adapterSilent(command: readonly string[], seconds: number): StartError {
  return {
    kind: 'adapterFailed',
    message: `The debug adapter did not answer within ${seconds} s.`,
    remedy:
      'Start again; when it stays so, check that the configured Python starts (a slow disk, an antivirus).',
    tried: [command.join(' ')],
  }
}

export function attachUnreachable(host: string, port: number, reason: string): StartError {
  return {
    kind: 'attachFailed',
    message: `Nothing to attach to at ${host}:${port} (${reason}).`,
    remedy:
      `Start the program with "python -m debugpy --listen ${port} --wait-for-client …", ` +
      'or correct "connect" in the configuration.',
    tried: [`${host}:${port}`],
  }
}

export function attachSilent(host: string, port: number, seconds: number): StartError {
  return {
    kind: 'attachFailed',
    message: `What listens at ${host}:${port} did not answer as a debug adapter within ${seconds} s.`,
    remedy:
      'debugpy serves one client at a time, and its first connection only: end the other client, or start the ' +
      "program again. Check that the port is debugpy's and not the program's own.",
    tried: [`${host}:${port}`],
  }
}

export function notRestartable(message: string): StartError {
  return { kind: 'adapterFailed', message, remedy: 'Stop the session and start the configuration again.' }
}

export function terminalSilent(seconds: number): StartError {
  return {
    kind: 'adapterFailed',
    message: `The editor's terminal did not start the program within ${seconds} s.`,
    remedy:
      'Set "console": "internalConsole" in the configuration, or check the editor\'s terminal settings.',
  }
}

/** What a person reads: the message, what to do, and where. */
export function textOf({ message, remedy, location, output }: StartError): string {
  const { file, line } = placeOf(location)
  const place = file === undefined ? undefined : `${file}:${line}`
  return [message, remedy, place, output].filter(part => part !== undefined).join('\n')
}

/** The body of a failed response, as the protocol has it: the values of its variables are texts. */
export function errorBody(error: StartError): JsonObject {
  const variables = { kind: error.kind, ...placeOf(error.location) }
  return { error: { id: 1, format: textOf(error), showUser: true, variables } }
}

/** The file's path, and line and column as people count them, from 1. */
function placeOf(location: Location | undefined): { file?: string; line?: string; column?: string } {
  if (location === undefined) return {}
  const { line, character } = location.range.start
  return { file: URI.parse(location.uri).fsPath, line: String(line + 1), column: String(character + 1) }
}
