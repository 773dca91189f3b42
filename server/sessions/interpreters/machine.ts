import { posix, win32 } from 'node:path'
import type { Files, Host } from '../../core/host'
import { compareVersions } from './version'

/** A Python that could run a program. Found from files alone: nothing has been executed. */
export interface Interpreter {
  /** Absolute path of the executable. */
  readonly path: string
  /** What led to it. */
  readonly kind: InterpreterKind
  /** One sentence for people: why this one. */
  readonly reason: string
  /** As far as files tell it: `3.11.7`, or `3.11`. */
  readonly version?: string
  /** The environment's own folder (`sys.prefix`), when it is one. */
  readonly folder?: string
}

export type InterpreterKind =
  | 'chosen'
  | 'setting'
  | 'configuration'
  | 'venv'
  | 'activeEnvironment'
  | 'conda'
  | 'poetry'
  | 'pipenv'
  | 'hatch'
  | 'pdm'
  | 'pyenv'
  | 'uv'
  | 'path'

/** A place that was named by something but holds no usable Python, as a line for people. */
export interface Miss {
  readonly tried: string
}

export type Step = Interpreter | Miss
export type Steps = Generator<Step, void, undefined>

/** Host and files with the questions that every finder asks. */
export interface Machine {
  readonly host: Host
  readonly files: Files
  readonly paths: typeof posix
  readonly windows: boolean
  readonly home: string
  /** A variable of the environment; undefined when unset or empty. Windows compares without regard to case. */
  env(name: string): string | undefined
}

export function machineOf(host: Host, files: Files): Machine {
  const windows = host.platform === 'win32'
  const folded = windows
    ? new Map(Object.entries(host.env).map(([name, value]) => [name.toUpperCase(), value]))
    : undefined
  return {
    host,
    files,
    windows,
    paths: windows ? win32 : posix,
    home: host.homeDir,
    env: name => (folded === undefined ? host.env[name] : folded.get(name.toUpperCase())) || undefined,
  }
}

/** The executable of an environment or installation whose folder is known; undefined when there is none. */
export function pythonIn({ files, paths, windows }: Machine, prefix: string): string | undefined {
  return (windows ? WINDOWS_LAYOUTS : POSIX_LAYOUTS)
    .map(name => paths.join(prefix, name))
    .find(path => files.kind(path) === 'file')
}

/** The interpreter of an environment, or the line that says why there is none. */
export function stepFor(machine: Machine, prefix: string, kind: InterpreterKind, reason: string): Step {
  const path = pythonIn(machine, prefix)
  return path === undefined
    ? { tried: `${prefix} (${whyNone(machine, prefix)})` }
    : interpreter(machine, path, kind, reason, prefix)
}

/** An executable that is there, with what its surroundings tell. */
export function interpreter(
  machine: Machine,
  path: string,
  kind: InterpreterKind,
  reason: string,
  prefix?: string,
): Interpreter {
  const folder = prefix ?? prefixOf(machine, path)
  const version = folder === undefined ? versionInName(machine, path) : versionIn(machine, folder)
  return {
    path,
    kind,
    reason,
    ...(version === undefined ? {} : { version }),
    ...(folder === undefined ? {} : { folder }),
  }
}

/** A file of `key = value` lines, as venv and virtualenv write it; undefined when the folder is no such environment. */
export function readPyvenv(
  { files, paths }: Machine,
  prefix: string,
): ReadonlyMap<string, string> | undefined {
  const text = files.read(paths.join(prefix, 'pyvenv.cfg'))
  if (text === undefined) return undefined
  return new Map(
    text.split(/\r?\n/).flatMap(line => {
      const at = line.indexOf('=')
      return at < 0 ? [] : [[line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()] as const]
    }),
  )
}

export function isFolder({ files }: Machine, path: string): boolean {
  return files.kind(path) === 'folder'
}

