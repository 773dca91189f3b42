import { posix, win32 } from 'node:path'
import type { EditorState, Folder, Settings } from './editor'
import type { Host } from './host'
import { inputQuestion, type Question, type RememberedAnswers } from './inputs'
import { isObject, scriptText } from './json'
import { type Variable, variable } from './variables'

/** All that a variable's value can depend on. */
export interface VariableFacts {
  readonly host: Host
  /** The open workspace folders in their order. */
  readonly folders: readonly Folder[]
  /** The configuration's own folder, see `folderOf`. */
  readonly folder: Folder | undefined
  /** The active editor; undefined when there is none. Its `env` goes over the host's. */
  readonly editor: EditorState | undefined
  /** What `${config:KEY}` reads. */
  readonly settings: Settings
  /** The settings as they are in a folder, where they differ from folder to folder. */
  readonly settingsFor?: (folder: Folder) => Settings
  /** The editor's executable. */
  readonly execPath: string | undefined
  /** Install folder by extension id. */
  readonly extensions: Readonly<Record<string, string>>
  /** Values that other parts give, by the text between the braces; null: it has none, and stays as text. */
  readonly contributed: Readonly<Record<string, string | null>>
  /** `inputs` beside the configuration, as written; undefined when there is no such list. */
  readonly inputs: readonly unknown[] | undefined
  /** The debugger's own names of commands: `pickProcess` is debugpy.pickLocalProcess. */
  readonly commandAliases: Readonly<Record<string, string>>
  readonly remembered?: RememberedAnswers
}

export type VariableValue =
  | { readonly kind: 'value'; readonly value: string }
  /** VS Code's text; a session with this variable does not start. */
  | { readonly kind: 'error'; readonly message: string }
  /** Only the user or a command knows. */
  | { readonly kind: 'ask'; readonly question: Question }
  /** No such variable: it stays as text. */
  | { readonly kind: 'unknown' }

/** The value of the variable with this text between its braces. Values are not searched for further variables. */
export function evaluateVariable(inner: string, facts: VariableFacts): VariableValue {
  const found = variable(inner)
  const evaluate = EVALUATORS.get(found.name)
  if (evaluate !== undefined) return evaluate(found, facts)
  const contributed = Object.hasOwn(facts.contributed, inner) ? facts.contributed[inner] : undefined
  return typeof contributed === 'string' ? value(contributed) : { kind: 'unknown' }
}

/** Whether the value comes from the user or a command, so that nothing is known before the start. */
export function isInteractive(found: Variable): boolean {
  return found.name === 'input' || found.name === 'command'
}

/** VS Code's text for a command that nobody knows. */
export function commandNotFound(command: string | undefined): string {
  return `command '${command}' not found`
}

type Evaluate = (variable: Variable, facts: VariableFacts) => VariableValue

const EVALUATORS: ReadonlyMap<string, Evaluate> = new Map<string, Evaluate>([
  ['workspaceFolder', (v, facts) => inFolder('workspaceFolder', v, facts, folder => folder)],
  ['workspaceRoot', (v, facts) => inFolder('workspaceFolder', v, facts, folder => folder)],
  ['workspaceFolderBasename', workspaceFolderBasename],
  ['workspaceRootFolderName', workspaceFolderBasename],
  ['cwd', cwd],
  ['userHome', userHome],
  ['file', (v, facts) => withFile(v, facts, file => file)],
  ['fileDirname', (v, facts) => withFile(v, facts, (file, path) => path.dirname(file))],
  ['fileDirnameBasename', (v, facts) => withFile(v, facts, (f, path) => path.basename(path.dirname(f)))],
  ['fileBasename', (v, facts) => withFile(v, facts, (file, path) => path.basename(file))],
  ['fileBasenameNoExtension', (v, facts) => withFile(v, facts, (file, path) => path.parse(file).name)],
  ['fileExtname', (v, facts) => withFile(v, facts, (file, path) => path.extname(file))],
  ['fileWorkspaceFolder', (v, facts) => fileWorkspaceFolder(v, facts)],
  ['fileWorkspaceFolderBasename', fileWorkspaceFolderBasename],
  ['relativeFile', relativeFile],
  ['relativeFileDirname', relativeFileDirname],
  ['lineNumber', (v, facts) => ofEditor(v, facts.editor?.line, 'a line')],
  ['columnNumber', (v, facts) => ofEditor(v, facts.editor?.column, 'a column')],
  ['selectedText', (v, facts) => ofEditor(v, facts.editor?.selectedText, 'some text')],
  ['env', environment],
  ['config', setting],
  ['extensionInstallFolder', extensionInstallFolder],
  ['execPath', (v, facts) => value(facts.execPath || v.text)],
  ['execInstallFolder', (v, facts) => value(facts.host.cwd || v.text)],
  ['pathSeparator', (_, facts) => value(pathOf(facts).sep)],
  ['/', (_, facts) => value(pathOf(facts).sep)],
  ['input', input],
  ['command', command],
])

