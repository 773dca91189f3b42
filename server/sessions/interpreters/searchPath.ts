import { type Interpreter, interpreter, type Machine, pythonIn, type Steps } from './machine'
import { behindShims } from './pythonVersions'
import { compareVersions } from './version'

/** The Python that a terminal would start. */
export function* pathInterpreters(machine: Machine, project: string | undefined): Steps {
  const names = machine.windows ? ['python', 'python3'] : ['python3', 'python']
  const found = names.flatMap(
    name => onPath(machine, name, 'path', `The first ${name} on PATH.`, project) ?? [],
  )
  yield* found
  if (found.length > 0) return
  const versioned = newestOnPath(machine)
  if (versioned !== undefined) yield interpreter(machine, versioned, 'path', 'The newest Python on PATH.')
  else yield { tried: `${names.join(' and ')} on PATH (not found)` }
}

/** Looks a bare name up on PATH; undefined when it is not there. A pyenv shim is followed to what it would start. */
export function onPath(
  machine: Machine,
  name: string,
  kind: Interpreter['kind'],
  reason: string,
  project: string | undefined,
): Interpreter | undefined {
  const { files, paths, windows } = machine
  const file = windows && !/\.exe$/i.test(name) ? `${name}.exe` : name
  for (const folder of pathFolders(machine)) {
    const shims = /^python/.test(name) ? behindShims(machine, folder, project) : undefined
    const [shimmed] = (shims?.installations ?? []).flatMap(each => namedIn(machine, each, file) ?? [])
    if (shimmed !== undefined) {
      return interpreter(machine, shimmed.python, kind, `${reason} It is pyenv's.`, shimmed.installation)
    }
    // Of a Python that is installed and not chosen the shim ends with an error.
    if (shims?.installations.length && files.kind(paths.join(folder, file)) === 'file') return undefined
    if (shims !== undefined) continue
    const path = paths.join(isStoreAlias(folder) ? storeFolder(machine, folder) : folder, file)
    if (files.kind(path) === 'file') return interpreter(machine, path, kind, reason)
  }
  return undefined
}

/** What a shim of this name would start. */
function namedIn(machine: Machine, installation: string, file: string) {
  if (/^python3?(?:\.exe)?$/i.test(file)) {
    const python = pythonIn(machine, installation)
    return python === undefined ? undefined : { python, installation }
  }
  const { files, paths, windows } = machine
  const python = windows ? paths.join(installation, file) : paths.join(installation, 'bin', file)
  return files.kind(python) === 'file' ? { python, installation } : undefined
}

/** Relative entries are left out: they would mean a file of whatever folder happens to be current. */
function pathFolders(machine: Machine): string[] {
  const { paths } = machine
  return (machine.env('PATH') ?? '')
    .split(paths.delimiter)
    .map(folder => folder.replace(/^"(.*)"$/, '$1'))
    .filter(folder => paths.isAbsolute(folder))
}

function newestOnPath(machine: Machine): string | undefined {
  const { files, paths, windows } = machine
  const pattern = windows ? /^python3\.\d+\.exe$/i : /^python3\.\d+$/
  const found = pathFolders(machine).flatMap(folder =>
    isStoreAlias(folder)
      ? []
      : files.list(folder).flatMap(name => (pattern.test(name) ? [paths.join(folder, name)] : [])),
  )
  return found
    .filter(path => files.kind(path) === 'file')
    .sort((a, b) => compareVersions(minor(b), minor(a)))
    .at(0)
}

function minor(path: string): string {
  return /python(3\.\d+)(\.exe)?$/i.exec(path)?.[1] ?? ''
}

/** Windows puts a `python.exe` there that opens the Microsoft Store, also where no Python is installed. */
function isStoreAlias(folder: string): boolean {
  return /\\Microsoft\\WindowsApps\\?$/i.test(folder)
}

/** Where the Store has put a real Python, if it has. */
function storeFolder({ files, paths }: Machine, folder: string): string {
  const installed = files.list(folder).filter(name => /^PythonSoftwareFoundation\.Python\.3/i.test(name))
  const newest = installed.sort((a, b) => compareVersions(storeVersion(a), storeVersion(b))).at(-1)
  return paths.join(folder, newest ?? 'none')
}

function storeVersion(name: string): string {
  return /Python\.(3\.\d+)/i.exec(name)?.[1] ?? ''
}
