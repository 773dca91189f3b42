import type { Folder } from '../core/editor'
import type { Question } from '../core/inputs'
import type { Answer } from '../core/substitution'
import { parseTaskDocument, type TaskDocument } from '../core/taskDocument'
import { defaultBuildTask } from '../core/taskPlan'
import { taskProfile } from '../core/terminalProfile'
import type { VariableFacts } from '../core/variableValues'
import type { StartDebugParams } from '../protocol'
import {
  type LaunchTaskOptions,
  runPostDebugTask,
  runPreLaunchTask,
  type TaskFile,
} from '../sessions/launchTasks'
import { StartRefused, startCancelled } from '../sessions/startError'
import { tasksPath } from '../workspace/launchFiles'
import { uriOf } from '../workspace/paths'
import { answerQuestion, rememberedAnswers } from './answers'
import { givenAnswers, hostFor, interpreterOf } from './facts'
import type { LaunchingParts, Ui } from './machine'
import { cannotAskTask } from './refusals'

/** What the tasks of one start need to know. */
export interface TaskStart {
  readonly folder: Folder | undefined
  readonly params: StartDebugParams
  readonly parts: LaunchingParts
  readonly ui: Ui
  readonly signal?: AbortSignal
}

/**
 * Runs a preLaunchTask, and waits until the program may start.
 * @throws StartRefused
 */
export async function runBefore(reference: unknown, start: TaskStart): Promise<void> {
  if (!reference || !start.parts.workspace.settings.own().tasks) return
  start.ui.progress(`Running the task ${typeof reference === 'string' ? reference : ''}`.trim())
  const error = await runPreLaunchTask(await chosen(reference, start), options(start))
  if (error !== undefined) throw new StartRefused(error)
}

/** Runs a postDebugTask. What goes wrong is told, and harms nothing. */
export async function runAfter(reference: unknown, start: TaskStart): Promise<void> {
  if (!reference || !start.parts.workspace.settings.own().tasks) return
  await runPostDebugTask(reference, options(start))
}

/** Labels of the folder's tasks by what `${defaultBuildTask}` means there: one, several to pick from, or none. */
export function buildTask(folder: Folder | undefined, parts: LaunchingParts) {
  return defaultBuildTask(taskFiles(folder, parts).map(({ document }) => document))
}

/** `${defaultBuildTask}` without a default: the user picks. */
async function chosen(reference: unknown, { folder, parts, ui, signal }: TaskStart): Promise<unknown> {
  if (reference !== '${defaultBuildTask}') return reference
  const build = buildTask(folder, parts)
  if (build.kind !== 'pick') return build.kind === 'one' ? build.label : reference
  const items = build.labels.map(label => ({ label, value: label }))
  const answer = await ui.ask({ kind: 'pick', title: build.title, items }, signal ?? NEVER)
  if (answer === null) throw new StartRefused(startCancelled())
  return answer ?? reference
}

const NEVER = new AbortController().signal

function options({ folder, params, parts, ui, signal }: TaskStart): LaunchTaskOptions {
  const host = hostFor(parts.host, params)
  const settings = parts.workspace.settings.of(folder)
  const variables: VariableFacts = {
    host,
    folders: parts.workspace.folders.list(),
    folder,
    editor: params.editor,
    settings,
    settingsFor: parts.workspace.settings.of,
    execPath: undefined,
    extensions: {},
    contributed: {},
    inputs: undefined,
    commandAliases: {},
    remembered: rememberedAnswers(parts.store, folder?.path ?? ''),
  }
  return {
    runner: parts.tasks,
    files: taskFiles(folder, parts),
    facts: { variables, shell: taskProfile(host, settings, parts.files), files: parts.files },
    answers: givenAnswers(params),
    ask: question => ask(question, folder, parts, ui, signal ?? NEVER),
    onOutput: (text, stream, task) => ui.output({ task, text, stream }),
    onNotice: text => ui.output({ text: `${text}\n`, stream: 'stderr' }),
    ...(signal === undefined ? {} : { signal }),
  }
}

async function ask(
  question: Question,
  folder: Folder | undefined,
  parts: LaunchingParts,
  ui: Ui,
  signal: AbortSignal,
): Promise<Answer> {
  const interpreter = () => interpreterOf(folder, parts)
  const answer = await answerQuestion(question, folder?.path ?? '', { ...parts, ...ui, interpreter }, signal)
  if (typeof answer === 'object' && answer !== null && 'cannotAsk' in answer) {
    throw new StartRefused(cannotAskTask(answer.cannotAsk))
  }
  return answer
}

/** The folder's tasks.json, then `tasks` of the open workspace file. */
function taskFiles(folder: Folder | undefined, parts: LaunchingParts): TaskFile[] {
  const { workspaceFile } = parts.workspace.settings.own()
  const places: { path: string; section: readonly string[] }[] = []
  if (folder !== undefined) places.push({ path: tasksPath(folder), section: [] })
  if (workspaceFile !== undefined) places.push({ path: workspaceFile, section: ['tasks'] })
  return places.flatMap(({ path, section }) => {
    const text = parts.files.read(path)
    if (text === undefined) return []
    const document: TaskDocument = parseTaskDocument(text, { platform: parts.host.platform, path: section })
    return [{ document, uri: uriOf(path) }]
  })
}
