import type { Folder, LaunchSource } from '../../server/core/editor'
import type { Platform } from '../../server/core/host'
import type { JsonObject } from '../../server/core/json'
import { folderOf } from '../../server/core/launches'
import { selectForPlatform } from '../../server/core/platformSection'
import { settingsOf } from '../../server/core/settings'
import {
  type Answer,
  type Question,
  type Substitution,
  substitute,
  type VariableFacts,
} from '../../server/core/substitution'
import { sameJson, type Verdict, verdict } from './verdict'

interface VariablesCase {
  readonly configuration: JsonObject
  readonly platform?: Platform
  readonly folders?: readonly CaseFolder[]
  readonly source?: LaunchSource['kind']
  readonly launchFolder?: string
  readonly editor?: { file: string; lineNumber?: number; columnNumber?: number; selectedText?: string }
  readonly env?: Record<string, string>
  readonly settings?: JsonObject
  readonly userHome?: string
  readonly cwd?: string
  readonly execPath?: string
  readonly extensions?: Record<string, string>
  readonly inputs?: Record<string, string | null>
  readonly inputDefinitions?: readonly unknown[] | null
  readonly commands?: JsonObject
  readonly contributed?: Record<string, string | null>
  readonly expected?: unknown
  readonly twoPasses?: unknown
  readonly error?: string
  readonly cancelled?: true
  readonly order?: readonly string[]
  readonly asked?: readonly string[]
  readonly prompts?: readonly unknown[]
}

type CaseFolder = Folder & { readonly settings?: JsonObject }

interface Run {
  readonly result: Substitution
  readonly asked: readonly string[]
  readonly prompts: readonly unknown[]
}

export function check(testCase: unknown): Verdict {
  const given = testCase as VariablesCase
  const { result, asked, prompts } = run(given)
  if (result.kind === 'error' && result.code === 'commandInValue' && given.asked?.some(isCommand)) {
    return { kind: 'differs', rule: 'command-in-value' }
  }
  const value = result.kind === 'done' ? result.value : undefined
  const twoPasses = given.twoPasses !== undefined && sameJson(value, given.twoPasses)
  return verdict({
    error: [result.kind === 'error' ? result.message : undefined, given.error],
    cancelled: [result.kind === 'cancelled' ? true : undefined, given.cancelled],
    configuration: [value, twoPasses ? given.twoPasses : given.expected],
    asked: [asked, given.asked ?? askedBy(given.order ?? [])],
    ...(given.order === undefined
      ? {}
      : { order: [result.kind === 'done' ? result.order : [], given.order] }),
    ...(given.prompts === undefined ? {} : { prompts: [prompts, given.prompts] }),
  })
}

/** The session's start with a user and commands that answer as the case says. */
function run(given: VariablesCase): Run {
  const facts = factsOf(given)
  const configuration = selectForPlatform(given.configuration, facts.host.platform)
  const answers = new Map<string, Answer>()
  const asked: string[] = []
  const prompts: unknown[] = []
  for (;;) {
    const result = substitute(configuration, facts, answers)
    if (result.kind !== 'ask') return { result, asked, prompts }
    const { question } = result
    const answer = answerOf(question, given)
    answers.set(question.id, answer)
    if (question.kind !== 'command') {
      asked.push(question.id)
      prompts.push(promptOf(question))
    } else if (!sameJson(answer, { failed: 'unknownCommand' })) asked.push(`command:${question.command}`)
  }
}

function answerOf(question: Question, given: VariablesCase): Answer {
  if (question.kind !== 'command') return given.inputs?.[question.id.slice('input:'.length)] ?? null
  if (!Object.hasOwn(given.commands ?? {}, question.command)) return { failed: 'unknownCommand' }
  const answer = given.commands?.[question.command] ?? null
  return typeof answer === 'string' || answer === null ? answer : { failed: 'notText' }
}

function promptOf(question: Exclude<Question, { kind: 'command' }>): unknown {
  const id = question.id.slice('input:'.length)
  const description = question.title
  if (question.kind === 'text') {
    return { id, description, value: question.value, password: question.password || undefined }
  }
  const items = question.items.map(({ label, detail, value }) => ({ label, description: detail, value }))
  return { id, description, items }
}

function factsOf(given: VariablesCase): VariableFacts {
  const folders = given.folders ?? [{ name: 'w', path: '/w' }]
  return {
    host: {
      platform: given.platform ?? 'linux',
      env: given.env ?? {},
      homeDir: given.userHome ?? '/home/u',
      cwd: given.cwd ?? '/',
    },
    folders,
    folder: folderOf(sourceOf(given, folders), folders),
    editor: given.editor && editorOf(given.editor),
    settings: settingsOf([given.settings]),
    settingsFor: folder =>
      settingsOf([given.settings, folders.find(({ path }) => path === folder.path)?.settings]),
    execPath: given.execPath,
    extensions: given.extensions ?? {},
    contributed: given.contributed ?? {},
    inputs: inputsOf(given),
    commandAliases: { pickProcess: 'debugpy.pickLocalProcess', pickArgs: 'debugpy.pickArgs' },
  }
}

function editorOf({ file, lineNumber, columnNumber, selectedText }: NonNullable<VariablesCase['editor']>) {
  return {
    file,
    ...(lineNumber === undefined ? {} : { line: lineNumber }),
    ...(columnNumber === undefined ? {} : { column: columnNumber }),
    ...(selectedText === undefined ? {} : { selectedText }),
  }
}

function sourceOf(given: VariablesCase, folders: readonly Folder[]): LaunchSource {
  const folder = folders.find(({ name }) => name === given.launchFolder) ?? folders[0]
  const kind = given.source ?? 'folder'
  if (kind !== 'folder') return { kind }
  return folder === undefined ? { kind: 'user' } : { kind, folder }
}

function inputsOf(given: VariablesCase): readonly unknown[] | undefined {
  if (given.inputDefinitions === null) return undefined
  return (
    given.inputDefinitions ??
    Object.keys(given.inputs ?? {}).map(id => ({ id, type: 'promptString', description: id }))
  )
}

/** A case that does not say what was asked says it by the variables evaluated. */
function askedBy(order: readonly string[]): string[] {
  return order.filter(text => /^\$\{(input|command):/.test(text)).map(text => text.slice(2, -1))
}

function isCommand(asked: string): boolean {
  return asked.startsWith('command:')
}
