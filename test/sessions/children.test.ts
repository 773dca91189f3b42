import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { BARE_CLIENT, connectDap, type DapClient, NVIM_DAP, startSession } from '../support/dapClient'
import {
  connectTo,
  debugpyPlan,
  ended,
  programFolder,
  type TestBroker,
  testBroker,
} from '../support/debugSession'
import { eventually } from '../support/eventually'

/** dap-mode and Sublime's Debugger: children are told by an event. */
const DAP_MODE = { ...NVIM_DAP, supportsStartDebuggingRequest: false }

/** Longer than any test: nothing waits for a child that is refused. */
const NEVER = { child: 600_000 }

const CHILD = 'import sys\nname = sys.argv[1]\nsys.stdout.write(f"child {name}\\n")\n'
const PARENT = `
import os, subprocess, sys
child = os.path.join(os.path.dirname(os.path.abspath(__file__)), "child.py")
for name in sys.argv[1:]:
    subprocess.run([sys.executable, child, name])
print("done", flush=True)
`
const AT_ONCE = `
import os, subprocess, sys
child = os.path.join(os.path.dirname(os.path.abspath(__file__)), "child.py")
for process in [subprocess.Popen([sys.executable, child, name]) for name in sys.argv[1:]]:
    process.wait()
print("done", flush=True)
`

describe.each([
  ['startDebugging', NVIM_DAP],
  ['debugpyAttach', DAP_MODE],
])('by %s', (way, initialize) => {
  test('a child stops at its breakpoint, in a session of its own', async () => {
    const { broker, id, client, folder } = await parent(['one'], initialize)
    const stub = await childStub(client, way)
    expect(stub).toEqual({
      type: 'debugpy',
      request: 'attach',
      name: expect.stringMatching(/^Subprocess \d+$/),
      token: expect.any(String),
      connect: { host: broker.endpoint.host, port: broker.endpoint.port },
    })
    const child = await attach(stub, join(folder, 'child.py'), initialize)
    const { threadId } = await child.waitFor('stopped')
    const { stackFrames } = await child.request('stackTrace', { threadId })
    const frameId = (stackFrames as { id: number }[])[0]?.id
    expect((await child.request('evaluate', { expression: 'name', frameId }))['result']).toBe("'one'")
    const sessions = broker.sessions()
    expect(sessions).toMatchObject([
      { id, state: 'running' },
      { parent: id, state: 'stopped' },
    ])

    await child.request('continue', { threadId })
    await child.waitFor('terminated')
    await client.waitFor('terminated')
    expect(client.output('stdout')).toBe('child one\ndone\n')
    await ended(broker, id)
    await ended(broker, sessions[1]?.id ?? '')
  })
})

test('an editor that knows nothing of children: they run, and only the first one waits', async () => {
  const { broker, id, client } = await parent(['one', 'two', 'three'], BARE_CLIENT)
  await client.waitFor('debugpyAttach')
  await client.waitFor('terminated', 12_000)
  expect(client.output('stdout')).toBe('child one\nchild two\nchild three\ndone\n')
  await ended(broker, id)
}, 20_000)

test('an editor that refuses a child lets it run at once', async () => {
  const onChild = () => {
    throw new Error('no more sessions')
  }
  const { client } = await parent(['one', 'two'], NVIM_DAP, { onChild, timeouts: NEVER })
  await client.waitFor('terminated')
  expect(client.output('stdout')).toBe('child one\nchild two\ndone\n')
})

test('an editor that refuses without message and command', async () => {
  const onChild = () => new Promise(() => undefined)
  const { client } = await parent(['one'], NVIM_DAP, { onChild, timeouts: NEVER })
  await client.waitForRequest('startDebugging')
  const request = client.received.find(
    message => 'command' in message && message.command === 'startDebugging',
  )
  const body = `{"seq":99,"type":"response","request_seq":${request?.seq},"success":false}`
  client.write(`Content-Length: ${body.length}\r\n\r\n${body}`)
  await client.waitFor('terminated')
})

test('twenty children at once', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `n${index}`)
  const seen: unknown[] = []
  const { client, folder, broker, id } = await parent(names, NVIM_DAP, {
    text: AT_ONCE,
    onChild: ({ configuration }) => {
      void follow(configuration as Stub)
    },
  })
  async function follow(stub: Stub): Promise<void> {
    const child = await attach(stub, join(folder, 'child.py'), NVIM_DAP)
    const { threadId } = await child.waitFor('stopped')
    seen.push(stub.token)
    await child.request('continue', { threadId }).catch(() => undefined)
  }
  await eventually('all have stopped', () => seen.length === 20, 30_000)
  expect(new Set(seen).size).toBe(20)
  await client.waitFor('terminated', 30_000)
  expect(client.output('stdout').trim().split('\n').sort()).toEqual(
    [...names.map(name => `child ${name}`), 'done'].sort(),
  )
  await ended(broker, id)
})

