import type { Files, Host, Store } from '../core/host'
import { type Question, type RememberedAnswers, rememberAnswer } from '../core/inputs'
import { isObject, parseJson, plainValue } from '../core/json'
import type { Answer } from '../core/substitution'
import type { PromptParams } from '../protocol'
import { listProcesses } from '../sessions/processes'

/** Asks the user; null: cancelled. Undefined: this client has no way to ask such a thing. */
export type Ask = (prompt: PromptParams, signal: AbortSignal) => Promise<string | null | undefined>

/** Runs a command that the editor declared; undefined: it declared no such command. */
export type RunCommand = (command: string, args: unknown, signal: AbortSignal) => Promise<Answer> | undefined

export interface AnswerParts {
  readonly host: Host
  readonly files: Files
  readonly store: Store
  readonly pid: number
  readonly ask: Ask
  readonly runCommand: RunCommand
  /** The interpreter of the configuration that asks: `${command:python.interpreterPath}`. */
  readonly interpreter: () => string | undefined
}

/** A question that this editor cannot show: the start is refused, and says which answer to give beforehand. */
export interface CannotAsk {
  readonly cannotAsk: string
}

/** Answers one question of the substitution; null is Escape. What is answered is remembered for the folder. */
export async function answerQuestion(
  question: Question,
  folder: string,
  parts: AnswerParts,
  signal: AbortSignal,
): Promise<Answer | CannotAsk> {
  if (question.kind === 'command') return await answerCommand(question.command, question.args, parts, signal)
  const answer = await parts.ask(toPrompt(question), signal)
  if (answer === undefined) return { cannotAsk: question.id }
  if (answer !== null) remember(parts.store, folder, question, answer)
  return answer
}

async function answerCommand(
  command: string,
  args: unknown,
  parts: AnswerParts,
  signal: AbortSignal,
): Promise<Answer | CannotAsk> {
  const known = COMMANDS[command]
  if (known !== undefined) return await known(parts, signal)
  const ran = parts.runCommand(command, args, signal)
  return ran === undefined ? { failed: 'unknownCommand' } : await ran
}

type KnownCommand = (parts: AnswerParts, signal: AbortSignal) => Promise<Answer | CannotAsk>

/** The commands of VS Code's Python extensions that configurations use, done by us in every editor. */
const COMMANDS: Readonly<Record<string, KnownCommand>> = {
  'debugpy.pickLocalProcess': pickProcess,
  'debugpy.pickArgs': pickArgs,
  'python.interpreterPath': async parts => parts.interpreter() ?? null,
  'python.getInterpreterPath': async parts => parts.interpreter() ?? null,
}

async function pickProcess(parts: AnswerParts, signal: AbortSignal): Promise<Answer | CannotAsk> {
  const processes = await listProcesses(parts.host, parts.files, parts.pid)
  const items = processes.map(({ pid, name, commandLine }) => ({
    label: name,
    detail: `${pid}  ${commandLine}`,
    value: String(pid),
  }))
  const title = 'Attach to process'
  const answer = await parts.ask({ kind: 'pick', title, items }, signal)
  return answer === undefined ? { cannotAsk: 'command:pickProcess' } : answer
}

async function pickArgs(parts: AnswerParts, signal: AbortSignal): Promise<Answer | CannotAsk> {
  const title = 'Enter the command line arguments you want to pass to the program'
  const answer = await parts.ask({ kind: 'text', title, password: false }, signal)
  return answer === undefined ? { cannotAsk: 'command:pickArgs' } : answer
}

function toPrompt(question: Exclude<Question, { kind: 'command' }>): PromptParams {
  const value = question.value === undefined ? {} : { value: question.value }
  return question.kind === 'text'
    ? { kind: 'text', title: question.title, password: question.password, ...value }
    : { kind: 'pick', title: question.title, items: question.items, ...value }
}

/** Previous answers by folder, as VS Code keeps them by workspace. Passwords are never among them. */
export function rememberedAnswers(store: Store, folder: string): RememberedAnswers {
  const all = readAnswers(store)[folder]
  if (!isObject(all)) return {}
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

function remember(store: Store, folder: string, question: Question, answer: string): void {
  const before = rememberedAnswers(store, folder)
  const after = rememberAnswer(before, question, answer)
  if (after !== before) store.write(ANSWERS, JSON.stringify({ ...readAnswers(store), [folder]: after }))
}

const ANSWERS = 'answers.json'

function readAnswers(store: Store): Readonly<Record<string, unknown>> {
  const content = plainValue(parseJson(store.read(ANSWERS) ?? '').root)
  return isObject(content) ? content : {}
}
