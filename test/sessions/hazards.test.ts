import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { CAPABILITIES } from '../../server/sessions/debugpyCapabilities'
import { UNANSWERED_REQUESTS } from '../../server/sessions/debugpyHazards'
import { connectDap, type DapClient, dapClient, NVIM_DAP, startSession } from '../support/dapClient'
import {
  connectTo,
  debugpyAdapter,
  debugpyPlan,
  ended,
  programFolder,
  testBroker,
} from '../support/debugSession'
import { eventually } from '../support/eventually'

const OURS = ['restart', 'cancel']

/** A session of a program that has stopped in its last line. */
async function stopped(text: string, args: Record<string, unknown> = {}) {
  const broker = await testBroker()
  const folder = programFolder({ 'app.py': text })
  const program = join(folder, 'app.py')
  const plan = debugpyPlan({ program, cwd: folder, console: 'internalConsole', ...args })
  const { id, client, stub } = await connectTo(broker, plan)
  const line = text.trimEnd().split('\n').length
  await startSession(client, stub, { breakpoints: { [program]: [line] } })
  const { threadId } = await client.waitFor('stopped')
  return { broker, id, client, program, threadId }
}

test('requests that debugpy never answers are refused at once, and the session goes on', async () => {
  const { client } = await stopped('value = 1\nprint(value)\n')
  for (const command of UNANSWERED_REQUESTS) {
    if (OURS.includes(command)) continue
    const response = await client.ask(command, {})
    expect(response).toMatchObject({
      success: false,
      command,
      message: `debugpy does not support ${command}.`,
    })
  }
  expect((await client.request('threads', {}))['threads']).toHaveLength(1)
})

test.each([
  ['an unknown command', 'fooBar', {}, 'fooBar'],
  ['a second initialize', 'initialize', NVIM_DAP, 'initialized already'],
  ['a second launch', 'launch', {}, 'started already'],
  ['a nest of a thousand lists', 'setBreakpoints', { source: nest(1_000) }, 'nested too deeply'],
  [
    'an expression that is a number',
    'evaluate',
    { expression: 7 },
    '"expression" of evaluate must be a text',
  ],
])('%s is refused, and the session goes on', async (_, command, args, message) => {
  const { client } = await stopped('value = 1\nprint(value)\n')
  const response = await client.ask(command, args as Record<string, unknown>)
  expect(response.success).toBe(false)
  expect(response.message).toContain(message)
  expect((await client.request('threads', {}))['threads']).toHaveLength(1)
})

test.each([
  ['arguments that are a list', '{"seq":90,"type":"request","command":"pause","arguments":[1]}'],
  ['arguments that are a number', '{"seq":90,"type":"request","command":"continue","arguments":7}'],
  ['a seq like 90.0', '{"seq":90.0,"type":"request","command":"threads"}'],
  [
    'a text that is no UTF-8',
    '{"seq":90,"type":"request","command":"evaluate","arguments":{"expression":"\xff"}}',
  ],
])('%s: answered, and the session goes on', async (_, body) => {
  const { client } = await stopped('value = 1\nimport time\ntime.sleep(60)\n')
  client.write(Buffer.from(`Content-Length: ${body.length}\r\n\r\n${body}`, 'latin1'))
  await eventually('it is answered', () =>
    client.received.some(message => 'request_seq' in message && message.request_seq === 90),
  )
  await client.request('threads', {})
})

test.each([
  ['no JSON', 'this is no JSON'],
  ['a number', '7'],
  ['a request without a number', '{"type":"request","command":"threads"}'],
])('%s is ignored', async (_, body) => {
  const { client } = await stopped('value = 1\nprint(value)\n')
  client.write(`Content-Length: ${body.length}\r\n\r\n${body}`)
  await client.request('threads', {})
})

test('continue while it runs is answered, and it can still be stopped', async () => {
  const { client } = await stopped('import time\nwhile True: time.sleep(0.01)\n')
  for (let times = 0; times < 3; times += 1) await client.request('continue', { threadId: 1 })
  await client.request('setBreakpoints', { source: { path: '/nowhere.py' }, breakpoints: [] })
  await client.request('pause', { threadId: 1 })
  await client.waitFor('stopped')
  await client.request('continue', { threadId: 1 })
})

test('configurationDone at a wrong moment', async () => {
  const { client } = await stopped('value = 1\nprint(value)\n')
  await client.request('configurationDone', {})
  await client.request('configurationDone', {})
  expect((await client.request('threads', {}))['threads']).toHaveLength(1)
})

test('configurationDone without debugging', async () => {
  const broker = await testBroker()
  const folder = programFolder({ 'app.py': 'print(input() if False else "ran")\n' })
  const plan = debugpyPlan({ program: join(folder, 'app.py'), console: 'internalConsole', noDebug: true })
  const { client, stub } = await connectTo(broker, plan)
  await client.request('initialize', NVIM_DAP)
  await client.request('launch', stub)
  await client.request('configurationDone', {})
  expect(await client.waitFor('exited')).toMatchObject({ exitCode: 0 })
  await client.waitFor('terminated')
  expect(client.output('stdout')).toBe('ran\n')
})

