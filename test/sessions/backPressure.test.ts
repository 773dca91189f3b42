import { readFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { connectDap, frame, framing, NVIM_DAP, startSession } from '../support/dapClient'
import { connectTo, debugpyPlan, ended, programFolder, testBroker } from '../support/debugSession'
import { eventually } from '../support/eventually'

const LINES = 500_000
const PROGRAM = `
for number in range(${LINES}):
    print(f"{number:07} " + "x" * 47)
    if number % 1000 == 0:
        with open("count", "w") as file:
            file.write(str(number))
`

test('an editor that stops reading: memory stays, nothing is lost, others are served', async () => {
  const broker = await testBroker()
  const folder = programFolder({ 'app.py': PROGRAM, count: '0' })
  const plan = debugpyPlan({ program: join(folder, 'app.py'), cwd: folder, console: 'internalConsole' })
  const { id, client, stub } = await connectTo(broker, plan)
  await startSession(client, stub)
  await eventually('it prints', () => client.output('stdout').length > 100)
  const before = memory()
  client.pause()
  await stands(() => readFileSync(join(folder, 'count'), 'utf8'))
  // All that it printed is more than twice as much.
  expect(memory() - before).toBeLessThan(16 * 1024 * 1024)

  const other = await connectDap(broker.endpoint)
  await other.request('initialize', NVIM_DAP, 1_000)
  other.end()

  client.resume()
  await client.waitFor('terminated', 60_000)
  const lines = client.output('stdout').trimEnd().split('\n')
  expect(lines).toHaveLength(LINES)
  expect(lines.at(-1)).toBe(`${LINES - 1} `.padStart(8, '0') + 'x'.repeat(47))
  await ended(broker, id)
}, 120_000)

test('an editor that is not reading can still be left, and its program ends', async () => {
  const broker = await testBroker()
  const folder = programFolder({ 'app.py': PROGRAM, count: '0' })
  const plan = debugpyPlan({ program: join(folder, 'app.py'), cwd: folder, console: 'internalConsole' })
  const { id, client, stub } = await connectTo(broker, plan)
  await startSession(client, stub)
  client.pause()
  await stands(() => readFileSync(join(folder, 'count'), 'utf8'))
  client.ask('disconnect', {}).catch(() => undefined)
  await ended(broker, id)
}, 60_000)

test('an editor that asks without reading the answers is not read either', async () => {
  const { broker, client } = await attachedTo(() => undefined)
  client.pause()
  const asked = 40_000
  const refused = frame({
    seq: 0,
    type: 'request',
    command: 'stepBack',
    arguments: { threadId: 1 },
  }).toString()
  for (let seq = 1_000; seq < 1_000 + asked; seq += 1) {
    client.write(
      refused
        .replace('"seq":0', `"seq":${seq}`)
        .replace(/\d+/, digits => String(Number(digits) + String(seq).length - 1)),
    )
  }
  const other = await connectDap(broker.endpoint)
  await other.request('initialize', NVIM_DAP, 2_000)
  other.end()
  client.resume()
  await eventually('all are answered', () => client.received.length >= asked, 30_000)
  const numbers = client.received.flatMap(message => ('request_seq' in message ? [message.request_seq] : []))
  expect(new Set(numbers).size).toBe(numbers.length)
}, 60_000)

test('an adapter that does not read: the editor waits, nothing is lost', async () => {
  let adapter: Socket | undefined
  const { client } = await attachedTo(socket => {
    adapter = socket
  })
  const count = 2_000
  const before = memory()
  adapter?.pause()
  const text = 'x'.repeat(30_000)
  const answers = Array.from({ length: count }, () => client.ask('evaluate', { expression: text }, 30_000))
  await stands(() => String(adapter?.bytesRead))
  // The editor's own bytes wait in this process too.
  expect(memory() - before).toBeLessThan(count * text.length + 32 * 1024 * 1024)
  adapter?.resume()
  expect((await Promise.all(answers)).filter(({ success }) => success)).toHaveLength(count)
}, 60_000)

/** A session whose adapter is this test: it answers everything with success. */
async function attachedTo(onConnection: (socket: Socket) => void) {
  const server = createServer(socket => {
    let seq = 0
    const send = (message: object) => {
      seq += 1
      socket.write(frame({ seq, ...message }))
    }
    socket.on('error', () => undefined)
    socket.on(
      'data',
      framing(message => {
        if (message.type !== 'request' || !('command' in message)) return
        const body = message.command === 'evaluate' ? { result: '', variablesReference: 0 } : {}
        send({ type: 'response', request_seq: message.seq, command: message.command, success: true, body })
      }),
    )
    onConnection(socket)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const broker = await testBroker()
  const adapter = { kind: 'connect', host: '127.0.0.1', port } as const
  const { client, stub } = await connectTo(broker, debugpyPlan({}, { request: 'attach', adapter }))
  await client.request('initialize', NVIM_DAP)
  await client.request('attach', stub)
  return { broker, client }
}

/** Waits until it has not changed for a second: whoever makes it is blocked. */
async function stands(read: () => string): Promise<void> {
  let last = ''
  let since = Date.now()
  await eventually(
    'it stands still',
    () => {
      const now = read()
      if (now !== last) since = Date.now()
      last = now
      return Date.now() - since > 1_000
    },
    60_000,
  )
}

function memory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
