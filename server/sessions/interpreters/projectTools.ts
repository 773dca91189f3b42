import { createHash } from 'node:crypto'
import { interpreter, isFolder, type Machine, type Steps, stepFor } from './machine'
import { hasTomlTable, tomlText } from './toml'
import { compareVersions } from './version'

/** Poetry's environments outside the project: `<cache>/virtualenvs/<name>-<hash of the folder>-py3.11`. */
export function* poetryEnvironments(machine: Machine, project: string): Steps {
  const { files, paths } = machine
  const pyproject = files.read(paths.join(project, 'pyproject.toml'))
  if (pyproject === undefined) return
  const locked = files.kind(paths.join(project, 'poetry.lock')) === 'file'
  if (!locked && !hasTomlTable(pyproject, 'tool.poetry')) return
  const folder = poetryFolder(machine, project)
  const name = tomlText(pyproject, 'tool.poetry', 'name') ?? tomlText(pyproject, 'project', 'name')
  const made = poetryNames(machine, name ?? 'non-package-mode', project).flatMap(start =>
    poetryVersions(machine, folder, start).map(version => `${start}-py${version}`),
  )
  if (made.length === 0) {
    yield { tried: `Poetry's environment of ${project} in ${folder} (not made yet: poetry install)` }
  }
  for (const environment of made) {
    const reason = `The environment that Poetry keeps for ${name ?? paths.basename(project)}.`
    yield stepFor(machine, paths.join(folder, environment), 'poetry', reason)
  }
}

