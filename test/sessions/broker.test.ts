import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Resolution } from '../../server/sessions/launchPlan'
import { connectDap, type DapClient, NVIM_DAP, startSession } from '../support/dapClient'
import {
  connectTo,
  debugpyAdapter,
  debugpyPlan,
  ended,
  type PlanOptions,
  PYTHON,
  programFolder,
  stubOf,
  type TestBroker,
  testBroker,
} from '../support/debugSession'
import { eventually } from '../support/eventually'

const GREETS = 'import os\nvalue = os.environ["GREETING"]\nprint(value)\nraise SystemExit(3)\n'

test('launch with a token: breakpoint, variables, exit code, nothing left', async () => {
  const broker = await testBroker()
  const overs: string[] = []
  const { plan, program } = greeting('hello', { ended: () => void overs.push('once') })
  const { id, client, stub } = await connectTo(broker, plan)
  const capabilities = await startSession(client, stub, { breakpoints: { [program]: [3] } })
  expect(capabilities).toMatchObject({ supportTerminateDebuggee: true, supportsRestartRequest: true })

  const { threadId } = await client.waitFor('stopped')
  const { stackFrames } = await client.request('stackTrace', { threadId })
  const [frame] = stackFrames as { id: number; line: number }[]
  expect(frame?.line).toBe(3)
  const value = await client.request('evaluate', { expression: 'value', frameId: frame?.id })
  expect(value['result']).toBe("'hello'")
  expect(broker.sessions()).toMatchObject([
    { id, name: 'app', state: 'stopped', pids: [expect.any(Number), expect.any(Number)] },
  ])

  await client.request('continue', { threadId })
  expect(await client.waitFor('exited')).toMatchObject({ exitCode: 3 })
  await client.waitFor('terminated')
  expect(await ended(broker, id)).toMatchObject({ exitCode: 3 })
  expect(client.output('stdout')).toBe('hello\n')
  expect(broker.changes.map(({ state }) => state)).toEqual([
    'starting',
    'running',
    'stopped',
    'running',
    'ended',
  ])
  expect(overs).toEqual(['once'])
})

test('an editor that closes on terminated, one that says terminate after it, one that never closes', async () => {
  const broker = await testBroker({ timeouts: { close: 300 } })
  for (const habit of ['closes', 'terminate', 'nothing'] as const) {
    const { plan } = greeting('hello')
    const { id, client, stub } = await connectTo(broker, plan)
    await startSession(client, stub)
    await client.waitFor('terminated')
    if (habit === 'closes') client.end()
    if (habit === 'terminate') {
      await client.request('threads')
      await client.request('terminate')
      expect(await client.ask('stackTrace', { threadId: 1 })).toMatchObject({ success: false })
      await client.request('disconnect')
    }
    await ended(broker, id)
    await client.closed
  }
})

test('the same token starts it again when it is over, with the configuration as it is then', async () => {
  const broker = await testBroker()
  const { plan, program } = greeting('unused', {
    resolve: restart =>
      resolved({ program, console: 'internalConsole', env: { GREETING: restart ? 'second' : 'first' } }),
  })
  const { token } = broker.prepare(plan)
  for (const greets of ['first', 'second', 'second']) {
    const client = await connected(broker)
    await startSession(client, stubOf(plan, token))
    await client.waitFor('terminated')
    expect(client.output('stdout')).toBe(`${greets}\n`)
  }
})

test('a refused configuration is told with its remedy, and the token is good for the next try', async () => {
  const broker = await testBroker()
  const { plan, program } = greeting('unused', {
    resolve: restart =>
      restart
        ? resolved({ program, console: 'internalConsole', env: { GREETING: 'mended' } })
        : {
            kind: 'refused',
            error: {
              kind: 'invalidConfiguration',
              message: 'There is no app.py.',
              remedy: 'Correct "program".',
            },
          },
  })
  const { id, client, stub } = await connectTo(broker, plan)
  await client.request('initialize', NVIM_DAP)
  const response = await client.ask('launch', stub)
  expect(response).toMatchObject({
    success: false,
    message: 'There is no app.py.\nCorrect "program".',
    body: { error: { format: 'There is no app.py.\nCorrect "program".', showUser: true } },
  })
  await ended(broker, id)
  const next = await connected(broker)
  await startSession(next, stub)
  await next.waitFor('terminated')
  expect(next.output('stdout')).toBe('mended\n')
})

