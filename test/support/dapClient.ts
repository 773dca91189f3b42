import { connect as connectSocket, type Socket } from 'node:net'
import type { Readable, Writable } from 'node:stream'
import type { DebugProtocol } from '@vscode/debugprotocol'
import { violations } from './dapSchema'

type Message = DebugProtocol.ProtocolMessage
type Arguments = Readonly<Record<string, unknown>>

/** What the client declares in `initialize`; nvim-dap's by default. */
export const NVIM_DAP: Arguments = {
  clientID: 'neovim',
  adapterID: 'debugpy',
  columnsStartAt1: true,
  linesStartAt1: true,
  locale: 'en_US.UTF-8',
  pathFormat: 'path',
  supportsRunInTerminalRequest: true,
  supportsVariableType: true,
  supportsStartDebuggingRequest: true,
  supportsProgressReporting: true,
}
/** A client that can do nothing at all. */
export const BARE_CLIENT: Arguments = { adapterID: 'debugpy', pathFormat: 'path' }

/**
 * A debug client of the tests. It records all that it sends and receives, in order, and answers reverse requests by
 * the handlers it was given (without one: `success: false`). A message that is not of the protocol is an error.
 */
export interface DapClient {
  readonly received: readonly Message[]
  readonly sent: readonly Message[]
  /** From now on it does not check that what it hears is of the protocol. */
  ignoreViolations(): void
  /** Sends a request; the response's body. Rejects with the response's message when it failed. */
  request(command: string, args?: Arguments, timeout?: number): Promise<Record<string, unknown>>
  /** Sends a request; the whole response, failed or not. */
  ask(command: string, args?: Arguments, timeout?: number): Promise<DebugProtocol.Response>
  /** The next event of that name which no earlier call took, already received or still to come. */
  waitFor(event: string, timeout?: number): Promise<Record<string, unknown>>
  /** Bodies of all events of that name so far. */
  events(name: string): Record<string, unknown>[]
  /** Text of all `output` events of these categories so far. */
  output(...categories: string[]): string
  /** Answers a reverse request: its result is the body; an Error makes it `success: false`. */
  onRequest(command: string, handler: (args: Arguments) => unknown): void
  /** Arguments of the next reverse request of that name which no earlier call took. */
  waitForRequest(command: string, timeout?: number): Promise<Arguments>
  /** Writes bytes as they are. */
  write(bytes: string | Uint8Array): void
  /** Stops and resumes reading. */
  pause(): void
  resume(): void
  /** Closes politely. */
  end(): void
  /** A connection reset, as of a killed editor. */
  reset(): void
  /** The connection is closed, by whichever side. */
  readonly closed: Promise<void>
}

/** Everything a start needs after the connection: `initialize`, `launch`/`attach`, breakpoints, `configurationDone`. */
export interface StartOptions {
  readonly request?: 'launch' | 'attach'
  readonly initialize?: Arguments
  /** Lines by path of a source. */
  readonly breakpoints?: Readonly<Record<string, readonly number[]>>
  readonly exceptionFilters?: readonly string[]
  readonly timeout?: number
}

const PATIENCE = 20_000

export async function connectDap(endpoint: { host: string; port: number }): Promise<DapClient> {
  const socket = connectSocket(endpoint.port, endpoint.host)
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  socket.setNoDelay(true)
  return dapClient(socket, socket, socket)
}

/** The whole start as editors do it; resolves with the capabilities when `launch` or `attach` is answered. */
export async function startSession(
  client: DapClient,
  stub: Arguments,
  options: StartOptions = {},
): Promise<Record<string, unknown>> {
  const { timeout = PATIENCE } = options
  const capabilities = await client.request('initialize', options.initialize ?? NVIM_DAP, timeout)
  const started = client.request(options.request ?? 'launch', stub, timeout)
  await Promise.race([client.waitFor('initialized', timeout), started])
  for (const [path, lines] of Object.entries(options.breakpoints ?? {})) {
    await client.request('setBreakpoints', { source: { path }, breakpoints: lines.map(line => ({ line })) })
  }
  await client.request('setExceptionBreakpoints', { filters: options.exceptionFilters ?? [] })
  await client.request('configurationDone')
  await started
  return capabilities
}

