import type { Store } from '../core/host'
import { isObject } from '../core/json'
import { MASK, maskText } from '../core/secrets'
import type { Trace } from './dapPeer'

/** Writes down what is said, for bug reports (`broker.trace`). */
export interface Tracer {
  /** For one connection. */
  of(name: string): Trace
  /** From now on this text does not appear. */
  hide(secret: string): void
  /** Writes what is not written yet. */
  flush(): void
}

const FILE = 'trace/broker.jsonl'
const OLD_FILE = 'trace/broker.1.jsonl'

/**
 * A line of JSON a message: milliseconds since the start, connection, direction, the message. Arguments of the
 * program, environments and tokens are masked, and what else is a secret wherever it appears; long texts are cut.
 * @param now milliseconds, of a clock that never goes back
 */
export function fileTracer(store: Store, now: () => number): Tracer {
  const secrets = new Set<string>()
  const begin = now()
  let lines: string[] = []
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (lines.length === 0) return
    if (store.size(FILE) > MAX_SIZE) store.rename(FILE, OLD_FILE)
    store.append(FILE, lines.join(''))
    lines = []
  }
  return {
    of: name => (way, bytes) => {
      const message = masked(readBody(bytes), [...secrets])
      lines.push(`${JSON.stringify({ ms: Math.round(now() - begin), name, way, message })}\n`)
      if (lines.length >= MAX_LINES) flush()
      else timer ??= setTimeout(flush, FLUSH_AFTER).unref()
    },
    hide: secret => {
      // Shorter ones would blank out half of the text and are no secrets.
      if (secret.length >= SHORTEST_SECRET) secrets.add(secret)
    },
    flush,
  }
}

const MAX_SIZE = 5 * 1024 * 1024
const MAX_LINES = 200
const MAX_TEXT = 2_000
const SHORTEST_SECRET = 4
/** Milliseconds. */
const FLUSH_AFTER = 200
const SECRET_KEYS = [
  'env',
  'args',
  'token',
  'pythonArgs',
  'debugpyArgs',
  'adapterAccessToken',
  'clientAccessToken',
  'debugServerAccessToken',
]

function readBody(bytes: Buffer): unknown {
  const start = bytes.indexOf('\r\n\r\n') + 4
  try {
    return JSON.parse(bytes.toString('utf8', start))
  } catch {
    return `${bytes.length - start} bytes that are no JSON`
  }
}

function masked(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') {
    const text = maskText(value, secrets)
    return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}… (${text.length} characters)` : text
  }
  if (Array.isArray(value)) return value.map(item => masked(item, secrets))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      SECRET_KEYS.includes(key) ? MASK : masked(item, secrets),
    ]),
  )
}
