import { alternatives, type Shape } from './attributes'
import { commandWords } from './commandWords'
import type { Platform } from './host'
import { isObject } from './json'

/** What a value of another type than its attribute takes must mean. */
export interface Meaning {
  readonly value: unknown
  /** debugpy understands it so by itself. */
  readonly silent: boolean
}

/** The value in one of the shapes; undefined: it means nothing there. Null means nothing anywhere. */
export function meaningOf(value: unknown, shape: Shape, platform: Platform): Meaning | undefined {
  if (value === null || value === undefined || (typeof value === 'object' && !Array.isArray(value))) {
    return undefined
  }
  for (const each of alternatives(shape)) {
    const found = meaningIn(value, each, platform)
    if (found !== undefined) return { value: found, silent: each.is === 'flag' && each.lenient === true }
  }
  return undefined
}

function meaningIn(value: unknown, shape: Shape, platform: Platform): unknown {
  switch (shape.is) {
    case 'flag':
      return meantFlag(value)
    case 'number':
      return typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : undefined
    case 'text':
      return typeof value === 'object' ? undefined : meantText(String(value), typeof value, shape)
    case 'list': {
      if (shape.of.is !== 'text' || typeof value === 'boolean') return undefined
      return typeof value === 'string' ? commandWords(value, platform) : [String(value)]
    }
    default:
      return undefined
  }
}

/** One of the allowed texts in another case, or a number or flag without its quotes. */
function meantText(written: string, type: string, { values, open }: Extract<Shape, { is: 'text' }>): unknown {
  if (values === undefined || open) return type === 'string' ? undefined : written
  return values.find(each => String(each.value).toLowerCase() === written.toLowerCase())?.value
}

/** `"true"`, `1` and their like; undefined for what is a flag already, or none. */
export function meantFlag(value: unknown): boolean | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  return FLAGS.get(String(value).trim().toLowerCase())
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['0', false],
  ['no', false],
  ['off', false],
])

/** `connect` and `listen` as a port alone, or as `host:port`. */
export function meantAddress(value: unknown): { host?: string; port: number } | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  const match = /^(?:(.+):)?(\d+)$/.exec(text)
  if (match === null) return undefined
  const [, host, port] = match
  return { ...(host === undefined ? {} : { host }), port: Number(port) }
}

/** `pathMappings` as one mapping without its list, or as `{ "/here": "/there" }`. */
export function meantMappings(value: unknown): readonly unknown[] | undefined {
  if (!isObject(value)) return undefined
  if ('localRoot' in value || 'remoteRoot' in value) return [value]
  return Object.entries(value).map(([localRoot, remoteRoot]) => ({ localRoot, remoteRoot }))
}

/** `env` as other debuggers have it: `["A=1"]`, or `[{ "name": "A", "value": "1" }]`. */
export function listedEnvironment(value: unknown): Readonly<Record<string, string>> | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined
  const pairs = value.map((item: unknown): readonly [string, string] | undefined => {
    if (typeof item === 'string') {
      const [, name, text] = /^([A-Za-z_]\w*)=(.*)$/s.exec(item) ?? []
      return name === undefined || text === undefined ? undefined : [name, text]
    }
    const { name, value: text } = isObject(item) ? item : {}
    return typeof name === 'string' && typeof text === 'string' ? [name, text] : undefined
  })
  const whole = pairs.filter(pair => pair !== undefined)
  return whole.length === pairs.length ? Object.fromEntries(whole) : undefined
}
