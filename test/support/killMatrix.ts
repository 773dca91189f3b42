import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import type { Endpoint } from '../../server/protocol'
import type { PreparedSession } from '../../server/sessions/broker'
import { MARKER, type ProcessRow, processTable, signal } from '../../server/sessions/processTree'
import { diskFiles } from '../../server/workspace/disk'
import type { PlanMessage } from './brokerServer'
import { HOST, survivors } from './debugSession'
import { eventually } from './eventually'

/** A broker in a process of its own. */
export interface BrokerProcess {
  readonly endpoint: Endpoint
  prepare(plan: PlanMessage): Promise<PreparedSession>
  kill(name: NodeJS.Signals): void
  readonly exited: Promise<void>
}

/** Bundles `brokerServer.ts` into the folder; the path of the bundle. */
export async function buildBrokerServer(folder: string): Promise<string> {
  const outfile = join(folder, 'brokerServer.mjs')
  await build({
    entryPoints: [join(__dirname, 'brokerServer.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  })
  return outfile
}

export async function startBrokerProcess(bundle: string, store: string): Promise<BrokerProcess> {
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [bundle, store])
  const lines: string[] = []
  createInterface({ input: child.stdout }).on('line', line => lines.push(line))
  child.stderr.resume()
  const next = async (what: string) => {
    await eventually(what, () => lines.length > 0)
    return JSON.parse(lines.shift() ?? '')
  }
  const exited = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const endpoint = (await next('the endpoint')) as Endpoint
  return {
    endpoint,
    prepare: async plan => {
      child.stdin.write(`${JSON.stringify(plan)}\n`)
      return (await next('the token')) as PreparedSession
    },
    kill: name => void child.kill(name),
    exited,
  }
}

/** The processes of a session that debugs a launched program. */
export interface Parties {
  readonly adapter: number
  readonly launcher: number
  readonly program: number
}

const processes = processTable(HOST, diskFiles)

/** The program leads a process group inside the adapter's process session; its parent is the launcher. */
export async function partiesOf(id: string): Promise<Parties> {
  return eventually('adapter, launcher and program run', async () => {
    const rows = await rowsOf(id)
    const adapter = rows.find(row => row.session === row.pid)
    const program = rows.find(row => row.group === row.pid && row.pid !== adapter?.pid)
    return adapter && program
      ? { adapter: adapter.pid, launcher: program.parent, program: program.pid }
      : undefined
  })
}

/** Fails with their command lines when processes of a session outlive the deadline; ends them then. */
export async function nothingLives(id: string, milliseconds = 6_000): Promise<void> {
  let left: string[] = []
  try {
    await eventually(
      '',
      () => {
        left = survivors(id).map(pid => `${pid} ${commandLine(pid)}`)
        return left.length === 0
      },
      milliseconds,
    )
  } catch {
    for (const line of left) signal(Number.parseInt(line, 10), 'SIGKILL')
    throw new Error(`${MARKER}=${id} survived: ${left.join('; ')}`)
  }
}

async function rowsOf(id: string): Promise<ProcessRow[]> {
  const pids = survivors(id)
  return (await processes()).filter(({ pid }) => pids.includes(pid))
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return '(gone)'
  }
}
