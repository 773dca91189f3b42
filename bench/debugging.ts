import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { StartDebugResult } from '../server/protocol'
import { connectDap, type DapClient, dapClient, NVIM_DAP } from '../test/support/dapClient'
import { makeFolder, type TestFolder } from '../test/support/folder'
import { type LspClient, startLspClient } from '../test/support/lspClient'

const PROGRAM = `import sys
def stop_here(values):
    total = sum(values)
    return total
for i in range(3):
    stop_here(list(range(10)))
`
const CONFIGURATION = {
  name: 'app',
  type: 'debugpy',
  request: 'launch',
  program: '${workspaceFolder}/app.py',
  console: 'internalConsole',
  stopOnEntry: true,
}

/** A workspace for both sides, and an editor on it with a server that just started. */
export interface Bed {
  readonly folder: TestFolder
  readonly python: string
  readonly debugpy: string
}

export function makeBed(environment: { python: string; debugpy: string }, program = PROGRAM): Bed {
  const folder = makeFolder({
    'app.py': program,
    '.vscode/launch.json': JSON.stringify({
      configurations: [CONFIGURATION, { ...CONFIGURATION, name: 'runs', stopOnEntry: false }],
    }),
  })
  return { folder, ...environment }
}

export function startServer({ folder, python }: Bed): Promise<LspClient> {
  return startLspClient({ folders: [folder.path], settings: { 'python.defaultInterpreterPath': python } })
}

/** A debug session with its clock: milliseconds from the user's wish to the first stop. */
export interface Stopped {
  readonly client: DapClient
  readonly threadId: unknown
  readonly milliseconds: number
  /** Ends it and waits until nothing is left. */
  end(): Promise<void>
}

/** Through launch-ls: `startDebug` to `stopped`. */
export async function stopWithUs(editor: LspClient, configuration = 'app'): Promise<Stopped> {
  const began = performance.now()
  const { sessions } = await editor.request<StartDebugResult>('startDebug', { configuration })
  const [session] = sessions
  if (session === undefined) throw new Error('no session')
  const client = await connectDap(session.endpoint)
  const threadId = await toStop(client, { ...session.configuration }, configuration === 'app')
  const milliseconds = performance.now() - began
  return {
    client,
    threadId,
    milliseconds,
    async end() {
      await client.request('disconnect', { terminateDebuggee: true })
      client.end()
      await client.closed
    },
  }
}

/** debugpy's own adapter, spoken to directly on stdio: spawn to `stopped`. */
export async function stopDirectly(
  { folder, python, debugpy }: Bed,
  configuration = 'app',
): Promise<Stopped> {
  const began = performance.now()
  const adapter: ChildProcess = spawn(python, [join(debugpy, 'adapter')], {
    stdio: ['pipe', 'pipe', 'ignore'],
    cwd: folder.path,
  })
  if (adapter.stdout === null || adapter.stdin === null) throw new Error('no pipes')
  const client = dapClient(adapter.stdout, adapter.stdin)
  // Bare debugpy sends events of its own.
  client.ignoreViolations()
  const isStopping = configuration === 'app'
  const args = {
    ...CONFIGURATION,
    program: join(folder.path, 'app.py'),
    cwd: folder.path,
    python: [python],
    stopOnEntry: isStopping,
    redirectOutput: true,
    showReturnValue: true,
  }
  const threadId = await toStop(client, args, isStopping)
  const milliseconds = performance.now() - began
  return {
    client,
    threadId,
    milliseconds,
    async end() {
      const exited = once(adapter, 'exit')
      await client.request('disconnect', { terminateDebuggee: true })
      client.end()
      await exited
    },
  }
}

async function toStop(
  client: DapClient,
  args: Record<string, unknown>,
  isStopping: boolean,
): Promise<unknown> {
  await client.request('initialize', NVIM_DAP)
  const launched = client.request('launch', args)
  await Promise.race([client.waitFor('initialized'), launched])
  // What every editor says, one after the other, before the program may run.
  await client.request('setBreakpoints', { source: { path: args['program'] ?? '' }, breakpoints: [] })
  await client.request('setExceptionBreakpoints', { filters: ['uncaught'] })
  await client.request('configurationDone')
  await launched
  if (!isStopping) return undefined
  return (await client.waitFor('stopped'))['threadId']
}
