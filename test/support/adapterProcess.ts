import { execFile, spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import type { AdapterChoice } from '../../server/sessions/launchPlan'
import { type DapClient, dapClient, NVIM_DAP } from './dapClient'

export interface Adapter {
  readonly client: DapClient
  readonly pid: number
  /** Closes its stdin and waits for its end. */
  end(): Promise<void>
}

/** An adapter of one's own, spoken to directly: nothing of the server is between. */
export function startAdapter(choice: AdapterChoice): Adapter {
  if (choice.kind !== 'spawn') throw new Error('only what is started here')
  const [file = '', ...args] = choice.command
  const child = spawn(file, args, {
    cwd: choice.cwd,
    env: { ...choice.env },
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
  })
  const exited = new Promise<void>(resolve => child.once('exit', () => resolve()))
  return {
    client: dapClient(child.stdout, child.stdin),
    pid: child.pid ?? 0,
    end: async () => {
      child.stdin.end()
      await exited
    },
  }
}

/** What a user gets from a program. */
export interface Outcome {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: unknown
}

export interface RunOptions {
  /** Called when the program may be configured: breakpoints. */
  readonly configure?: (client: DapClient) => Promise<void>
  /** Called once the program runs; the program goes on to its end. */
  readonly whileRunning?: (client: DapClient) => Promise<void>
}

/** Runs a program to its end under this adapter; in a terminal of the test where the arguments ask for one. */
export async function runProgram(
  choice: AdapterChoice,
  launch: Readonly<Record<string, unknown>>,
  options: RunOptions = {},
): Promise<Outcome> {
  const { client, end } = startAdapter(choice)
  // Bare debugpy has events of its own.
  client.ignoreViolations()
  let terminal: Promise<Outcome> | undefined
  client.onRequest('runInTerminal', args => {
    const [file = '', ...rest] = args['args'] as string[]
    const env = { ...process.env, ...(args['env'] as Record<string, string>) }
    terminal = run(file, rest, { cwd: String(args['cwd']), env })
    return {}
  })
  try {
    await client.request('initialize', NVIM_DAP)
    const started = client.request('launch', launch)
    if (launch['noDebug'] !== true) {
      await Promise.race([client.waitFor('initialized'), started])
      await options.configure?.(client)
      await client.request('configurationDone')
    }
    await started
    await options.whileRunning?.(client)
    const { exitCode } = await client.waitFor('exited')
    await client.waitFor('terminated')
    const inConsole = { stdout: client.output('stdout'), stderr: client.output('stderr') }
    return { ...inConsole, ...(await terminal), exitCode }
  } finally {
    await end()
  }
}

/** The folder of the debugpy package of this interpreter. */
export async function debugpyOf(python: string): Promise<{ folder: string; version: string }> {
  const code = 'import debugpy, os; print(os.path.dirname(debugpy.__file__), debugpy.__version__, sep="|")'
  const { stdout, stderr } = await run(python, ['-c', code], { cwd: tmpdir() })
  const [folder, version] = stdout.trim().split('|')
  if (folder === undefined || version === undefined) throw new Error(`no debugpy in ${python}: ${stderr}`)
  return { folder, version }
}

/** Runs a command to its end. */
export function run(
  file: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<Outcome> {
  return new Promise(resolve => {
    const child = execFile(file, args, options, (error, stdout, stderr) => {
      resolve({ stdout, stderr, exitCode: error === null ? 0 : child.exitCode })
    })
    child.stdin?.end()
  })
}
