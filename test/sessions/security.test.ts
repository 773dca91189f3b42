import { spawn } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createStore } from '../../server/workspace/store'
import { connectDap, type DapClient, frame, NVIM_DAP, startSession } from '../support/dapClient'
import { debugpyPlan, ended, programFolder, stubOf, survivors, testBroker } from '../support/debugSession'
import { eventually } from '../support/eventually'

const REFUSED = /no session of launch-ls/

test.each([
  ['a wrong token', { token: 'x'.repeat(43) }, REFUSED],
  ['an empty token', { token: '' }, REFUSED],
  ['no token', {}, /needs the "token"/],
  ['a token that is a list', { token: ['a'] }, /needs the "token"/],
  ['a whole configuration', { program: '/bin/sh', args: [] }, /needs the "token"/],
])('%s: refused with a reason, and closed', async (_, args, message) => {
  const { broker } = await prepared()
  const client = await connectDap(broker.endpoint)
  await client.request('initialize', NVIM_DAP)
  const response = await client.ask('launch', args)
  expect(response.success).toBe(false)
  expect(response.message).toMatch(message)
  expect(response.body).toMatchObject({ error: { format: response.message, showUser: true } })
  await client.closed
})

test.each(['evaluate', 'threads', 'setBreakpoints', 'debugpySystemInfo', 'runInTerminal'])(
  'without a session %s reaches nobody',
  async command => {
    const { broker } = await prepared()
    const client = await connectDap(broker.endpoint)
    await client.request('initialize', NVIM_DAP)
    expect(await client.ask(command, {})).toMatchObject({
      success: false,
      message: 'Send launch or attach first.',
    })
    client.end()
  },
)

test('a token in use is refused to a second connection, and the first goes on', async () => {
  const { broker, client, stub, program } = await prepared()
  await startSession(client, stub, { breakpoints: { [program]: [2] } })
  await client.waitFor('stopped')
  const second = await connectDap(broker.endpoint)
  await second.request('initialize', NVIM_DAP)
  expect((await second.ask('launch', stub)).message).toContain('Another connection has this session')
  await second.closed
  expect((await client.request('threads'))['threads']).toHaveLength(1)
})

test('an editor whose connection broke comes back with its token, before the news of the break', async () => {
  const { broker, client, stub, program } = await prepared()
  await startSession(client, stub, { breakpoints: { [program]: [2] } })
  await client.waitFor('stopped')
  const again = await connectDap(broker.endpoint)
  await again.request('initialize', NVIM_DAP)
  const started = again.request('launch', stub)
  client.reset()
  await again.waitFor('initialized')
  await again.request('setBreakpoints', { source: { path: program }, breakpoints: [{ line: 2 }] })
  await again.request('configurationDone')
  await started
  await again.waitFor('stopped')
  expect(broker.sessions()).toHaveLength(1)
  again.end()
})

test('of two connections with one token at a time, one has it', async () => {
  const { broker, stub } = await prepared()
  const clients = await Promise.all([connectDap(broker.endpoint), connectDap(broker.endpoint)])
  const refused: unknown[] = []
  for (const each of clients) {
    await each.request('initialize', NVIM_DAP)
    each.ask('launch', stub).then(
      response => response.success || refused.push(response.message),
      () => undefined,
    )
  }
  await Promise.any(clients.map(each => each.waitFor('initialized')))
  await eventually('the other is refused', () => refused.length === 1)
  for (const each of clients) each.end()
})

test('a connection that says nothing is let go', async () => {
  const broker = await testBroker({ timeouts: { stranger: 50 } })
  const silent = await connectDap(broker.endpoint)
  await silent.closed
})

test('many that say nothing do not keep one out that does, once they are gone', async () => {
  const broker = await testBroker({ timeouts: { stranger: 300 } })
  const crowd = await Promise.all(Array.from({ length: 80 }, () => connectDap(broker.endpoint)))
  await Promise.all(crowd.map(({ closed }) => closed))
  const client = await connectDap(broker.endpoint)
  await client.request('initialize', NVIM_DAP)
  client.end()
})

test.each([
  ['a large message', Buffer.concat([Buffer.from('Content-Length: 2000000\r\n\r\n'), Buffer.alloc(100)])],
  ['a header without end', Buffer.alloc(20_000, 'a')],
  ['another protocol', Buffer.from('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')],
])('%s before a token closes the connection', async (_, bytes) => {
  const { broker } = await prepared()
  const client = await connectDap(broker.endpoint)
  client.write(bytes)
  await client.closed
})