/** Every variable that the server knows by itself, in the order in which one would explain them. */
export const VARIABLE_NAMES: readonly string[] = [...EVALUATORS.keys()]

function workspaceFolderBasename(v: Variable, facts: VariableFacts): VariableValue {
  return inFolder('workspaceFolderBasename', v, facts, folder => pathOf(facts).basename(folder))
}

function cwd(v: Variable, facts: VariableFacts): VariableValue {
  if (facts.folder === undefined && !v.argument) return value(facts.host.cwd)
  return inFolder('cwd', v, facts, folder => folder)
}

function userHome(v: Variable, facts: VariableFacts): VariableValue {
  if (facts.host.homeDir !== '') return value(facts.host.homeDir)
  return error(`Variable ${v.text} can not be resolved. UserHome path is not defined`)
}

/** `kind` is the name that VS Code's texts give: for an alias the one it stands for. */
function inFolder(
  kind: string,
  v: Variable,
  facts: VariableFacts,
  give: (folder: string) => string,
): VariableValue {
  if (v.argument) {
    const named = facts.folders.find(({ name }) => name === v.argument)
    if (named !== undefined) return value(give(drivePath(named.path, facts)))
    return error(`Variable ${kind} can not be resolved. No such folder '${v.argument}'.`)
  }
  if (facts.folder !== undefined) return value(give(drivePath(facts.folder.path, facts)))
  if (facts.folders.length > 1) {
    return error(
      `Variable ${kind} can not be resolved in a multi folder workspace. ` +
        "Scope this variable using ':' and a workspace folder name.",
    )
  }
  return error(`Variable ${kind} can not be resolved. Please open a folder.`)
}

function withFile(
  v: Variable,
  facts: VariableFacts,
  give: (file: string, path: typeof posix) => string,
): VariableValue {
  const path = pathOf(facts)
  const file = facts.editor?.file
  if (!file) return error(`Variable ${v.text} can not be resolved. Please open an editor.`)
  return value(give(drivePath(path.normalize(file), facts), path))
}

function relativeFile(v: Variable, facts: VariableFacts): VariableValue {
  if (facts.folder === undefined && !v.argument) return withFile(v, facts, file => file)
  const base = inFolder('relativeFile', v, facts, folder => folder)
  if (base.kind !== 'value') return base
  return withFile(v, facts, (file, path) => path.relative(base.value, file))
}

function relativeFileDirname(v: Variable, facts: VariableFacts): VariableValue {
  const folder = withFile(v, facts, (file, path) => path.dirname(file))
  if (folder.kind !== 'value' || (facts.folder === undefined && !v.argument)) return folder
  return inFolder('relativeFileDirname', v, facts, base => pathOf(facts).relative(base, folder.value) || '.')
}

