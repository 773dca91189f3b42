import type { MergedEnvironment, MergedVariable } from '../core/environment'
import { searchPathName } from '../core/environment'
import { isObject, type JsonObject } from '../core/json'
import { type CompleteDraft, NOTHING_TO_ATTACH_TO, type Refused, refused } from './debugpyDraft'
import type { ResolveFacts, ResolveProblem } from './resolveConfiguration'

export type Checked = CompleteDraft & {
  readonly kind: 'complete'
  readonly problems: readonly ResolveProblem[]
}

/**
 * The last look at complete arguments: what debugpy would refuse as a whole is refused with the place that is to
 * blame, and the environment is made one that can be given to a process. `written` is `env` with its variables
 * replaced.
 */
export function checkArguments(
  draft: CompleteDraft,
  written: unknown,
  facts: Pick<ResolveFacts, 'host'>,
): Checked | Refused {
  const args = draft.arguments
  const refusal = args['request'] === 'attach' ? refuseAttach(args) : refuseLaunch(args, facts)
  if (refusal !== undefined) return refusal
  const problems = envFileProblems(draft)
  if (args['request'] === 'attach') return { ...draft, kind: 'complete', problems }
  const environment = fitEnvironment(draft.environment, isObject(written) ? written : {}, facts)
  if ('kind' in environment) return environment
  const env = Object.fromEntries([...environment.variables].map(([name, { value }]) => [name, value]))
  return {
    ...draft,
    kind: 'complete',
    arguments: { ...args, env },
    environment: environment.variables,
    problems: [...problems, ...environment.problems],
  }
}

const TARGETS = ['program', 'module', 'code']

function refuseLaunch(args: JsonObject, { host }: Pick<ResolveFacts, 'host'>): Refused | undefined {
  const targets = TARGETS.filter(key => args[key] !== undefined)
  const [target, other] = targets
  if (target === undefined) {
    const remedy =
      'Add "program": "${file}" for the file in the editor, or "module" with the name of a module.'
    return refused(
      'missing-target',
      'There is nothing to run: "program", "module" or "code" is needed.',
      [],
      remedy,
    )
  }
  if (other !== undefined) {
    const message = `"${target}" and "${other}" exclude each other.`
    return refused('conflicting-attributes', message, [other], 'Remove one of them.')
  }
  const value = args[target]
  if (value === '' || (Array.isArray(value) && value.length === 0)) {
    return refused('missing-target', `"${target}" is empty: there is nothing to run.`, [target])
  }
  if (args['sudo'] === true && host.platform === 'win32') {
    return refused('not-on-windows', '"sudo" does not work on Windows.', ['sudo'], 'Remove it.')
  }
  return refuseNul(args)
}

/** What no operating system takes in a command line. */
function refuseNul(args: JsonObject): Refused | undefined {
  for (const key of [...TARGETS, 'args', 'cwd', 'python', 'pythonArgs']) {
    const texts = [args[key]].flat()
    if (texts.some(text => typeof text === 'string' && text.includes('\0'))) {
      return refused('invalid-value', `"${key}" holds a NUL character, which no program can be given.`, [key])
    }
  }
  return undefined
}

/** Pairs that debugpy refuses together. */
const EXCLUSIVE: readonly (readonly [string, string])[] = [
  ['listen', 'connect'],
  ['connect', 'host'],
  ['connect', 'port'],
  ['listen', 'host'],
  ['listen', 'port'],
  ['listen', 'processId'],
  ['listen', 'subProcessId'],
  ['processId', 'subProcessId'],
]