/** Pipenv's: named in a file `.venv`, or `<WORKON_HOME>/<folder's name>-<hash of the Pipfile's path>`. */
export function* pipenvEnvironments(machine: Machine, project: string): Steps {
  const { files, paths } = machine
  const workonHome = machine.env('WORKON_HOME') ?? defaultWorkonHome(machine)
  const reason = 'The environment that Pipenv keeps for this project.'
  const named = files.read(paths.join(project, '.venv'))?.trim() ?? ''
  if (named !== '' && !named.includes('\n')) {
    const folder = /[\\/]/.test(named) ? paths.resolve(project, named) : paths.join(workonHome, named)
    yield stepFor(machine, folder, 'pipenv', 'The environment that the file .venv names.')
  }
  if (files.kind(paths.join(project, 'Pipfile')) !== 'file') return
  const custom = machine.env('PIPENV_CUSTOM_VENV_NAME')
  const names = realPaths(machine, project).map(folder => {
    const name = paths
      .basename(folder)
      .replace(/[ &$`!*@"()[\]\\\r\n\t]/g, '_')
      .slice(0, 42)
    return `${name}-${shortHash(paths.join(folder, 'Pipfile'))}`
  })
  const made = (custom === undefined ? names : [custom]).find(name =>
    isFolder(machine, paths.join(workonHome, name)),
  )
  yield made === undefined
    ? { tried: `Pipenv's environment of ${project} in ${workonHome} (not made yet: pipenv install)` }
    : stepFor(machine, paths.join(workonHome, made), 'pipenv', reason)
}

/** Hatch's: `<data>/env/virtual/<project>/<hash of the folder>/<environment>`, the default one first. */
export function* hatchEnvironments(machine: Machine, project: string): Steps {
  const { files, paths } = machine
  const pyproject = files.read(paths.join(project, 'pyproject.toml'))
  const name = canonicalName(tomlText(pyproject ?? '', 'project', 'name') ?? '')
  if (name === '') return
  for (const folder of realPaths(machine, project)) {
    const kept = paths.join(hatchFolder(machine), 'env', 'virtual', name, shortHash(folder))
    const others = [...files.list(kept)].filter(other => other !== name).sort()
    for (const environment of [name, ...others].filter(one => isFolder(machine, paths.join(kept, one)))) {
      const which = environment === name ? 'default' : environment
      const reason = `The environment ${which} that Hatch keeps for ${name}.`
      yield stepFor(machine, paths.join(kept, environment), 'hatch', reason)
    }
  }
}

/** PDM notes the interpreter that it uses for a project. */
export function* pdmInterpreter(machine: Machine, project: string): Steps {
  const { files, paths } = machine
  const path = files.read(paths.join(project, '.pdm-python'))?.trim() ?? ''
  if (!paths.isAbsolute(path)) return
  yield files.kind(path) === 'file'
    ? interpreter(machine, path, 'pdm', 'The interpreter that PDM uses for this project (.pdm-python).')
    : { tried: `${path}, which .pdm-python names (not there)` }
}

/** Poetry: `EnvManager.generate_env_name`. Old versions take the name as written, in lower case. */
function poetryNames(machine: Machine, name: string, project: string): string[] {
  const names = [canonicalName(name), name.toLowerCase()].map(one =>
    one.replace(/[ $`!*@"\\\r\n\t]/g, '_').slice(0, 42),
  )
  const hashes = realPaths(machine, project).map(folder =>
    shortHash(machine.windows ? folder.toLowerCase().replaceAll('/', '\\') : folder),
  )
  return [...new Set(names)].flatMap(one => hashes.map(hash => `${one}-${hash}`))
}

/** Python versions that the project has an environment for: the one that `poetry env use` chose, then the newest. */
function poetryVersions({ files, paths }: Machine, folder: string, start: string): string[] {
  const chosen = tomlText(files.read(paths.join(folder, 'envs.toml')) ?? '', start, 'minor')
  return files
    .list(folder)
    .flatMap(name => (name.startsWith(`${start}-py`) ? [name.slice(start.length + 3)] : []))
    .sort((a, b) => Number(b === chosen) - Number(a === chosen) || compareVersions(b, a))
}

function poetryFolder(machine: Machine, project: string): string {
  const { files, paths } = machine
  const texts = [
    paths.join(project, 'poetry.toml'),
    paths.join(machine.env('POETRY_CONFIG_DIR') ?? userFolder(machine, 'config', 'pypoetry'), 'config.toml'),
  ].map(file => files.read(file) ?? '')
  const setting = (table: string, key: string) => texts.map(text => tomlText(text, table, key)).find(Boolean)
  const cache =
    machine.env('POETRY_CACHE_DIR') ?? setting('', 'cache-dir') ?? userFolder(machine, 'cache', 'pypoetry')
  const folder = machine.env('POETRY_VIRTUALENVS_PATH') ?? setting('virtualenvs', 'path')
  return folder === undefined ? paths.join(cache, 'virtualenvs') : folder.replace('{cache-dir}', cache)
}

function hatchFolder(machine: Machine): string {
  return machine.env('HATCH_DATA_DIR') ?? userFolder(machine, 'data', 'hatch')
}

function defaultWorkonHome(machine: Machine): string {
  const { paths, home, windows } = machine
  if (windows) return paths.join(home, '.virtualenvs')
  return paths.join(machine.env('XDG_DATA_HOME') ?? paths.join(home, '.local', 'share'), 'virtualenvs')
}

/** Where the Python package platformdirs puts an application's files. */
function userFolder(machine: Machine, what: 'cache' | 'config' | 'data', name: string): string {
  const { host, paths, home } = machine
  if (host.platform === 'darwin') {
    return paths.join(home, 'Library', what === 'cache' ? 'Caches' : 'Application Support', name)
  }
  if (host.platform === 'win32') {
    const local = machine.env('LOCALAPPDATA') ?? paths.join(home, 'AppData', 'Local')
    const roaming = machine.env('APPDATA') ?? paths.join(home, 'AppData', 'Roaming')
    if (what === 'cache') return paths.join(local, name, 'Cache')
    return paths.join(what === 'config' ? roaming : local, name)
  }
  const [variable, ...usual] = {
    cache: ['XDG_CACHE_HOME', '.cache'],
    config: ['XDG_CONFIG_HOME', '.config'],
    data: ['XDG_DATA_HOME', '.local', 'share'],
  }[what]
  return paths.join(machine.env(variable ?? '') ?? paths.join(home, ...usual), name)
}

/** The tools hash the path without links; the editor may have opened the folder through one. */
function realPaths({ files }: Machine, folder: string): string[] {
  return [...new Set([files.real?.(folder) ?? folder, folder])]
}

function canonicalName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 8)
}
