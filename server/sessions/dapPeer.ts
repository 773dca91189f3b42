import type { Readable, Writable } from 'node:stream'
import {
  type DapEvent,
  type DapMessage,
  type DapRequest,
  type DapResponse,
  type Outgoing,
  parseMessage,
} from './dapMessage'
import {
  type DapStream,
  encodeFrame,
  FRAME_LIMITS,
  type Frame,
  type FrameLimits,
  openStream,
} from './dapStream'

/** What the other side says. Responses to our own requests do not come here. */
export interface PeerEvents {
  onRequest(request: DapRequest, bytes: Buffer): void
  onResponse(response: DapResponse, bytes: Buffer): void
  onEvent(event: DapEvent, bytes: Buffer): void
  onDrain(): void
  /** Once; `reason` when the other side did not simply close. */
  onClosed(reason?: Error): void
}

export type Trace = (way: 'received' | 'sent', bytes: Buffer) => void

/** `seq`: what its own messages are numbered after. */
export function openPeer(
  readable: Readable,
  writable: Writable,
  events: PeerEvents,
  trace?: Trace,
  seq = OWN_SEQ,
): DapPeer {
  return new DapPeer(readable, writable, events, trace, seq)
}

/** The conversation with one side: an editor or an adapter. */
export class DapPeer {
  readonly closed: Promise<void>
  readonly #stream: DapStream
  readonly #trace: Trace | undefined
  readonly #unanswered = new Map<number, DapRequest>()
  readonly #asked = new Map<number, (response: DapResponse) => void>()
  readonly #waiting: (() => void)[] = []
  #events: PeerEvents
  #limits = FRAME_LIMITS
  #seq: number
  #isClosed = false

  constructor(
    readable: Readable,
    writable: Writable,
    events: PeerEvents,
    trace: Trace | undefined,
    seq: number,
  ) {
    this.#seq = seq
    this.#events = events
    this.#trace = trace
    let tellClosed: () => void = () => undefined
    this.closed = new Promise(resolve => {
      tellClosed = resolve
    })
    this.#stream = openStream(readable, writable, () => this.#limits, {
      onFrame: frame => this.#hear(frame),
      onDrain: () => {
        this.#events.onDrain()
        for (const resolve of this.#waiting.splice(0)) resolve()
      },
      onClosed: reason => {
        this.#close(reason)
        tellClosed()
      },
    })
  }

  /** Requests of the other side that nobody has answered, by their seq. */
  get unanswered(): ReadonlyMap<number, DapRequest> {
    return this.#unanswered
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Bytes that wait to be read by the other side. */
  get queued(): number {
    return this.#stream.queued
  }

  /** More waits than should. */
  get isFull(): boolean {
    return this.#stream.isFull
  }

  /** Once less waits than makes it full, or it is closed. */
  drained(): Promise<void> {
    if (!this.isFull || this.#isClosed) return Promise.resolve()
    return new Promise(resolve => this.#waiting.push(resolve))
  }

  /** From now on these hear what is said. */
  listen(events: PeerEvents): void {
    this.#events = events
  }

  setLimits(limits: FrameLimits): void {
    this.#limits = limits
  }

  /** A request of our own; `onResponse` is called at once when its answer is read, or as failed when none can come. */
  ask(command: string, args: unknown, onResponse: (response: DapResponse) => void): void {
    if (this.#isClosed) onResponse(noAnswer(0))
    else this.#asked.set(this.#send({ type: 'request', command, arguments: args }), onResponse)
  }

  /** Helix takes no `body`, not even an empty one, where the protocol has none. */
  respond({ seq: request_seq, command }: DapRequest, body?: unknown): void {
    if (!this.#unanswered.delete(request_seq)) return
    const response = { type: 'response', request_seq, command, success: true } as const
    this.#send(body === undefined ? response : { ...response, body })
  }

  refuse({ seq: request_seq, command }: DapRequest, message: string, body: unknown = {}): void {
    if (!this.#unanswered.delete(request_seq)) return
    // debugpy closes the connection on a failed response without `message` or `command`.
    this.#send({ type: 'response', request_seq, command, success: false, message, body })
  }

  event(name: string, body: unknown): void {
    this.#send({ type: 'event', event: name, body })
  }

  /** Passes on a request or event of the other conversation as it came. */
  forward(bytes: Buffer): void {
    this.#trace?.('sent', bytes)
    this.#stream.write(bytes)
  }

  /** Passes on a response as it came, unless its request is answered already or was never made. */
  forwardResponse({ request_seq, message, body, isWhole }: DapResponse, bytes: Buffer): void {
    const request = this.#unanswered.get(request_seq)
    if (request === undefined) return
    if (isWhole) {
      this.#unanswered.delete(request_seq)
      this.forward(bytes)
    } else this.refuse(request, message ?? `${request.command} failed.`, body)
  }

  pause(): void {
    this.#stream.pause()
  }

  resume(): void {
    this.#stream.resume()
  }

  /** Writes what waits and closes; a side that does not read is left after a while. */
  end(): void {
    this.#stream.end()
    let waits = MAX_LINGERS
    const look = () => {
      waits -= 1
      if (this.queued === 0 || waits === 0) this.destroy()
      else setTimeout(look, LINGER).unref()
    }
    setTimeout(look, LINGER).unref()
  }

  destroy(): void {
    this.#stream.destroy()
  }

  #hear({ bytes, body }: Frame): void {
    this.#trace?.('received', bytes)
    const message = parseMessage(body)
    // Without a number there is nothing to answer to: a message that is none is ignored.
    if (message !== undefined) this.#tell(message, bytes)
  }

  #tell(message: DapMessage, bytes: Buffer): void {
    switch (message.type) {
      case 'request':
        this.#unanswered.set(message.seq, message)
        this.#events.onRequest(message, bytes)
        break
      case 'event':
        this.#events.onEvent(message, bytes)
        break
      case 'response': {
        const onResponse = this.#asked.get(message.request_seq)
        this.#asked.delete(message.request_seq)
        if (onResponse === undefined) this.#events.onResponse(message, bytes)
        else onResponse(message)
      }
    }
  }

  #close(reason: Error | undefined): void {
    this.#isClosed = true
    const open = [...this.#asked]
    this.#asked.clear()
    for (const [request_seq, onResponse] of open) onResponse(noAnswer(request_seq))
    this.#events.onClosed(reason)
    for (const resolve of this.#waiting.splice(0)) resolve()
  }

  #send(message: Outgoing): number {
    this.#seq += 1
    this.forward(encodeFrame({ seq: this.#seq, ...message }))
    return this.#seq
  }
}

/** Far from what the other side's own messages are numbered, since those are passed on with their number. */
const OWN_SEQ = 2 ** 30
/** For one that passes on such messages, and asks too. */
export const RELAY_SEQ = 1.5 * OWN_SEQ
/** Milliseconds that a side has to close too; so many times as long when it has not read all. */
const LINGER = 5_000
const MAX_LINGERS = 12

function noAnswer(request_seq: number): DapResponse {
  return {
    type: 'response',
    request_seq,
    command: undefined,
    success: false,
    message: 'The connection was closed.',
    body: {},
    isWhole: true,
  }
}
