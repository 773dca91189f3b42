import { relative } from 'node:path'
import { PassThrough } from 'node:stream'
import { isObject, type JsonObject } from '../core/json'
import type { Broker } from '../sessions/broker'
import type { DapEvent, DapRequest, DapResponse } from '../sessions/dapMessage'
import { type DapPeer, openPeer } from '../sessions/dapPeer'
import { runInOwnTerminal } from '../sessions/ownTerminal'
import type { Machine } from './command'
import type { Style } from './style'

/** Lines by the absolute path of their file. */
export type Breakpoints = ReadonlyMap<string, readonly number[]>

export interface ConsoleClient {
  readonly machine: Machine
  readonly broker: Broker
  readonly breakpoints: Breakpoints
  readonly style: Style
  /** Whether standard input is a terminal that the program can have. */
  readonly hasTerminal: boolean
}

/**
 * A debug client for people without an editor: prints what the program prints and each stop with its place and
 * locals, and goes on. Resolves with the program's exit code.
 */
export function runSession(client: ConsoleClient, stub: JsonObject): Promise<number> {
  const toBroker = new PassThrough()
  const fromBroker = new PassThrough()
  client.broker.attachStream(toBroker, fromBroker)
  return new Promise(resolve => {
    let exitCode = 0
    const finish = (code: number) => {
      peer.end()
      resolve(code)
    }
    const peer = openPeer(fromBroker, toBroker, {
      onRequest: request => void answer(client, peer, request),
      onResponse: () => undefined,
      onDrain: () => undefined,
      onClosed: () => resolve(exitCode),
      onEvent(event) {
        if (event.event === 'exited') exitCode = Number(event.body['exitCode'] ?? 0)
        if (event.event === 'terminated') finish(exitCode)
        else void onEvent(client, peer, event)
      },
    })
    peer.ask('initialize', capabilities(client), () => {
      peer.ask(String(stub['request']), stub, response => {
        if (response.success) return
        client.machine.error.write(`${client.style.red(response.message ?? 'The start failed.')}\n`)
        finish(1)
      })
    })
  })
}

function capabilities({ hasTerminal }: ConsoleClient): JsonObject {
  return {
    clientID: 'launch-ls',
    adapterID: 'debugpy',
    linesStartAt1: true,
    columnsStartAt1: true,
    pathFormat: 'path',
    supportsRunInTerminalRequest: hasTerminal,
    supportsStartDebuggingRequest: true,
  }
}

async function answer(client: ConsoleClient, peer: DapPeer, request: DapRequest): Promise<void> {
  try {
    switch (request.command) {
      case 'runInTerminal':
        peer.respond(request, {
          processId: await runInOwnTerminal(request.arguments, client.machine.host.env),
        })
        return
      case 'startDebugging': {
        peer.respond(request)
        const { configuration, request: kind } = request.arguments
        if (isObject(configuration)) await runSession(client, { ...configuration, request: kind })
        return
      }
      default:
        peer.refuse(request, `launch-ls run does not know ${request.command}.`)
    }
  } catch (error) {
    peer.refuse(request, error instanceof Error ? error.message : String(error))
  }
}

async function onEvent(client: ConsoleClient, peer: DapPeer, { event, body }: DapEvent): Promise<void> {
  switch (event) {
    case 'initialized':
      return await configure(client, peer)
    case 'output':
      return print(client.machine, body)
    case 'stopped':
      await showStop(client, peer, body)
      return void (await ask(peer, 'continue', { threadId: body['threadId'] ?? 0 }))
  }
}

async function configure({ breakpoints }: ConsoleClient, peer: DapPeer): Promise<void> {
  for (const [path, lines] of breakpoints) {
    await ask(peer, 'setBreakpoints', { source: { path }, breakpoints: lines.map(line => ({ line })) })
  }
  await ask(peer, 'setExceptionBreakpoints', { filters: ['uncaught'] })
  await ask(peer, 'configurationDone', {})
}

function print({ output, error }: Machine, { category, output: text }: JsonObject): void {
  if (typeof text !== 'string') return
  const stream = category === 'stdout' ? output : error
  stream.write(text)
}

async function showStop({ machine, style }: ConsoleClient, peer: DapPeer, stop: JsonObject): Promise<void> {
  const { threadId, reason } = stop
  const frames = objects((await ask(peer, 'stackTrace', { threadId, levels: 1 })).body['stackFrames'])
  const [frame] = frames
  if (frame === undefined) return
  const source = isObject(frame['source']) ? String(frame['source']['path'] ?? '') : ''
  const place = `${relative(machine.host.cwd, source) || source}:${frame['line']}`
  const why = reason === 'breakpoint' ? '' : ` (${stop['text'] ?? stop['description'] ?? reason})`
  machine.output.write(`${style.yellow('●')} ${style.bold(place)} in ${frame['name']}${why}\n`)
  const [scope] = objects((await ask(peer, 'scopes', { frameId: frame['id'] })).body['scopes'])
  const { variablesReference } = scope ?? {}
  for (const { name, value } of objects(
    (await ask(peer, 'variables', { variablesReference })).body['variables'],
  )) {
    // debugpy's folded groups: special variables, function variables.
    if (value !== '') machine.output.write(`    ${name} = ${value}\n`)
  }
}

function ask(peer: DapPeer, command: string, args: JsonObject): Promise<DapResponse> {
  return new Promise(resolve => peer.ask(command, args, resolve))
}

function objects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}
