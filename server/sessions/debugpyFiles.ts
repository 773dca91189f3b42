import { isFolder, type Machine, readPyvenv } from './interpreters/machine'
import { compareVersions } from './interpreters/version'

/** A debugpy on disk. */
export interface DebugpyFiles {
  /** The package's own folder: it holds `adapter` and `launcher`. */
  readonly folder: string
  /** `1.8.22`; 'unknown' for a checkout of its sources. */
  readonly version: string
}

/** debugpy in a folder that Python imports from; undefined when it is not there or not whole. */
export function debugpyIn(machine: Machine, folder: string): DebugpyFiles | undefined {
  return debugpyAt(machine, machine.paths.join(folder, 'debugpy'))
}

/** debugpy whose own folder is `folder`. */
export function debugpyAt({ files, paths }: Machine, folder: string): DebugpyFiles | undefined {
  const whole = ['__init__.py', 'adapter/__main__.py', 'launcher/__main__.py'].every(
    file => files.kind(paths.join(folder, file)) === 'file',
  )
  if (!whole) return undefined
  // Written by versioneer into each release; a checkout asks git instead.
  const written = /"version": "([^"]+)"/.exec(files.read(paths.join(folder, '_version.py')) ?? '')?.[1]
  return { folder, version: written ?? distributionVersion({ files, paths }, folder) ?? 'unknown' }
}

/**
 * What files tell of the interpreter of a virtual environment: its version and the folder of its packages. Undefined
 * for every other interpreter, which has to be asked.
 */
export function environmentFacts(
  machine: Machine,
  python: string,
): { readonly version: string; readonly searchPath: readonly string[] } | undefined {
  const { files, paths, windows } = machine
  const prefix = paths.dirname(paths.dirname(python))
  const settings = readPyvenv(machine, prefix)
  const version = /^\d+\.\d+(\.\d+)?/.exec(
    settings?.get('version') ?? settings?.get('version_info') ?? '',
  )?.[0]
  if (version === undefined) return undefined
  const library = paths.join(prefix, windows ? 'Lib' : 'lib')
  const libraries = windows
    ? [library]
    : files
        .list(library)
        .flatMap(name => (/^(python|pypy)3\.\d+t?$/.test(name) ? [paths.join(library, name)] : []))
  const searchPath = libraries.map(folder => paths.join(folder, 'site-packages'))
  return { version, searchPath: searchPath.filter(folder => isFolder(machine, folder)) }
}

function distributionVersion(
  { files, paths }: Pick<Machine, 'files' | 'paths'>,
  folder: string,
): string | undefined {
  return files
    .list(paths.dirname(folder))
    .flatMap(name => /^debugpy-(\d[^-]*)(?:-.*)?\.(?:dist|egg)-info$/.exec(name)?.[1] ?? [])
    .sort(compareVersions)
    .at(-1)
}
