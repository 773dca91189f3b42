import { PassThrough } from 'node:stream'
import { isObject, type JsonObject } from '../core/json'
import { createLauncher, type Launcher } from '../launching/launcher'
import type { Ui } from '../launching/machine'
import type { StartDebugParams } from '../protocol'
import type { Broker } from '../sessions/broker'
import type { DapRequest } from '../sessions/dapMessage'
import { type DapPeer, openPeer } from '../sessions/dapPeer'
import { pipeTo } from '../sessions/endpointPipe'
import { StartRefused } from '../sessions/startError'
import { openWorkspace, parse } from './arguments'
import { type Command, type Machine, UsageError } from './command'
import { launchingParts } from './launching'

/** `launch-ls dap`: a whole debug adapter on stdio, or with `--connect` a pipe to the endpoint of a server. */
export const dap: Command = async (args, machine) => {
  const { values } = parse(args, { connect: { type: 'string' } })
  if (values.connect !== undefined) return await connect(values.connect, machine)
  const parts = launchingParts(machine, openWorkspace(values, machine))
  try {
    await serveEditor(machine, await parts.broker(), createLauncher(parts))
    return 0
  } finally {
    await parts.close()
  }
}

async function connect(address: string, machine: Machine): Promise<number> {
  const [, host, port] = /^(.+):(\d+)$/.exec(address) ?? []
  if (host === undefined || port === undefined)
    throw new UsageError(`--connect takes HOST:PORT, not '${address}'.`)
  const error = await pipeTo(host, Number(port), machine.input, machine.output)
  if (error === undefined) return 0
  machine.error.write(
    `launch-ls: ${address} cannot be reached (${error}). Is the language server still running?\n`,
  )
  return 1
}

/**
 * Between the editor and the broker: all passes as it came, but for `launch` and `attach`. Their arguments are what
 * `startDebug` takes (`configuration` names one of launch.json), or a whole configuration; the broker gets the stub.
 */
function serveEditor(machine: Machine, broker: Broker, launcher: Launcher): Promise<void> {
  const toBroker = new PassThrough()
  const fromBroker = new PassThrough()
  broker.attachStream(toBroker, fromBroker)
  return new Promise(resolve => {
    const cancelled = new AbortController()
    const close = () => {
      cancelled.abort()
      editor.end()
      server.end()
      resolve()
    }
    const editor: DapPeer = openPeer(machine.input, machine.output, {
      onRequest(request, bytes) {
        const isStart = request.command === 'launch' || request.command === 'attach'
        if (!isStart || typeof request.arguments['token'] === 'string') server.forward(bytes)
        else void begin(request)
      },
      onResponse: (response, bytes) => void server.forwardResponse(response, bytes),
      onEvent: (_event, bytes) => server.forward(bytes),
      onDrain: () => server.resume(),
      onClosed: close,
    })
    const server: DapPeer = openPeer(fromBroker, toBroker, {
      onRequest: (_request, bytes) => editor.forward(bytes),
      onResponse: (response, bytes) => void editor.forwardResponse(response, bytes),
      onEvent: (_event, bytes) => editor.forward(bytes),
      onDrain: () => editor.resume(),
      onClosed: close,
    })
    const begin = async (request: DapRequest) => {
      try {
        const { sessions } = await launcher.start(startParams(request), editorUi(editor), cancelled.signal)
        const [session, ...others] = sessions
        if (others.length > 0) throw new UsageError(ONE_SESSION)
        if (session === undefined) throw new UsageError('There is nothing to start.')
        server.ask(session.configuration.request, session.configuration, response => {
          if (response.success) editor.respond(request, response.body)
          else editor.refuse(request, response.message ?? 'The start failed.', response.body)
        })
      } catch (error) {
        editor.refuse(request, refusalText(error))
      }
    }
  })
}

const ONE_SESSION =
  'This editor speaks to one session at a time, and a compound has several: start its members one by one.'

/** A name (with or without the rest of startDebug's parameters), or a configuration written in the editor itself. */
function startParams({ command, arguments: args }: DapRequest): StartDebugParams {
  const { configuration, editor, inputs, noDebug } = args
  if (typeof configuration === 'string' || isObject(configuration)) {
    return {
      configuration:
        typeof configuration === 'string' ? configuration : asConfiguration(configuration, command),
      ...(isObject(editor) ? { editor } : {}),
      ...(isObject(inputs) ? { inputs: texts(inputs) } : {}),
      noDebug: noDebug === true,
    }
  }
  return { configuration: asConfiguration(args, command), noDebug: noDebug === true }
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

function texts(inputs: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([id, value]) => [id, String(value)]))
}

/** The debug console is all that such an editor has. */
function editorUi(editor: DapPeer): Ui {
  const say = (output: string, category: string) => editor.event('output', { category, output })
  return {
    ask: () => Promise.resolve(undefined),
    runCommand: () => undefined,
    progress: () => undefined,
    output: ({ text, stream }) => say(text, stream),
  }
}

function refusalText(error: unknown): string {
  if (!(error instanceof StartRefused)) return error instanceof Error ? error.message : String(error)
  const { message, remedy, tried = [], output } = error.error
  return [message, ...tried.map(each => `tried: ${each}`), output, remedy].filter(Boolean).join('\n')
}
