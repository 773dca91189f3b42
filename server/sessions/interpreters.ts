import type { Files, Host } from '../core/host'
import { activeBase, activeConda, installedConda, namedConda } from './interpreters/conda'
import {
  type Interpreter,
  interpreter,
  isFolder,
  type Machine,
  machineOf,
  type Step,
  type Steps,
  stepFor,
  whyMissing,
} from './interpreters/machine'
import {
  hatchEnvironments,
  pdmInterpreter,
  pipenvEnvironments,
  poetryEnvironments,
} from './interpreters/projectTools'
import { installedVersions, wantedVersions } from './interpreters/pythonVersions'
import { onPath, pathInterpreters } from './interpreters/searchPath'
import { activeEnvironment, nestedProjects, ownEnvironments } from './interpreters/venv'

export type { Interpreter, InterpreterKind } from './interpreters/machine'

/** What the search looks at. Nothing is executed and nothing is asked. */
export interface InterpreterFacts {
  /** With the editor's environment over the server's. */
  readonly host: Host
  readonly files: Files
  /** `python.defaultInterpreterPath` with its variables put in; undefined when not set. */
  readonly setting?: string | undefined
  /** What the user chose for the folder, see `rememberedInterpreter`. */
  readonly chosen?: string | undefined
}

/** Either the best interpreter, or what was looked for: lines for people. */
export type Choice =
  | { readonly kind: 'found'; readonly interpreter: Interpreter }
  | { readonly kind: 'none'; readonly tried: readonly string[] }

/** An interpreter as `python` of a configuration means it, with the arguments that stand behind it in a list. */
export type Located =
  | {
      readonly kind: 'found'
      readonly command: readonly [string, ...string[]]
      readonly interpreter: Interpreter
    }
  | { readonly kind: 'none'; readonly tried: readonly string[] }

/**
 * Every Python for a program in a workspace folder, best first, each one once: what the user chose, the setting, the
 * environment of a nested project that holds the program, the folder's own, active ones, those that Poetry, Pipenv,
 * Hatch, PDM, conda, pyenv and uv keep for the project, PATH, and last what is merely installed.
 */
export function findInterpreters(
  folder: string | undefined,
  program: string | undefined,
  facts: InterpreterFacts,
): Interpreter[] {
  const machine = machineOf(facts.host, facts.files)
  const seen = new Set<string>()
  const found: Interpreter[] = []
  for (const step of allSteps(machine, folder, program, facts)) {
    if ('tried' in step) continue
    const place = step.folder ?? facts.files.real?.(step.path) ?? step.path
    const key = machine.windows ? place.toLowerCase() : place
    if (!seen.has(key)) found.push(step)
    seen.add(key)
  }
  return found
}

/** The first of `findInterpreters`, looking no further than needed. */
export function chooseInterpreter(
  folder: string | undefined,
  program: string | undefined,
  facts: InterpreterFacts,
): Choice {
  const tried: string[] = []
  for (const step of allSteps(machineOf(facts.host, facts.files), folder, program, facts)) {
    if (!('tried' in step)) return { kind: 'found', interpreter: step }
    tried.push(step.tried)
  }
  return { kind: 'none', tried }
}

/**
 * `python` of a configuration after substitution: a path (of an executable or of an environment; relative to the
 * workspace folder; `~` is the home folder), a name on PATH, or a list whose first element is one of these. Nothing
 * (also null, '' and []) means the interpreter that `chooseInterpreter` chooses.
 */
