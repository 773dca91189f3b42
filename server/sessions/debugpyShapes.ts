import { meaningOf } from '../core/attributeMeaning'
import { alternatives, type Shape, shapeInWords } from '../core/attributes'
import type { Platform } from '../core/host'
import { isObject, type JsonObject } from '../core/json'
import { isRefused, type Refused, refused } from './debugpyDraft'
import type { ResolveProblem } from './resolveConfiguration'

export type Path = readonly (string | number)[]

/** A value as debugpy takes it; undefined: the attribute is left out. */
export interface Mended {
  readonly value: unknown
  readonly problems: readonly ResolveProblem[]
}

export interface MendOptions {
  /** `null` says the same as leaving it out, in VS Code, too. */
  readonly nullable: boolean
  /** What cannot be understood is refused, otherwise left out. */
  readonly strict: boolean
  /** Decides how a text is split into words. */
  readonly platform: Platform
}

/**
 * The value in one of the shapes that an attribute may have: as it is, or turned into what it must mean, with a
 * problem that says so. No message holds the value.
 */
export function mendShape(value: unknown, shape: Shape, path: Path, options: MendOptions): Mended | Refused {
  const shapes = alternatives(shape)
  if (value === null && !(path.length > 1 && shapes.some(each => each.is === 'null'))) {
    const isFine = options.nullable || shapes.some(each => each.is === 'null')
    const message = `${named(path)} is null, which counts as if it were not there.`
    return { value: undefined, problems: isFine ? [] : [problem(message, path, 'information')] }
  }
  for (const each of shapes) {
    const kept = keep(value, each, path, options)
    if (kept !== undefined) return kept
  }
  const meant = meaningOf(value, shape, options.platform)
  if (meant !== undefined) {
    const { value: result, silent } = meant
    const message = `${named(path)} must be ${shapeInWords(shape)}: this ${kindOf(value)} is taken for one.`
    return { value: result, problems: silent ? [] : [problem(message, path, 'warning')] }
  }
  return unusable(shape, path, options)
}

/** The value with what is in it mended, if it is of this shape. */
function keep(value: unknown, shape: Shape, path: Path, options: MendOptions): Mended | Refused | undefined {
  const same: Mended = { value, problems: [] }
  switch (shape.is) {
    case 'anything':
      return same
    case 'null':
      return value === null ? same : undefined
    case 'flag':
      return typeof value === 'boolean' ? same : undefined
    case 'number':
      return typeof value === 'number' ? same : undefined
    case 'text': {
      if (typeof value !== 'string') return undefined
      return shape.values === undefined || shape.open || shape.values.some(each => each.value === value)
        ? same
        : undefined
    }
    case 'list':
      return Array.isArray(value) ? mendItems(value, shape.of, path, options) : undefined
    case 'object':
      return isObject(value) ? mendMembers(value, shape, path, options) : undefined
    case 'either':
      return undefined
  }
}

function mendItems(
  items: readonly unknown[],
  shape: Shape,
  path: Path,
  options: MendOptions,
): Mended | Refused {
  const problems: ResolveProblem[] = []
  const kept: unknown[] = []
  for (const [index, item] of items.entries()) {
    const mended = mendShape(item, shape, [...path, index], { ...options, nullable: false })
    if (isRefused(mended)) return mended
    problems.push(...mended.problems)
    if (mended.value !== undefined) kept.push(mended.value)
  }
  return { value: kept, problems }
}

function mendMembers(
  value: JsonObject,
  shape: Extract<Shape, { is: 'object' }>,
  path: Path,
  options: MendOptions,
): Mended | Refused {
  const problems: ResolveProblem[] = []
  const members: [string, unknown][] = []
  for (const [name, member] of Object.entries(value)) {
    const own = shape.attributes.find(each => each.name === name)?.shape ?? shape.others
    const mended =
      own === undefined ? { value: member, problems: [] } : mendShape(member, own, [...path, name], options)
    if (isRefused(mended)) return mended
    problems.push(...mended.problems)
    if (mended.value !== undefined) members.push([name, mended.value])
  }
  return { value: Object.fromEntries(members), problems }
}

function unusable(shape: Shape, path: Path, { strict }: MendOptions): Mended | Refused {
  const closed = alternatives(shape).flatMap(each =>
    each.is === 'text' && !each.open ? (each.values ?? []) : [],
  )
  const wanted = closed.length > 0 ? closed.map(each => `"${each.value}"`).join(', ') : shapeInWords(shape)
  const code = closed.length > 0 ? 'invalid-value' : codeFor(path)
  const message = `${named(path)} must be ${closed.length > 1 ? 'one of ' : ''}${wanted}`
  if (strict) return refused(code, `${message}.`, path)
  return {
    value: undefined,
    problems: [{ code, message: `${message}, and is left out.`, severity: 'warning', path }],
  }
}

function problem(message: string, path: Path, severity: ResolveProblem['severity']): ResolveProblem {
  return { code: codeFor(path), message, severity, path }
}

function codeFor(path: Path): string {
  return path[0] === 'env' && path.length > 1 ? 'env-not-text' : 'wrong-type'
}

/** `"env.PORT"`, `"args[2]"`. */
function named(path: Path): string {
  const [first, ...others] = path
  return `"${first}${others.map(key => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')}"`
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list'
  return typeof value === 'string' ? 'text' : typeof value
}
