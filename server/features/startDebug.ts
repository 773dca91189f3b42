import type { CancellationToken } from 'vscode-languageserver'
import { isObject } from '../core/json'
import type { Ask, RunCommand } from '../launching/answers'
import type { Launcher } from '../launching/launcher'
import type { Ui } from '../launching/machine'
import { clientMessages, type ResolveParams, requests, type StartDebugParams } from '../protocol'
import type { Context, Feature } from './context'
import { guard } from './guard'

/** `startDebug`, and the requests that tell what it would do. */
export function register(context: Context, launcher: Launcher, ask: Ask): Feature {
  const { connection } = context
  const start = async (params: StartDebugParams, token: CancellationToken) => {
    const progress = progressOf(context, params)
    const ui: Ui = {
      ask,
      runCommand: runCommand(context),
      progress: message => progress?.report(message),
      output: event => void connection.sendNotification(clientMessages.output, event),
    }
    const title = typeof params.configuration === 'string' ? params.configuration : params.configuration.name
    progress?.begin(`Starting ${title}`, undefined, undefined, true)
    try {
      return await launcher.start(params, ui, signalOf(token))
    } finally {
      progress?.done()
    }
  }
  connection.onRequest(requests.startDebug, guard(requests.startDebug, context.log, start))
  const answer = <P, R>(method: string, handler: (params: P) => R) =>
    connection.onRequest(method, async (params: P, token: CancellationToken): Promise<unknown> => {
      return await guard(method, context.log, handler)(params, token)
    })
  answer(requests.resolve, (params: ResolveParams) => launcher.resolve(params))
  answer(requests.commandLine, (params: StartDebugParams) => launcher.commandLine(params))
  answer(requests.pathMappings, (params: StartDebugParams) => launcher.pathMappings(params))
  return {}
}

function progressOf(context: Context, { workDoneToken }: StartDebugParams) {
  if (workDoneToken === undefined) return undefined
  return context.connection.window.attachWorkDoneProgress(workDoneToken)
}

/** Aborted by `$/cancelRequest`. */
function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController()
  if (token.isCancellationRequested) controller.abort()
  token.onCancellationRequested(() => controller.abort())
  return controller.signal
}

/** `${command:ID}` of commands that the client declares in `experimental.debug.commands`, run by it. */
function runCommand(context: Context): RunCommand {
  return (command, args, signal) => {
    const experimental: unknown = context.client().experimental
    const debug = isObject(experimental) ? experimental['debug'] : undefined
    const declared = isObject(debug) ? debug['commands'] : undefined
    if (!Array.isArray(declared) || !declared.includes(command)) return undefined
    return ran(context, command, args, signal)
  }
}

async function ran(context: Context, command: string, args: unknown, signal: AbortSignal) {
  const answered = context.connection.sendRequest(clientMessages.command, { command, args })
  const result: unknown = await Promise.race([answered, aborted(signal)])
  if (result === null || result === undefined) return null
  const value = isObject(result) ? result['value'] : undefined
  return typeof value === 'string' ? value : ({ failed: 'notText' } as const)
}

function aborted(signal: AbortSignal): Promise<null> {
  return new Promise(resolve => {
    if (signal.aborted) resolve(null)
    signal.addEventListener('abort', () => resolve(null), { once: true })
  })
}
