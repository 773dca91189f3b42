import type { Node } from 'jsonc-parser'
import type { Platform } from './host'
import { isObject, type JsonDocument, type JsonObject, nodeAt, parseJson, plainValue, spanOf } from './json'
import { PLATFORM_SECTIONS } from './platformSection'
import type { Problem } from './problem'
import { readCommand, type TaskCommand, textOf, withDefaults } from './taskCommand'
import {
  badArgument,
  badMatcher,
  type Complaint,
  inSection,
  noCommand,
  noLabel,
  noType,
  unknownType,
} from './taskComplaints'
import { type BackgroundMatcher, type DeclaredMatchers, declaredMatchers, readMatchers } from './taskMatchers'
import { npmCommand } from './taskNpm'

/** The tasks of one file: a tasks.json, or `tasks` inside a *.code-workspace or the user's settings. */
export interface TaskDocument {
  /** Whose sections were read. */
  readonly platform: Platform
  readonly json: JsonDocument
  /** The object that holds `tasks`. */
  readonly section: Node | undefined
  /** In the file's order. Of equal labels the last is the one that runs: `taskPlan.ts` looks it up. */
  readonly tasks: readonly Task[]
  /** `inputs` as written; undefined when there is none. */
  readonly inputs: readonly unknown[] | undefined
  readonly problems: readonly TaskProblem[]
}

/** A mistake in tasks.json. */
export type TaskProblem = Problem & Pick<Complaint, 'report'>

export interface Task {
  /** The label, or the legacy `taskName`; for a contributed task without one, `npm: build`. */
  readonly label: string
  /** Deprecated second name; the label when there is none. */
  readonly identifier: string
  /** `contributed`: of a kind that an extension brings, named by `type`. */
  readonly kind: 'custom' | 'contributed'
  /** `shell`, `process`, or the kind of a contributed task. */
  readonly type: string
  /** As written. */
  readonly value: JsonObject
  readonly node: Node | undefined
  /** Undefined: it only waits for others, or it is contributed and only its extension knows what it runs. */
  readonly command: TaskCommand | undefined
  readonly isBackground: boolean
  readonly background: readonly BackgroundMatcher[]
  /** True when the task, or the file for it, names a problem matcher. */
  readonly hasMatcher: boolean
  readonly dependsOn: readonly TaskReference[]
  /** `dependsOrder`: one after the other, the first failure ends it. */
  readonly sequence: boolean
  readonly group: TaskGroup | undefined
  /** `inputs` of its file. */
  readonly inputs: readonly unknown[] | undefined
}

/** A label (or deprecated identifier), or `{type, …}` of a contributed task. */
export type TaskReference = string | JsonObject

export interface TaskGroup {
  readonly kind: string
  /** True, or a glob of files it is the default for. */
  readonly isDefault: boolean | string
}

export interface TaskReading {
  /** Whose sections count. */
  readonly platform: Platform
  /** Leads to the object that holds `tasks`: [] for tasks.json, ['tasks'] for workspace files and settings. */
  readonly path?: readonly string[]
  /** Kinds of tasks that some extension brings. */
  readonly contributed?: readonly string[]
}

/** Kinds that come with VS Code itself. */
export const CONTRIBUTED_KINDS: readonly string[] = ['npm', 'typescript', 'gulp', 'grunt', 'jake']

/** Reads the tasks as VS Code does; of a broken file, those that can be read. */
export function parseTaskDocument(text: string, reading: TaskReading): TaskDocument {
  const json = parseJson(text)
  const section = nodeAt(json.root, [...(reading.path ?? [])])
  const value = plainValue(section)
  const file = isObject(value) ? value : {}
  const problems: TaskProblem[] = []
  const context = contextOf(file, reading, problems)
  const forPlatform = nodeAt(section, [PLATFORM_SECTIONS[reading.platform], 'tasks'])
  const replacing = readTasks(forPlatform, context).filter(task => task.kind === 'custom')
  if (replacing.length > 0) context.report(inSection(plainValue(forPlatform)), forPlatform)
  const tasks = replaceByLabel(readTasks(nodeAt(section, ['tasks']), context), replacing)
  return {
    platform: reading.platform,
    json,
    section,
    tasks: tasks.some(task => task.kind === 'custom') ? tasks : [...tasks, ...fileAsTask(file, context)],
    inputs: context.inputs,
    problems: [...json.errors, ...problems],
  }
}

/** What every task of a file is read with. */
interface Context {
  readonly platform: Platform
  readonly contributed: readonly string[]
  readonly declared: DeclaredMatchers
  readonly defaults: TaskCommand
  /** The file's own, for tasks that name none. */
  readonly matchers: readonly BackgroundMatcher[] | undefined
  readonly inputs: readonly unknown[] | undefined
  report(complaint: Complaint, node: Node | undefined): void
}

function contextOf(file: JsonObject, reading: TaskReading, problems: TaskProblem[]): Context {
  const { platform, contributed = CONTRIBUTED_KINDS } = reading
  const declared = declaredMatchers(file['declares'])
  const inputs = file['inputs']
  return {
    platform,
    contributed,
    declared,
    defaults: readCommand(file, platform, () => undefined),
    matchers: readMatchers(file, platform, declared).background,
    inputs: Array.isArray(inputs) ? inputs : undefined,
    report: (complaint, node) =>
      problems.push({ ...complaint, span: node === undefined ? { offset: 0, length: 1 } : spanOf(node) }),
  }
}

