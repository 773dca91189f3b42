/** Numbers from 0 to 1, the same for the same seed. */
export type Random = () => number

/** mulberry32. */
export function random(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export function pick<T>(from: readonly T[], next: Random): T {
  const chosen = from[Math.floor(next() * from.length)]
  if (chosen === undefined) throw new Error('nothing to pick from')
  return chosen
}

/** A copy with one to three places changed: another type, gone, doubled, nested, huge. */
export function mutate(value: unknown, next: Random): unknown {
  let mutated = structuredClone(value)
  for (let times = 1 + Math.floor(next() * 3); times > 0; times -= 1) mutated = mutateOnce(mutated, next)
  return mutated
}

function mutateOnce(value: unknown, next: Random): unknown {
  const isInside = typeof value === 'object' && value !== null && Object.keys(value).length > 0
  if (!isInside || next() < 0.15) return replacement(value, next)
  const container = value as Record<string, unknown>
  const key = pick(Object.keys(container), next)
  const chance = next()
  if (chance < 0.15) delete container[key]
  else if (chance < 0.25) container[pick(KEYS, next)] = container[key]
  else container[key] = mutateOnce(container[key], next)
  return container
}

function replacement(value: unknown, next: Random): unknown {
  switch (Math.floor(next() * 6)) {
    case 0:
      return [value, value]
    case 1:
      return { [pick(KEYS, next)]: value }
    case 2:
      return nest(Math.floor(next() * 300))
    case 3:
      return pick(TEXTS, next).repeat(next() < 0.02 ? 5_000 : 1)
    default:
      return pick(VALUES, next)
  }
}

function nest(depth: number): unknown {
  let value: unknown = null
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

/** The frame of a message, now and then not quite one. `isWhole`: what follows can still be read. */
export function wire(message: unknown, next: Random): { bytes: Buffer; isWhole: boolean } {
  const body = Buffer.from(JSON.stringify(message) ?? 'null')
  const chance = next()
  if (chance < 0.0003) return { bytes: Buffer.from('Content-Length: many\r\n\r\n{}'), isWhole: false }
  if (chance < 0.0006) return { bytes: Buffer.from(`Content-Length: ${2 ** 40}\r\n\r\n`), isWhole: false }
  if (chance < 0.001) return { bytes: Buffer.alloc(9_000, 'x'), isWhole: false }
  if (chance < 0.03 && body.length > 2) {
    body[Math.floor(next() * body.length)] = Math.floor(next() * 256)
  }
  const header = pick(['Content-Length: ', 'content-length:', 'X-Other: 1\r\nContent-Length: '], next)
  return { bytes: Buffer.concat([Buffer.from(`${header}${body.length}\r\n\r\n`), body]), isWhole: true }
}

const KEYS = [
  'seq',
  'type',
  'command',
  'arguments',
  'body',
  'event',
  'request_seq',
  'success',
  '__proto__',
  '',
]
const TEXTS = [
  '',
  'x',
  '\u0000',
  '\ud800',
  '😀',
  '${env:HOME}',
  '\r\n\r\n',
  'Content-Length: 5',
  '../../etc',
  '"',
]
const VALUES = [
  null,
  true,
  false,
  0,
  -1,
  1,
  1.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  1e308,
  [],
  {},
  '',
  'request',
  'response',
  'event',
]