test('a program that breaks inside the resolution is no end of the server', async () => {
  const broker = await testBroker()
  const { plan } = greeting('unused', {
    resolve: () => {
      throw new TypeError('undefined is not a function')
    },
  })
  const { client, stub } = await connectTo(broker, plan)
  await client.request('initialize', NVIM_DAP)
  expect((await client.ask('launch', stub)).message).toContain('an error inside launch-ls')
  expect(broker.logged.join('\n')).toContain('undefined is not a function')
})

test.each([
  ['a command that does not exist', ['/nowhere/python', 'adapter'], /ENOENT/],
  ['a Python without debugpy', [PYTHON, '-c', 'import nowhere'], /No module named 'nowhere'/],
  ['what is no adapter', [PYTHON, '-c', 'print("hello")'], /exit code 0/],
  ['no command', [], /argument/],
  ['a variable with a NUL', [PYTHON], /null bytes/, { NAME: 'a\0b' }],
  ['a folder that does not exist', [PYTHON], /ENOENT/, {}, '/nowhere'],
])('%s: the start fails at once and says why', async (_, command, reason, env = process.env, cwd = '/') => {
  const broker = await testBroker()
  const { plan } = greeting('unused', { adapter: { kind: 'spawn', command, env, cwd } })
  const { id, client, stub } = await connectTo(broker, plan)
  await client.request('initialize', NVIM_DAP)
  const response = await client.ask('launch', stub, 3_000)
  expect(response.success).toBe(false)
  expect(response.message).toMatch(reason)
  await ended(broker, id)
})

test('a fast start that fails is tried once without', async () => {
  const broker = await testBroker()
  const fallback = debugpyAdapter()
  const { plan } = greeting('hello', {
    adapter: {
      kind: 'spawn',
      command: [PYTHON, '-c', 'raise SystemExit(9)'],
      env: process.env,
      cwd: '/',
      fallback,
    },
  })
  const { client, stub } = await connectTo(broker, plan)
  await startSession(client, stub)
  await client.waitFor('terminated')
  expect(client.output('stdout')).toBe('hello\n')
  expect(client.output('console')).toContain('without the fast start')
})

test('when the resolution names another adapter than the one that was begun, that one is used', async () => {
  const broker = await testBroker()
  const { plan, program } = greeting('unused', {
    adapter: { kind: 'spawn', command: [PYTHON, '-c', 'input()'], env: process.env, cwd: '/' },
    resolve: () => resolved({ program, console: 'internalConsole', env: { GREETING: 'hello' } }),
  })
  const { id, client, stub } = await connectTo(broker, plan)
  await startSession(client, stub)
  await client.waitFor('terminated')
  expect(client.output('stdout')).toBe('hello\n')
  await ended(broker, id)
})

test('nobody comes: the adapter ends and the token is void', async () => {
  const broker = await testBroker({ timeouts: { token: 30 } })
  const { plan } = greeting('hello')
  const { id } = broker.prepare(plan)
  expect(await ended(broker, id)).toMatchObject({ reason: 'No editor connected.' })
})

test('the time to connect begins when the editor has the token', async () => {
  const broker = await testBroker({ timeouts: { token: 30 } })
  let answer: () => void = () => undefined
  const answered = new Promise<void>(resolve => {
    answer = resolve
  })
  const { plan } = greeting('hello')
  const { id } = broker.prepare({ ...plan, answered })
  const other = broker.prepare(plan)
  await ended(broker, other.id)
  expect(broker.sessions()).toMatchObject([{ id, state: 'starting' }])
  answer()
  await ended(broker, id)
})

test('a cancelled start: the adapter ends and the token is void', async () => {
  const broker = await testBroker()
  const { plan } = greeting('hello')
  const { id, client, stub } = await connectTo(broker, plan)
  broker.cancel(id)
  await ended(broker, id)
  await client.request('initialize', NVIM_DAP)
  expect(await client.ask('launch', stub)).toMatchObject({ success: false })
})

