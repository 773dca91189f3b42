import type { Question } from '../core/inputs'
import type { JsonObject } from '../core/json'
import type { Answer } from '../core/substitution'
import type { DebugSession, StartDebugParams } from '../protocol'
import type { LaunchPlan, Resolution } from '../sessions/launchPlan'
import { type ResolveStep, resolveConfiguration } from '../sessions/resolveConfiguration'
import { StartRefused, startCancelled } from '../sessions/startError'
import { uriOf } from '../workspace/paths'
import { chooseAdapter } from './adapter'
import { answerQuestion } from './answers'
import { givenAnswers, resolveFacts } from './facts'
import type { Group } from './group'
import type { LaunchingParts, Ui } from './machine'
import { findMembers, type Member } from './members'
import { cannotAsk, kindOf, notFoundAnymore, refusedStep } from './refusals'
import { checkStart } from './startChecks'
import { runAfter, runBefore } from './tasks'

/** One start of one configuration: what it is, who asked, and what is known so far. */
export interface Attempt {
  readonly member: Member
  readonly params: StartDebugParams
  readonly parts: LaunchingParts
  readonly ui: Ui
  /** Kept over restarts: what was asked once is not asked again. */
  readonly answers: Map<string, Answer>
  readonly signal: AbortSignal
}

/**
 * One session, up to where the editor may connect. The adapter is started as soon as the interpreter is known, beside
 * the questions to the user and the preLaunchTask.
 * @throws StartRefused; the adapter has been ended then
 */
export async function prepareSession(
  member: Member,
  start: Omit<Attempt, 'member' | 'answers'>,
  group: Group,
): Promise<DebugSession> {
  const attempt: Attempt = { ...start, member, answers: givenAnswers(start.params) }
  const { parts, signal } = attempt
  const kind = kindOf(member, parts)
  const first = await stepWithPython(attempt)
  if (first.kind === 'refused' || first.kind === 'cancelled') {
    throw new StartRefused(refusedStep(first, member, parts))
  }
  attempt.ui.progress('Finding Python and debugpy')
  const adapter = await chooseAdapter(first, attempt)
  if (signal.aborted) throw new StartRefused(startCancelled())

  const broker = await parts.broker()
  const plan = planFor(attempt, kind, adapter, complete(first, attempt, adapter), id => group.ended(id))
  const prepared = broker.prepare(plan)
  plan.id = prepared.id
  group.joined(prepared.id)
  const cancel = () => broker.cancel(prepared.id)
  signal.addEventListener('abort', cancel, { once: true })
  try {
    await plan.answered
  } catch (error) {
    cancel()
    throw error
  } finally {
    signal.removeEventListener('abort', cancel)
  }
  return {
    id: prepared.id,
    name: member.name,
    endpoint: broker.endpoint,
    command: broker.command,
    configuration: { ...kind, name: member.name, token: prepared.token },
  }
}

interface Plan extends LaunchPlan {
  /** As the broker knows it, as soon as it does. */
  id: string
  readonly answered: Promise<Resolution>
}

function planFor(
  attempt: Attempt,
  kind: Pick<LaunchPlan, 'type' | 'request'>,
  adapter: LaunchPlan['adapter'],
  first: Promise<Resolution>,
  ended: (id: string) => void,
): Plan {
  let latest = first
  // Whoever waits for the start hears of a refusal; the broker asks for it only later, if at all.
  first.catch(() => undefined)
  const plan: Plan = {
    id: '',
    name: attempt.member.name,
    ...kind,
    adapter,
    answered: first,
    resolve(restart) {
      if (restart) latest = resolveAgain(attempt)
      return latest
    },
    ended() {
      ended(plan.id)
      void finish(latest, attempt)
    },
  }
  return plan
}

async function finish(latest: Promise<Resolution>, attempt: Attempt): Promise<void> {
  const resolution = await latest.catch(() => undefined)
  if (resolution?.kind === 'resolved')
    await runAfter(resolution.arguments['postDebugTask'], taskStart(attempt))
}

function step({ member, params, parts, answers }: Attempt): ResolveStep {
  return resolveConfiguration(member.configuration, resolveFacts(member, params, parts), answers)
}

/** As far as it is known how debugpy is reached; questions that decide this are asked. */
async function stepWithPython(attempt: Attempt): Promise<ResolveStep> {
  let now = step(attempt)
  while (now.kind === 'ask' && now.python === undefined) now = await stepAfter(now.question, attempt)
  return now
}

async function stepAfter(question: Question, attempt: Attempt): Promise<ResolveStep> {
  attempt.answers.set(question.id, await answerOf(question, attempt))
  return step(attempt)
}

/**
 * Questions, then the preLaunchTask, then a last look at what it may have made. `begun`: the adapter that was chosen
 * from `first`, which holds unless an answer came after it.
 */
async function complete(
  first: ResolveStep,
  attempt: Attempt,
  begun?: LaunchPlan['adapter'],
): Promise<Resolution> {
  const { member, parts, signal } = attempt
  let now = first
  while (now.kind === 'ask') now = await stepAfter(now.question, attempt)
  if (now.kind !== 'resolved') throw new StartRefused(refusedStep(now, member, parts))
  await runBefore(now.arguments['preLaunchTask'], { ...taskStart(attempt), signal })
  checkStart(now.arguments, member, parts)
  const adapter = (now === first ? begun : undefined) ?? (await chooseAdapter(now, attempt))
  return { kind: 'resolved', arguments: withOwnLauncher(now), adapter }
}

/** Where nothing else was written, debugpy's launcher runs in the program's Python: the chosen one may be broken. */
function withOwnLauncher({
  arguments: args,
  origins,
}: Extract<ResolveStep, { kind: 'resolved' }>): JsonObject {
  const { debugLauncherPython, ...others } = args
  const isChosen = origins.some(
    ({ kind, path }) => path[0] === 'debugLauncherPython' && kind !== 'launch.json',
  )
  return isChosen ? others : args
}

function taskStart({ member, params, parts, ui }: Attempt) {
  return { folder: member.folder, params, parts, ui }
}

async function answerOf(question: Question, attempt: Attempt): Promise<Answer> {
  const { member, params, parts, ui, signal } = attempt
  const { interpreterFor } = resolveFacts(member, params, parts)
  const interpreter = () => interpreterFor(undefined)
  const answer = await answerQuestion(
    question,
    member.folder?.path ?? '',
    { ...parts, ...ui, interpreter },
    signal,
  )
  if (signal.aborted) throw new StartRefused(startCancelled())
  if (typeof answer === 'object' && answer !== null && 'cannotAsk' in answer) {
    throw new StartRefused(cannotAsk(answer.cannotAsk, member, parts))
  }
  return answer
}

/** A restart: launch.json and env files as they are now. */
async function resolveAgain(before: Attempt): Promise<Resolution> {
  try {
    const attempt = { ...before, member: memberNow(before), signal: new AbortController().signal }
    return await complete(step(attempt), attempt)
  } catch (error) {
    if (error instanceof StartRefused) return { kind: 'refused', error: error.error }
    throw error
  }
}

function memberNow({ member, params, parts }: Attempt): Member {
  if (member.launch === undefined) return member
  const { source } = member.launch.place
  const folder = source.kind === 'folder' ? { folder: uriOf(source.folder.path) } : {}
  const found = findMembers(parts.workspace, parts.host.platform, {
    ...params,
    ...folder,
    configuration: member.name,
  })
  const [now] = 'kind' in found ? [] : found.members
  if (now === undefined) throw new StartRefused(notFoundAnymore(member.name, found))
  return now
}
