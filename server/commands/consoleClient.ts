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
export function runSession(client: ConsoleClient, stub: JsonObject, isChild = false): Promise<number> {
  const toBroker = new PassThrough()
  const fromBroker = new PassThrough()
  client.broker.attachStream(toBroker, fromBroker)
  return new Promise(resolve => {
    let exitCode = 0
    let signal: number | undefined
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
        signal ??= signalOf(event)
        if (event.event === 'exited') {
          exitCode = signal === undefined ? Number(event.body['exitCode'] ?? 0) : OF_SIGNALS + signal
        }
        if (event.event === 'terminated') finish(exitCode)
        else void onEvent(client, peer, event, isChild)
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

/** As shells tell it. */
const OF_SIGNALS = 128

/** What our launcher says of a program that a signal ended (boot.py). */
function signalOf({ event, body }: DapEvent): number | undefined {
  const data = event === 'output' ? body['data'] : undefined
  const signal = isObject(data) ? data['signal'] : undefined
  return typeof signal === 'number' ? signal : undefined
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
        if (isObject(configuration)) await runSession(client, { ...configuration, request: kind }, true)
        return
      }
      default:
        peer.refuse(request, `launch-ls run does not know ${request.command}.`)
    }
  } catch (error) {
    peer.refuse(request, error instanceof Error ? error.message : String(error))
  }
}

async function onEvent(
  client: ConsoleClient,
  peer: DapPeer,
  { event, body }: DapEvent,
  isChild: boolean,
): Promise<void> {
  switch (event) {
    case 'initialized':
      return await configure(client, peer, isChild)
    case 'output':
      return print(client.machine, body)
    case 'stopped':
      await showStop(client, peer, body)
      return void (await ask(peer, 'continue', { threadId: body['threadId'] ?? 0 }))
  }
}

async function configure(client: ConsoleClient, peer: DapPeer, isChild: boolean): Promise<void> {
  for (const [path, lines] of client.breakpoints) {
    const breakpoints = lines.map(line => ({ line }))
    const { body } = await ask(peer, 'setBreakpoints', { source: { path }, breakpoints })
    if (!isChild) tellPlaces(client, path, lines, objects(body['breakpoints']))
  }
  await ask(peer, 'setExceptionBreakpoints', { filters: ['uncaught'] })
  await ask(peer, 'configurationDone', {})
}

/** Where a breakpoint stands that does not stand where it was asked for. */
function tellPlaces(
  { machine, style }: ConsoleClient,
  path: string,
  lines: readonly number[],
  set: readonly JsonObject[],
): void {
  lines.forEach((asked, index) => {
    const { verified, line, message } = set[index] ?? {}
    const why = typeof message === 'string' ? `: ${message}` : ''
    // debugpy says line 0 when nothing before the asked one can be stopped at.
    const told =
      verified !== true
        ? `the breakpoint was not accepted${why}`
        : line === 0
          ? 'there is no code to stop at'
          : line !== asked
            ? `there is no code to stop at; the breakpoint stands at line ${line}`
            : undefined
    const place = `${relative(machine.host.cwd, path) || path}:${asked}`
    if (told !== undefined) machine.error.write(`${style.yellow('○')} ${place}: ${told}.\n`)
  })
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
