import type { JsonObject } from './json'
import type { Task, TaskDocument, TaskReference } from './taskDocument'
import { npmTask } from './taskNpm'

/** A task with all it waits for. A task that several wait for stands in the plan once, as the same object. */
export interface PlannedTask {
  readonly task: Task
  readonly dependencies: readonly PlannedTask[]
  /** Names in `dependsOn` that no task has. VS Code says so and runs the task without them. */
  readonly missing: readonly string[]
}

export type TaskPlan =
  | { readonly kind: 'plan'; readonly root: PlannedTask }
  | {
      readonly kind: 'problem'
      readonly code: 'notFound' | 'cycle' | 'tooDeep' | 'foreignKind'
      /** VS Code's text where it has one. */
      readonly message: string
      readonly remedy: string
      /** The task to blame; undefined when there is none. */
      readonly task?: Task
    }

/**
 * What has to run for a task that a configuration names, `documents` in the order in which they are searched: the
 * folder's tasks.json, then the workspace file's or the user's.
 */
export function planTask(documents: readonly TaskDocument[], reference: TaskReference): TaskPlan {
  const task = findTask(documents, reference)
  if (task !== undefined) return planFor(task, newPlanning(documents), [])
  const named = typeof reference === 'string'
  const labels = documents.flatMap(document => document.tasks.map(({ label }) => `'${label}'`))
  return {
    kind: 'problem',
    code: 'notFound',
    message: named ? `Could not find the task '${reference}'.` : 'Could not find the specified task.',
    remedy:
      labels.length === 0
        ? 'Add it to .vscode/tasks.json, or remove it from the configuration.'
        : `Use the label of a task in tasks.json (${labels.join(', ')}), or add the task there.`,
  }
}

/** The task of this label or deprecated identifier, or of this kind and its keys. Of equals in one file the last. */
export function findTask(documents: readonly TaskDocument[], reference: TaskReference): Task | undefined {
  for (const { tasks } of documents) {
    const found = tasks.findLast(task => matches(task, reference))
    if (found !== undefined) return found
  }
  return npmTask(typeof reference === 'string' ? reference : npmLabel(reference))
}

/** What `${defaultBuildTask}` stands for. `pick`: the user is asked, as nothing or too much is marked as default. */
export type DefaultBuildTask =
  | { readonly kind: 'one'; readonly label: string }
  | { readonly kind: 'pick'; readonly title: string; readonly labels: readonly string[] }
  | { readonly kind: 'none' }

/** The build task that is the default; a task named `build` counts as one of the group. */
export function defaultBuildTask(documents: readonly TaskDocument[]): DefaultBuildTask {
  const tasks = documents.flatMap(document => document.tasks).filter(isBuildTask)
  const defaults = tasks.filter(task => task.group?.isDefault === true)
  const [only, ...more] = defaults.map(({ label }) => label)
  if (only !== undefined && more.length === 0) return { kind: 'one', label: only }
  if (tasks.length === 0) return { kind: 'none' }
  const labels = (defaults.length > 0 ? defaults : tasks).map(({ label }) => label)
  return { kind: 'pick', title: 'Select the build task (there is no default build task defined)', labels }
}

/** Deeper than anyone writes by hand, and no deeper than a stack holds. */
const DEEPEST = 500

interface Planning {
  readonly planned: Map<Task, PlannedTask>
  /** The same object for the same name, also of a task that stands in no file. */
  find(reference: TaskReference): Task | undefined
}

function newPlanning(documents: readonly TaskDocument[]): Planning {
  const found = new Map<string, Task | undefined>()
  return {
    planned: new Map(),
    find: reference => {
      const key = JSON.stringify(reference)
      if (!found.has(key)) found.set(key, findTask(documents, reference))
      return found.get(key)
    },
  }
}

function planFor(task: Task, planning: Planning, waiting: readonly Task[]): TaskPlan {
  const known = planning.planned.get(task)
  if (known !== undefined) return { kind: 'plan', root: known }
  const problem = refusal(task, waiting)
  if (problem !== undefined) return problem
  const dependencies: PlannedTask[] = []
  const missing: string[] = []
  for (const reference of task.dependsOn) {
    const found = planning.find(reference)
    if (found === undefined) {
      missing.push(typeof reference === 'string' ? reference : JSON.stringify(reference))
      continue
    }
    const plan = planFor(found, planning, [...waiting, task])
    if (plan.kind === 'problem') return plan
    dependencies.push(plan.root)
  }
  const root = { task, dependencies, missing }
  planning.planned.set(task, root)
  return { kind: 'plan', root }
}

function refusal(task: Task, waiting: readonly Task[]): TaskPlan | undefined {
  if (waiting.includes(task)) {
    const message = `There is a dependency cycle. See task "${task.label}".`
    const round = [...waiting.slice(waiting.indexOf(task)), task].map(({ label }) => label).join(' → ')
    return { kind: 'problem', code: 'cycle', message, remedy: `Break it in "dependsOn": ${round}.`, task }
  }
  if (waiting.length > DEEPEST) {
    const message = `The task '${waiting[0]?.label}' waits for more than ${DEEPEST} others, one behind the other.`
    return { kind: 'problem', code: 'tooDeep', message, remedy: 'Shorten the chain of "dependsOn".', task }
  }
  if (task.kind === 'custom' || task.command !== undefined) return undefined
  const message = `The task '${task.label}' is of type '${task.type}', which only an extension of VS Code can run.`
  const remedy = 'Write it as a task of type "shell" or "process" with the command that the extension runs.'
  return { kind: 'problem', code: 'foreignKind', message, remedy, task }
}

/** What tells tasks of one kind apart, as VS Code's own extensions define it. */
const IDENTITY: Readonly<Record<string, readonly string[]>> = {
  npm: ['script', 'path'],
  typescript: ['tsconfig', 'option'],
  gulp: ['task', 'file'],
  grunt: ['task', 'args', 'file'],
  jake: ['task', 'file'],
}

function matches(task: Task, reference: TaskReference): boolean {
  if (typeof reference === 'string') return task.label === reference || task.identifier === reference
  if (task.kind !== 'contributed' || task.type !== reference['type']) return false
  const keys = Object.hasOwn(IDENTITY, task.type) ? IDENTITY[task.type] : undefined
  return (keys ?? Object.keys(reference)).every(key => isSame(task.value[key], reference[key]))
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function npmLabel({ type, script, path }: JsonObject): string {
  if (type !== 'npm' || typeof script !== 'string') return ''
  return typeof path === 'string' && path !== '' ? `npm: ${script} - ${path}` : `npm: ${script}`
}

function isBuildTask(task: Task): boolean {
  return task.group?.kind === 'build' || (task.group === undefined && task.label === 'build')
}