test('disconnect without ending the program cannot be done for a launched one, and says so', async () => {
  const { broker, id, client } = await stopped('value = 1\nprint(value)\n')
  await client.request('disconnect', { terminateDebuggee: false }, 2_000)
  expect(client.output('console')).toContain('cannot let a program live on that it launched')
  await ended(broker, id)
})

test('terminate asks the program first when it wants to be asked', async () => {
  const { client } = await stopped(
    'import time\ntry:\n    print("waiting", flush=True)\n    time.sleep(60)\nexcept KeyboardInterrupt:\n    print("asked", flush=True)\n    raise SystemExit(5)\nprint("never")\n',
    { onTerminate: 'KeyboardInterrupt', stopOnEntry: true },
  )
  await client.request('continue', { threadId: 1 })
  await eventually('it waits', () => client.output('stdout').includes('waiting'))
  await client.request('terminate', {}, 2_000)
  expect(await client.waitFor('exited')).toMatchObject({ exitCode: 5 })
  expect(client.output('stdout')).toContain('asked')
})

test('attach that listens can be given up', async () => {
  const broker = await testBroker()
  const port = await freePort()
  const plan = debugpyPlan({ listen: { host: '127.0.0.1', port } }, { request: 'attach' })
  const { id, client, stub } = await connectTo(broker, plan)
  await client.request('initialize', NVIM_DAP)
  const attached = client.ask('attach', stub)
  expect(await client.waitFor('debugpyWaitingForServer')).toEqual({ host: '127.0.0.1', port })
  await client.request('disconnect', {}, 2_000)
  expect(await attached).toMatchObject({ success: false, message: 'The editor disconnected.' })
  await ended(broker, id)
  await listenOn(port)
})

test('what debugpy refuses is told in its words', async () => {
  const broker = await testBroker()
  const plan = debugpyPlan({ program: 'app.py', module: 'app', console: 'internalConsole' })
  const { id, client, stub } = await connectTo(broker, plan)
  await client.request('initialize', NVIM_DAP)
  const response = await client.ask('launch', stub)
  expect(response.success).toBe(false)
  expect(response.message).toContain('mutually exclusive')
  await ended(broker, id)
})

test('telemetry and ports of debugpy stay here', async () => {
  const { client } = await stopped('value = 1\nprint(value)\n')
  expect(client.events('debugpySockets')).toEqual([])
  expect(client.events('output').filter(({ category }) => category === 'telemetry')).toEqual([])
})

test('the capabilities are those of debugpy itself, put right', async () => {
  const adapter = debugpyAdapter()
  if (adapter.kind !== 'spawn') throw new Error('no process')
  const [file = '', ...args] = adapter.command
  const child = spawn(file, args)
  onTestFinished(() => void child.kill())
  const client = dapClient(child.stdout, child.stdin)
  client.ignoreViolations()
  const bare = await client.request('initialize', NVIM_DAP)
  const { supportsTerminateDebuggee, supportsDebuggerProperties, ...standard } = bare
  expect([supportsTerminateDebuggee, supportsDebuggerProperties]).toEqual([true, true])
  expect(CAPABILITIES).toEqual({
    ...standard,
    supportTerminateDebuggee: true,
    supportsRestartRequest: true,
    supportsCancelRequest: true,
  })
})

test('a long evaluation can be left alone', async () => {
  const { client, threadId } = await stopped('import time\nprint(1)\n')
  const { stackFrames } = await client.request('stackTrace', { threadId })
  const frameId = (stackFrames as { id: number }[])[0]?.id
  const evaluated = client.ask('evaluate', { expression: '[time.sleep(0.5), 7][1]', frameId })
  const seq = client.sent.at(-1)?.seq
  await client.request('cancel', { requestId: seq })
  expect(await evaluated).toMatchObject({ success: false, message: 'cancelled' })
  await client.request('threads', {}, 2_000)
  const again = await client.request('evaluate', { expression: '1 + 1', frameId })
  expect(again['result']).toBe('2')
  const answers = client.received.filter(message => 'request_seq' in message && message.request_seq === seq)
  expect(answers).toHaveLength(1)
})

test('a path format that debugpy does not know', async () => {
  const broker = await testBroker()
  const client: DapClient = await connectDap(broker.endpoint)
  const response = await client.ask('initialize', { ...NVIM_DAP, pathFormat: 'uri' })
  expect(response).toMatchObject({ success: false, message: 'debugpy knows "pathFormat": "path" only.' })
  client.end()
})

function nest(depth: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level += 1) value = [value]
  return value
}

async function freePort(): Promise<number> {
  const server = await listenOn(0)
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function listenOn(port: number) {
  const server = createServer()
  return new Promise<typeof server>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.unref()
      resolve(server)
    })
  })
}