/** A task of the platform's section stands where the one with its label stood, else at the end. */
function replaceByLabel(tasks: readonly Task[], replacing: readonly Task[]): Task[] {
  const byLabel = new Map(replacing.map(task => [task.label, task]))
  const added = replacing.filter(task => !tasks.some(other => other.label === task.label))
  return [...tasks.map(task => byLabel.get(task.label) ?? task), ...added]
}

/** A file with a command and no tasks is one task, named by its command. */
function fileAsTask(file: JsonObject, context: Context): Task[] {
  const { name, runtime = 'process' } = context.defaults
  if (name === undefined || textOf(name) === '') return []
  const task = describe(textOf(name), file, undefined, { ...context.defaults, runtime }, context)
  const group = file['group'] === 'none' ? undefined : (task.group ?? { kind: 'build', isDefault: false })
  return [{ ...task, dependsOn: [], group }]
}

function readTasks(list: Node | undefined, context: Context): Task[] {
  return list?.type === 'array' ? (list.children ?? []).flatMap(node => readTask(node, context)) : []
}

function readTask(node: Node, context: Context): Task[] {
  const value = plainValue(node)
  if (!isObject(value)) return []
  const { type } = value
  const custom = type === undefined || type === null || type === 'shell' || type === 'process'
  return custom && value['customize'] === undefined
    ? readCustom(node, value, context)
    : readContributed(node, value, context)
}

function readCustom(node: Node, value: JsonObject, context: Context): Task[] {
  const label = labelOf(value)
  if (!label) {
    context.report(noLabel(value), node)
    return []
  }
  const command = readCommand(value, context.platform, argument =>
    context.report(badArgument(argument), nodeAt(node, ['args']) ?? node),
  )
  const waitsOnly = value['dependsOn'] !== undefined && !command.name
  const complete = waitsOnly ? command : withDefaults(command, context.defaults, label)
  const { name, runtime = 'process' } = complete
  const task = describe(
    label,
    value,
    node,
    name === undefined ? undefined : { ...complete, runtime },
    context,
  )
  if (task.command !== undefined || task.dependsOn.length > 0) return [task]
  if (!isForAnotherSystem(value)) context.report(noCommand(label, value), node)
  return []
}

/** Its command stands in the section of another system: nothing is missing there, and nothing runs here. */
function isForAnotherSystem(value: JsonObject): boolean {
  return Object.values(PLATFORM_SECTIONS).some(name => {
    const section = value[name]
    return isObject(section) && section['command'] !== undefined
  })
}

function readContributed(node: Node, value: JsonObject, context: Context): Task[] {
  const { type } = value
  if (!type && !value['customize']) {
    context.report(noType(value), node)
    return []
  }
  if (typeof type !== 'string' || !context.contributed.includes(type)) {
    context.report(
      unknownType(typeof type === 'string' ? type : JSON.stringify(type)),
      nodeAt(node, ['type']) ?? node,
    )
  }
  return typeof type === 'string' ? [contributedTask(type, value, node, context)] : []
}

function contributedTask(type: string, value: JsonObject, node: Node | undefined, context: Context): Task {
  const what = ['script', 'task', 'tsconfig'].map(key => value[key]).find(name => typeof name === 'string')
  const label = labelOf(value) ?? (what === undefined ? type : `${type}: ${what}`)
  const command = type === 'npm' && typeof what === 'string' ? npmCommand(what, value) : undefined
  return { ...describe(label, value, node, command, context), kind: 'contributed', type }
}

function describe(
  label: string,
  value: JsonObject,
  node: Node | undefined,
  command: TaskCommand | undefined,
  context: Context,
): Task {
  const matchers = readMatchers(value, context.platform, context.declared)
  const where = node && nodeAt(node, ['problemMatcher'])
  for (const complaint of matchers.complaints) {
    context.report(badMatcher(complaint), where ?? node)
  }
  const background = matchers.background ?? context.matchers
  const { identifier, dependsOn, dependsOrder } = value
  const references = Array.isArray(dependsOn) ? dependsOn : [dependsOn]
  return {
    label,
    identifier: typeof identifier === 'string' ? identifier : label,
    kind: 'custom',
    type: command?.runtime ?? 'process',
    value,
    node,
    command,
    isBackground: Boolean(value['isBackground'] ?? value['isWatching']),
    background: background ?? [],
    hasMatcher: background !== undefined,
    dependsOn: references.filter(isReference),
    sequence: dependsOrder === 'sequence',
    group: readGroup(value),
    inputs: context.inputs,
  }
}

function labelOf(value: JsonObject): string | undefined {
  const { label, taskName } = value
  if (typeof label === 'string') return label
  return typeof taskName === 'string' ? taskName : undefined
}

function isReference(value: unknown): value is TaskReference {
  return typeof value === 'string' || (isObject(value) && typeof value['type'] === 'string')
}

/** Those that VS Code takes; it offers the first two. */
export const TASK_GROUPS: readonly string[] = ['build', 'test', 'clean', 'deploy', 'rebuild']

function readGroup({ group, isBuildCommand, isTestCommand }: JsonObject): TaskGroup | undefined {
  const kind = isObject(group) ? group['kind'] : group
  if (typeof kind === 'string' && TASK_GROUPS.includes(kind)) {
    const isDefault = isObject(group) ? group['isDefault'] : false
    return { kind, isDefault: typeof isDefault === 'string' ? isDefault : isDefault === true }
  }
  if (isBuildCommand === true) return { kind: 'build', isDefault: false }
  return isTestCommand === true ? { kind: 'test', isDefault: false } : undefined
}
