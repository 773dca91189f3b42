import type { Platform } from './host'
import { isObject, type JsonObject } from './json'
import { PLATFORM_SECTIONS } from './platformSection'

/** The `background` part of a problem matcher: how its output tells that a task that never ends is at work or ready. */
export interface BackgroundMatcher {
  /** At work from the start, without a line that says so. */
  readonly activeOnStart: boolean
  readonly begins: RegExp
  readonly ends: RegExp
}

export interface Matchers {
  /** Undefined: the task names no matcher at all, and the file's own counts. */
  readonly background: readonly BackgroundMatcher[] | undefined
  /** VS Code's texts for what it cannot use. */
  readonly complaints: readonly string[]
}

/** Matchers that are part of VS Code; none of them watches. */
export const BUILT_IN_MATCHERS: readonly string[] = [
  'msCompile',
  'lessCompile',
  'gulp-tsc',
  'jshint',
  'jshint-stylish',
  'eslint-compact',
  'eslint-stylish',
  'go',
]

/** Matchers of the extensions that come with VS Code or with its Python extension, and of others that many have. */
export const EXTENSION_MATCHERS: readonly string[] = [
  ...['tsc', 'tsc-watch', 'python', 'lessc', 'node-sass'],
  ...['gcc', 'rustc', 'rustc-watch', 'jslint', 'tslint4', 'tslint5', 'esbuild', 'esbuild-watch'],
  ...['ts-webpack', 'ts-webpack-watch', 'ts-checker-webpack', 'ts-checker-webpack-watch'],
  ...['tslint-webpack', 'tslint-webpack-watch', 'func-watch', 'func-python-watch', 'func-dotnet-watch'],
]

/** `declares` of the file: matchers by the name that `$name` uses. */
export type DeclaredMatchers = ReadonlyMap<string, unknown>

export function declaredMatchers(declares: unknown): DeclaredMatchers {
  const list: readonly unknown[] = Array.isArray(declares) ? declares : []
  return new Map(
    list.filter(isObject).flatMap(matcher => {
      const name = matcher['name']
      return typeof name === 'string' ? [[name, matcher] as const] : []
    }),
  )
}

/** `problemMatcher` of a task or of the file; that of the platform's section goes before the general one. */
export function readMatchers(config: JsonObject, platform: Platform, declared: DeclaredMatchers): Matchers {
  const section = config[PLATFORM_SECTIONS[platform]]
  const value = (isObject(section) && section['problemMatcher']) || config['problemMatcher']
  if (!value) return { background: undefined, complaints: [] }
  const complaints: string[] = []
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  const background = list.flatMap(matcher => backgroundOf(resolve(matcher, declared), complaints))
  return { background, complaints }
}

/** What a background task's output has said so far. */
export interface BackgroundState {
  /** Takes one line without its line break. `ready`: every matcher that was at work has met its end with it. */
  line(text: string): 'ready' | undefined
  readonly busy: boolean
}

/** A line is tried as a beginning first; one that begins nothing is tried as an end. */
export function watchBackground(matchers: readonly BackgroundMatcher[]): BackgroundState {
  const active = new Set(matchers.filter(matcher => matcher.activeOnStart))
  return {
    get busy() {
      return active.size > 0
    },
    line(text) {
      const begun = matchers.filter(matcher => !active.has(matcher) && matcher.begins.test(text))
      for (const matcher of begun) active.add(matcher)
      if (begun.length > 0) return undefined
      const ended = [...active].filter(matcher => matcher.ends.test(text))
      for (const matcher of ended) active.delete(matcher)
      return ended.length > 0 && active.size === 0 ? 'ready' : undefined
    },
  }
}

const TSC_WATCH: BackgroundMatcher = {
  activeOnStart: true,
  begins:
    /(Starting compilation in watch mode|File change detected\. Starting incremental compilation)\.\.\./,
  ends: /(Compilation complete\.|Found \d+ errors?\.) Watching for file changes\./,
}

/** A name becomes what it stands for. Names nobody knows here may belong to an extension: they watch nothing. */
function resolve(matcher: unknown, declared: DeclaredMatchers): unknown {
  return typeof matcher === 'string' ? (declared.get(matcher.slice(1)) ?? matcher) : matcher
}

function backgroundOf(matcher: unknown, complaints: string[]): BackgroundMatcher[] {
  if (matcher === '$tsc-watch') return [TSC_WATCH]
  if (!isObject(matcher)) return []
  if (matcher['base'] === undefined && !matcher['pattern']) {
    const written = JSON.stringify(matcher, null, 4)
    complaints.push(`Error: the description can't be converted into a problem matcher:\n${written}\n`)
  }
  const legacy = watching(matcher['watchedTaskBeginsRegExp'], matcher['watchedTaskEndsRegExp'], complaints)
  if (legacy.background !== undefined) return [legacy.background]
  const monitor = matcher['background'] || matcher['watching']
  if (!isObject(monitor)) return matcher['base'] === '$tsc-watch' ? [TSC_WATCH] : []
  const { background, half } = watching(monitor['beginsPattern'], monitor['endsPattern'], complaints)
  if (half) {
    complaints.push('A problem matcher must define both a begin pattern and an end pattern for watching.')
  }
  return background === undefined ? [] : [{ ...background, activeOnStart: monitor['activeOnStart'] === true }]
}

interface Watching {
  readonly background?: BackgroundMatcher
  /** One of the two patterns can be used, the other cannot. */
  readonly half: boolean
}

function watching(beginsPattern: unknown, endsPattern: unknown, complaints: string[]): Watching {
  const begins = expression(beginsPattern, complaints)
  const ends = expression(endsPattern, complaints)
  if (begins === undefined || ends === undefined) return { half: begins !== ends }
  return { background: { activeOnStart: false, begins, ends }, half: false }
}

function expression(pattern: unknown, complaints: string[]): RegExp | undefined {
  const source = isObject(pattern) ? pattern['regexp'] : pattern
  if (typeof source !== 'string' || source === '') return undefined
  try {
    return new RegExp(source)
  } catch {
    complaints.push(`Error: The string ${source} is not a valid regular expression.\n`)
    return undefined
  }
}