/** The deepest open folder that holds the active file. */
function fileWorkspaceFolder(v: Variable, facts: VariableFacts): VariableValue {
  const file = withFile(v, facts, name => name)
  if (file.kind !== 'value') return file
  const path = pathOf(facts)
  const owners = facts.folders.filter(folder => isWithin(file.value, folder.path, facts))
  const deepest = owners.toSorted((a, b) => b.path.length - a.path.length)[0]
  if (deepest !== undefined) return value(drivePath(path.normalize(deepest.path), facts))
  return error(`Variable ${v.text}: can not find workspace folder of '${path.basename(file.value)}'.`)
}

function fileWorkspaceFolderBasename(v: Variable, facts: VariableFacts): VariableValue {
  const folder = fileWorkspaceFolder(v, facts)
  return folder.kind === 'value' ? value(pathOf(facts).basename(folder.value)) : folder
}

function ofEditor(v: Variable, given: string | number | undefined, what: string): VariableValue {
  if (given !== undefined && given !== '') return value(String(given))
  return error(
    `Variable ${v.text} can not be resolved. Make sure to have ${what} selected in the active editor.`,
  )
}

/** A variable that is not set is empty, as in a shell. On Windows names have no case. */
function environment(v: Variable, facts: VariableFacts): VariableValue {
  const name = v.argument
  if (!name) {
    return error(`Variable ${v.text} can not be resolved because no environment variable name is given.`)
  }
  const env = { ...facts.host.env, ...facts.editor?.env }
  if (facts.host.platform !== 'win32') return value((Object.hasOwn(env, name) ? env[name] : undefined) ?? '')
  const wanted = name.toLowerCase()
  return value(Object.entries(env).findLast(([key]) => key.toLowerCase() === wanted)?.[1] ?? '')
}

function setting(v: Variable, facts: VariableFacts): VariableValue {
  const key = v.argument
  if (!key) return error(`Variable ${v.text} can not be resolved because no settings name is given.`)
  const settings = (facts.folder && facts.settingsFor?.(facts.folder)) ?? facts.settings
  const found = settings(key)
  if (found === undefined || found === null) {
    return error(`Variable ${v.text} can not be resolved because setting '${key}' not found.`)
  }
  if (isObject(found)) {
    return error(`Variable ${v.text} can not be resolved because '${key}' is a structured value.`)
  }
  return value(found === undefined || found === null ? '' : scriptText(found))
}

function extensionInstallFolder(v: Variable, facts: VariableFacts): VariableValue {
  const id = v.argument
  if (!id) return error(`Variable ${v.text} can not be resolved because no extension name is given.`)
  const wanted = id.toLowerCase()
  const found = Object.entries(facts.extensions).find(([key]) => key.toLowerCase() === wanted)
  if (found !== undefined) return value(found[1])
  return error(`Variable ${v.text} can not be resolved because the extension ${id} is not installed.`)
}

function input(v: Variable, facts: VariableFacts): VariableValue {
  return inputQuestion(v.argument, facts.inputs, facts.remembered)
}

function command(v: Variable, facts: VariableFacts): VariableValue {
  const name = v.argument
  if (!name) return error(commandNotFound(name))
  const alias = Object.hasOwn(facts.commandAliases, name) ? facts.commandAliases[name] : undefined
  return { kind: 'ask', question: { kind: 'command', id: v.inner, command: alias || name } }
}

function isWithin(file: string, folder: string, facts: VariableFacts): boolean {
  const path = pathOf(facts)
  // A Mac's file system has no case; path.win32 knows that of Windows by itself.
  const fold = (text: string) => (facts.host.platform === 'darwin' ? text.toLowerCase() : text)
  const relative = path.relative(fold(folder), fold(file))
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative)
}

/** VS Code writes a drive with a capital letter. */
function drivePath(path: string, facts: VariableFacts): string {
  if (facts.host.platform !== 'win32' || !/^[a-z]:/.test(path)) return path
  return path.charAt(0).toUpperCase() + path.slice(1)
}

function pathOf(facts: VariableFacts): typeof posix {
  return facts.host.platform === 'win32' ? win32 : posix
}

function value(text: string): VariableValue {
  return { kind: 'value', value: text }
}

function error(message: string): VariableValue {
  return { kind: 'error', message }
}
