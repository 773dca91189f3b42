import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { type Broker, startBroker } from '../../server/sessions/broker'
import { UNANSWERED_REQUESTS } from '../../server/sessions/debugpyHazards'
import type { AdapterChoice, LaunchPlan } from '../../server/sessions/launchPlan'
import { diskFiles } from '../../server/workspace/disk'
import {
  BARE_CLIENT,
  connectDap,
  type DapClient,
  frame,
  framing,
  NVIM_DAP,
  startSession,
} from '../support/dapClient'
import { eventually } from '../support/eventually'
import { mutate, pick, type Random, random, wire } from './mutation'

export interface FuzzReport {
  readonly fromEditor: number
  readonly fromAdapter: number
  /** Sessions that a broken frame ended, as it must. */
  readonly sessions: number
}

/** Milliseconds for any answer. */
const PATIENCE = 10_000
const BATCH = 50

/**
 * Feeds a broker mutated messages from both sides. After each batch the session must answer; each request with a
 * number of its own must be answered once; what the broker cannot read must end that session and nothing else.
 * @throws Error that names the seed
 */
export async function fuzzBroker(
  count: number,
  seed: number,
  progress: (text: string) => void = () => undefined,
): Promise<FuzzReport> {
  const next = random(seed)
  const adapter = await startAdapter(next)
  const broker = await startBroker({
    host: { platform: 'linux', env: {}, homeDir: tmpdir(), cwd: tmpdir() },
    files: diskFiles,
    nodeCommand: ['launch-ls'],
    log: () => undefined,
    onSession: () => undefined,
    timeouts: { close: 20 },
  })
  let fromEditor = 0
  let sessions = 0
  try {
    while (fromEditor + adapter.sent() < count) {
      const client = await begin(broker, adapter.port, next)
      sessions += 1
      for (let isWhole = true; isWhole && fromEditor + adapter.sent() < count; ) {
        isWhole = adapter.say(BATCH)
        const asked: number[] = []
        for (let message = 0; message < BATCH && isWhole; message += 1) {
          isWhole = speak(client, next, asked)
          fromEditor += 1
        }
        if (isWhole) await answered(client, asked)
        else await within(client.closed, 'the connection of a broken frame is closed')
        progress(`${fromEditor + adapter.sent()} of ${count}`)
      }
      client.reset()
    }
    await within(broker.close(), 'the broker closes')
  } catch (error) {
    throw new Error(`seed ${seed}, message ${fromEditor}: ${error instanceof Error ? error.message : error}`)
  } finally {
    adapter.close()
  }
  return { fromEditor, fromAdapter: adapter.sent(), sessions }
}

/**
 * Sends mutated requests through a broker to a real debugpy that has stopped. It must answer on, each request once,
 * and `disconnect` within 2 s.
 */
