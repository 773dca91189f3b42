import type { Platform } from './host'
import { isObject, type JsonObject } from './json'
import { PLATFORM_SECTIONS } from './platformSection'

/** A command or an argument: as written, or with the kind of quotes it asks for. */
export type CommandText = string | { readonly value: string; readonly quoting: Quoting }

export type Quoting = 'escape' | 'strong' | 'weak'

/** `options.shell` of a task: what stands in place of the default terminal profile. */
export interface ShellOptions {
  readonly executable?: string
  readonly args?: readonly string[]
  readonly quoting?: JsonObject
}

export interface TaskOptions {
  readonly cwd?: string
  /** As written: a value that is no text becomes one when the task starts. */
  readonly env?: JsonObject
  readonly shell?: ShellOptions
}

/** What a task runs, its platform section and the file's defaults merged in, variables not yet replaced. */
export interface TaskCommand {
  readonly runtime?: 'shell' | 'process'
  readonly name?: CommandText
  readonly args?: readonly CommandText[]
  readonly options?: TaskOptions
  /** Legacy: false puts the task's label behind the arguments of the file's command. */
  readonly suppressTaskName?: boolean
  /** Legacy: what stands before that label. */
  readonly taskSelector?: string
}

/**
 * The command of a task, or the defaults at the top of the file, with the platform's section over it: options merge
 * key by key, arguments are replaced. `bad` is told every argument that is neither a text nor a quoted text.
 */
export function readCommand(
  config: JsonObject,
  platform: Platform,
  bad: (argument: unknown) => void,
): TaskCommand {
  const section = config[PLATFORM_SECTIONS[platform]]
  const command = readBase(config, bad)
  const over = isObject(section) ? readBase(section, bad) : {}
  // A section of nothing but an empty list of arguments counts as no section.
  if (isBare(section, over)) return command
  return defined({ ...command, ...over, options: joinOptions(command.options, over.options) })
}

/** A task's command completed by the file's own: name and arguments if it has none, options piece by piece. */
export function withDefaults(
  command: TaskCommand,
  file: TaskCommand | undefined,
  label: string,
): TaskCommand {
  if (file === undefined) return command
  return defined({
    ...command,
    ...(command.name === undefined ? inherited(command, file, label) : {}),
    runtime: command.runtime ?? file.runtime ?? (file.name === undefined ? undefined : 'process'),
    options: fillOptions(command.options, file.options),
  })
}

export function textOf(text: CommandText): string {
  return typeof text === 'string' ? text : text.value
}

/** `options` of a task; undefined when nothing in it can be used. */
export function readOptions(value: unknown): TaskOptions | undefined {
  if (!isObject(value)) return undefined
  const { cwd, env, shell } = value
  const options: TaskOptions = defined({
    cwd: typeof cwd === 'string' ? cwd : undefined,
    env: isObject(env) ? env : undefined,
    shell: readShell(shell),
  })
  return Object.keys(options).length === 0 ? undefined : options
}

function readBase(config: JsonObject, bad: (argument: unknown) => void): TaskCommand {
  const { suppressTaskName, taskSelector, isShellCommand } = config
  const options = readOptions(config['options'])
  const legacyShell = options?.shell === undefined ? readShell(isShellCommand) : undefined
  return defined({
    runtime: readRuntime(config),
    name: readText(config['command']),
    args: readArguments(config['args'], bad),
    options:
      options === undefined || legacyShell === undefined ? options : { ...options, shell: legacyShell },
    suppressTaskName: typeof suppressTaskName === 'boolean' ? suppressTaskName : undefined,
    taskSelector: typeof taskSelector === 'string' ? taskSelector : undefined,
  })
}

function readRuntime({ type, isShellCommand }: JsonObject): 'shell' | 'process' | undefined {
  // Legacy, and as VS Code reads it: even `false` means a shell.
  if (isShellCommand !== undefined) return isShellCommand || isShellCommand === false ? 'shell' : 'process'
  return type === 'shell' || type === 'process' ? type : undefined
}

/** What can stand as a command or an argument; undefined for anything else. */
export function readText(value: unknown): CommandText | undefined {
  if (typeof value === 'string') return value
  if (isTextList(value)) return value.join(' ')
  if (!isObject(value)) return undefined
  const inner = value['value']
  const text = isTextList(inner) ? inner.join(' ') : inner
  return typeof text === 'string' && text !== ''
    ? { value: text, quoting: readQuoting(value['quoting']) }
    : undefined
}

function readQuoting(value: unknown): Quoting {
  const name = typeof value === 'string' ? value.toLowerCase() : ''
  return name === 'escape' || name === 'weak' ? name : 'strong'
}

/** VS Code walks through `args` whatever it is: a text gives one argument a character. */
function readArguments(value: unknown, bad: (argument: unknown) => void): CommandText[] | undefined {
  if (typeof value !== 'string' && !Array.isArray(value)) return undefined
  return [...value].flatMap((argument: unknown) => {
    const text = readText(argument)
    if (text === undefined) bad(argument)
    return text === undefined ? [] : [text]
  })
}

function readShell(value: unknown): ShellOptions | undefined {
  if (!isObject(value)) return undefined
  const { executable, args, quoting } = value
  if (typeof executable !== 'string' && !isTextList(args)) return undefined
  return defined({
    executable: typeof executable === 'string' ? executable : undefined,
    args: isTextList(args) ? args : undefined,
    quoting: isObject(quoting) ? quoting : undefined,
  })
}

function isBare(section: unknown, over: TaskCommand): boolean {
  const names = Object.keys(over)
  const shown = isObject(section) && (section['presentation'] ?? section['terminal']) !== undefined
  return !shown && (names.length === 0 || (names.join() === 'args' && over.args?.length === 0))
}

/** The platform section's options over the task's: here, and only here, `env` merges key by key. */
function joinOptions(options?: TaskOptions, over?: TaskOptions): TaskOptions | undefined {
  if (options === undefined || over === undefined) return over ?? options
  const env = over.env === undefined ? options.env : { ...options.env, ...over.env }
  const shell = over.shell === undefined ? options.shell : { ...options.shell, ...over.shell }
  return defined({ ...options, ...over, env, shell })
}

function fillOptions(options?: TaskOptions, file?: TaskOptions): TaskOptions | undefined {
  if (options === undefined || file === undefined) return options ?? file
  const shell = file.shell === undefined ? options.shell : { ...file.shell, ...options.shell }
  return defined({ ...file, ...options, shell })
}

function inherited(command: TaskCommand, file: TaskCommand, label: string): TaskCommand {
  const selector = command.taskSelector ?? file.taskSelector ?? ''
  const named = (command.suppressTaskName ?? file.suppressTaskName) === false ? [selector + label] : []
  return defined({ name: file.name, args: [...(file.args ?? []), ...named, ...(command.args ?? [])] })
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string')
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** The record without what is undefined, so that spreading it never hides a value. */
function defined<T extends object>(record: T): Defined<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Defined<T>
}
