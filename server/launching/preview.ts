import { TextDocument } from 'vscode-languageserver-textdocument'
import { DiagnosticSeverity, type Location } from 'vscode-languageserver-types'
import type { JsonObject } from '../core/json'
import { rangeOf, severityOf } from '../core/ranges'
import { messageMask } from '../core/secrets'
import type { Answer, Answers } from '../core/substitution'
import type {
  ResolvedConfiguration,
  ResolveParams,
  ResolveProblem,
  ResolveResult,
  StartError,
} from '../protocol'
import { chooseInterpreter, type Interpreter, type Located, locatePython } from '../sessions/interpreters'
import {
  type Origin,
  type ResolveFacts,
  type ResolveStep,
  resolveConfiguration,
} from '../sessions/resolveConfiguration'
import { withoutSecrets } from '../sessions/resolveSecrets'
import { StartRefused } from '../sessions/startError'
import { uriOf } from '../workspace/paths'
import { givenAnswers, interpreterFacts, resolveFacts } from './facts'
import type { LaunchingParts } from './machine'
import { findMembers, type Member } from './members'
import { kindOf, locationOf, noInterpreter, refusedStep } from './refusals'

/**
 * `debug/resolve`: what would be sent to the adapter, and where each value comes from. Nothing is started and nobody
 * is asked: what would be asked stays visible as `${input:…}`.
 * @throws StartRefused when there is no such configuration
 */
export function preview(parts: LaunchingParts, params: ResolveParams): ResolveResult {
  const found = findMembers(parts.workspace, parts.host.platform, params)
  if ('kind' in found) throw new StartRefused(found)
  const items = found.members.map(member => previewOf(member, params, parts))
  return { items }
}

function previewOf(member: Member, params: ResolveParams, parts: LaunchingParts): ResolvedConfiguration {
  const base = { name: member.name, configuration: {}, origins: [], problems: [] }
  try {
    kindOf(member, parts)
  } catch (error) {
    if (error instanceof StartRefused) return { ...base, problems: [refusalProblem(error.error)] }
    throw error
  }
  const facts = resolveFacts(member, params, parts)
  const { step, answers } = answeredByNames(member, params, facts)
  const { env, platform } = facts.host
  const shown = messageMask(JSON.stringify(member.configuration), env, platform)
  const told = (message: string) => (params.reveal ? message : shown(message))
  if (step.kind !== 'resolved') {
    return {
      ...base,
      problems: step.kind === 'ask' ? [] : [refusalProblem(refusedStep(step, member, parts))],
    }
  }
  const located = interpreterOfStep(step.arguments, member, params, parts)
  const interpreter = located.kind === 'found' ? located.interpreter : undefined
  const sources = { configuration: member.configuration, origins: step.origins, facts, answers }
  const visible = params.reveal ? step : withoutSecrets(step.arguments, sources)
  return {
    name: member.name,
    ...(interpreter === undefined ? {} : { interpreter: describe(interpreter) }),
    configuration: visible.arguments,
    origins: visible.origins.map(origin => toOrigin(origin, member, parts)),
    problems: [
      ...step.problems.map((problem): ResolveProblem => {
        const location = locationOf(member, parts, problem.path ?? [])
        return {
          code: problem.code,
          message: told(problem.message),
          severity: severityOf(problem.severity),
          ...(location === undefined ? {} : { location }),
        }
      }),
      ...missingInterpreter(step.arguments, located, member, parts),
    ],
  }
}

/** Every question is answered by its own name, so that it stays visible. */
function answeredByNames(
  member: Member,
  params: ResolveParams,
  facts: ResolveFacts,
): { readonly step: ResolveStep; readonly answers: Answers } {
  const answers = new Map<string, Answer>(givenAnswers(params))
  for (;;) {
    const step = resolveConfiguration(member.configuration, facts, answers)
    if (step.kind !== 'ask' || answers.has(step.question.id)) return { step, answers }
    answers.set(step.question.id, `\${${step.question.id}}`)
  }
}

function interpreterOfStep(
  args: JsonObject,
  member: Member,
  params: ResolveParams,
  parts: LaunchingParts,
): Located {
  const facts = interpreterFacts(member.folder, params, parts)
  const program = typeof args['program'] === 'string' ? args['program'] : undefined
  const chosen = chooseInterpreter(member.folder?.path, program, facts)
  const python = [args['python']].flat()[0]
  // Resolution writes the chosen one into `python`: then its own reason says more than where it is written.
  const isChosen = chosen.kind === 'found' && chosen.interpreter.path === python
  if (isChosen) return { ...chosen, command: [chosen.interpreter.path] }
  return locatePython(args['python'], member.folder?.path, program, facts)
}

function describe({ path, reason, version }: Interpreter): Required<ResolvedConfiguration>['interpreter'] {
  return { path, reason, ...(version === undefined ? {} : { version }) }
}

/** What the start would refuse; without `python` something may still be found at the start, in the editor's PATH. */
function missingInterpreter(
  { python }: JsonObject,
  located: Located,
  member: Member,
  parts: LaunchingParts,
): ResolveProblem[] {
  const [first] = [python].flat()
  if (located.kind === 'found' || typeof first !== 'string' || first === '' || first.includes('${')) return []
  return [refusalProblem(noInterpreter(located.tried, member, parts, python))]
}

function toOrigin(
  origin: Origin,
  member: Member,
  parts: LaunchingParts,
): ResolvedConfiguration['origins'][number] {
  const location = locationOfOrigin(origin, member, parts)
  return { path: origin.path, kind: origin.kind, ...(location === undefined ? {} : { location }) }
}

function locationOfOrigin(origin: Origin, member: Member, parts: LaunchingParts): Location | undefined {
  switch (origin.kind) {
    case 'launch.json':
    case 'platform':
      return locationOf(member, parts, origin.written)
    case 'envFile': {
      const text = parts.files.read(origin.file)
      if (text === undefined) return undefined
      const document = TextDocument.create('', '', 0, text)
      return { uri: uriOf(origin.file), range: rangeOf(document, origin.span) }
    }
    default:
      return undefined
  }
}

function refusalProblem({ kind, message, remedy, location }: StartError): ResolveProblem {
  return {
    code: kind,
    message: remedy === undefined ? message : `${message} ${remedy}`,
    severity: DiagnosticSeverity.Error,
    ...(location === undefined ? {} : { location }),
  }
}