test('nothing but loopback is listened on', async () => {
  const { broker } = await prepared()
  expect(broker.endpoint.host).toBe('127.0.0.1')
  const hex = broker.endpoint.port.toString(16).toUpperCase().padStart(4, '0')
  const listeners = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .filter(line => line.includes(`:${hex} 00000000:0000 0A`))
  expect(listeners.map(line => line.trim().split(' ')[1])).toEqual([`0100007F:${hex}`])
})

// Only root can be somebody else; peerUid.test.ts holds the rule for everybody.
test.runIf(process.getuid?.() === 0 && process.platform === 'linux')(
  'another user of this machine gets nothing, not even with the token',
  async () => {
    const { broker, client, stub } = await prepared()
    const attack = `
import socket, sys
s = socket.create_connection(("127.0.0.1", ${broker.endpoint.port}))
s.settimeout(5)
try:
    s.sendall(${JSON.stringify(frame({ seq: 1, type: 'request', command: 'initialize', arguments: NVIM_DAP }).toString())}.encode())
    s.sendall(${JSON.stringify(frame({ seq: 2, type: 'request', command: 'launch', arguments: stub }).toString())}.encode())
    answer = s.recv(4096)
except ConnectionError:
    answer = b""
print("answered" if answer else "nothing")
`
    const child = spawn('python3', ['-c', attack], { uid: 65534, gid: 65534, cwd: '/' })
    let said = ''
    child.stdout.setEncoding('utf8').on('data', text => {
      said += text
    })
    await new Promise(resolve => child.once('exit', resolve))
    expect(said).toBe('nothing\n')
    expect(broker.logged.join()).toContain('another user')
    // The user themselves still can.
    await startSession(client, stub)
    await client.waitFor('terminated')
  },
)

test("neither token nor secret is in a process's arguments, a log, or an event", async () => {
  const { broker, client, stub, program, id } = await prepared()
  await startSession(client, stub, { breakpoints: { [program]: [2] } })
  await client.waitFor('stopped')
  const lines = survivors(id).map(pid => readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
  expect(lines.length).toBeGreaterThan(2)
  for (const secret of [String(stub['token']), 'of-the-env-file']) {
    expect(lines.join()).not.toContain(secret)
    expect(broker.logged.join()).not.toContain(secret)
    expect(JSON.stringify(broker.changes)).not.toContain(secret)
    expect(JSON.stringify(client.received)).not.toContain(secret)
  }
})

test('a trace tells all but the secrets, to nobody else', async () => {
  const folder = programFolder({})
  const store = createStore(join(folder, 'store'))
  const { broker, client, stub, program, id } = await prepared({ store, trace: true })
  await startSession(client, stub, { breakpoints: { [program]: [2] } })
  await client.waitFor('stopped')
  const { stackFrames } = await client.request('stackTrace', { threadId: 1 })
  const frameId = (stackFrames as { id: number }[])[0]?.id
  const value = await client.request('evaluate', { expression: 'secret', frameId })
  expect(value['result']).toBe("'of-the-env-file'")
  await client.request('disconnect', {}, 2_000)
  await ended(broker, id)
  await broker.close()
  const file = join(folder, 'store', 'trace', 'broker.jsonl')
  const text = readFileSync(file, 'utf8')
  expect(text).not.toContain('of-the-env-file')
  expect(text).not.toContain(String(stub['token']))
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const lines = text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>)
  expect(new Set(lines.map(({ name }) => name))).toEqual(new Set(['editor 1', `adapter of ${id}`]))
  const ways = lines.map(
    ({ name, way, message }) => `${name} ${way} ${Object(message).command ?? Object(message).event}`,
  )
  expect(ways).toContain('editor 1 received evaluate')
  expect(ways).toContain(`adapter of ${id} sent evaluate`)
  expect(ways).toContain(`adapter of ${id} received evaluate`)
  expect(ways).toContain('editor 1 sent evaluate')
})

async function prepared(options: Parameters<typeof testBroker>[0] = {}) {
  const broker = await testBroker(options)
  const folder = programFolder({ 'app.py': 'import os; secret = os.environ["SECRET"]\nprint("line 2")\n' })
  const program = join(folder, 'app.py')
  const plan = debugpyPlan({
    program,
    cwd: folder,
    console: 'internalConsole',
    env: { SECRET: 'of-the-env-file' },
  })
  const { id, token } = broker.prepare(plan)
  const client: DapClient = await connectDap(broker.endpoint)
  onTestFinished(() => client.reset())
  return { broker, client, id, program, stub: stubOf(plan, token) }
}
