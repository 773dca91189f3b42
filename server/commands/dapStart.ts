import { dirname } from 'node:path'
import { PassThrough, type Readable, type Writable } from 'node:stream'
import type { JsonObject } from '../core/json'
import { createLauncher } from '../launching/launcher'
import type { LaunchingParts, Ui } from '../launching/machine'
import { findMembers } from '../launching/members'
import type { DidChangeSession, Endpoint, StartDebugParams, StartDebugResult } from '../protocol'
import type { DapRequest } from '../sessions/dapMessage'
import { joinEndpoint } from '../sessions/endpointPipe'
import { StartRefused } from '../sessions/startError'
import { pathOf } from '../workspace/paths'
import type { Workspace } from '../workspace/workspace'
import { type Common, openWorkspace } from './arguments'
import { type Machine, UsageError } from './command'
import { childEndpoint, startParams } from './dapArguments'
import { launchingParts } from './launching'

/** Where the session of a `launch` or `attach` is: the far side of what the editor says. */
export interface Started {
  readonly readable: Readable
  readonly writable: Writable
  readonly request: 'launch' | 'attach'
  /** The arguments in the place of the editor's. */
  readonly stub: JsonObject
  /** Of a compound, the others. */
  readonly others: readonly OtherSession[]
  readonly refused: StartDebugResult['refused']
  /** Undefined for a child of another process's session. */
  readonly parts: OpenParts | undefined
}

export interface OtherSession {
  /** As the broker knows it. */
  readonly id: string
  /** For `startDebugging`. */
  readonly configuration: JsonObject
}

export type OpenParts = LaunchingParts & { close(): Promise<void> }

export interface StartOptions {
  readonly machine: Machine
  readonly flags: Common
  readonly ui: Ui
  readonly signal: AbortSignal
  /** The editor can begin other sessions when it is asked to. */
  readonly canStartDebugging: boolean
  onSession(change: DidChangeSession): void
}

/** @throws StartRefused, UsageError; nothing that was started for it is left then */
export async function startFor(request: DapRequest, options: StartOptions): Promise<Started> {
  const { machine, canStartDebugging, ui, signal } = options
  const endpoint = childEndpoint(request.arguments)
  if (endpoint !== undefined) return await joinParent(request, endpoint)
  const params = startParams(request, machine.host.cwd)
  const parts = launchingParts(machine, workspaceFor(params, options), options.onSession)
  try {
    if (!canStartDebugging) refuseSeveral(parts, params)
    const { sessions, refused } = await createLauncher(parts).start(params, ui, signal)
    const [session, ...others] = sessions
    if (session === undefined) throw new UsageError('There is nothing to start.')
    const connect = { ...session.endpoint }
    const [writable, readable] = [new PassThrough(), new PassThrough()]
    const broker = await parts.broker()
    broker.attachStream(writable, readable)
    return {
      readable,
      writable,
      request: session.configuration.request,
      stub: { ...session.configuration },
      others: others.map(({ id, configuration }) => ({ id, configuration: { ...configuration, connect } })),
      refused,
      parts,
    }
  } catch (error) {
    await parts.close()
    throw error
  }
}

/** An editor that begins each session in a process of its own: the parent's process has the session. */
async function joinParent(
  { command, arguments: stub }: DapRequest,
  { host, port }: Endpoint,
): Promise<Started> {
  const socket = await joinEndpoint(host, port)
  const request = command === 'launch' ? 'launch' : 'attach'
  return { readable: socket, writable: socket, request, stub, others: [], refused: [], parts: undefined }
}

/**
 * The workspace of the flags, else of the folder or the file that the editor named, else of the folder it is in. A
 * whole configuration needs no launch.json anywhere.
 */
function workspaceFor(
  { folder, editor, configuration }: StartDebugParams,
  { flags, machine }: StartOptions,
): Workspace {
  const isNamed = (flags.folder ?? []).length > 0 || flags.workspace !== undefined
  if (!isNamed && folder !== undefined) return openWorkspace({ ...flags, folder: [pathOf(folder)] }, machine)
  const near = isNamed || editor?.file === undefined ? undefined : dirname(editor.file)
  try {
    return openWorkspace(flags, machine, near)
  } catch (error) {
    if (!(error instanceof UsageError) || isNamed) throw error
    if (near !== undefined) return workspaceFor({ configuration }, { flags, machine } as StartOptions)
    if (typeof configuration === 'string') throw error
    return openWorkspace({ ...flags, folder: [machine.host.cwd] }, machine)
  }
}

/** @throws StartRefused for a compound, before anything of it runs */
function refuseSeveral({ workspace, host }: LaunchingParts, params: StartDebugParams): void {
  const found = findMembers(workspace, host.platform, params)
  if ('kind' in found || found.members.length < 2) return
  const names = found.members.map(({ name }) => `'${name}'`).join(', ')
  throw new StartRefused({
    kind: 'invalidConfiguration',
    message: `'${found.name}' is a compound of ${names}, and this editor has one session at a time.`,
    remedy: `Start its members one by one.`,
  })
}
