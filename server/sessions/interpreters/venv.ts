import {
  isFolder,
  type Machine,
  pythonIn,
  readPyvenv,
  type Step,
  type Steps,
  shown,
  stepFor,
} from './machine'

/** Environments in a project's folder: `.venv`, `venv`, `env`, then any direct sub-folder that is one. */
export function* ownEnvironments(machine: Machine, project: string, place: string): Steps {
  const { files, paths } = machine
  const uv = uvEnvironment(machine, project)
  const inside = [
    ...USUAL.map(name => paths.join(project, name)),
    ...[...files.list(project)].sort().map(name => paths.join(project, name)),
    paths.join(project, '.pixi', 'envs', 'default'),
    ...[...files.list(paths.join(project, '.hatch'))].sort().map(name => paths.join(project, '.hatch', name)),
  ]
  const found = new Set(inside.filter(folder => isEnvironment(machine, folder)))
  if (uv !== undefined) yield* [environmentStep(machine, uv, `UV_PROJECT_ENVIRONMENT of ${place}.`)]
  for (const folder of found) {
    yield environmentStep(machine, folder, `The environment ${shown(machine, project, folder)} of ${place}.`)
  }
  if (found.size === 0)
    yield { tried: `${USUAL.map(name => paths.join(project, name)).join(', ')} (not there)` }
}

/** What is active in the shell that the editor was started from. */
export function* activeEnvironment(machine: Machine): Steps {
  const folder = machine.env('VIRTUAL_ENV')
  yield folder === undefined
    ? { tried: 'VIRTUAL_ENV (not set)' }
    : stepFor(machine, folder, 'activeEnvironment', 'Active where the editor was started (VIRTUAL_ENV).')
}

/**
 * Folders between the workspace folder and the program, the nearest to the program first: a nested project may have
 * its own environment. Without a workspace folder, all folders above the program up to the home folder.
 */
export function nestedProjects(
  { paths, home }: Machine,
  folder: string | undefined,
  program: string | undefined,
): string[] {
  if (program === undefined || !paths.isAbsolute(program)) return []
  const found: string[] = []
  for (let at = paths.dirname(program); at !== paths.dirname(at); at = paths.dirname(at)) {
    if (folder === undefined ? at === home : paths.relative(folder, at) === '') return found
    found.push(at)
  }
  // A program outside the folder has nothing to do with it.
  return folder === undefined ? found : []
}

const USUAL = ['.venv', 'venv', 'env']

function isEnvironment(machine: Machine, folder: string): boolean {
  const { files, paths } = machine
  return (
    files.kind(paths.join(folder, 'pyvenv.cfg')) === 'file' ||
    isFolder(machine, paths.join(folder, 'conda-meta')) ||
    // virtualenv before version 20 leaves no mark.
    (USUAL.includes(paths.basename(folder)) && pythonIn(machine, folder) !== undefined)
  )
}

function environmentStep(machine: Machine, folder: string, reason: string): Step {
  const settings = readPyvenv(machine, folder)
  const kind = settings === undefined ? 'conda' : settings.has('uv') ? 'uv' : 'venv'
  return stepFor(machine, folder, kind, reason)
}

function uvEnvironment(machine: Machine, project: string): string | undefined {
  const { files, paths } = machine
  const named = machine.env('UV_PROJECT_ENVIRONMENT')
  if (named === undefined || files.kind(paths.join(project, 'pyproject.toml')) !== 'file') return undefined
  return paths.resolve(project, named)
}
