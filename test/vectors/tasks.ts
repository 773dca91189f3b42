import type { EditorState, Folder } from '../../server/core/editor'
import type { Files, Platform } from '../../server/core/host'
import { settingsOf } from '../../server/core/settings'
import type { Answer, VariableFacts } from '../../server/core/substitution'
import { parseTaskDocument } from '../../server/core/taskDocument'
import { findTask } from '../../server/core/taskPlan'
import { type TaskProcess, taskToProcess } from '../../server/core/taskProcess'
import type { TerminalProfile } from '../../server/core/terminalProfile'
import { type Verdict, verdict } from './verdict'

interface TaskCase {
  readonly tasks: unknown
  readonly label: string
  readonly platform: Platform
  readonly folders: readonly Folder[]
  readonly shell: TerminalProfile
  readonly env: Readonly<Record<string, string>>
  readonly settings: Readonly<Record<string, unknown>>
  readonly inputs?: Readonly<Record<string, string | null>>
  readonly editor?: {
    readonly file: string
    readonly lineNumber?: number
    readonly columnNumber?: number
    readonly selectedText?: string
  }
  readonly expected?: unknown
  readonly error?: string
  readonly cancelled?: true
  readonly ignored?: true
  readonly asked?: readonly string[]
  readonly problems?: readonly string[]
}

interface Run {
  /** Undefined: the task was dropped when the file was read. */
  readonly result: TaskProcess | undefined
  readonly asked: readonly string[]
  readonly problems: readonly string[]
}

/** Compares what this server starts for a task with what VS Code starts. */
export function check(testCase: unknown): Verdict {
  const given = testCase as TaskCase
  const { result, asked, problems } = run(given)
  return verdict({
    error: [result?.kind === 'error' ? result.message : undefined, given.error],
    cancelled: [result?.kind === 'cancelled' ? true : undefined, given.cancelled],
    ignored: [result === undefined ? true : undefined, given.ignored],
    expected: [result?.kind === 'process' ? withoutKind(result) : undefined, given.expected],
    asked: [asked, given.asked ?? []],
    problems: [problems, given.problems ?? []],
  })
}

/** Answers what is asked from the case until there is a process, or none. */
function run(given: TaskCase): Run {
  // The VS Code that was measured has no extensions, and so no kinds of tasks but its own.
  const document = parseTaskDocument(JSON.stringify(given.tasks), {
    platform: given.platform,
    contributed: [],
  })
  const problems = document.problems.flatMap(({ report }) => report ?? [])
  const task = findTask([document], given.label)
  if (task?.kind !== 'custom') return { result: undefined, asked: [], problems }
  const facts = { variables: factsOf(given), shell: given.shell, files: NO_FILES }
  const answers = new Map<string, Answer>()
  for (;;) {
    const result = taskToProcess(task, facts, answers)
    if (result.kind !== 'ask') return { result, asked: [...answers.keys()].filter(isInput), problems }
    const { id } = result.question
    // Only its own commands, of which tasks use none, are in the VS Code that was measured.
    const answer = id.startsWith('command:') ? { failed: 'unknownCommand' as const } : inputAnswer(id, given)
    answers.set(id, answer)
  }
}

function inputAnswer(id: string, { inputs }: TaskCase): string | null {
  return inputs?.[id.replace('input:', '')] ?? null
}

function isInput(id: string): boolean {
  return id.startsWith('input:')
}

function withoutKind({ kind: _, ...process }: { kind: string }): unknown {
  return process
}

function factsOf({ platform, env, folders, settings, editor }: TaskCase): VariableFacts {
  return {
    host: { platform, env, homeDir: '', cwd: '' },
    folders,
    folder: folders[0],
    editor: editor && editorState(editor),
    settings: settingsOf([settings]),
    execPath: undefined,
    extensions: {},
    contributed: {},
    inputs: undefined,
    commandAliases: {},
  }
}

function editorState({
  file,
  lineNumber,
  columnNumber,
  selectedText,
}: NonNullable<TaskCase['editor']>): EditorState {
  return {
    file,
    ...(lineNumber === undefined ? {} : { line: lineNumber }),
    ...(columnNumber === undefined ? {} : { column: columnNumber }),
    ...(selectedText === undefined ? {} : { selectedText }),
  }
}

const NO_FILES: Files = { read: () => undefined, kind: () => undefined, list: () => [] }