test('stop ends a session and tells the editor', async () => {
  const broker = await testBroker()
  const { plan, program } = greeting('hello')
  const { id, client, stub } = await connectTo(broker, plan)
  await startSession(client, stub, { breakpoints: { [program]: [2] } })
  await client.waitFor('stopped')
  await broker.stop(id)
  await client.waitFor('exited')
  await client.waitFor('terminated')
  expect(await ended(broker, id)).toMatchObject({ reason: 'Stopped.' })
})

test('attach to a program that listens: disconnect lets it live, terminateDebuggee does not', async () => {
  const broker = await testBroker()
  const { port, exited } = await listening('import time\nwhile True:\n    time.sleep(0.05)  # line 6\n')
  for (const terminateDebuggee of [false, true]) {
    const adapter = { kind: 'connect', host: '127.0.0.1', port } as const
    const args = { connect: { host: '127.0.0.1', port } }
    const plan = debugpyPlan(args, {
      request: 'attach',
      adapter,
      resolve: () => ({ kind: 'resolved', arguments: args, adapter }),
    })
    const { id, client, stub } = await connectTo(broker, plan)
    await startSession(client, stub, { request: 'attach' })
    await client.request('pause', { threadId: 1 })
    await client.waitFor('stopped')
    await client.request('disconnect', { terminateDebuggee }, 2_000)
    await client.waitFor('terminated')
    await ended(broker, id)
  }
  await exited
})

test('restart of an attached program attaches again, and lets it live', async () => {
  const broker = await testBroker()
  const { port } = await listening('import time\nwhile True:\n    time.sleep(0.05)  # line 6\n')
  const adapter = { kind: 'connect', host: '127.0.0.1', port } as const
  const args = { connect: { host: '127.0.0.1', port } }
  const plan = debugpyPlan(args, { request: 'attach', adapter })
  const { client, stub } = await connectTo(broker, plan)
  await startSession(client, stub, { request: 'attach' })
  const before = await client.waitFor('process')
  await client.request('restart')
  expect(await client.waitFor('process')).toMatchObject({ systemProcessId: before['systemProcessId'] })
  await client.request('pause', { threadId: 1 })
  await client.waitFor('stopped')
  await client.request('disconnect', { terminateDebuggee: true }, 2_000)
})

test.each([
  ['nobody listens', undefined, /Nothing to attach to at 127\.0\.0\.1:\d+ \(connection refused\)/],
  [
    'what listens hangs up',
    (socket: import('node:net').Socket) => void socket.end(),
    /closed the connection/,
  ],
])('attach where %s', async (_, serve, message) => {
  const { createServer } = await import('node:net')
  const server = createServer(socket => serve?.(socket))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  if (serve === undefined) server.close()
  else onTestFinished(() => void server.close())
  const broker = await testBroker()
  const adapter = { kind: 'connect', host: '127.0.0.1', port } as const
  const plan = debugpyPlan({ connect: { host: '127.0.0.1', port } }, { request: 'attach', adapter })
  const { client, stub } = await connectTo(broker, plan)
  await client.request('initialize', NVIM_DAP)
  const response = await client.ask('attach', stub, 3_000)
  expect(response.success).toBe(false)
  expect(response.message).toMatch(message)
})

/** A program that prints GREETING. */
function greeting(text: string, options: PlanOptions = {}) {
  const folder = programFolder({ 'app.py': GREETS })
  const program = join(folder, 'app.py')
  const args = { program, cwd: folder, console: 'internalConsole', env: { GREETING: text } }
  return { plan: debugpyPlan(args, options), program }
}

function resolved(args: Record<string, unknown>): Resolution {
  return { kind: 'resolved', arguments: args, adapter: debugpyAdapter() }
}

async function connected(broker: TestBroker): Promise<DapClient> {
  const client = await connectDap(broker.endpoint)
  onTestFinished(() => client.reset())
  return client
}

/** A program that waits in `debugpy.listen`. */
async function listening(text: string): Promise<{ port: number; exited: Promise<unknown> }> {
  const folder = programFolder({
    'app.py': `import debugpy\nport = debugpy.listen(("127.0.0.1", 0))[1]\nprint(port, flush=True)\n${text}`,
  })
  const child = spawn(PYTHON, [join(folder, 'app.py')])
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  child.stdout.setEncoding('utf8').on('data', part => {
    said += part
  })
  const exited = new Promise(resolve => child.once('exit', resolve))
  await eventually('it listens', () => said.includes('\n'))
  return { port: Number(said), exited }
}
