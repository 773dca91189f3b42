import type { Files, Host } from './host'
import { pathsOf } from './staticText'

/** What an interpreter finds by itself, told by looking at files alone. */
export interface PythonPackages {
  /** Folders with installed packages, and those that `.pth` files add. */
  readonly folders: readonly string[]
  /** The standard library's folder, if it was found. */
  readonly library: string | undefined
  /** More may be found than can be seen: nothing can be called missing. */
  readonly isOpen: boolean
}

/** Undefined when there is no interpreter at the path. */
export function readPackages(files: Files, host: Host, interpreter: string): PythonPackages | undefined {
  if (files.kind(interpreter) !== 'file') return undefined
  const paths = pathsOf(host)
  const binaries = paths.dirname(interpreter)
  const name = paths.basename(binaries).toLowerCase()
  const prefix = name === 'bin' || name === 'scripts' ? paths.dirname(binaries) : binaries
  const settings = files.read(paths.join(prefix, 'pyvenv.cfg'))
  const isConda = files.kind(paths.join(prefix, 'conda-meta')) === 'folder'
  // A system's Python has more places than one can know of.
  if (settings === undefined && !isConda) return { folders: [], library: undefined, isOpen: true }
  const base = settings === undefined ? prefix : baseOf(settings, paths)
  const sites = libraries(files, host, prefix).map(library => paths.join(library, 'site-packages'))
  const folders = sites.filter(site => files.kind(site) === 'folder')
  const added = folders.map(folder => addedFolders(files, paths, folder))
  return {
    folders: [...folders, ...added.flatMap(each => each.folders)],
    library: base === undefined ? undefined : libraries(files, host, base)[0],
    isOpen:
      folders.length === 0 ||
      added.some(each => each.isOpen) ||
      /^include-system-site-packages\s*=\s*true/im.test(settings ?? ''),
  }
}

/** Whether the first part of a dotted name is found: in the packages, or in the standard library. */
export function hasModule(packages: PythonPackages, files: Files, host: Host, name: string): boolean {
  const first = name.split('.')[0] ?? name
  if (STANDARD.has(first)) return true
  const library = packages.library === undefined ? [] : [packages.library]
  return [...packages.folders, ...library].some(folder => isModule(files, host, folder, first))
}

/** Whether a folder holds the module: a file, an extension or a package. */
export function isModule(files: Files, host: Host, folder: string, name: string): boolean {
  const paths = pathsOf(host)
  if (files.kind(paths.join(folder, name)) === 'folder') return true
  if (files.kind(paths.join(folder, `${name}.py`)) === 'file') return true
  return files.list(folder).some(entry => entry.startsWith(`${name}.`) && /\.(?:so|pyd|pyc)$/.test(entry))
}

/** Names of the modules that can be run with `-m` from a folder of packages; what is private is left out. */
export function moduleNames(files: Files, host: Host, folder: string): readonly string[] {
  const paths = pathsOf(host)
  return files.list(folder).flatMap(entry => {
    const name = entry.replace(/\.py$/, '')
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) return []
    if (entry.endsWith('.py')) return [name]
    const isPackage = ['__main__.py', '__init__.py'].some(
      file => files.kind(paths.join(folder, entry, file)) === 'file',
    )
    return isPackage ? [name] : []
  })
}

/** Version of an installed distribution, from the name of its metadata. */
export function packageVersion(
  packages: PythonPackages | undefined,
  files: Files,
  name: string,
): { readonly major: number; readonly minor: number } | undefined {
  for (const folder of packages?.folders ?? []) {
    for (const entry of files.list(folder)) {
      const found = /^(.+?)-(\d+)\.(\d+).*\.dist-info$/.exec(entry)
      if (found?.[1]?.toLowerCase() === name) return { major: Number(found[2]), minor: Number(found[3]) }
    }
  }
  return undefined
}

function libraries(files: Files, host: Host, prefix: string): string[] {
  const paths = pathsOf(host)
  if (host.platform === 'win32') return [paths.join(prefix, 'Lib')]
  const library = paths.join(prefix, 'lib')
  return files
    .list(library)
    .filter(name => /^(?:python|pypy)3/.test(name))
    .map(name => paths.join(library, name))
}

function baseOf(settings: string, paths: ReturnType<typeof pathsOf>): string | undefined {
  const home = /^home\s*=\s*(.+?)\s*$/im.exec(settings)?.[1]
  if (home === undefined) return undefined
  return paths.basename(home) === 'bin' ? paths.dirname(home) : home
}

/** A line of a `.pth` file is a folder to look in, or code to run, of which nothing can be said. */
function addedFolders(
  files: Files,
  paths: ReturnType<typeof pathsOf>,
  folder: string,
): { folders: string[]; isOpen: boolean } {
  const found: string[] = []
  let isOpen = false
  for (const name of files.list(folder)) {
    if (!name.endsWith('.pth') || name === 'distutils-precedence.pth') continue
    for (const line of (files.read(paths.join(folder, name)) ?? '').split(/\r?\n/)) {
      if (line.trim() === '' || line.startsWith('#')) continue
      if (/^import[\s\t]/.test(line)) isOpen = true
      else found.push(paths.resolve(folder, line.trim()))
    }
  }
  return { folders: found, isOpen }
}

/** What people run with `-m` out of the standard library. */
const STANDARD: ReadonlySet<string> = new Set(
  (
    'antigravity ast asyncio base64 calendar cProfile code codeop compileall dis doctest email encodings ensurepip ' +
    'filecmp ftplib gzip http idlelib inspect json lib2to3 logging mimetypes multiprocessing os pdb pickle ' +
    'pickletools pip platform poplib profile pstats py_compile pyclbr pydoc quopri random runpy shlex site smtpd ' +
    'smtplib sqlite3 symtable sys sysconfig tabnanny tarfile telnetlib test textwrap this timeit tkinter token ' +
    'tokenize trace turtle turtledemo unittest urllib uuid venv webbrowser wsgiref xml xmlrpc zipapp zipimport zipfile'
  ).split(' '),
)
