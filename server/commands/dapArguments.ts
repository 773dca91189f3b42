import { resolve } from 'node:path'
import type { EditorState } from '../core/editor'
import { isObject, type JsonObject } from '../core/json'
import type { Endpoint, StartDebugParams } from '../protocol'
import type { DapRequest } from '../sessions/dapMessage'
import { uriOf } from '../workspace/paths'
import { inputAnswers } from './arguments'

/**
 * What the arguments of `launch` or `attach` ask for: a name of launch.json in `configuration` with the rest of
 * startDebug's parameters beside it, or a whole configuration, there or in their place. Some editors can write texts
 * and lists of texts only: `file`, `line` and `column` stand for `editor`, and `inputs` may be a list of "ID=VALUE".
 */
export function startParams({ command, arguments: args }: DapRequest, cwd: string): StartDebugParams {
  const { configuration, inputs, noDebug, folder } = args
  if (typeof configuration !== 'string' && !isObject(configuration)) {
    return { configuration: asConfiguration(args, command), noDebug: noDebug === true }
  }
  const editor = editorState(args, cwd)
  return {
    configuration:
      typeof configuration === 'string' ? configuration : asConfiguration(configuration, command),
    ...(editor === undefined ? {} : { editor }),
    ...(typeof folder === 'string' && folder !== '' ? { folder: asUri(folder, cwd) } : {}),
    ...(inputs === undefined ? {} : { inputs: answers(inputs) }),
    noDebug: noDebug === true,
  }
}

/** An editor that begins a child session in a process of its own: where it is told to connect. */
export function childEndpoint({ token, connect }: JsonObject): Endpoint | undefined {
  if (typeof token !== 'string' || !isObject(connect)) return undefined
  const { host, port } = connect
  return host === '127.0.0.1' && typeof port === 'number' ? { host, port } : undefined
}

function asConfiguration(args: JsonObject, request: string) {
  const { type, name } = args
  return {
    ...args,
    type: typeof type === 'string' ? type : 'debugpy',
    request,
    name: typeof name === 'string' ? name : 'debug',
  }
}

function editorState({ editor, file, ...place }: JsonObject, cwd: string): EditorState | undefined {
  if (isObject(editor)) return editor
  if (typeof file !== 'string' || file === '') return undefined
  const [line, column] = [positive(place['line']), positive(place['column'])]
  return {
    file: resolve(cwd, file),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  }
}

function positive(value: unknown): number | undefined {
  const number = Number(value)
  return Number.isSafeInteger(number) && number > 0 ? number : undefined
}

function answers(inputs: unknown): Record<string, string> {
  if (Array.isArray(inputs))
    return inputAnswers(
      inputs.map(String).filter(text => text !== ''),
      '"inputs"',
    )
  if (!isObject(inputs)) return {}
  return Object.fromEntries(Object.entries(inputs).map(([id, value]) => [id, String(value)]))
}

function asUri(folder: string, cwd: string): string {
  return folder.startsWith('file:') ? folder : uriOf(resolve(cwd, folder))
}
