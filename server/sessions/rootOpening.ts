import { randomBytes } from 'node:crypto'
import type { Platform } from '../core/host'
import { isObject, type JsonObject } from '../core/json'
import type { Log } from '../core/log'
import type { StartError } from '../protocol'
import { type AdapterCommand, type AdapterLink, connectAdapter, spawnAdapter } from './adapterLink'
import type { Trace } from './dapPeer'
import type { AdapterChoice, LaunchPlan, Resolution } from './launchPlan'
import type { ProcessTable } from './processTree'
import type { Opened, SessionSetup } from './session'
import { endProcesses } from './sessionEnd'
import { attachUnreachable } from './sessionErrors'
import { type SpareAdapters, startKey } from './spareAdapters'
import { StartRefused, startCancelled } from './startError'

export interface OpeningOptions {
  readonly id: string
  readonly platform: Platform
  readonly processes: ProcessTable
  readonly spares?: SpareAdapters
  /** A process was started. */
  started(link: AdapterLink): void
  readonly log: Log
  /** A value that must not be written down. */
  hide(secret: string): void
  readonly trace?: Trace
}

/**
 * How a session of a plan reaches its adapter. The process that the plan names is started at once, beside the
 * resolution; it is used when the resolution agrees.
 */
export function rootOpening(
  plan: LaunchPlan,
  options: OpeningOptions,
): Pick<SessionSetup, 'open' | 'discard'> {
  /** Adapters that run. */
  const running = new Set<AdapterLink>()
  let isDiscarded = false
  const begun = (adapter: AdapterCommand): Prepared => {
    const prepared = begin(adapter, options)
    running.add(prepared.link)
    void prepared.link.ended.then(() => running.delete(prepared.link))
    return prepared
  }
  let ready = plan.adapter.kind === 'spawn' ? begun(plan.adapter) : undefined

  const take = async (adapter: AdapterChoice): Promise<Pick<Opened, 'link' | 'retry'>> => {
    const prepared = ready
    ready = undefined
    if (adapter.kind === 'connect') {
      await prepared?.link.stop()
      return { link: await connectAdapter(adapter.host, adapter.port, CONNECT_BOUND, options.trace) }
    }
    const isFit = prepared?.isAlive() === true && isSame(prepared.adapter, adapter)
    if (!isFit) void prepared?.link.stop()
    const { link } = prepared !== undefined && isFit ? prepared : begun(adapter)
    const { fallback } = adapter
    // Whoever turned the fast start off gets plain debugpy and nothing beside it.
    if (fallback !== undefined) options.spares?.keep(adapter)
    return fallback?.kind === 'spawn' ? { link, retry: () => begun(fallback).link } : { link }
  }

  return {
    open: async restart => {
      const resolution = await resolved(plan, restart, options)
      if (resolution.kind === 'refused') return resolution
      if (isDiscarded) return { kind: 'refused', error: startCancelled() }
      const { adapter, arguments: args } = resolution
      for (const secret of secretsOf(args, adapter)) options.hide(secret)
      try {
        return { kind: 'opened', ...(await take(adapter)), arguments: { ...args } }
      } catch (error) {
        if (adapter.kind === 'spawn') throw error
        return { kind: 'refused', error: attachUnreachable(adapter.host, adapter.port, reasonOf(error)) }
      }
    },
    discard: async () => {
      isDiscarded = true
      await Promise.all([...running].map(link => endUnused(link, options.processes)))
    },
  }
}

/** A fast start has its launcher waiting beside it. */
function endUnused(link: AdapterLink, processes: ProcessTable): Promise<void> {
  const family = { marker: link.marker, adapter: link.pid, program: undefined }
  return endProcesses({ link, processes, family, program: 'exited' })
}

interface Prepared {
  readonly adapter: AdapterCommand
  readonly link: AdapterLink
  isAlive(): boolean
}

function begin(adapter: AdapterCommand, options: OpeningOptions): Prepared {
  const { id, platform, spares, started, trace } = options
  // Inside a debugged server, debugpy would take itself for started already.
  const { DEBUGPY_RUNNING, ...env } = adapter.env
  // Its own for each adapter: while the processes of one are ended, those of the next begin.
  const marker = `${id}-${randomBytes(4).toString('hex')}`
  // What a spare one says is not in the trace from its beginning.
  const spare = trace === undefined ? spares?.take(adapter) : undefined
  const link = spare ?? spawnAdapter({ ...adapter, env }, marker, platform, trace)
  let isAlive = true
  void link.ended.then(() => {
    isAlive = false
  })
  started(link)
  return { adapter, link, isAlive: () => isAlive && !link.peer.isClosed }
}

async function resolved(plan: LaunchPlan, restart: boolean, { log }: OpeningOptions): Promise<Resolution> {
  try {
    return await plan.resolve(restart)
  } catch (error) {
    if (error instanceof StartRefused) return { kind: 'refused', error: error.error }
    log('error', `resolve ${plan.name}: ${error instanceof Error ? error.stack : String(error)}`)
    return { kind: 'refused', error: internal(plan.name) }
  }
}

function internal(name: string): StartError {
  return {
    kind: 'invalidConfiguration',
    message: `"${name}" could not be resolved: an error inside launch-ls.`,
    remedy: "The server's log holds the details; please report them.",
  }
}

/** What the configuration and its env file put into the environment, beyond what everything here inherits. */
function secretsOf({ env }: JsonObject, adapter: AdapterChoice): string[] {
  if (!isObject(env)) return []
  const inherited = adapter.kind === 'spawn' ? adapter.env : {}
  const values = Object.entries(env).filter(([key, value]) => inherited[key] !== value)
  return values.map(([, value]) => value).filter(value => typeof value === 'string')
}

/** Milliseconds. */
const CONNECT_BOUND = 10_000

function isSame(a: AdapterCommand, b: AdapterCommand): boolean {
  return startKey(a) === startKey(b)
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error))
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'no such host',
  EHOSTUNREACH: 'no way to that host',
  ENETUNREACH: 'no way to that network',
  ETIMEDOUT: 'no answer',
}
