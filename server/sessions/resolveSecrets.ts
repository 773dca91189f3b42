import { isObject, type JsonObject } from '../core/json'
import { PLATFORM_SECTIONS } from '../core/platformSection'
import type { Answers } from '../core/substitution'
import type { VariableFacts } from '../core/variableValues'
import type { CompleteDraft } from './debugpyDraft'

type Path = readonly (string | number)[]

/**
 * The arguments that hold a secret: variables of which an env file gives a piece, and texts with the answer to a
 * password input in them, or with the input itself while it is not answered.
 */
export function secretsOf(
  configuration: JsonObject,
  { arguments: args, environment }: Pick<CompleteDraft, 'arguments' | 'environment'>,
  { inputs }: Pick<VariableFacts, 'inputs'>,
  answers: Answers,
): Path[] {
  const fromFile = [...environment].flatMap(([name, { sources }]): Path[] =>
    sources.some(({ kind }) => kind === 'file') ? [['env', name]] : [],
  )
  const passwords = passwordIds(inputs).flatMap(id => {
    const answer = answers.get(`input:${id}`)
    return typeof answer === 'string' && answer !== '' ? [answer] : []
  })
  if (passwords.length === 0) return fromFile
  const marks = passwordIds(inputs).map(id => `\${input:${id}}`)
  const named = new Set(
    texts(configuration).flatMap(({ path, text }) =>
      marks.some(mark => text.includes(mark))
        ? [JSON.stringify(withoutSection(path)), JSON.stringify(path)]
        : [],
    ),
  )
  const known = new Set(fromFile.map(path => JSON.stringify(path)))
  const holders = texts(args).flatMap(({ path, text }): Path[] => {
    const place = JSON.stringify(path)
    // A password of a letter or two is in many a text by chance: then the input must be written there.
    const holds = passwords.some(each => text.includes(each) && (each.length > SHORT || named.has(place)))
    return holds && !known.has(place) ? [path] : []
  })
  return [...fromFile, ...holders]
}

const SHORT = 3

function withoutSection(path: Path): Path {
  return SECTIONS.has(path[0]) ? path.slice(1) : path
}

const SECTIONS: ReadonlySet<unknown> = new Set(Object.values(PLATFORM_SECTIONS))

function passwordIds(inputs: readonly unknown[] | undefined): string[] {
  return (inputs ?? []).flatMap(input =>
    isObject(input) && typeof input['id'] === 'string' && input['password'] ? [input['id']] : [],
  )
}

function texts(value: unknown, path: Path = []): { path: Path; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }]
  if (Array.isArray(value)) return value.flatMap((each, index) => texts(each, [...path, index]))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, each]) => texts(each, [...path, key]))
}