export async function fuzzDebugpy(
  broker: Broker,
  plan: LaunchPlan,
  count: number,
  seed: number,
): Promise<void> {
  const next = random(seed)
  const client = await connectDap(broker.endpoint)
  client.ignoreViolations()
  const { token } = broker.prepare(plan)
  await startSession(client, { token })
  await client.waitFor('stopped')
  lastSeq = 1_000
  try {
    for (let sent = 0; sent < count; ) {
      const asked: number[] = []
      const ids = await idsOf(client)
      for (let message = 0; message < BATCH; message += 1, sent += 1) {
        lastSeq += 1
        const { command, arguments: args } = { arguments: {}, ...pick([...REQUESTS, PAUSE], next) }
        const known = Object.entries(ids).filter(([key]) => key in args)
        const whole = { ...structuredClone(args), ...Object.fromEntries(known) }
        const request = mutate({ seq: lastSeq, type: 'request', command, arguments: whole }, next)
        const bytes = frame(request)
        if (isRequest(bytes) === lastSeq) asked.push(lastSeq)
        client.write(bytes)
      }
      await answered(client, asked)
      if (client.events('terminated').length > 0)
        throw new Error(`the session is over after ${sent} requests`)
    }
    await client.request('disconnect', {}, 2_000)
  } catch (error) {
    throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : error}`)
  }
}

let lastSeq = 0

async function begin(broker: Broker, port: number, next: Random): Promise<DapClient> {
  const choice: AdapterChoice = { kind: 'connect', host: '127.0.0.1', port }
  const { token } = broker.prepare({
    name: 'fuzz',
    type: 'debugpy',
    request: 'attach',
    adapter: choice,
    resolve: async () => ({
      kind: 'resolved',
      arguments: { connect: { host: '127.0.0.1', port }, isMain: true },
      adapter: choice,
    }),
  })
  const client = await connectDap(broker.endpoint)
  client.ignoreViolations()
  await client.request('initialize', next() < 0.5 ? NVIM_DAP : BARE_CLIENT, PATIENCE)
  await client.request('attach', { token }, PATIENCE)
  lastSeq = 1_000
  return client
}

/** Sends one mutated message; false when the broker can read nothing behind it. */
function speak(client: DapClient, next: Random, asked: number[]): boolean {
  lastSeq += 1
  const request = { seq: lastSeq, type: 'request', ...structuredClone(pick(REQUESTS, next)) }
  const message = mutate(request, next)
  const { bytes, isWhole } = wire(message, next)
  if (isWhole && isRequest(bytes) === lastSeq) asked.push(lastSeq)
  if (next() < 0.3) {
    const at = Math.floor(next() * bytes.length)
    client.write(bytes.subarray(0, at))
    client.write(bytes.subarray(at))
  } else client.write(bytes)
  return isWhole
}

/** The number of a request as the bytes hold it, if they hold one that ends nothing. */
function isRequest(bytes: Buffer): number | undefined {
  try {
    const value = JSON.parse(bytes.toString('utf8', bytes.indexOf('\r\n\r\n') + 4))
    const ends = ['disconnect', 'terminate', 'restart']
    if (value?.type !== 'request' || typeof value.command !== 'string' || ends.includes(value.command))
      return undefined
    return Number.isSafeInteger(value.seq) ? value.seq : undefined
  } catch {
    return undefined
  }
}

/** What a stopped program calls its thread, frame and variables now; empty while it runs. */
async function idsOf(client: DapClient): Promise<Record<string, unknown>> {
  const first = async (command: string, key: string, args: Record<string, unknown>) => {
    const found = (await client.request(command, args, PATIENCE))[key]
    return (Array.isArray(found) ? found[0] : undefined) as Record<string, unknown> | undefined
  }
  try {
    const threadId = (await first('threads', 'threads', {}))?.['id']
    const frameId = (await first('stackTrace', 'stackFrames', { threadId }))?.['id']
    const variablesReference = (await first('scopes', 'scopes', { frameId }))?.['variablesReference']
    return { threadId, frameId, variablesReference }
  } catch {
    return {}
  }
}

/** Each was answered once, and what is asked after them too. */
async function answered(client: DapClient, asked: readonly number[]): Promise<void> {
  await client.ask('threads', {}, PATIENCE)
  await eventually('each is answered once', () => unanswered(client, asked).length === 0, PATIENCE).catch(
    () => {
      const [seq] = unanswered(client, asked)
      throw new Error(`request ${seq} was not answered once`)
    },
  )
}

function unanswered(client: DapClient, asked: readonly number[]): number[] {
  const count = new Map<number, number>()
  for (const message of client.received) {
    if (!('request_seq' in message)) continue
    const number = Number(message.request_seq)
    count.set(number, (count.get(number) ?? 0) + 1)
  }
  return asked.filter(seq => count.get(seq) !== 1)
}

interface FuzzAdapter {
  readonly port: number
  /** Says so many mutated messages; false when a frame was broken. */
  say(count: number): boolean
  sent(): number
  close(): void
}

/** An adapter that answers every request it can read, and says mutated things between. */
async function startAdapter(next: Random): Promise<FuzzAdapter> {
  let socket: Socket | undefined
  let sent = 0
  let seq = 0
  const server: Server = createServer(connection => {
    connection.on('error', () => undefined)
    connection.on(
      'data',
      framing(message => {
        if (message.type !== 'request' || !('command' in message)) return
        seq += 1
        const { command } = message
        // Others come to let a child go that nobody attached to.
        if (command === 'attach' && JSON.stringify(message).includes('isMain')) socket = connection
        connection.write(
          frame({ seq, type: 'response', request_seq: message.seq, command, success: true, body: {} }),
        )
      }),
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    say: count => {
      for (let number = 0; number < count; number += 1) {
        seq += 1
        sent += 1
        const { bytes, isWhole } = wire(mutate({ seq, ...structuredClone(pick(SAID, next)) }, next), next)
        socket?.write(bytes)
        if (!isWhole) return false
      }
      return true
    },
    sent: () => sent,
    close: () => void server.close(),
  }
}

async function within(promise: Promise<unknown>, what: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${PATIENCE} ms: ${what}`)), PATIENCE)
  })
  await Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

