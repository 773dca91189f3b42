import { isFolder, type Machine, type Steps, stepFor } from './machine'
import { compareVersions, newestMatch } from './version'

/** The version that `PYENV_VERSION` or the nearest .python-version asks for, as pyenv or uv have installed it. */
export function* wantedVersions(machine: Machine, project: string): Steps {
  const wanted = fromVariable(machine) ?? nearestFile(machine, project)
  if (wanted === undefined) return
  for (const version of wanted.versions) {
    if (version === 'system') continue
    const pyenv = pyenvVersion(machine, version)
    const uv = uvVersion(machine, version)
    if (pyenv !== undefined) {
      yield stepFor(
        machine,
        pyenv,
        'pyenv',
        `pyenv's ${machine.paths.basename(pyenv)}, for ${wanted.source}.`,
      )
    }
    if (uv !== undefined) yield stepFor(machine, uv, 'uv', `uv's Python ${version}, for ${wanted.source}.`)
    if (pyenv === undefined && uv === undefined) {
      yield { tried: `Python ${version}, which ${wanted.source} asks for (in neither pyenv nor uv)` }
    }
  }
}

/** Everything that pyenv and uv have installed, newest first, for a choice by hand. */
export function* installedVersions(machine: Machine): Steps {
  const { files, paths } = machine
  for (const { kind, folder } of [
    { kind: 'pyenv', folder: paths.join(pyenvRoot(machine), 'versions') },
    { kind: 'uv', folder: uvFolder(machine) },
  ] as const) {
    const names = files.list(folder).filter(name => /\d/.test(name) && !name.startsWith('.'))
    for (const name of names.sort((a, b) => compareVersions(bare(b), bare(a)))) {
      yield stepFor(machine, paths.join(folder, name), kind, `${kind}'s ${name}.`)
    }
  }
}

/**
 * pyenv puts a folder of small shell scripts on PATH. Each start through one costs tens of milliseconds and depends on
 * the current folder, so the installations behind it are taken. Undefined: `folder` is no such folder; without
 * `installations` pyenv would go on with the rest of PATH.
 */
export function behindShims(
  machine: Machine,
  folder: string,
  project: string | undefined,
): { readonly installations: readonly string[] } | undefined {
  const { files, paths } = machine
  if (paths.relative(paths.join(pyenvRoot(machine), 'shims'), folder) !== '') return undefined
  const wanted = fromVariable(machine) ?? (project === undefined ? undefined : nearestFile(machine, project))
  const versions =
    wanted?.versions ?? versionLines(files.read(paths.join(pyenvRoot(machine), 'version')) ?? '')
  return { installations: versions.flatMap(version => pyenvVersion(machine, version) ?? []) }
}

interface Wanted {
  readonly versions: readonly string[]
  /** For people: where it is said. */
  readonly source: string
}

function fromVariable(machine: Machine): Wanted | undefined {
  const value = machine.env('PYENV_VERSION')
  return value === undefined ? undefined : { versions: value.split(':'), source: 'PYENV_VERSION' }
}

/** pyenv and uv look in the folder and in all above it. */
function nearestFile({ files, paths }: Machine, project: string): Wanted | undefined {
  for (let folder = project; ; folder = paths.dirname(folder)) {
    const file = paths.join(folder, '.python-version')
    const versions = versionLines(files.read(file) ?? '')
    if (versions.length > 0) return { versions, source: folder === project ? '.python-version' : file }
    if (folder === paths.dirname(folder)) return undefined
  }
}

function versionLines(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap(line => (/^\s*#/.test(line) ? [] : line.trim().split(/\s+/)))
    .filter(version => version !== '' && !version.includes('..'))
}

function pyenvVersion(machine: Machine, version: string): string | undefined {
  const { files, paths } = machine
  const folder = paths.join(pyenvRoot(machine), 'versions')
  // A name may lead further down: `3.11.7/envs/shop` of pyenv-virtualenv.
  const exact = paths.join(folder, version)
  if (isFolder(machine, exact)) return exact
  const name = newestMatch(files.list(folder), version.replace(/^(python|cpython)[-@]/, ''))
  return name === undefined ? undefined : paths.join(folder, name)
}

function pyenvRoot(machine: Machine): string {
  const { paths, home, windows } = machine
  const named = machine.env('PYENV_ROOT') ?? (windows ? machine.env('PYENV') : undefined)
  return named ?? (windows ? paths.join(home, '.pyenv', 'pyenv-win') : paths.join(home, '.pyenv'))
}

/** uv names its Pythons `cpython-3.11.7-linux-x86_64-gnu`. */
function uvVersion(machine: Machine, version: string): string | undefined {
  const { files, paths } = machine
  const folder = uvFolder(machine)
  const byVersion = new Map(
    files.list(folder).flatMap(name => (name.startsWith('cpython-') ? [[bare(name), name] as const] : [])),
  )
  const found = newestMatch([...byVersion.keys()], bare(version.replace(/^cpython@/, 'cpython-')))
  const name = found === undefined ? undefined : byVersion.get(found)
  return name === undefined ? undefined : paths.join(folder, name)
}

function uvFolder(machine: Machine): string {
  const { paths, home, windows } = machine
  const named = machine.env('UV_PYTHON_INSTALL_DIR')
  if (named !== undefined) return named
  const data = windows
    ? (machine.env('APPDATA') ?? paths.join(home, 'AppData', 'Roaming'))
    : (machine.env('XDG_DATA_HOME') ?? paths.join(home, '.local', 'share'))
  return paths.join(data, 'uv', 'python')
}

/** `cpython-3.11.7-linux-x86_64-gnu` → `3.11.7` */
function bare(name: string): string {
  return name.replace(/^cpython-/, '').replace(/-.*$/, '')
}
