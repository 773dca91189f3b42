import type { Question } from './inputs'
import type { JsonObject } from './json'
import { applyPlatformSection } from './platformSection'
import { type Decision, replaceVariables } from './replacement'
import type { Variable } from './variables'
import { commandNotFound, evaluateVariable, isInteractive, type VariableFacts } from './variableValues'

export type { PickItem, Question } from './inputs'
export type { VariableFacts } from './variableValues'

/** What a question came to. Null: Escape, or a command that gave nothing. */
export type Answer = string | null | { readonly failed: 'unknownCommand' | 'notText' }

/** Answers so far, by the question's id (`input:ID`, `command:ID`). */
export type Answers = ReadonlyMap<string, Answer>

export type Substitution =
  | {
      readonly kind: 'done'
      readonly value: JsonObject
      /** The distinct variables in the order in which each was first evaluated. */
      readonly order: readonly string[]
    }
  /** The caller asks the user or runs the command, adds what came of it to the answers, and calls again. */
  | { readonly kind: 'ask'; readonly question: Question }
  | SubstitutionError
  /** The user wants no session: nothing is said. */
  | { readonly kind: 'cancelled' }

export interface SubstitutionError {
  readonly kind: 'error'
  readonly code: 'unresolvedVariable' | 'commandInValue' | 'endlessVariable' | 'platformSection'
  /** VS Code's text where VS Code refuses too. */
  readonly message: string
  /** As it stands in the text, `${…}`; '' when none is to blame. */
  readonly variable: string
}

/**
 * Applies the platform section and replaces every variable of a selected configuration (`selectForPlatform`), as VS
 * Code does at the start of a session. Pure: with each answer it begins anew. Errors that need no question come
 * before the first question.
 */
export function substitute(configuration: JsonObject, facts: VariableFacts, answers: Answers): Substitution {
  const applied = applyPlatformSection(configuration, facts.host.platform)
  if (applied.kind === 'error') return failure('platformSection', applied.message, '')
  const silent = replaced(applied.value, (variable, source) =>
    isInteractive(variable) ? (refusedCommand(variable, source) ?? STAYS) : known(variable, facts),
  )
  if (silent.kind !== 'done') return silent
  return replaced(applied.value, (variable, source) =>
    isInteractive(variable)
      ? (refusedCommand(variable, source) ?? asked(variable, facts, answers))
      : known(variable, facts),
  )
}

type Stop = Exclude<Substitution, { kind: 'done' }>

const STAYS: Decision<Stop> = { value: undefined }

function replaced(
  configuration: JsonObject,
  decide: (variable: Variable, source: Variable | undefined) => Decision<Stop>,
): Substitution {
  const result = replaceVariables(configuration, decide)
  switch (result.kind) {
    case 'done':
      return result
    case 'stopped':
      return result.stop
    case 'endless':
      return failure(
        'endlessVariable',
        `Variable ${result.variable} can not be resolved: its value leads to ever more variables.`,
        result.variable,
      )
  }
}

function known(variable: Variable, facts: VariableFacts): Decision<Stop> {
  const found = evaluateVariable(variable.inner, facts)
  if (found.kind === 'error') {
    return { stop: failure('unresolvedVariable', found.message, variable.text) }
  }
  return found.kind === 'value' ? { value: found.value } : STAYS
}

function asked(variable: Variable, facts: VariableFacts, answers: Answers): Decision<Stop> {
  const found = evaluateVariable(variable.inner, facts)
  if (found.kind !== 'ask') return known(variable, facts)
  const { question } = found
  const answer = answers.get(question.id)
  if (answer === undefined) return { stop: { kind: 'ask', question } }
  if (typeof answer === 'string') return { value: answer }
  if (answer !== null) {
    return {
      stop: failure('unresolvedVariable', failedCommand(variable, question, answer.failed), variable.text),
    }
  }
  // An input of type command that gives nothing stays as text; anything else that gives nothing ends the start.
  return variable.name === 'input' && question.kind === 'command' ? STAYS : { stop: { kind: 'cancelled' } }
}

/** VS Code's texts. */
function failedCommand(variable: Variable, question: Question, failed: 'unknownCommand' | 'notText'): string {
  const command = question.kind === 'command' ? question.command : variable.argument
  if (failed === 'unknownCommand') return commandNotFound(command)
  const what =
    variable.name === 'input'
      ? `input variable '${variable.argument}' because command '${command}'`
      : `command variable '${command}' because command`
  return `Cannot substitute ${what} did not return a result of type string.`
}

/**
 * A command that a value brings in is not run: an environment variable, a setting or the editor's selection must not
 * decide what runs on this machine. What the user or a command answers may.
 */
function refusedCommand(variable: Variable, source: Variable | undefined): Decision<Stop> | undefined {
  if (variable.name !== 'command' || source === undefined || isInteractive(source)) return undefined
  const message =
    `The value of ${source.text} holds ${variable.text}, which is not run: ` +
    'a command runs only where the launch configuration itself names it.'
  return { stop: failure('commandInValue', message, source.text) }
}

function failure(code: SubstitutionError['code'], message: string, variable: string): SubstitutionError {
  return { kind: 'error', code, message, variable }
}