/** Why there is no file at a path, for people. */
export function whyMissing({ files, paths }: Machine, path: string): string {
  if (files.kind(path) === 'folder') return 'a folder'
  const listed = files.list(paths.dirname(path)).includes(paths.basename(path))
  return listed ? 'a link that leads nowhere' : 'there is no such file'
}

/** Text of a path for people: relative to the folder when it lies inside. */
export function shown({ paths }: Machine, folder: string, path: string): string {
  const inside = paths.relative(folder, path)
  return inside === '' || inside.startsWith('..') || paths.isAbsolute(inside) ? path : inside
}

const POSIX_LAYOUTS = ['bin/python', 'bin/python3']
/** venv; conda and python.org; MSYS2's venv. */
const WINDOWS_LAYOUTS = ['Scripts\\python.exe', 'python.exe', 'bin\\python.exe']

/** The folder of the environment that an executable belongs to: only what says so itself counts. */
function prefixOf(machine: Machine, path: string): string | undefined {
  const { paths, files } = machine
  const parent = paths.dirname(path)
  const above = /^(bin|scripts)$/i.test(paths.basename(parent)) ? paths.dirname(parent) : parent
  const marked = (folder: string) =>
    files.kind(paths.join(folder, 'pyvenv.cfg')) === 'file' ||
    isFolder(machine, paths.join(folder, 'conda-meta'))
  return [above, parent].find(marked)
}

function versionIn(machine: Machine, prefix: string): string | undefined {
  const { paths, files } = machine
  const settings = readPyvenv(machine, prefix)
  const written = /^\d+\.\d+(\.\d+)?/.exec(settings?.get('version') ?? settings?.get('version_info') ?? '')
  if (written !== null) return written[0]
  const named =
    firstMatch(files.list(paths.join(prefix, 'conda-meta')), /^python-(\d+\.\d+(?:\.\d+)?)-[^-]*\.json$/) ??
    firstMatch([paths.basename(prefix)], /^(?:cpython-)?(\d+\.\d+(?:\.\d+)?)(?=$|[^.\d])/)
  if (named !== undefined) return named
  const libraries = files.list(paths.join(prefix, 'lib')).filter(name => /^python\d+\.\d+t?$/.test(name))
  return libraries.length === 1 ? firstMatch(libraries, /(\d+\.\d+)/) : undefined
}

/** `/usr/bin/python3` leads to `python3.11`, and `Python311\python.exe` says it too. */
function versionInName({ files, paths }: Machine, path: string): string | undefined {
  const real = files.real?.(path) ?? path
  const windows = /^python(\d)(\d+)(-32)?$/i.exec(paths.basename(paths.dirname(real)))
  if (windows !== null) return `${windows[1]}.${windows[2]}`
  return (
    firstMatch([paths.basename(paths.dirname(paths.dirname(real)))], /^(?:cpython-)?(\d+\.\d+\.\d+)/) ??
    firstMatch([paths.basename(real)], /^python(\d+\.\d+)/i)
  )
}

function whyNone({ files, paths, windows }: Machine, prefix: string): string {
  if (files.kind(prefix) === undefined) return 'there is no such folder'
  const folder = windows ? 'Scripts' : 'bin'
  const dead = files.list(paths.join(prefix, folder)).find(name => /^python[\d.]*(\.exe)?$/i.test(name))
  if (dead !== undefined) {
    return `its ${folder}${paths.sep}${dead} leads nowhere: the Python it was made from is gone, make it again`
  }
  const other = windows ? 'bin' : 'Scripts'
  if (files.list(paths.join(prefix, other)).some(name => /^python/i.test(name))) {
    return `made on ${windows ? 'another system' : 'Windows'}`
  }
  return 'no Python in it'
}

function firstMatch(names: readonly string[], pattern: RegExp): string | undefined {
  return names
    .flatMap(name => pattern.exec(name)?.[1] ?? [])
    .sort(compareVersions)
    .at(-1)
}
