import { isObject, type JsonObject } from '../core/json'
import { PLATFORM_SECTIONS } from '../core/platformSection'
import { MASK, maskText, SHORT, secretsAskedFor, shownValue } from '../core/secrets'
import type { Answers } from '../core/substitution'
import type { VariableFacts } from '../core/variableValues'
import type { Origin } from './resolveOrigins'

type Path = readonly (string | number)[]

/** What the arguments of a configuration were made of. */
export interface SecretSources {
  readonly configuration: JsonObject
  readonly origins: readonly Origin[]
  readonly facts: Pick<VariableFacts, 'inputs' | 'host' | 'editor'>
  readonly answers: Answers
}

/** The arguments as they may be shown, and their origins with paths that lead to them. */
export interface Shown {
  readonly arguments: JsonObject
  readonly origins: readonly Origin[]
}

/**
 * The arguments as they may be shown: pages are pasted into bug reports. Masked are the variables of which an env
 * file or the inherited environment gives a piece, those with the name of a secret, and in every text the answers to
 * password inputs, the values of secret variables, and what looks like a key or a password. Names of variables may
 * be made of them, too.
 */
export function withoutSecrets(args: JsonObject, sources: SecretSources): Shown {
  const { configuration, origins } = sources
  const secrets = [...passwords(sources), ...environmentSecrets(sources)]
  const marks = secrets.map(({ mark }) => mark)
  const named = new Set(
    texts(configuration).flatMap(({ path, text }) =>
      marks.some(mark => text.includes(mark)) ? [placeOf(withoutSection(path)), placeOf(path)] : [],
    ),
  )
  const whole = new Set(
    origins.flatMap(({ kind, path }) =>
      path[0] === 'env' && path.length === 2 && (kind === 'envFile' || kind === 'process')
        ? [placeOf(path)]
        : [],
    ),
  )
  const long = secrets.map(({ value }) => value).filter(value => value.length > SHORT)
  const shownName = (name: string) => maskText(name, long)
  const shownText = (text: string, path: Path) => {
    if (UNANSWERED.test(text)) return text
    if (whole.has(placeOf(path))) return MASK
    const isNamed = named.has(placeOf(path)) || named.has(placeOf(path.slice(0, 1)))
    const known = isNamed ? secrets.map(({ value }) => value) : long
    const shown = maskText(text, known)
    return path[0] === 'env' && path.length === 2 ? shownValue(String(path[1]), shown) : shown
  }
  return {
    arguments: mapTexts(args, shownText, shownName) as JsonObject,
    origins: origins.map(origin => ({
      ...origin,
      path: origin.path.map(step => (typeof step === 'string' ? shownName(step) : step)),
    })),
  }
}

/** An input that was not asked: its name is no secret. */
const UNANSWERED = /^\$\{input:[^}]*\}$/

function passwords({ facts, answers }: SecretSources) {
  return passwordIds(facts.inputs).flatMap(id => {
    const value = answers.get(`input:${id}`)
    const mark = `\${input:${id}}`
    return typeof value === 'string' && value !== '' && value !== mark ? [{ mark, value }] : []
  })
}

function environmentSecrets({ configuration, facts: { host, editor } }: SecretSources) {
  return secretsAskedFor(JSON.stringify(configuration), { ...host.env, ...editor?.env }, host.platform)
}

function placeOf(path: Path): string {
  return JSON.stringify(path)
}

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

function mapTexts(
  value: unknown,
  map: (text: string, path: Path) => string,
  mapName: (name: string) => string,
  path: Path = [],
): unknown {
  const below = (each: unknown, step: string | number) => mapTexts(each, map, mapName, [...path, step])
  if (typeof value === 'string') return map(value, path)
  if (Array.isArray(value)) return value.map(below)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [mapName(key), below(each, key)]))
}
