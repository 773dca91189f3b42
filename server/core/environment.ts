import type { EnvEntry, EnvFile } from './envFile'
import type { Environment, Platform } from './host'

/** What the environment of a debug session is made of. */
export interface EnvironmentParts {
  readonly file: EnvFile | undefined
  /** `env` of the configuration, values as they are: texts, null (unset), and what else was written. */
  readonly launch: Readonly<Record<string, unknown>>
  /** What the debugger's processes inherit. */
  readonly process: Environment
  readonly platform: Platform
  /** No terminal gives the program its environment, so all of `process` goes along. */
  readonly internalConsole: boolean
  readonly gevent: boolean
}

/** Where a variable, or a piece of PATH or PYTHONPATH, comes from. */
export type VariableSource =
  | { readonly kind: 'file'; readonly entry: EnvEntry }
  | { readonly kind: 'launch' }
  | { readonly kind: 'process' }
  | { readonly kind: 'default' }

export interface MergedVariable {
  /** As debugpy gets it; of `launch` it may be null or anything else that was written there. */
  readonly value: unknown
  /** More than one for a value that was joined, in the order of its pieces. */
  readonly sources: readonly [VariableSource, ...VariableSource[]]
}

/** The variables by name, in no particular order. */
export type MergedEnvironment = ReadonlyMap<string, MergedVariable>

/**
 * The environment that VS Code's Python debugger gives to debugpy. `launch` goes before the file; PATH (on Windows the
 * exact name `Path`) and PYTHONPATH are joined, file : launch : process, and left out when neither of the first two
 * has them. PYTHONIOENCODING and PYTHONUNBUFFERED are set unless something else sets them.
 */
export function mergeEnvironment(parts: EnvironmentParts): MergedEnvironment {
  const { launch, process, platform } = parts
  const joined = [searchPathName(platform), 'PYTHONPATH']
  const merged = new Map<string, MergedVariable>()
  for (const entry of parts.file?.entries ?? []) {
    if (entry.key !== '__proto__')
      merged.set(entry.key, { value: entry.value, sources: [{ kind: 'file', entry }] })
  }
  for (const [name, value] of Object.entries(launch)) {
    if (!joined.includes(name)) merged.set(name, { value, sources: [LAUNCH] })
  }
  for (const name of joined) {
    append(merged, name, Object.hasOwn(launch, name) ? launch[name] : undefined, LAUNCH, platform)
    if (merged.get(name)?.value) append(merged, name, lookUp(process, name, platform), PROCESS, platform)
  }
  if (parts.internalConsole) inherit(merged, process, joined, platform)
  for (const [name, value] of DEFAULTS) {
    if (!merged.has(name)) merged.set(name, { value, sources: [DEFAULT] })
  }
  if (parts.gevent) merged.set('GEVENT_SUPPORT', { value: 'True', sources: [DEFAULT] })
  return merged
}

/** The variable of this name; on Windows names have no case. */
export function lookUp(environment: Environment, name: string, platform: Platform): string | undefined {
  if (Object.hasOwn(environment, name)) return environment[name]
  if (platform !== 'win32') return undefined
  const wanted = name.toLowerCase()
  return Object.entries(environment).findLast(([key]) => key.toLowerCase() === wanted)?.[1]
}

/** One environment over another; on Windows a variable keeps the name it has below. */
export function overlay(below: Environment, over: Environment | undefined, platform: Platform): Environment {
  const result: Record<string, string | undefined> = { ...below }
  const names = new Map(
    platform === 'win32' ? Object.keys(below).map(name => [name.toLowerCase(), name]) : [],
  )
  for (const [name, value] of Object.entries(over ?? {}))
    result[names.get(name.toLowerCase()) ?? name] = value
  return result
}

/** The name under which VS Code's debugger joins the search path. */
export function searchPathName(platform: Platform): 'Path' | 'PATH' {
  return platform === 'win32' ? 'Path' : 'PATH'
}

const LAUNCH: VariableSource = { kind: 'launch' }
const PROCESS: VariableSource = { kind: 'process' }
const DEFAULT: VariableSource = { kind: 'default' }

const DEFAULTS: readonly (readonly [string, string])[] = [
  ['PYTHONIOENCODING', 'UTF-8'],
  ['PYTHONUNBUFFERED', '1'],
]

/** Joins one more piece of a search path; a blank piece, or one that is no text, is passed over. */
function append(
  merged: Map<string, MergedVariable>,
  name: string,
  value: unknown,
  source: VariableSource,
  platform: Platform,
): void {
  const piece = typeof value === 'string' ? value.trim() : ''
  if (piece === '') return
  const before = merged.get(name)
  if (before === undefined || before.value === '') {
    merged.set(name, { value: piece, sources: [source] })
    return
  }
  const separator = platform === 'win32' ? ';' : ':'
  merged.set(name, { value: `${before.value}${separator}${piece}`, sources: [...before.sources, source] })
}

function inherit(
  merged: Map<string, MergedVariable>,
  process: Environment,
  joined: readonly string[],
  platform: Platform,
): void {
  for (const [name, value] of Object.entries(process)) {
    if (value !== undefined && !joined.includes(name) && !merged.has(name))
      merged.set(name, { value, sources: [PROCESS] })
  }
  for (const name of joined) {
    const value = lookUp(process, name, platform)
    if (!merged.has(name) && value !== undefined) merged.set(name, { value, sources: [PROCESS] })
  }
}
