import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import type { Environment, Host } from '../../server/core/host'
import type { DidChangeSession, StartError } from '../../server/protocol'
import { type Broker, type BrokerOptions, startBroker } from '../../server/sessions/broker'
import type { DebugpyPlace } from '../../server/sessions/debugpyAdapter'
import type { AdapterChoice, LaunchPlan, Resolution } from '../../server/sessions/launchPlan'
import { MARKER } from '../../server/sessions/processTree'
import { diskFiles } from '../../server/workspace/disk'
import { connectDap, type DapClient } from './dapClient'
import { eventually } from './eventually'
import { makeFolder } from './folder'

export const PYTHON = process.env['LAUNCH_LS_TEST_PYTHON'] ?? 'python3'

/** This machine. */
export const HOST: Host = {
  platform: process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux',
  env: process.env,
  homeDir: tmpdir(),
  cwd: process.cwd(),
}

export interface TestBroker extends Broker {
  readonly changes: DidChangeSession[]
  readonly logged: string[]
}

/** A broker that ends with the test, and whose processes must have ended with it. */
export async function testBroker(options: Partial<BrokerOptions> = {}): Promise<TestBroker> {
  const changes: DidChangeSession[] = []
  const logged: string[] = []
  const broker = await startBroker({
    host: HOST,
    files: diskFiles,
    nodeCommand: ['launch-ls'],
    log: (_level, message) => logged.push(message),
    onSession: change => changes.push(change),
    ...options,
  })
  onTestFinished(() => broker.close())
  return Object.assign(broker, { changes, logged })
}

export interface PlanOptions {
  readonly request?: 'launch' | 'attach'
  readonly adapter?: AdapterChoice
  readonly env?: Environment
  /** Called for each resolution; by default the same arguments. */
  readonly resolve?: (restart: boolean) => Promise<Resolution> | Resolution
  readonly ended?: () => void
}

/** A plan for the real debugpy. */
export function debugpyPlan(args: Record<string, unknown>, options: PlanOptions = {}): LaunchPlan {
  const adapter = options.adapter ?? debugpyAdapter(options.env)
  const resolve = options.resolve ?? (() => ({ kind: 'resolved', arguments: args, adapter }))
  return {
    name: 'app',
    type: 'debugpy',
    request: options.request ?? 'launch',
    adapter,
    resolve: async restart => resolve(restart),
    ...(options.ended === undefined ? {} : { ended: options.ended }),
  }
}

export function debugpyAdapter(env: Environment = process.env): AdapterChoice {
  return { kind: 'spawn', command: [PYTHON, join(debugpyPlace().folder, 'adapter')], env, cwd: tmpdir() }
}

/** Prepares the plan and connects to it. */
export async function connectTo(
  broker: Broker,
  plan: LaunchPlan,
): Promise<{ id: string; client: DapClient; stub: Record<string, unknown> }> {
  const { id, token } = broker.prepare(plan)
  const client = await connectDap(broker.endpoint)
  onTestFinished(() => client.reset())
  return { id, client, stub: stubOf(plan, token) }
}

export function stubOf(plan: LaunchPlan, token: string): Record<string, unknown> {
  return { type: plan.type, request: plan.request, name: plan.name, token }
}

export function refusal(error: StartError): Resolution {
  return { kind: 'refused', error }
}

/** The debugpy of the test's Python. */
export function debugpyPlace(): DebugpyPlace {
  const ask =
    'import debugpy, os, json; print(json.dumps([os.path.dirname(debugpy.__file__), debugpy.__version__]))'
  place ??= JSON.parse(execFileSync(PYTHON, ['-c', ask], { encoding: 'utf8' })) as [string, string]
  const [folder, version] = place
  return { folder, version }
}
let place: [string, string] | undefined

/** A folder of the test with these files; gone after it. Returns its path. */
export function programFolder(files: Readonly<Record<string, string>>): string {
  const { path, remove } = makeFolder(files)
  onTestFinished(remove)
  return path
}

/** The session is over, and what it ran is gone. */
export async function ended(broker: TestBroker, id: string): Promise<DidChangeSession> {
  const find = () => broker.changes.find(change => change.id === id && change.state === 'ended')
  const change = await eventually('the session is over', find)
  expect(survivors(id)).toEqual([])
  return change
}

/** Pids of the processes that carry the marker of a session. Linux only. */
export function survivors(id: string): number[] {
  if (!existsSync('/proc')) return []
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(name => {
      try {
        const isZombie = / [ZX] /.test(readFileSync(`/proc/${name}/stat`, 'utf8').replace(/.*\)/, ''))
        return !isZombie && readFileSync(`/proc/${name}/environ`, 'utf8').includes(`${MARKER}=${id}`)
      } catch {
        return false
      }
    })
    .map(Number)
}
