import { TextDocument } from 'vscode-languageserver-textdocument'
import type { Location } from 'vscode-languageserver-types'
import { isObject } from '../core/json'
import { rangeOf } from '../core/ranges'
import type { Task, TaskDocument, TaskReference } from '../core/taskDocument'
import { planTask } from '../core/taskPlan'
import type { StartError } from '../protocol'
import { startCancelled, taskFailed, taskUnusable, taskVariable } from './startError'
import type { TaskFailure, TaskRunner, TaskRunOptions } from './taskRunner'

/** Tasks and the file they were read from. */
export interface TaskFile {
  readonly document: TaskDocument
  /** Undefined: settings that are in no file we know. */
  readonly uri: string | undefined
}

export interface LaunchTaskOptions extends TaskRunOptions {
  readonly runner: TaskRunner
  /** In the order in which a task is looked for: the folder's tasks.json, then the workspace file's or the user's. */
  readonly files: readonly TaskFile[]
}

/**
 * Runs the `preLaunchTask` of a configuration or compound, as its variables have been replaced, and waits until the
 * program may start. Undefined: go on. With `debug.onTaskErrors` at `debugAnyway` a task that fails is only told of.
 * Rejects with what `ask` rejects with.
 */
export async function runPreLaunchTask(
  reference: unknown,
  options: LaunchTaskOptions,
): Promise<StartError | undefined> {
  if (!reference) return undefined
  const error = await runTask('preLaunchTask', reference, options)
  const anyway = options.facts.variables.settings('debug.onTaskErrors') === 'debugAnyway'
  if (error?.kind !== 'taskFailed' || !anyway) return error
  options.onNotice(error.message)
  return undefined
}

/** Runs the `postDebugTask` when the session is over. What goes wrong is told, and harms nothing. */
export async function runPostDebugTask(reference: unknown, options: LaunchTaskOptions): Promise<void> {
  if (!reference) return
  try {
    const error = await runTask('postDebugTask', reference, options)
    if (error !== undefined && error.kind !== 'cancelled') options.onNotice(error.message)
  } catch (error) {
    options.onNotice(error instanceof Error ? error.message : String(error))
  }
}

type Key = 'preLaunchTask' | 'postDebugTask'

async function runTask(
  key: Key,
  reference: unknown,
  options: LaunchTaskOptions,
): Promise<StartError | undefined> {
  const { files, facts, runner } = options
  if (!isReference(reference)) {
    const remedy = `Write the label of a task in "${key}", or an object with the "type" of the task.`
    return taskUnusable('invalidConfiguration', 'Could not find the specified task.', remedy)
  }
  if (files.length === 0 && facts.variables.folder === undefined) {
    const name = typeof reference === 'string' ? reference : reference['type']
    const message =
      `Task '${name}' can not be referenced from a launch configuration ` +
      'that is in a different workspace folder.'
    return taskUnusable('invalidConfiguration', message, 'Move the configuration to the folder of the task.')
  }
  const documents = files.map(({ document }) => document)
  const plan = planTask(documents, reference)
  if (plan.kind === 'problem') {
    const kind = plan.code === 'foreignKind' ? 'taskFailed' : 'invalidConfiguration'
    return taskUnusable(kind, plan.message, plan.remedy, locationOf(plan.task, files))
  }
  const result = await runner.run(plan.root, options).done
  return result.ok ? undefined : refused(key, plan.root.task, result, files)
}

function refused(key: Key, root: Task, failure: TaskFailure, files: readonly TaskFile[]): StartError {
  const location = locationOf(failure.task, files)
  switch (failure.why) {
    case 'cancelled':
      return startCancelled()
    case 'variable':
      return taskVariable(failure.label, failure.reason, location)
    default:
      return taskFailed(key, root.label, failure, location)
  }
}

function isReference(value: unknown): value is TaskReference {
  return typeof value === 'string' || (isObject(value) && typeof value['type'] === 'string')
}

function locationOf(task: Task | undefined, files: readonly TaskFile[]): Location | undefined {
  const node = task?.node
  const file = task && files.find(({ document }) => document.tasks.includes(task))
  if (node === undefined || file?.uri === undefined) return undefined
  const text = TextDocument.create('', '', 0, file.document.json.text)
  return { uri: file.uri, range: rangeOf(text, node) }
}