export function locatePython(
  value: unknown,
  folder: string | undefined,
  program: string | undefined,
  facts: InterpreterFacts,
): Located {
  const [first, ...rest] = Array.isArray(value) ? value : [value]
  if (first === undefined || first === null || first === '') {
    const choice = chooseInterpreter(folder, program, facts)
    return choice.kind === 'none' ? choice : { ...choice, command: [choice.interpreter.path] }
  }
  const odd = [first, ...rest].find(part => typeof part !== 'string')
  if (odd !== undefined) {
    return {
      kind: 'none',
      tried: [`"python": ${JSON.stringify(value)} (a path, or a list of texts, is needed)`],
    }
  }
  const step = namedStep(
    machineOf(facts.host, facts.files),
    String(first),
    folder,
    'configuration',
    CONFIGURATION,
  )
  return 'tried' in step
    ? { kind: 'none', tried: [step.tried] }
    : { kind: 'found', command: [step.path, ...rest.map(String)], interpreter: step }
}

/** What files tell of an executable whose path is known; undefined when it is not there. */
export function interpreterFor(path: string, facts: InterpreterFacts): Interpreter | undefined {
  if (facts.files.kind(path) !== 'file') return undefined
  return interpreter(machineOf(facts.host, facts.files), path, 'configuration', CONFIGURATION)
}

const CONFIGURATION = '"python" of the configuration.'

function* allSteps(
  machine: Machine,
  folder: string | undefined,
  program: string | undefined,
  { setting, chosen }: InterpreterFacts,
): Steps {
  if (chosen !== undefined)
    yield namedStep(machine, chosen, folder, 'chosen', 'Chosen by you for this folder.')
  // VS Code's default, `python`, means: not set.
  if (setting !== undefined && setting !== '' && setting !== 'python') {
    yield namedStep(machine, setting, folder, 'setting', 'The setting python.defaultInterpreterPath.')
  }
  for (const project of nestedProjects(machine, folder, program)) {
    yield* foundOnly(ownEnvironments(machine, project, `${project}, where the program lies`))
    yield* toolEnvironments(machine, project)
  }
  if (folder !== undefined) yield* ownEnvironments(machine, folder, 'the folder')
  yield* activeEnvironment(machine)
  yield* activeConda(machine)
  const project = folder ?? (program === undefined ? undefined : machine.paths.dirname(program))
  if (folder !== undefined) yield* toolEnvironments(machine, folder)
  if (project !== undefined) yield* wantedVersions(machine, project)
  yield* activeBase(machine)
  yield* pathInterpreters(machine, project)
  yield* foundOnly(installedVersions(machine))
  yield* foundOnly(installedConda(machine))
}

function* toolEnvironments(machine: Machine, project: string): Steps {
  yield* poetryEnvironments(machine, project)
  yield* pipenvEnvironments(machine, project)
  yield* hatchEnvironments(machine, project)
  yield* pdmInterpreter(machine, project)
  yield* namedConda(machine, project)
}

/** What somebody wrote: the path of an executable or of an environment, or a name on PATH. */
function namedStep(
  machine: Machine,
  written: string,
  folder: string | undefined,
  kind: Interpreter['kind'],
  reason: string,
): Step {
  const { files, paths, home, windows } = machine
  const isPath = windows ? /[\\/:]/.test(written) : written.includes('/')
  if (!isPath && written !== '~') {
    const named = onPath(machine, written, kind, reason, folder)
    if (named !== undefined) return named
    const inFolder = folder !== undefined && isFolder(machine, paths.join(folder, written))
    if (!inFolder) return { tried: `${written} on PATH (not found)` }
  }
  const expanded = written.replace(/^~(?=$|[\\/])/, home)
  if (!paths.isAbsolute(expanded) && folder === undefined) {
    return { tried: `${written} (a relative path, and no folder is open)` }
  }
  const path = paths.resolve(folder ?? '', expanded)
  if (isFolder(machine, path)) return stepFor(machine, path, kind, reason)
  const file = [path, ...(windows ? [`${path}.exe`] : [])].find(one => files.kind(one) === 'file')
  if (file !== undefined) return interpreter(machine, file, kind, reason)
  return { tried: `${path} (${whyMissing(machine, path)})` }
}

function* foundOnly(steps: Steps): Steps {
  for (const step of steps) if (!('tried' in step)) yield step
}