function refuseAttach(args: JsonObject): Refused | undefined {
  for (const [first, second] of EXCLUSIVE) {
    if (args[first] === undefined || args[second] === undefined) continue
    const message = `"${first}" and "${second}" exclude each other.`
    return refused('conflicting-attributes', message, [second], 'Remove one of them.')
  }
  if (['connect', 'port', 'listen', 'processId'].every(key => args[key] === undefined)) {
    const remedy = 'Add "connect": { "host": "localhost", "port": 5678 } for a program that waits there.'
    return refused('missing-target', NOTHING_TO_ATTACH_TO, [], remedy)
  }
  const { noDebug } = args
  if (noDebug !== true) return undefined
  const remedy = 'Start it with debugging, and remove "noDebug" if it is written in the configuration.'
  return refused('without-effect', 'An attach cannot run without debugging.', ['noDebug'], remedy)
}

interface Fitted {
  readonly variables: MergedEnvironment
  readonly problems: readonly ResolveProblem[]
}

function fitEnvironment(
  merged: MergedEnvironment,
  written: JsonObject,
  { host }: Pick<ResolveFacts, 'host'>,
): Fitted | Refused {
  const variables = new Map<string, MergedVariable>()
  for (const [name, variable] of merged) {
    const isPossible = name !== '' && !/[=\0]/.test(name) && !String(variable.value).includes('\0')
    if (isPossible) variables.set(name, variable)
    else if (rank(variable) > 0) {
      const message =
        'An environment variable has a name without =, and no NUL character in its name or value.'
      return refused('invalid-env-name', message, rank(variable) === 3 ? ['env', name] : ['envFile'])
    }
  }
  // VS Code's debugger loses the null of the variables that it joins.
  for (const name of [searchPathName(host.platform), 'PYTHONPATH']) {
    if (written[name] === null) variables.set(name, { value: null, sources: [{ kind: 'launch' }] })
  }
  return host.platform === 'win32' ? oneCase(variables) : { variables, problems: [] }
}

/** On Windows `Path` and `PATH` are one variable, of which debugpy refuses two values. */
function oneCase(variables: MergedEnvironment): Fitted {
  const winners = new Map<string, string>()
  const problems: ResolveProblem[] = []
  for (const [name, variable] of variables) {
    const upper = name.toUpperCase()
    const other = winners.get(upper)
    const before = other === undefined ? undefined : variables.get(other)
    if (before === undefined || rank(variable) >= rank(before)) winners.set(upper, name)
    if (before === undefined || before.value === variable.value || Math.min(rank(variable), rank(before)) < 2)
      continue
    const winner = winners.get(upper) ?? name
    const message = `"${other}" and "${name}" are one variable on Windows: "${winner}" counts.`
    problems.push({ code: 'duplicate-env-name', message, severity: 'warning', path: ['env', name] })
  }
  const names = new Set(winners.values())
  return { variables: new Map([...variables].filter(([name]) => names.has(name))), problems }
}

/** Who has the word: the configuration, the env file, a default, what is inherited. */
function rank({ sources }: MergedVariable): number {
  return Math.max(...sources.map(({ kind }) => ['process', 'default', 'file', 'launch'].indexOf(kind)))
}

/** An env file that was asked for and is not there, and what is wrong in the one that is. */
function envFileProblems({ arguments: args, origins, envFile }: CompleteDraft): ResolveProblem[] {
  const { envFile: path } = args
  if (typeof path !== 'string' || path === '' || args['request'] === 'attach') return []
  if (envFile !== undefined) {
    return envFile.problems.slice(0, MOST_PROBLEMS).map(({ code, message, severity, span }) => {
      const line = envFile.text.slice(0, span.offset).split(/\r\n?|\n/).length
      return { code, message: `${path}:${line}: ${message}`, severity, path: ['envFile'] }
    })
  }
  if (origins.get('envFile')?.kind === 'default') return []
  const where = /^(?:[\\/]|[A-Za-z]:)/.test(path)
    ? ''
    : ' A relative path is looked for nowhere: begin it with ${workspaceFolder}/.'
  const message = `The env file ${path} cannot be read, and its variables are not set.${where}`
  return [{ code: 'missing-env-file', message, severity: 'warning', path: ['envFile'] }]
}

const MOST_PROBLEMS = 20