export const REQUESTS = [
  {
    command: 'setBreakpoints',
    arguments: { source: { path: '/a.py' }, breakpoints: [{ line: 1, condition: 'x' }] },
  },
  { command: 'setFunctionBreakpoints', arguments: { breakpoints: [{ name: 'f' }] } },
  { command: 'setExceptionBreakpoints', arguments: { filters: ['raised'] } },
  { command: 'configurationDone', arguments: {} },
  { command: 'threads' },
  { command: 'stackTrace', arguments: { threadId: 1, startFrame: 0, levels: 20 } },
  { command: 'scopes', arguments: { frameId: 1 } },
  { command: 'variables', arguments: { variablesReference: 1, filter: 'named' } },
  { command: 'evaluate', arguments: { expression: 'x', frameId: 1, context: 'hover' } },
  { command: 'setVariable', arguments: { variablesReference: 1, name: 'x', value: '1' } },
  { command: 'continue', arguments: { threadId: 1 } },
  { command: 'next', arguments: { threadId: 1, granularity: 'line' } },
  { command: 'stepInTargets', arguments: { frameId: 1 } },
  { command: 'source', arguments: { sourceReference: 1 } },
  { command: 'completions', arguments: { text: 'x', column: 1 } },
  { command: 'cancel', arguments: { requestId: 3 } },
  { command: 'initialize', arguments: { adapterID: 'debugpy' } },
  { command: 'launch', arguments: { token: 'x' } },
  ...[...UNANSWERED_REQUESTS]
    .map(command => ({ command, arguments: {} }))
    .filter(({ command }) => command !== 'restart'),
]

const PAUSE = { command: 'pause', arguments: { threadId: 1 } }

const SAID = [
  { type: 'event', event: 'output', body: { category: 'stdout', output: 'x\n' } },
  { type: 'event', event: 'stopped', body: { reason: 'breakpoint', threadId: 1, hitBreakpointIds: [1] } },
  { type: 'event', event: 'continued', body: { threadId: 1 } },
  { type: 'event', event: 'thread', body: { reason: 'started', threadId: 1 } },
  { type: 'event', event: 'breakpoint', body: { reason: 'changed', breakpoint: { id: 1, verified: true } } },
  { type: 'event', event: 'process', body: { name: 'a', systemProcessId: 1 } },
  { type: 'event', event: 'exited', body: { exitCode: 1 } },
  { type: 'event', event: 'initialized' },
  { type: 'event', event: 'debugpySockets', body: { sockets: [] } },
  {
    type: 'event',
    event: 'debugpyAttach',
    body: { name: 'child', subProcessId: 1, connect: { host: '127.0.0.1', port: 1 } },
  },
  {
    type: 'request',
    command: 'startDebugging',
    arguments: { request: 'attach', configuration: { connect: { host: '127.0.0.1', port: 1 } } },
  },
  {
    type: 'request',
    command: 'runInTerminal',
    arguments: { args: ['/nowhere/python', 'x'], env: {}, cwd: '/' },
  },
  { type: 'request', command: 'other', arguments: {} },
  { type: 'response', request_seq: 10 ** 9, command: 'threads', success: true, body: {} },
  { type: 'response', request_seq: 10 ** 9, command: 'threads', success: false, message: 'no' },
]