test.each([
  [
    'os.fork',
    'import os\nif os.fork() == 0:\n    print("forked", flush=True)\n    os._exit(0)\nos.wait()\n',
    ['forked'],
  ],
  ['multiprocessing, fork', mp('fork'), ['work']],
  ['multiprocessing, spawn', mp('spawn'), ['work']],
  ['multiprocessing, forkserver', mp('forkserver'), ['work']],
  [
    'os.exec',
    'import os, sys\nif len(sys.argv) < 2:\n    os.execv(sys.executable, [sys.executable, __file__, "again"])\nprint("replaced", flush=True)\n',
    ['replaced'],
  ],
])('%s', async (_, text, output) => {
  const broker = await testBroker()
  const folder = programFolder({ 'app.py': text })
  const program = join(folder, 'app.py')
  const { id, client, stub } = await connectTo(
    broker,
    debugpyPlan({ program, cwd: folder, console: 'internalConsole' }),
  )
  let children = 0
  client.onRequest('startDebugging', async ({ configuration }) => {
    children += 1
    void attach(configuration as Stub, program, NVIM_DAP, [])
  })
  await startSession(client, stub)
  await client.waitFor('terminated')
  expect(client.output('stdout').trim().split('\n')).toEqual(output)
  expect(children).toBeGreaterThan(0)
  await ended(broker, id)
})

test('a child session that disconnects lets its program run on', async () => {
  const { client, folder } = await parent(['one'], NVIM_DAP)
  const child = await attach(await childStub(client, 'startDebugging'), join(folder, 'child.py'), NVIM_DAP)
  await child.waitFor('stopped')
  await child.request('disconnect', {}, 2_000)
  await client.waitFor('terminated')
  expect(client.output('stdout')).toBe('child one\ndone\n')
})

test('the end of the parent is the end of a stopped child', async () => {
  const { client, folder, broker, id } = await parent(['one'], NVIM_DAP)
  const child = await attach(await childStub(client, 'startDebugging'), join(folder, 'child.py'), NVIM_DAP)
  await child.waitFor('stopped')
  await client.request('disconnect', {}, 2_000)
  await child.waitFor('terminated')
  await ended(broker, id)
})

interface Stub extends Record<string, unknown> {
  readonly token: string
  readonly connect: { readonly host: string; readonly port: number }
}

async function parent(
  names: readonly string[],
  initialize: Record<string, unknown>,
  { text = PARENT, onChild = (_: Record<string, unknown>): unknown => ({}), timeouts = {} } = {},
): Promise<{ broker: TestBroker; id: string; client: DapClient; folder: string }> {
  const broker = await testBroker({ timeouts })
  const folder = programFolder({ 'app.py': text, 'child.py': CHILD })
  const plan = debugpyPlan({
    program: join(folder, 'app.py'),
    args: names,
    cwd: folder,
    console: 'internalConsole',
    env: { SECRET: 'of the env file' },
  })
  const { id, client, stub } = await connectTo(broker, plan)
  client.onRequest('startDebugging', onChild)
  await startSession(client, stub, { initialize })
  return { broker, id, client, folder }
}

async function childStub(client: DapClient, way: string): Promise<Stub> {
  const stub =
    way === 'startDebugging' ? (await client.waitForRequest(way))['configuration'] : await client.waitFor(way)
  return stub as Stub
}

async function attach(
  stub: Stub,
  path: string,
  initialize: Record<string, unknown>,
  lines: readonly number[] = [3],
): Promise<DapClient> {
  const child = await connectDap(stub.connect)
  onTestFinished(() => child.reset())
  child.onRequest('startDebugging', async ({ configuration }) => {
    void attach(configuration as Stub, path, initialize, lines)
  })
  await startSession(child, stub, { request: 'attach', initialize, breakpoints: { [path]: lines } })
  return child
}

function mp(method: string): string {
  return `
import multiprocessing

def work():
    print("work", flush=True)

if __name__ == "__main__":
    context = multiprocessing.get_context("${method}")
    process = context.Process(target=work)
    process.start()
    process.join()
`
}
