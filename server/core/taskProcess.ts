import { posix, win32 } from 'node:path'
import type { Files, Host } from './host'
import type { Question } from './inputs'
import { scriptText } from './json'
import { type Answers, substitute, type VariableFacts } from './substitution'
import { type CommandText, type TaskCommand, textOf } from './taskCommand'
import type { Task } from './taskDocument'
import { buildCommandLine } from './taskQuoting'
import type { TerminalProfile } from './terminalProfile'

/** All that a task's process depends on. `variables.folder` is the folder of its file. */
export interface TaskFacts {
  readonly variables: VariableFacts
  /** The shell that a task without one of its own runs in. */
  readonly shell: TerminalProfile
  /** Where a command is looked for on Windows. */
  readonly files: Files
}

export type TaskProcess =
  | TaskStart
  /** It has no command: it is done when those it depends on are. */
  | { readonly kind: 'nothing' }
  /** The caller asks, adds the answer, and calls again. */
  | { readonly kind: 'ask'; readonly question: Question }
  /** VS Code's text; nothing is run. */
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'cancelled' }

export interface TaskStart {
  readonly kind: 'process'
  readonly executable: string
  /** A text is the command line behind the executable as it stands (shells on Windows). */
  readonly args: readonly string[] | string
  /** Undefined: the home directory. */
  readonly cwd?: string
  /** Over the process environment; null: not set. */
  readonly env?: Readonly<Record<string, string | null>>
  /** For shell tasks, the line that the shell reads: the end of `args`. */
  readonly commandLine?: string
}

/**
 * The process that VS Code starts for the task itself, without those it depends on. Pure: the same answers give the
 * same process.
 */
export function taskToProcess(task: Task, facts: TaskFacts, answers: Answers): TaskProcess {
  const { command } = task
  if (command?.name === undefined) return { kind: 'nothing' }
  const variables = { ...facts.variables, inputs: task.inputs, commandAliases: {} }
  const texts = [...new Set(textsOf(command, command.name).flatMap(text => text.match(VARIABLE) ?? []))]
  const values = substitute({ texts }, variables, answers)
  if (values.kind === 'error') return { kind: 'error', message: values.message }
  if (values.kind !== 'done') return values
  const found = values.value['texts']
  const known = new Map(texts.map((text, i) => [text, Array.isArray(found) ? String(found[i]) : text]))
  const resolved = resolveCommand(command, command.name, text =>
    text.replace(VARIABLE, match => known.get(match) ?? match),
  )
  return command.runtime === 'shell' ? inShell(resolved, facts) : direct(resolved, facts)
}

/** Unlike those of launch.json, variables in tasks end at the first brace: `${env:K${env:J}` is one. */
const VARIABLE = /\$\{.*?\}/g

/** In VS Code's order, which is that of its questions. */
function textsOf({ args, options }: TaskCommand, name: CommandText): string[] {
  const { cwd, env, shell } = options ?? {}
  const values = Object.values(env ?? {}).filter(value => typeof value === 'string')
  const own = [name, ...(args ?? [])].map(textOf)
  return [...own, '${workspaceFolder}', cwd ?? '', ...values, shell?.executable ?? '', ...(shell?.args ?? [])]
}

