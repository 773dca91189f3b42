import type { LaunchSource } from '../core/editor'
import { isObject, type JsonObject, scriptText } from '../core/json'
import { selectForPlatform } from '../core/platformSection'
import type { Severity } from '../core/problem'
import { type Answers, type Question, substitute } from '../core/substitution'
import type { VariableFacts } from '../core/variableValues'
import { checkArguments } from './debugpyChecks'
import { complete } from './debugpyComplete'
import {
  type AdapterRoute,
  type CompleteDraft,
  type DebugpyFacts,
  type DerivedOrigin,
  type Draft,
  isRefused,
  type Refused,
  refused,
} from './debugpyDraft'
import { chosenInterpreter, prepare } from './debugpyPrepare'
import { mendTypes } from './debugpyTypes'
import { type Origin, originsOf, sectionWith, writtenPath } from './resolveOrigins'

export type { Origin } from './resolveOrigins'

/** All that the resolution of one configuration looks at. */
export interface ResolveFacts extends Omit<DebugpyFacts, keyof EditorFacts>, Partial<EditorFacts> {
  readonly source: LaunchSource
  /** “Run without debugging”. */
  readonly noDebug: boolean
  /** The editor's terminal takes `args` as one text. */
  readonly shellArgs: boolean
}

type EditorFacts = Pick<VariableFacts, 'execPath' | 'extensions' | 'contributed' | 'commandAliases'>

/** Something that would surprise at the start, or was mended before it. */
export interface ResolveProblem {
  readonly code: string
  readonly message: string
  readonly severity: Severity
  /** In the written configuration. */
  readonly path?: readonly (string | number)[]
}

export type ResolveStep =
  /** Answer it, add the answer, call again. */
  | {
      readonly kind: 'ask'
      readonly question: Question
      /** `python` of a configuration that starts an adapter of its own, when no answer can change it. */
      readonly python?: { readonly value: unknown }
    }
  | {
      readonly kind: 'resolved'
      /** debugpy's arguments of launch or attach. */
      readonly arguments: JsonObject
      readonly adapter: Exclude<AdapterRoute, { refused: string }>
      /** What runs the program, or the adapter of an attach; undefined: none is known. */
      readonly interpreter: string | undefined
      readonly origins: readonly Origin[]
      readonly problems: readonly ResolveProblem[]
    }
  /** `path` is one of the written configuration. */
  | Refused
  | { readonly kind: 'cancelled' }

/**
 * From a configuration as written to debugpy's arguments, as VS Code and its Python Debugger extension make them, with
 * what debugpy would refuse, or take and die on, mended (a problem says so) or refused. Pure: nothing runs, nobody is
 * asked; with each answer it begins anew.
 */
export function resolveConfiguration(
  configuration: JsonObject,
  facts: ResolveFacts,
  answers: Answers,
): ResolveStep {
  const problems: ResolveProblem[] = []
  const located = (path: readonly (string | number)[]) =>
    writtenPath(configuration, path, facts.host.platform)
  let env: unknown
  const step = resolveWith(configuration, facts, answers, value => {
    const mended = mendTypes(value, facts)
    if (isRefused(mended)) return mended
    problems.push(...mended.problems)
    env = mended.value['env']
    return mended
  })
  const checked = step.kind === 'complete' ? checkArguments(step, env, facts) : step
  if (checked.kind === 'refused') return relocated(checked, located)
  if (checked.kind !== 'complete') return checked
  const { adapter } = checked
  if ('refused' in adapter) return relocated(refused('missing-attribute', adapter.refused, []), located)
  problems.push(...checked.problems)
  return {
    kind: 'resolved',
    arguments: checked.arguments,
    adapter,
    interpreter: interpreterOf(checked.arguments, adapter),
    origins: originsOf(configuration, checked, facts.host.platform),
    problems: problems.map(({ path, ...problem }) => ({ ...problem, ...(path && { path: located(path) }) })),
  }
}

/** What VS Code sends, nothing mended: what the measured cases are compared with. */
export function resolveAsVsCode(
  configuration: JsonObject,
  facts: ResolveFacts,
  answers: Answers,
): VsCodeStep {
  return resolveWith(configuration, facts, answers, value => ({ value }))
}

