import type { Readable, Writable } from 'node:stream'

/** Content-Length and body of one message, and both as they stood on the wire. */
export interface Frame {
  readonly bytes: Buffer
  readonly body: Buffer
}

/** In bytes. */
export interface FrameLimits {
  readonly header: number
  readonly body: number
}

/** debugpy answers nothing larger (its `MAX_BODY_SIZE`). */
export const FRAME_LIMITS: FrameLimits = { header: 8 * 1024, body: 0xffffff }

/** What came is no frame, or too large: nothing behind it can be read. */
export class FramingError extends Error {}

/**
 * Cuts a stream of bytes into frames. What is incomplete is held as the chunks it came in and joined once, so that a
 * large message costs one copy.
 * @throws FramingError from the returned function
 */
export function frameReader(
  limits: () => FrameLimits,
  onFrame: (frame: Frame) => void,
): (chunk: Buffer) => void {
  let held: Buffer[] = []
  let size = 0
  let wanted = 1
  return chunk => {
    held.push(chunk)
    size += chunk.length
    if (size < wanted) return
    let bytes = held.length === 1 ? chunk : Buffer.concat(held, size)
    for (;;) {
      const head = readHeader(bytes, limits())
      wanted = head === undefined ? bytes.length + 1 : head.start + head.length
      if (head === undefined || bytes.length < wanted) break
      onFrame({ bytes: bytes.subarray(0, wanted), body: bytes.subarray(head.start, wanted) })
      bytes = bytes.subarray(wanted)
    }
    held = bytes.length === 0 ? [] : [bytes]
    size = bytes.length
  }
}

function readHeader(bytes: Buffer, limits: FrameLimits): { start: number; length: number } | undefined {
  const end = bytes.subarray(0, limits.header + SEPARATOR.length).indexOf(SEPARATOR)
  if (end < 0) {
    if (bytes.length > limits.header) throw new FramingError(`a header of more than ${limits.header} bytes`)
    return undefined
  }
  const digits = CONTENT_LENGTH.exec(bytes.toString('latin1', 0, end))?.[1]
  if (digits === undefined) throw new FramingError('a header without Content-Length')
  const length = Number(digits)
  if (length > limits.body) throw new FramingError(`a message of more than ${limits.body} bytes`)
  return { start: end + SEPARATOR.length, length }
}

const SEPARATOR = '\r\n\r\n'
const CONTENT_LENGTH = /(?:^|\r\n)content-length:[ \t]*(\d{1,15})[ \t]*(?:\r\n|$)/i

export function encodeFrame(message: unknown): Buffer {
  const text = JSON.stringify(message)
  return Buffer.from(`Content-Length: ${Buffer.byteLength(text)}${SEPARATOR}${text}`, 'utf8')
}

/** One side of a conversation: frames in, bytes out. */
export interface DapStream {
  write(bytes: Buffer): void
  /** Bytes that wait to be written. */
  readonly queued: number
  /** More waits than should: whoever makes it should pause until `onDrain`. */
  readonly isFull: boolean
  pause(): void
  resume(): void
  /** Writes what waits, then closes. */
  end(): void
  destroy(): void
}

export interface StreamEvents {
  onFrame(frame: Frame): void
  onDrain(): void
  /** Once, however it ended; `reason` when it was not the other side's wish. */
  onClosed(reason?: Error): void
}

export function openStream(
  readable: Readable,
  writable: Writable,
  limits: () => FrameLimits,
  events: StreamEvents,
): DapStream {
  let isClosed = false
  const close = (reason?: Error) => {
    if (isClosed) return
    isClosed = true
    events.onClosed(reason)
  }
  const read = frameReader(limits, events.onFrame)
  readable.on('data', (chunk: Buffer) => {
    if (isClosed) return
    try {
      read(chunk)
    } catch (error) {
      if (!(error instanceof FramingError)) throw error
      readable.pause()
      close(error)
    }
  })
  readable.on('end', () => close())
  readable.on('close', () => close())
  readable.on('error', close)
  writable.on('error', close)
  // One handler for good: one per message would pile up under load.
  writable.on('drain', events.onDrain)

  let isCorked = false
  const write = (bytes: Buffer) => {
    if (!writable.writable) return
    if (!isCorked) {
      // All that one chunk of the other side makes leaves in one system call.
      isCorked = true
      writable.cork()
      process.nextTick(() => {
        isCorked = false
        writable.uncork()
      })
    }
    writable.write(bytes)
  }
  return {
    write,
    get queued() {
      return writable.writableLength
    },
    get isFull() {
      return writable.writableNeedDrain
    },
    pause: () => void readable.pause(),
    resume: () => void readable.resume(),
    end: () => void writable.end(),
    destroy: () => {
      readable.destroy()
      writable.destroy()
    },
  }
}
