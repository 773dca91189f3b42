import type { Question } from '../core/inputs'
import type { Answer } from '../core/substitution'
import type { DebugSession, StartDebugParams } from '../protocol'
import type { LaunchPlan, Resolution } from '../sessions/launchPlan'
import { type ResolveStep, resolveConfiguration } from '../sessions/resolveConfiguration'
import { StartRefused } from '../sessions/startError'
import { uriOf } from '../workspace/paths'
import { chooseAdapter } from './adapter'
import { answerQuestion } from './answers'
import { givenAnswers, resolveFacts } from './facts'
import type { LaunchingParts, Ui } from './machine'
import { findMembers, type Member } from './members'
import { cancelled, cannotAsk, kindOf, notFoundAnymore, refusedStep } from './refusals'
import { checkPaths } from './startChecks'
import { runTaskOf } from './tasks'

/** Sessions that were started together. */
export interface Group {
  /** Another session of it is there; `id` as the broker knows it. */
  joined(id: string): void
  /** One is over: with `stopAll` the others end too. */
  ended(id: string): void
  /** The start came to nothing. */
  cancel(): Promise<void>
}

export function createGroup(parts: LaunchingParts, stopAll: boolean): Group {
  const ids = new Set<string>()
  return {
    joined: id => ids.add(id),
    ended(id) {
      ids.delete(id)
      if (!stopAll) return
      for (const other of ids) void parts.broker().then(broker => broker.stop(other))
    },
    async cancel() {
      const broker = await parts.broker()
      for (const id of ids) broker.cancel(id)
    },
  }
}

/**
 * One session, up to where the editor may connect. The adapter is started as soon as the interpreter is known, beside
 * the questions to the user and the preLaunchTask.
 * @throws StartRefused; the adapter has been ended then
 */
export async function prepareSession(
  member: Member,
  params: StartDebugParams,
  parts: LaunchingParts,
  ui: Ui,
  signal: AbortSignal,
  group: Group,
): Promise<DebugSession> {
  const kind = kindOf(member, parts)
  const answers = givenAnswers(params)
  const first = step(member, params, parts, answers)
  refuseUnlessGoing(first, member, parts)
  ui.progress('Finding Python and debugpy')
  const adapter = await chooseAdapter(first, member, params, parts, ui, signal)
  if (signal.aborted) throw new StartRefused(cancelled())

  const broker = await parts.broker()
  const resolution = complete(first, member, params, parts, ui, answers, signal)
  // The adapter starts beside it; whoever waits for it hears of a refusal below.
  resolution.catch(() => undefined)
  let id = ''
  const plan: LaunchPlan = {
    name: member.name,
    ...kind,
    adapter,
    answered: resolution,
    resolve: restart => (restart ? resolveAgain(member, params, parts, ui, answers) : resolution),
    ended: () => {
      group.ended(id)
      void runTaskOf(
        'postDebugTask',
        member.configuration['postDebugTask'],
        member.folder,
        params.editor,
        parts,
        ui,
      )
    },
  }
  const prepared = broker.prepare(plan)
  id = prepared.id
  group.joined(id)
  const cancel = () => broker.cancel(id)
  signal.addEventListener('abort', cancel, { once: true })
  try {
    await resolution
  } catch (error) {
    cancel()
    throw error
  } finally {
    signal.removeEventListener('abort', cancel)
  }
  return {
    id,
    name: member.name,
    endpoint: broker.endpoint,
    command: broker.command,
    configuration: { ...kind, name: member.name, token: prepared.token },
  }
}

type Answers = Map<string, Answer>

function step(
  member: Member,
  params: StartDebugParams,
  parts: LaunchingParts,
  answers: Answers,
): ResolveStep {
  return resolveConfiguration(member.configuration, resolveFacts(member, params, parts), answers)
}

/** Questions, then the preLaunchTask, then a last look at what it may have made. */
async function complete(
  first: ResolveStep,
  member: Member,
  params: StartDebugParams,
  parts: LaunchingParts,
  ui: Ui,
  answers: Answers,
  signal: AbortSignal,
): Promise<Resolution> {
  let now = first
  while (now.kind === 'ask') {
    answers.set(now.question.id, await answerOf(now.question, member, params, parts, ui, signal))
    now = step(member, params, parts, answers)
  }
  if (now.kind !== 'resolved') throw new StartRefused(refusedStep(now, member, parts))
  await runTaskOf(
    'preLaunchTask',
    now.arguments['preLaunchTask'],
    member.folder,
    params.editor,
    parts,
    ui,
    signal,
  )
  checkPaths(now.arguments, member, parts)
  const adapter = await chooseAdapter(now, member, params, parts, ui, signal)
  return { kind: 'resolved', arguments: now.arguments, adapter }
}

async function answerOf(
  question: Question,
  member: Member,
  params: StartDebugParams,
  parts: LaunchingParts,
  ui: Ui,
  signal: AbortSignal,
): Promise<Answer> {
  const { interpreterFor } = resolveFacts(member, params, parts)
  const answer = await answerQuestion(
    question,
    member.folder?.path ?? '',
    { ...parts, ...ui, interpreter: () => interpreterFor(undefined) },
    signal,
  )
  if (signal.aborted) throw new StartRefused(cancelled())
  if (typeof answer === 'object' && answer !== null && 'cannotAsk' in answer)
    throw new StartRefused(cannotAsk(answer.cannotAsk, member, parts))
  return answer
}

/** A restart: launch.json and env files as they are now; what was asked once is not asked again. */
async function resolveAgain(
  before: Member,
  params: StartDebugParams,
  parts: LaunchingParts,
  ui: Ui,
  answers: Answers,
): Promise<Resolution> {
  try {
    const member = memberNow(before, params, parts)
    const signal = new AbortController().signal
    return await complete(step(member, params, parts, answers), member, params, parts, ui, answers, signal)
  } catch (error) {
    if (error instanceof StartRefused) return { kind: 'refused', error: error.error }
    throw error
  }
}

function memberNow(before: Member, params: StartDebugParams, parts: LaunchingParts): Member {
  if (before.launch === undefined) return before
  const { source } = before.launch.place
  const folder = source.kind === 'folder' ? { folder: uriOf(source.folder.path) } : {}
  const found = findMembers(parts.workspace, parts.host.platform, {
    ...params,
    ...folder,
    configuration: before.name,
  })
  const [member] = 'kind' in found ? [] : found.members
  if (member === undefined) throw new StartRefused(notFoundAnymore(before.name, found))
  return member
}

function refuseUnlessGoing(first: ResolveStep, member: Member, parts: LaunchingParts): void {
  if (first.kind === 'refused' || first.kind === 'cancelled') {
    throw new StartRefused(refusedStep(first, member, parts))
  }
}
