import { isObject, type JsonObject } from './json'

/** What the user is asked, or the command to run, for one variable. */
export type Question =
  | {
      readonly kind: 'text'
      /** The variable without `${}`: `input:ID`; the key of the answer. */
      readonly id: string
      readonly title: string
      /** Text already in the box. */
      readonly value?: string
      readonly password: boolean
    }
  | {
      readonly kind: 'pick'
      readonly id: string
      readonly title: string
      readonly items: readonly PickItem[]
      /** The item to stand on. */
      readonly value?: string
    }
  | {
      readonly kind: 'command'
      /** `command:ID`, or `input:ID` for an input of type command. */
      readonly id: string
      readonly command: string
      readonly args?: unknown
    }

export interface PickItem {
  readonly label: string
  readonly detail?: string
  readonly value: string
}

/** Previous answers by input id, the oldest first. */
export type RememberedAnswers = Readonly<Record<string, string>>

export type InputQuestion =
  | { readonly kind: 'ask'; readonly question: Question }
  | { readonly kind: 'error'; readonly message: string }

/**
 * The question of `${input:ID}`. Of equal ids the last counts. A previous answer goes before the default; a password
 * has no previous answer. Errors are VS Code's texts.
 */
export function inputQuestion(
  id: string | undefined,
  inputs: readonly unknown[] | undefined,
  remembered: RememberedAnswers = {},
): InputQuestion {
  if (inputs === undefined) {
    return refuse(
      `Variable '${id}' must be defined in an 'inputs' section of the debug or task configuration.`,
    )
  }
  const input = inputs.filter(isObject).findLast(candidate => candidate['id'] === id)
  if (input === undefined || id === undefined) {
    return refuse(`Undefined input variable '${id}' encountered. Remove or define '${id}' to continue.`)
  }
  const type = input['type']
  const missing = missingAttribute(input)
  if (missing !== undefined) {
    return refuse(`Input variable '${id}' is of type '${type}' and must include '${missing}'.`)
  }
  const previous = Object.hasOwn(remembered, id) ? remembered[id] : undefined
  switch (type) {
    case 'promptString':
      return { kind: 'ask', question: textQuestion(input, id, previous) }
    case 'pickString':
      return { kind: 'ask', question: pickQuestion(input, id, previous) }
    case 'command':
      return { kind: 'ask', question: commandQuestion(input, id) }
    default:
      return refuse(`Input variable '${id}' can only be of type 'promptString', 'pickString', or 'command'.`)
  }
}

/** As many answers as VS Code keeps for a workspace. */
const REMEMBERED = 5

/** The previous answers with this one added: the last five, never a password, never what a command gave. */
export function rememberAnswer(
  remembered: RememberedAnswers,
  question: Question,
  answer: string,
): RememberedAnswers {
  if (question.kind === 'command' || (question.kind === 'text' && question.password)) return remembered
  const id = question.id.slice('input:'.length)
  const others = Object.entries(remembered).filter(([other]) => other !== id)
  return Object.fromEntries([...others, [id, answer]].slice(-REMEMBERED))
}

function missingAttribute(input: JsonObject): string | undefined {
  switch (input['type']) {
    case 'promptString':
      return typeof input['description'] === 'string' ? undefined : 'description'
    case 'pickString':
      if (typeof input['description'] !== 'string') return 'description'
      if (!Array.isArray(input['options'])) return 'options'
      return input['options'].every(option => optionValue(option) !== undefined) ? undefined : 'value'
    case 'command':
      return typeof input['command'] === 'string' ? undefined : 'command'
    default:
      return undefined
  }
}

function textQuestion(input: JsonObject, id: string, previous: string | undefined): Question {
  const password = Boolean(input['password'])
  const value = (password ? undefined : previous) ?? plainText(input['default'])
  return {
    kind: 'text',
    id: `input:${id}`,
    title: String(input['description']),
    ...(value === undefined ? {} : { value }),
    password,
  }
}

/** The default stands first and says so; a previous answer is moved to the top as it comes by. */
function pickQuestion(input: JsonObject, id: string, previous: string | undefined): Question {
  const options: readonly unknown[] = Array.isArray(input['options']) ? input['options'] : []
  const top = previous ?? plainText(input['default'])
  const items: PickItem[] = []
  for (const option of options) {
    const value = optionValue(option) ?? ''
    const label = isObject(option) ? plainText(option['label']) : undefined
    const item = { label: label ? `${label}: ${value}` : value, value }
    if (value === input['default']) items.unshift({ ...item, detail: '(Default)' })
    else if (value === top) items.unshift(item)
    else items.push(item)
  }
  const known = items.some(({ value }) => value === top)
  return {
    kind: 'pick',
    id: `input:${id}`,
    title: String(input['description']),
    items,
    ...(known && top !== undefined ? { value: top } : {}),
  }
}

function commandQuestion(input: JsonObject, id: string): Question {
  return {
    kind: 'command',
    id: `input:${id}`,
    command: String(input['command']),
    ...('args' in input ? { args: input['args'] } : {}),
  }
}

function optionValue(option: unknown): string | undefined {
  if (typeof option === 'string') return option
  return isObject(option) && typeof option['value'] === 'string' ? option['value'] : undefined
}

function plainText(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined
}

function refuse(message: string): InputQuestion {
  return { kind: 'error', message }
}
