import { isFolder, type Machine, pythonIn, type Steps, stepFor } from './machine'

/** The environment that is active where the editor was started, unless it is conda's own `base`. */
export function* activeConda(machine: Machine): Steps {
  const prefix = machine.env('CONDA_PREFIX')
  if (prefix === undefined) yield { tried: 'CONDA_PREFIX (not set)' }
  else if (!isBase(machine, prefix)) yield stepFor(machine, prefix, 'conda', `${ACTIVE} (CONDA_PREFIX).`)
}

/**
 * `base` is active in every terminal of who let conda start with the shell. It says nothing about the project, so it
 * comes after all that does.
 */
export function* activeBase(machine: Machine): Steps {
  const prefix = machine.env('CONDA_PREFIX')
  if (prefix !== undefined && isBase(machine, prefix)) {
    yield stepFor(machine, prefix, 'conda', `${ACTIVE}: conda's base (CONDA_PREFIX).`)
  }
}

/** The environment that the project's environment.yml names. */
export function* namedConda(machine: Machine, project: string): Steps {
  const { files, paths } = machine
  for (const file of ['environment.yml', 'environment.yaml']) {
    const text = files.read(paths.join(project, file))
    if (text === undefined) continue
    const prefix = yamlText(text, 'prefix')
    const name = yamlText(text, 'name')
    const reason = `The conda environment ${name ?? prefix ?? ''} that ${file} names.`
    // `conda env export` writes the prefix of its own machine: it counts only where it exists.
    if (prefix !== undefined && pythonIn(machine, prefix) !== undefined) {
      yield stepFor(machine, prefix, 'conda', reason)
    } else if (name !== undefined) {
      const folder = condaEnvironments(machine, name)
      yield folder === undefined
        ? {
            tried: `the conda environment ${name} that ${file} names (not made yet: conda env create -f ${file})`,
          }
        : stepFor(machine, folder, 'conda', reason)
    }
  }
}

/** Every conda installation and environment, for a choice by hand. */
export function* installedConda(machine: Machine): Steps {
  const { files, paths } = machine
  for (const root of condaRoots(machine).filter(folder =>
    isFolder(machine, paths.join(folder, 'conda-meta')),
  )) {
    yield stepFor(machine, root, 'conda', "conda's base.")
  }
  const folders = environmentFolders(machine).flatMap(folder =>
    [...files.list(folder)].sort().map(name => paths.join(folder, name)),
  )
  for (const folder of [...folders, ...listedEnvironments(machine)]) {
    if (pythonIn(machine, folder) === undefined) continue
    yield stepFor(machine, folder, 'conda', `The conda environment ${paths.basename(folder)}.`)
  }
}

const ACTIVE = 'Active where the editor was started'

/** Only an installation of conda holds its own `condabin`. */
function isBase(machine: Machine, prefix: string): boolean {
  return (
    machine.env('CONDA_DEFAULT_ENV') === 'base' || isFolder(machine, machine.paths.join(prefix, 'condabin'))
  )
}

function condaEnvironments(machine: Machine, name: string): string | undefined {
  const { paths } = machine
  if (name === 'base' || name === 'root') {
    return condaRoots(machine).find(root => pythonIn(machine, root) !== undefined)
  }
  return [
    ...environmentFolders(machine).map(folder => paths.join(folder, name)),
    ...listedEnvironments(machine).filter(folder => paths.basename(folder) === name),
  ].find(folder => isFolder(machine, folder))
}

/** In conda's order: variable, .condarc, then `envs` beside each installation. */
function environmentFolders(machine: Machine): string[] {
  const { paths, home, files } = machine
  const variable = machine.env('CONDA_ENVS_PATH') ?? machine.env('CONDA_ENVS_DIRS') ?? ''
  const settings = files.read(paths.join(home, '.condarc')) ?? ''
  return [
    ...variable.split(paths.delimiter).filter(folder => folder !== ''),
    ...yamlList(settings, 'envs_dirs'),
    ...condaRoots(machine).map(root => paths.join(root, 'envs')),
    paths.join(home, '.conda', 'envs'),
  ].map(folder => folder.replace(/^~(?=$|[\\/])/, home))
}

/** conda notes every environment that it makes, wherever it lies. */
function listedEnvironments({ files, paths, home }: Machine): string[] {
  const text = files.read(paths.join(home, '.conda', 'environments.txt')) ?? ''
  return text.split(/\r?\n/).filter(line => paths.isAbsolute(line))
}

function condaRoots(machine: Machine): string[] {
  const { paths, home, windows } = machine
  const executable = machine.env('CONDA_EXE')
  const parents = windows
    ? [home, machine.env('LOCALAPPDATA'), machine.env('ProgramData'), 'C:\\', 'C:\\tools']
    : [home, '/opt', '/usr/local', '/opt/homebrew/Caskroom/miniconda', '/opt/homebrew/Caskroom/miniforge']
  const roots = [
    ...(executable === undefined ? [] : [paths.dirname(paths.dirname(executable))]),
    machine.env('MAMBA_ROOT_PREFIX') ?? [],
    ...parents.flatMap(parent => (parent === undefined ? [] : ROOTS.map(name => paths.join(parent, name)))),
  ].flat()
  return [...new Set(roots)].filter(root => isFolder(machine, root))
}

/** Installers' own names; `conda` in /opt is Docker images', `base` Homebrew's. */
const ROOTS = [
  'miniconda3',
  'anaconda3',
  'miniforge3',
  'mambaforge',
  'micromamba',
  'miniconda',
  'anaconda',
  'conda',
  'base',
]

/** A `key: text` at the margin. Enough for these files; nothing else of YAML is read. */
function yamlText(text: string, key: string): string | undefined {
  const value = new RegExp(`^${key}[ \\t]*:[ \\t]*(.+?)[ \\t]*(?:[ \\t]#.*)?$`, 'm').exec(text)?.[1]
  return value?.replace(/^(["'])(.*)\1$/, '$2')
}

function yamlList(text: string, key: string): string[] {
  const block =
    new RegExp(`^${key}[ \\t]*:[ \\t]*\\r?\\n((?:[ \\t]*-[ \\t]*.+\\r?\\n?)*)`, 'm').exec(text)?.[1] ?? ''
  return block.split(/\r?\n/).flatMap(line => /^\s*-\s*["']?(.+?)["']?\s*$/.exec(line)?.[1] ?? [])
}
