import type { JsonObject } from '../core/json'
import {
  copyOf,
  type DebugpyFacts,
  type DerivedOrigin,
  type Draft,
  extensionFolder,
  INTERPRETER_COMMAND,
  pathsOf,
  put,
  type Refused,
  refused,
  smallDrive,
  type WorkingDraft,
  withWorkspaceFolder,
} from './debugpyDraft'

/**
 * The Python Debugger extension's first step, on the configuration as it was selected, before variables are replaced:
 * the interpreters, the env file's folder, and two names. Unlike there, `${env:…}` in `python`, `pythonPath` and
 * `envFile` waits for the substitution, and `python` may be a list (docs/differences.md).
 */
export function prepare(configuration: JsonObject, facts: DebugpyFacts): Draft | Refused {
  const draft = copyOf({ arguments: configuration, origins: new Map() })
  const { request } = configuration
  if (request === 'test') return refused('unknown-request', TEST_REQUEST, ['request'])
  if (request !== 'attach') {
    const folder = extensionFolder(facts)
    prepareEnvFile(draft, folder)
    const failure = preparePython(draft, folder, facts)
    if (failure !== undefined) return failure
  }
  if (!draft.arguments['clientOS']) {
    put(draft, 'clientOS', facts.host.platform === 'win32' ? 'windows' : 'unix')
  }
  if (draft.arguments['consoleName']) {
    put(draft, 'consoleTitle', draft.arguments['consoleName'], { kind: 'written', key: 'consoleName' })
    put(draft, 'consoleName', undefined)
  }
  return draft
}

/** VS Code's text. */
const TEST_REQUEST =
  'This configuration can only be used by the test debugging commands. `"request": "test"` is deprecated, please ' +
  'keep as `"request": "launch"` and add `"purpose": ["debug-test"]` instead.'

function prepareEnvFile(draft: WorkingDraft, folder: string | undefined): void {
  const { envFile, cwd } = draft.arguments
  const base = folder ?? cwd
  // What is no text is judged when all types are.
  if (typeof envFile !== 'string' || envFile === '' || !base) return
  draft.arguments['envFile'] = withWorkspaceFolder(envFile, base)
}

function preparePython(
  draft: WorkingDraft,
  folder: string | undefined,
  facts: DebugpyFacts,
): Refused | undefined {
  const { program, python, pythonPath } = draft.arguments
  // The interpreter of the active file is looked for when the file is known.
  if (program === '${file}' && python === undefined) return undefined
  const target = python === undefined && isFile(program, facts) ? program : folder
  const chosen: Interpreter = {
    command: chosenInterpreter(target, facts) ?? facts.settingsPython,
    origin: interpreterOrigin(facts),
  }
  let fallback = chosen
  if (pythonPath && pythonPath !== INTERPRETER_COMMAND) {
    if (typeof pythonPath !== 'string') return notText('pythonPath')
    const command = withWorkspaceFolder(pythonPath, folder)
    fallback = { command, origin: { kind: 'written', key: 'pythonPath' } }
  }
  if (python === INTERPRETER_COMMAND) put(draft, 'python', chosen.command, chosen.origin)
  else if (!python || isEmptyList(python)) put(draft, 'python', fallback.command, fallback.origin)
  else {
    const command = writtenCommand(python, folder)
    if (command === undefined) return notText('python')
    draft.arguments['python'] = command
  }
  putHelpers(draft, fallback)
  put(draft, 'pythonPath', undefined)
  return undefined
}

interface Interpreter {
  readonly command: string | undefined
  readonly origin: DerivedOrigin
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

/** `python` as written, a text or a list of them; undefined for anything else. */
function writtenCommand(python: unknown, folder: string | undefined): string | string[] | undefined {
  if (typeof python === 'string') return withWorkspaceFolder(python, folder)
  const isList = Array.isArray(python) && python.every(each => typeof each === 'string')
  return isList ? python.map(each => withWorkspaceFolder(each, folder)) : undefined
}

/** The interpreters of the adapter and the launcher do not follow `python`, but `pythonPath`, else the chosen one. */
function putHelpers(draft: WorkingDraft, { command, origin }: Interpreter): void {
  const own = [draft.arguments['python']].flat()[0]
  for (const key of ['debugAdapterPython', 'debugLauncherPython']) {
    const given = draft.arguments[key]
    if (given !== undefined && given !== INTERPRETER_COMMAND) continue
    put(draft, key, command ?? own, command === undefined ? { kind: 'written', key: 'python' } : origin)
  }
}

/** The interpreter chosen for a file or folder, as the extension hears of it. */
export function chosenInterpreter(target: unknown, facts: DebugpyFacts): string | undefined {
  const own = facts.folder && smallDrive(facts.folder.path, facts)
  const path = typeof target === 'string' && smallDrive(target, facts) !== own ? target : undefined
  const found = facts.interpreterFor(path)
  return found && smallDrive(found, facts)
}

/** The setting counts until an interpreter is chosen; that choice, or the search, is nobody's text. */
export function interpreterOrigin(facts: DebugpyFacts): DerivedOrigin {
  const key = 'python.defaultInterpreterPath'
  return typeof facts.settings(key) === 'string' ? { kind: 'settings', key } : { kind: 'default' }
}

export function isFile(path: unknown, facts: DebugpyFacts): path is string {
  return typeof path === 'string' && pathsOf(facts).isAbsolute(path) && facts.files.kind(path) === 'file'
}

function notText(key: string): Refused {
  return refused('wrong-type', `"${key}" must be a text.`, [key])
}