/** A client over any pair of streams: `launch-ls dap` speaks on a process's stdio. */
export function dapClient(readable: Readable, writable: Writable, socket?: Socket): DapClient {
  const received: Message[] = []
  const sent: Message[] = []
  const taken = new Set<Message>()
  const handlers = new Map<string, (args: Arguments) => unknown>()
  const watchers = new Set<() => void>()
  /** By the number of the request. */
  const answers = new Map<number, () => void>()
  let seq = 0
  let isClosed = false
  let isStrict = true
  const closed = new Promise<void>(resolve => {
    const close = () => {
      isClosed = true
      resolve()
      for (const watcher of [...watchers, ...answers.values()]) watcher()
    }
    for (const name of ['end', 'close', 'error']) readable.once(name, close)
  })
  readable.on('error', () => undefined)
  writable.on('error', () => undefined)
  readable.on(
    'data',
    framing(message => {
      received.push(message)
      const wrong = isStrict ? violations({ ...message }) : []
      if (wrong.length > 0)
        throw new Error(`${JSON.stringify(message)}\nis not of the protocol: ${wrong.join('; ')}`)
      if (message.type === 'request') void answer(message as DebugProtocol.Request)
      if (message.type === 'response') answers.get((message as DebugProtocol.Response).request_seq)?.()
      for (const watcher of [...watchers]) watcher()
    }),
  )

  function send(message: Arguments): Message {
    seq += 1
    const whole = { seq, ...message } as unknown as Message
    sent.push(whole)
    writable.write(frame(whole))
    return whole
  }

  async function answer(request: DebugProtocol.Request): Promise<void> {
    const handler = handlers.get(request.command)
    const base = { type: 'response', request_seq: request.seq, command: request.command }
    try {
      if (handler === undefined) throw new Error(`${request.command} is not supported`)
      const body = await handler((request.arguments ?? {}) as Arguments)
      send({ ...base, success: true, body: body ?? {} })
    } catch (error) {
      send({ ...base, success: false, message: error instanceof Error ? error.message : String(error) })
    }
  }

  /** Waits until `find` finds a message nobody took. */
  function take<T extends Message>(
    what: string,
    find: (message: Message) => message is T,
    timeout: number,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => fail(`no ${what} within ${timeout} ms`), timeout)
      const fail = (reason: string) => {
        done()
        reject(new Error(`${reason}; received: ${summary(received)}`))
      }
      const done = () => {
        clearTimeout(timer)
        watchers.delete(look)
      }
      const look = () => {
        const found = received.find((message): message is T => !taken.has(message) && find(message))
        if (found === undefined) {
          if (isClosed) fail(`no ${what}: the connection was closed`)
          return
        }
        taken.add(found)
        done()
        resolve(found)
      }
      watchers.add(look)
      look()
    })
  }

  function ask(command: string, args?: Arguments, timeout = PATIENCE): Promise<DebugProtocol.Response> {
    const { seq } = send({ type: 'request', command, ...(args === undefined ? {} : { arguments: args }) })
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer)
        answers.delete(seq)
      }
      const fail = (reason: string) => {
        done()
        reject(new Error(`no answer to ${command}${reason}; received: ${summary(received)}`))
      }
      const timer = setTimeout(() => fail(` within ${timeout} ms`), timeout)
      answers.set(seq, () => {
        const response = received.findLast(
          (message): message is DebugProtocol.Response =>
            message.type === 'response' && (message as DebugProtocol.Response).request_seq === seq,
        )
        if (response === undefined) {
          if (isClosed) fail(': the connection was closed')
          return
        }
        done()
        resolve(response)
      })
      if (isClosed) answers.get(seq)?.()
    })
  }

  return {
    received,
    sent,
    ask,
    closed,
    ignoreViolations: () => {
      isStrict = false
    },
    async request(command, args, timeout) {
      const response = await ask(command, args, timeout)
      if (!response.success) throw new Error(response.message ?? `${command} failed`)
      return (response.body ?? {}) as Record<string, unknown>
    },
    async waitFor(name, timeout = PATIENCE) {
      const isIt = (message: Message): message is DebugProtocol.Event =>
        message.type === 'event' && (message as DebugProtocol.Event).event === name
      return ((await take(`event ${name}`, isIt, timeout)).body ?? {}) as Record<string, unknown>
    },
    events: name => eventsOf(received, name),
    output: (...categories) =>
      eventsOf(received, 'output')
        .filter(body => categories.includes(String(body['category'] ?? 'console')))
        .map(body => body['output'])
        .join(''),
    onRequest: (command, handler) => void handlers.set(command, handler),
    async waitForRequest(command, timeout = PATIENCE) {
      const isIt = (message: Message): message is DebugProtocol.Request =>
        message.type === 'request' && (message as DebugProtocol.Request).command === command
      return ((await take(`request ${command}`, isIt, timeout)).arguments ?? {}) as Arguments
    },
    write: bytes => void writable.write(bytes),
    pause: () => void readable.pause(),
    resume: () => void readable.resume(),
    end: () => void writable.end(),
    reset: () => void (socket === undefined ? readable.destroy() : socket.resetAndDestroy()),
  }
}

/** One message with its header. */
export function frame(message: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(message), 'utf8')
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`, 'ascii'), body])
}

/** A handler of bytes that hands on whole messages. */
export function framing(onMessage: (message: Message) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = []
  let held = 0
  let wanted = 1
  return chunk => {
    chunks.push(chunk)
    held += chunk.length
    if (held < wanted) return
    let bytes = Buffer.concat(chunks)
    for (;;) {
      const end = bytes.indexOf('\r\n\r\n')
      const length =
        end < 0 ? 0 : Number(/content-length: *(\d+)/i.exec(bytes.toString('ascii', 0, end))?.[1])
      wanted = end < 0 ? bytes.length + 1 : end + 4 + length
      if (bytes.length < wanted) break
      onMessage(JSON.parse(bytes.toString('utf8', end + 4, wanted)) as Message)
      bytes = bytes.subarray(wanted)
    }
    chunks = [bytes]
    held = bytes.length
  }
}

function eventsOf(messages: readonly Message[], name: string): Record<string, unknown>[] {
  return messages
    .filter(
      (message): message is DebugProtocol.Event =>
        message.type === 'event' && (message as DebugProtocol.Event).event === name,
    )
    .map(event => (event.body ?? {}) as Record<string, unknown>)
}

function summary(messages: readonly Message[]): string {
  const names = messages.slice(-20).map(message => {
    if (message.type === 'event') return `event ${(message as DebugProtocol.Event).event}`
    const { command, success } = message as DebugProtocol.Response
    return message.type === 'response' ? `${success ? 'ok' : 'failed'} ${command}` : `request ${command}`
  })
  return names.join(', ') || 'nothing'
}