export type VsCodeStep =
  | Exclude<ResolveStep, { kind: 'resolved' }>
  | ({ readonly kind: 'complete' } & CompleteDraft)

function resolveWith(
  configuration: JsonObject,
  given: ResolveFacts,
  answers: Answers,
  mend: (configuration: JsonObject) => { readonly value: JsonObject } | Refused,
): VsCodeStep {
  const facts: DebugpyFacts = { ...EDITOR_FACTS, ...given }
  const selected = selectForPlatform(configuration, facts.host.platform)
  const prepared = prepare(given.noDebug ? { ...selected, noDebug: true } : selected, facts)
  if (isRefused(prepared)) return prepared
  const step = substitute(prepared.arguments, facts, withInterpreter(answers, facts))
  if (step.kind === 'error') {
    const { code, message, variable } = step
    return { kind: 'refused', error: { code, message, ...(variable === '' ? {} : { variable }) } }
  }
  if (step.kind === 'ask') return { ...step, ...pythonBefore(prepared.arguments, facts) }
  if (step.kind !== 'done') return step
  const mended = mend(step.value)
  if (isRefused(mended)) return mended
  const origins = withoutSection(prepared, configuration, facts)
  const completed = complete({ arguments: mended.value, origins }, facts)
  if (isRefused(completed)) return completed
  return refuseKind(prepared.arguments, completed) ?? { kind: 'complete', ...completed }
}

const NO_ANSWERS: Answers = new Map()

function pythonBefore(prepared: JsonObject, facts: DebugpyFacts): { python?: { value: unknown } } {
  if (prepared['request'] !== 'launch' && !('processId' in prepared)) return {}
  const step = substitute({ python: prepared['python'] }, facts, withInterpreter(NO_ANSWERS, facts))
  return step.kind === 'done' ? { python: { value: step.value['python'] } } : {}
}

const EDITOR_FACTS: EditorFacts = {
  execPath: undefined,
  extensions: {},
  contributed: {},
  commandAliases: { pickProcess: 'debugpy.pickLocalProcess', pickArgs: 'debugpy.pickArgs' },
}

/** The command that gives the interpreter needs no one to run it. */
function withInterpreter(answers: Answers, facts: DebugpyFacts): Answers {
  const interpreter = chosenInterpreter(undefined, facts)
  return interpreter === undefined
    ? answers
    : new Map([['command:python.interpreterPath', interpreter], ...answers])
}

/** What the platform's section says comes back with the substitution, which applies it a second time. */
function withoutSection({ origins }: Draft, configuration: JsonObject, { host }: DebugpyFacts) {
  return new Map<string, DerivedOrigin>(
    [...origins].filter(([key]) => sectionWith(configuration, key, host.platform) === undefined),
  )
}

/** VS Code's last look, with its texts. */
function refuseKind(prepared: JsonObject, { arguments: { type } }: CompleteDraft): Refused | undefined {
  const { request } = prepared
  if (request !== 'launch' && request !== 'attach') {
    const message = request
      ? `Attribute 'request' has an unsupported value '${scriptText(request)}' in the chosen debug configuration.`
      : "Attribute 'request' is missing from the chosen debug configuration."
    return refused('unknown-request', message, ['request'], 'It can be "launch" or "attach".')
  }
  if (typeof type === 'string' && TYPES.includes(type.toLowerCase())) return undefined
  const message = type
    ? `Configured debug type '${scriptText(type)}' is not supported.`
    : "Missing property 'type' for the chosen launch configuration."
  return refused('unknown-type', message, ['type'], 'Python configurations have "type": "debugpy".')
}

const TYPES: readonly string[] = ['debugpy', 'python']

function relocated(
  { kind, error }: Refused,
  located: (path: readonly (string | number)[]) => readonly (string | number)[],
): Refused {
  return { kind, error: { ...error, ...(error.path && { path: located(error.path) }) } }
}

function interpreterOf({ python }: JsonObject, adapter: AdapterRoute): string | undefined {
  const own = [python].flat()[0]
  if (typeof own === 'string') return own
  return 'spawn' in adapter && isObject(adapter.spawn) ? adapter.spawn.python : undefined
}
