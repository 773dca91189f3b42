import type {
  CommandLineResult,
  PathMappingsResult,
  ResolveParams,
  ResolveResult,
  StartDebugParams,
  StartDebugResult,
  StartError,
} from '../protocol'
import { StartRefused } from '../sessions/startError'
import { createGroup } from './group'
import type { LaunchingParts, Ui } from './machine'
import { findMembers, type Starting } from './members'
import { commandLine, pathMappings } from './otherSide'
import { prepareSession } from './prepare'
import { preview } from './preview'
import { runBefore } from './tasks'

/** From a name to sessions that wait for their editor: the one way, for the server, `run` and `dap`. */
export interface Launcher {
  /**
   * Finds, resolves, asks, runs preLaunchTasks and starts adapters; answers when the editor may connect.
   * @throws StartRefused; nothing that was started for it is left then
   */
  start(params: StartDebugParams, ui: Ui, signal: AbortSignal): Promise<StartDebugResult>
  /** What would be sent to the adapter. Starts and asks nothing. */
  resolve(params: ResolveParams): ResolveResult
  /** What to run on the other side of an attach configuration. */
  commandLine(params: StartDebugParams): CommandLineResult
  pathMappings(params: StartDebugParams): PathMappingsResult
}

export function createLauncher(parts: LaunchingParts): Launcher {
  return {
    start: (params, ui, signal) => start(parts, params, ui, signal),
    resolve: params => preview(parts, params),
    commandLine: params => commandLine(parts, params),
    pathMappings: params => pathMappings(parts, params),
  }
}

async function start(
  parts: LaunchingParts,
  params: StartDebugParams,
  ui: Ui,
  signal: AbortSignal,
): Promise<StartDebugResult> {
  const found = findMembers(parts.workspace, parts.host.platform, params)
  if ('kind' in found) throw new StartRefused(found)
  // VS Code starts nothing then, and says nothing.
  if (found.members.length === 0) throw new StartRefused(found.missing ?? nothingToStart(found.name))
  const { folder } = found.members[0] ?? {}
  await runBefore(found.preLaunchTask, { folder, params, parts, ui, signal })
  const group = createGroup(parts, found.stopAll)
  const outcomes = await Promise.allSettled(
    found.members.map(member => prepareSession(member, { params, parts, ui, signal }, group)),
  )
  const sessions = outcomes.flatMap(outcome => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  const failures = outcomes.flatMap(outcome =>
    outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
  )
  // All refused, or a mistake of ours: the first says why. Some refused: the others start, as in VS Code.
  const [failure] = failures
  const bug = failures.find(reason => !(reason instanceof StartRefused))
  if (failure !== undefined && (sessions.length === 0 || bug !== undefined)) {
    await group.cancel()
    throw bug ?? failure
  }
  return { name: found.name, sessions, stopAll: found.stopAll, ...refusedOf(found, failures) }
}

function nothingToStart(name: string): StartError {
  return {
    kind: 'invalidConfiguration',
    message: `Compound '${name}' has no configurations: there is nothing to start.`,
    remedy: 'Name at least one in its "configurations".',
  }
}

function refusedOf({ missing }: Starting, failures: readonly unknown[]): Pick<StartDebugResult, 'refused'> {
  const errors = failures.flatMap(reason => (reason instanceof StartRefused ? [reason.error] : []))
  // Escape at one member's question leaves that member out without a word.
  const refused = [
    ...(missing === undefined ? [] : [missing]),
    ...errors.filter(({ kind }) => kind !== 'cancelled'),
  ]
  return refused.length === 0 ? {} : { refused }
}
