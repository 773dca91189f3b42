import type { Readable, Writable } from 'node:stream'
import {
  type DapEvent,
  type DapMessage,
  type DapRequest,
  type DapResponse,
  type Outgoing,
  parseMessage,
} from './dapMessage'
import { encodeFrame, FRAME_LIMITS, type Frame, type FrameLimits, openStream } from './dapStream'

/** What the other side says. Responses to our own requests do not come here. */
export interface PeerEvents {
  onRequest(request: DapRequest, bytes: Buffer): void
  onResponse(response: DapResponse, bytes: Buffer): void
  onEvent(event: DapEvent, bytes: Buffer): void
  onDrain(): void
  /** Once; `reason` when the other side did not simply close. */
  onClosed(reason?: Error): void
}

/** The conversation with one side: an editor or an adapter. */
export interface DapPeer {
  /** Requests of the other side that nobody has answered, by their seq. */
  readonly unanswered: ReadonlyMap<number, DapRequest>
  readonly isClosed: boolean
  readonly closed: Promise<void>
  /** Bytes that wait to be read by the other side. */
  readonly queued: number
  readonly isFull: boolean
  /** Once less waits than makes it full, or it is closed. */
  drained(): Promise<void>
  /** From now on these hear what is said. */
  listen(events: PeerEvents): void
  setLimits(limits: FrameLimits): void
  /** A request of our own; `onResponse` is called at once when its answer is read, or as failed when none can come. */
  ask(command: string, args: unknown, onResponse: (response: DapResponse) => void): void
  respond(request: DapRequest, body?: unknown): void
  refuse(request: DapRequest, message: string, body?: unknown): void
  event(name: string, body: unknown): void
  /** Passes on a request or event of the other conversation as it came. */
  forward(bytes: Buffer): void
  /** Passes on a response as it came, unless its request is answered already or was never made. */
  forwardResponse(response: DapResponse, bytes: Buffer): void
  pause(): void
  resume(): void
  /** Writes what waits and closes; a side that does not read is left after a while. */
  end(): void
  destroy(): void
}

export type Trace = (way: 'received' | 'sent', bytes: Buffer) => void

export function openPeer(readable: Readable, writable: Writable, events: PeerEvents, trace?: Trace): DapPeer {
  const unanswered = new Map<number, DapRequest>()
  const asked = new Map<number, (response: DapResponse) => void>()
  let listener = events
  let limits = FRAME_LIMITS
  // Far from what the other side's own messages are numbered, since those are passed on with their number.
  let seq = OWN_SEQ
  let isClosed = false
  let tellClosed: () => void = () => undefined
  const closed = new Promise<void>(resolve => {
    tellClosed = resolve
  })

  const waiting: (() => void)[] = []

  const onFrame = ({ bytes, body }: Frame) => {
    trace?.('received', bytes)
    const message = parseMessage(body)
    // Without a number there is nothing to answer to: a message that is none is ignored.
    if (message !== undefined) hear(message, bytes)
  }
  const hear = (message: DapMessage, bytes: Buffer) => {
    switch (message.type) {
      case 'request':
        unanswered.set(message.seq, message)
        return listener.onRequest(message, bytes)
      case 'event':
        return listener.onEvent(message, bytes)
      case 'response': {
        const onResponse = asked.get(message.request_seq)
        if (onResponse === undefined) return listener.onResponse(message, bytes)
        asked.delete(message.request_seq)
        return onResponse(message)
      }
    }
  }
  const onClosed = (reason?: Error) => {
    isClosed = true
    const open = [...asked]
    asked.clear()
    for (const [request_seq, onResponse] of open) onResponse(noAnswer(request_seq))
    listener.onClosed(reason)
    tellClosed()
    for (const resolve of waiting.splice(0)) resolve()
  }
  const stream = openStream(readable, writable, () => limits, {
    onFrame,
    onClosed,
    onDrain: () => {
      listener.onDrain()
      for (const resolve of waiting.splice(0)) resolve()
    },
  })
  const put = (bytes: Buffer) => {
    trace?.('sent', bytes)
    stream.write(bytes)
  }
  const send = (message: Outgoing): number => {
    seq += 1
    put(encodeFrame({ seq, ...message }))
    return seq
  }
  const refuse = (request: DapRequest, message: string, body: unknown = {}) => {
    if (!unanswered.delete(request.seq)) return
    const { seq: request_seq, command } = request
    // debugpy closes the connection on a failed response without `message` or `command`.
    send({ type: 'response', request_seq, command, success: false, message, body })
  }

  return {
    unanswered,
    get isClosed() {
      return isClosed
    },
    closed,
    get queued() {
      return stream.queued
    },
    get isFull() {
      return stream.isFull
    },
    drained: () =>
      stream.isFull && !isClosed ? new Promise(resolve => waiting.push(resolve)) : Promise.resolve(),
    listen: next => {
      listener = next
    },
    setLimits: next => {
      limits = next
    },
    ask: (command, args, onResponse) => {
      if (isClosed) return onResponse(noAnswer(0))
      asked.set(send({ type: 'request', command, arguments: args }), onResponse)
    },
    respond: (request, body = {}) => {
      if (!unanswered.delete(request.seq)) return
      send({ type: 'response', request_seq: request.seq, command: request.command, success: true, body })
    },
    refuse,
    event: (name, body) => void send({ type: 'event', event: name, body }),
    forward: put,
    forwardResponse: (response, bytes) => {
      const { request_seq, message, body, isWhole } = response
      const request = unanswered.get(request_seq)
      if (request === undefined) return
      if (isWhole) {
        unanswered.delete(request_seq)
        put(bytes)
      } else refuse(request, message ?? `${request.command} failed.`, body)
    },
    pause: stream.pause,
    resume: stream.resume,
    end: () => {
      stream.end()
      let waits = MAX_LINGERS
      const look = () => {
        waits -= 1
        if (stream.queued === 0 || waits === 0) stream.destroy()
        else setTimeout(look, LINGER).unref()
      }
      setTimeout(look, LINGER).unref()
    },
    destroy: stream.destroy,
  }
}

const OWN_SEQ = 2 ** 30
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