/** A command with its variables replaced. Quotes and names of environment variables stay as written. */
interface Resolved {
  readonly original: CommandText
  readonly name: CommandText
  readonly args: readonly CommandText[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>> | undefined
  readonly shell: TaskShell | undefined
}

interface TaskShell {
  /** As written: it decides whether the arguments of the profile still count. */
  readonly written: string | undefined
  readonly executable: string | undefined
  readonly args: readonly string[] | undefined
  readonly quoting: Readonly<Record<string, unknown>> | undefined
}

function resolveCommand(command: TaskCommand, name: CommandText, put: (text: string) => string): Resolved {
  const { cwd, env, shell } = command.options ?? {}
  const inText = (text: CommandText) =>
    typeof text === 'string' ? put(text) : { ...text, value: put(text.value) }
  const asText = (value: unknown) => (typeof value === 'string' ? put(value) : scriptText(value))
  return {
    original: name,
    name: inText(name),
    args: (command.args ?? []).map(inText),
    cwd: put(cwd ?? '${workspaceFolder}'),
    env: env && Object.fromEntries(Object.entries(env).map(([key, value]) => [key, asText(value)])),
    shell: shell && {
      written: shell.executable,
      executable: shell.executable && put(shell.executable),
      args: shell.args?.map(put),
      quoting: shell.quoting,
    },
  }
}

function direct({ name, args, cwd, env }: Resolved, facts: TaskFacts): TaskStart {
  const { platform } = facts.variables.host
  const command = textOf(name)
  return {
    kind: 'process',
    executable: platform === 'win32' ? findOnWindows(command, cwd, env, facts) : command,
    args: args.map(textOf),
    ...placed(cwd, facts),
    ...(env === undefined ? {} : { env }),
  }
}

function inShell(task: Resolved, facts: TaskFacts): TaskProcess {
  const { host } = facts.variables
  const windows = host.platform === 'win32'
  const executable = task.shell?.executable || facts.shell.path
  const basename = (windows ? win32 : posix).basename(executable).toLowerCase()
  if (windows && basename === 'cmd.exe' && isUnc(task.cwd === '' ? host.homeDir : task.cwd)) {
    return { kind: 'error', message: "Can't execute a shell command on an UNC drive using cmd.exe." }
  }
  const commandLine = buildCommandLine({
    shell: posix.parse(basename).name,
    platform: host.platform,
    ...(task.shell?.quoting === undefined ? {} : { quoting: task.shell.quoting }),
    original: task.original,
    command: task.name,
    args: task.args,
  })
  const args = [...shellArguments(task, facts.shell, windows, basename), commandLine]
  return {
    kind: 'process',
    executable,
    args: windows && !POSIX_SHELLS.includes(basename) ? args.join(' ') : args,
    ...placed(task.cwd, facts),
    env: { ...facts.shell.env, ...task.env },
    commandLine,
  }
}

/** Shells on Windows that get a list of arguments. */
const POSIX_SHELLS = ['bash.exe', 'zsh.exe']

/** What stands before the command line on Windows, by the shell; every other shell there counts as cmd. */
const WINDOWS_FLAGS: Readonly<Record<string, readonly string[]>> = {
  'powershell.exe': ['-Command'],
  'pwsh.exe': ['-Command'],
  'bash.exe': ['-c'],
  'zsh.exe': ['-c'],
  'wsl.exe': ['-e'],
  'nu.exe': ['-c'],
}

/** A task that names its shell gets no flags, and not the arguments of a profile with another executable. */
function shellArguments(
  task: Resolved,
  profile: TerminalProfile,
  windows: boolean,
  basename: string,
): string[] {
  const { written, args } = task.shell ?? {}
  const own = profile.args === undefined ? [] : [profile.args].flat()
  const given = args ?? (written && written !== profile.path ? [] : own)
  if (written) return [...given]
  const flags = windows ? (WINDOWS_FLAGS[basename] ?? ['/d', '/c']) : ['-c']
  return [...given, ...flags.filter(flag => isMissing(flag, given))]
}

/** A flag that is there already is not added, unless something other than flags stands behind it. */
function isMissing(flag: string, given: readonly string[]): boolean {
  return given.every((argument, i) => {
    if (argument.toLowerCase() !== flag) return true
    const behind = given.slice(i + 1)
    return behind.length > 0 && !behind.every(other => other.startsWith('-'))
  })
}

function placed(cwd: string, { variables }: TaskFacts): { cwd?: string } {
  if (cwd === '') return {}
  const { host, folder } = variables
  if (host.platform !== 'win32') {
    return { cwd: posix.isAbsolute(cwd) || folder === undefined ? cwd : posix.join(folder.path, cwd) }
  }
  const path = win32.isAbsolute(cwd) || folder === undefined ? cwd : win32.join(folder.path, cwd)
  if (isUnc(path)) return { cwd: path }
  return { cwd: path.replaceAll('/', '\\').replace(/^[A-Z]:/, drive => drive.toLowerCase()) }
}

function isUnc(path: string): boolean {
  return /^\\\\[^\\]+\\[^\\]/.test(path)
}

/** Windows itself looks only for .exe. What is found nowhere is taken to stand in the task's folder. */
function findOnWindows(
  command: string,
  cwd: string,
  env: Readonly<Record<string, string>> | undefined,
  { variables, files }: TaskFacts,
): string {
  if (win32.isAbsolute(command)) return command
  const { host } = variables
  const inFolder = win32.join(cwd, command)
  if (win32.dirname(command) !== '.') return inFolder
  const endings = (ofEnvironment(host.env, 'PATHEXT') ?? '').split(';').filter(ending => ending !== '')
  const folders = (ofEnvironment(env ?? {}, 'PATH') ?? ofEnvironment(host.env, 'PATH') ?? '').split(';')
  const places = folders.map(folder => win32.resolve(cwd, folder, command))
  return (
    places
      .flatMap(place => [...endings.map(ending => place + ending), place])
      .find(place => files.kind(place) === 'file') ?? inFolder
  )
}

function ofEnvironment(env: Host['env'], name: string): string | undefined {
  return Object.entries(env).find(([key]) => key.toUpperCase() === name)?.[1]
}
