import type { VariableSource } from '../core/environment'
import type { Platform } from '../core/host'
import { isObject, type JsonObject } from '../core/json'
import { PLATFORM_SECTIONS } from '../core/platformSection'
import type { Span } from '../core/problem'
import type { CompleteDraft } from './debugpyDraft'

type Path = readonly (string | number)[]

/**
 * Where an argument comes from. What has no origin of its own has that of the value it lies in. A joined PATH has
 * several origins, in the order of its pieces.
 */
export type Origin = { readonly path: Path } & (
  | { readonly kind: 'launch.json' | 'platform'; readonly written: Path }
  | { readonly kind: 'envFile'; readonly file: string; readonly span: Span }
  | { readonly kind: 'settings'; readonly key: string }
  | { readonly kind: 'default' | 'process' }
)

/** One origin an argument, one a variable of `env`, and one for each value in what is written. */
export function originsOf(configuration: JsonObject, draft: CompleteDraft, platform: Platform): Origin[] {
  return Object.entries(draft.arguments).flatMap(([key, value]) => {
    const origin = draft.origins.get(key)
    if (key === 'env' && draft.environment.size > 0) return environmentOrigins(configuration, draft, platform)
    if (origin === undefined) return writtenOrigins(configuration, [key], value, platform)
    if (origin.kind !== 'written') return [{ path: [key], ...origin }]
    return [{ path: [key], ...writtenOrigin(configuration, [origin.key], platform) }]
  })
}

/** The platform section that decides about a key; undefined: the configuration itself does. */
export function sectionWith(configuration: JsonObject, key: unknown, platform: Platform): string | undefined {
  const name = PLATFORM_SECTIONS[platform]
  const section = configuration[name]
  return isObject(section) && typeof key === 'string' && Object.hasOwn(section, key) ? name : undefined
}

/** A path of the selected configuration as one of the configuration as written. */
export function writtenPath(configuration: JsonObject, path: Path, platform: Platform): Path {
  const section = sectionWith(configuration, path[0], platform)
  return section === undefined ? path : [section, ...path]
}

function writtenOrigin(configuration: JsonObject, path: Path, platform: Platform) {
  const section = sectionWith(configuration, path[0], platform)
  return {
    kind: section === undefined ? 'launch.json' : 'platform',
    written: section === undefined ? path : [section, ...path],
  } as const
}

/** The value and what is in it, as far as the same stands at the same place of the configuration. */
function writtenOrigins(configuration: JsonObject, path: Path, value: unknown, platform: Platform): Origin[] {
  const origin = writtenOrigin(configuration, path, platform)
  const written = valueAt(configuration, origin.written)
  if (written === undefined) return [{ path, kind: 'default' }]
  const children = Array.isArray(value) || isObject(value) ? Object.entries(value) : []
  const within = children.flatMap(([name, child]) => {
    const key = Array.isArray(value) ? Number(name) : name
    return valueAt(written, [key]) === undefined
      ? []
      : writtenOrigins(configuration, [...path, key], child, platform)
  })
  return [{ path, ...origin }, ...within]
}

function environmentOrigins(configuration: JsonObject, draft: CompleteDraft, platform: Platform): Origin[] {
  const env = writtenOrigin(configuration, ['env'], platform)
  const written = valueAt(configuration, env.written)
  const names = isObject(written) ? written : {}
  const whole: Origin = { path: ['env'], ...(written === undefined ? ({ kind: 'default' } as const) : env) }
  const variables = [...draft.environment].flatMap(([name, { sources }]) =>
    sources.map((source): Origin => {
      const path = ['env', name]
      // A name may hold a variable: then all of `env` is the place.
      const place = Object.hasOwn(names, name) ? [...env.written, name] : env.written
      return { path, ...ofSource(source, { ...env, written: place }, draft) }
    }),
  )
  return [whole, ...variables]
}

function ofSource(
  source: VariableSource,
  launch: { readonly kind: 'launch.json' | 'platform'; readonly written: Path },
  { envFile }: CompleteDraft,
) {
  if (source.kind === 'launch') return launch
  if (source.kind !== 'file') return source
  return { kind: 'envFile', file: envFile?.path ?? '', span: source.entry.valueSpan } as const
}

function valueAt(value: unknown, path: Path): unknown {
  let found = value
  for (const key of path) {
    found =
      (isObject(found) || Array.isArray(found)) && Object.hasOwn(found, key)
        ? (found as JsonObject)[key]
        : undefined
  }
  return found
}
