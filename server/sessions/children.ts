import { isObject, type JsonObject } from '../core/json'
import type { Endpoint } from '../protocol'
import { type AdapterLink, connectAdapter, within } from './adapterLink'
import type { DapPeer } from './dapPeer'
import { type ClientCapabilities, initializeArguments } from './debugpyArguments'

/**
 * Our own capability of an editor: it hears of children by debugpy's event `debugpyAttach`. An editor that says neither
 * yes nor no may know the event or not.
 */
export const ATTACH_EVENT = 'supportsDebugpyAttachEvent'

/** A child process of a program, as debugpy announces it: it waits until somebody attaches. */
export interface ChildPlan {
  readonly name: string
  readonly pid: number | undefined
  /** Where the parent's adapter serves children. */
  readonly address: { readonly host: string; readonly port: number }
  /** For `attach`; without the environment that debugpy copies from its parent. */
  readonly arguments: JsonObject
}

/** Reads the configuration in `startDebugging` or the body of `debugpyAttach`. */
export function childPlan(configuration: unknown, link: AdapterLink): ChildPlan | undefined {
  if (!isObject(configuration)) return undefined
  const { connect, subProcessId, name } = configuration
  // A program attached to over a tunnel calls its adapter by a name that is good on its own machine only.
  const address = link.address ?? addressOf(connect)
  if (address === undefined) return undefined
  const { env: _env, type: _type, request: _request, ...rest } = configuration
  return {
    name: typeof name === 'string' ? name : 'Subprocess',
    pid: typeof subProcessId === 'number' ? subProcessId : undefined,
    address,
    arguments: rest,
  }
}

/** What the editor is told instead: where to connect and the token to say, and nothing else. */
export function childStub(plan: ChildPlan, type: string, token: string, endpoint: Endpoint): JsonObject {
  const { host, port } = endpoint
  return { type, request: 'attach', name: plan.name, token, connect: { host, port } }
}

export interface Announcement {
  readonly plan: ChildPlan
  /** From `childStub`. */
  readonly stub: JsonObject
  readonly client: DapPeer
  readonly capabilities: ClientCapabilities
  /** Milliseconds for the editor to attach. */
  readonly timeout: number
  /** It left one alone before, so it is told but not waited for. */
  readonly isIgnored: boolean
  /** An editor has attached, or the session is over. */
  isTaken(): boolean
}

/**
 * Tells the editor of a child, in the way it knows, and lets the child run when nobody attaches. Resolves with
 * whether somebody did.
 */
export function announceChild(announcement: Announcement): Promise<boolean> {
  const { plan, stub, client, capabilities, isIgnored, isTaken } = announcement
  const canStartDebugging = capabilities['supportsStartDebuggingRequest'] === true
  if (!canStartDebugging && capabilities[ATTACH_EVENT] === false) {
    void releaseChild(plan)
    return Promise.resolve(false)
  }
  return new Promise(resolve => {
    const giveUp = () => {
      clearTimeout(timer)
      resolve(isTaken())
      if (!isTaken()) void releaseChild(plan)
    }
    const timer = setTimeout(giveUp, isIgnored ? 0 : announcement.timeout)
    timer.unref()
    if (!canStartDebugging) client.event('debugpyAttach', stub)
    else {
      client.ask('startDebugging', { request: 'attach', configuration: stub }, ({ success }) => {
        if (!success) giveUp()
      })
    }
  })
}

/**
 * Lets a child run that no editor attaches to: attaches, and detaches at once. Until somebody does, the child waits,
 * and often its parent with it. Never rejects.
 */
export async function releaseChild(plan: ChildPlan): Promise<void> {
  const { host, port } = plan.address
  const link = await connectAdapter(host, port, RELEASE_BOUND).catch(() => undefined)
  if (link === undefined) return
  await within(RELEASE_BOUND, attachAndDetach(link.peer, plan.arguments))
  await link.stop()
}

function attachAndDetach(peer: DapPeer, args: JsonObject): Promise<void> {
  return new Promise(resolve => {
    const detach = () => peer.ask('disconnect', { terminateDebuggee: false }, () => resolve())
    peer.listen({
      onRequest: request => peer.refuse(request, 'Nobody is here.'),
      onResponse: ignore,
      onEvent: ({ event }) => {
        if (event === 'initialized') peer.ask('configurationDone', {}, ignore)
      },
      onDrain: ignore,
      onClosed: () => resolve(),
    })
    peer.ask('initialize', initializeArguments({}), ignore)
    peer.ask('attach', args, detach)
  })
}

/** Milliseconds for each step. */
const RELEASE_BOUND = 5_000

function addressOf(connect: unknown): { host: string; port: number } | undefined {
  if (!isObject(connect)) return undefined
  const { host, port } = connect
  return typeof host === 'string' && typeof port === 'number' ? { host, port } : undefined
}

function ignore(): void {
  // the next step tells
}
