import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Resolution } from '../../server/sessions/launchPlan'
import { type DapClient, NVIM_DAP, startSession } from '../support/dapClient'
import {
  connectTo,
  debugpyAdapter,
  debugpyPlan,
  ended,
  programFolder,
  survivors,
  testBroker,
} from '../support/debugSession'

const PROGRAM =
  'import os\n\ndef greet(name):\n    return "hello " + name\n\nprint(greet(os.environ["NAME"]), flush=True)\n'

/** A session that reads NAME afresh each time, stopped in line 4. */
async function stopped() {
  const broker = await testBroker()
  const folder = programFolder({ 'app.py': PROGRAM })
  const program = join(folder, 'app.py')
  const names = ['first', 'second', 'third']
  let refusal: Resolution | undefined
  let adapter = debugpyAdapter()
  const plan = debugpyPlan(
    {},
    {
      resolve: () =>
        refusal ?? {
          kind: 'resolved',
          arguments: { program, cwd: folder, console: 'internalConsole', env: { NAME: names.shift() } },
          adapter,
        },
    },
  )
  const { id, client, stub } = await connectTo(broker, plan)
  await startSession(client, stub, { breakpoints: { [program]: [4] } })
  await client.waitFor('stopped')
  const refuse = (message: string) => {
    refusal = { kind: 'refused', error: { kind: 'invalidConfiguration', message } }
  }
  const breakAdapter = () => {
    adapter = { kind: 'spawn', command: ['/nowhere/python'], env: {}, cwd: '/' }
  }
  return { broker, id, client, program, folder, refuse, breakAdapter }
}

test('the same connection and breakpoints, the configuration and the program as they are now', async () => {
  const { broker, id, client, program } = await stopped()
  expect(await nameAt(client)).toBe("'first'")
  const before = client.received.length
  await client.request('restart')
  await client.waitFor('stopped')
  expect(await nameAt(client)).toBe("'second'")
  const since = client.received.slice(before)
  expect(names(since)).not.toContain('terminated')
  expect(names(since)).not.toContain('initialized')
  expect(names(since)).toContain('continued')

  writeFileSync(program, `# a line more\n${PROGRAM}`)
  await client.request('setBreakpoints', { source: { path: program }, breakpoints: [{ line: 5 }] })
  await client.request('restart')
  await client.waitFor('stopped')
  expect(await nameAt(client)).toBe("'third'")
  await client.request('continue', { threadId: 1 })
  await client.waitFor('terminated')
  expect(client.output('stdout')).toBe('hello third\n')
  await ended(broker, id)
  expect(broker.changes.map(({ state }) => state).filter(state => state === 'ended')).toHaveLength(1)
})

test('ids of breakpoints stay those that the editor knows', async () => {
  const { client, program } = await stopped()
  const { breakpoints } = await client.request('setBreakpoints', {
    source: { path: program },
    breakpoints: [{ line: 4 }, { line: 6 }],
  })
  const ids = (breakpoints as { id: number }[]).map(({ id }) => id)
  await client.request('restart')
  const told = client.events('breakpoint').map(({ breakpoint }) => breakpoint as { id: number; line: number })
  expect(told.map(({ id, line }) => [id, line])).toEqual([
    [ids[0], 4],
    [ids[1], 6],
  ])
  expect((await client.waitFor('stopped'))['hitBreakpointIds']).toEqual([ids[1]])
})

test('exception filters and function breakpoints are kept', async () => {
  const { client, program } = await stopped()
  await client.request('setBreakpoints', { source: { path: program }, breakpoints: [] })
  await client.request('setFunctionBreakpoints', { breakpoints: [{ name: 'greet' }] })
  await client.request('setExceptionBreakpoints', { filters: ['raised'] })
  writeFileSync(program, `${PROGRAM}raise ValueError("late")\n`)
  await client.request('restart')
  expect(await client.waitFor('stopped')).toMatchObject({ reason: 'function breakpoint' })
  await client.request('continue', { threadId: 1 })
  expect(await client.waitFor('stopped')).toMatchObject({ reason: 'exception' })
})

test('a refused configuration leaves the session as it is', async () => {
  const { client, refuse } = await stopped()
  refuse('There is no such folder.')
  expect(await client.ask('restart')).toMatchObject({ success: false, message: 'There is no such folder.' })
  expect(await nameAt(client)).toBe("'first'")
  await client.request('continue', { threadId: 1 })
  expect(await client.waitFor('exited')).toMatchObject({ exitCode: 0 })
})

test('when the new adapter fails, the editor hears the end', async () => {
  const { broker, id, client, breakAdapter } = await stopped()
  breakAdapter()
  expect(await client.ask('restart')).toMatchObject({ success: false })
  await client.waitFor('terminated')
  await ended(broker, id)
})

test('asked by the server', async () => {
  const { broker, id, client, refuse } = await stopped()
  await broker.restart(id)
  await client.waitFor('stopped')
  expect(await nameAt(client)).toBe("'second'")
  refuse('There is no such folder.')
  await expect(broker.restart(id)).rejects.toThrow('There is no such folder.')
  await expect(broker.restart('nobody')).rejects.toThrow('There is no such session.')
})

test('requests in the middle of it are answered, and a disconnect ends it', async () => {
  const { broker, id, client } = await stopped()
  const restarted = client.ask('restart')
  const threads = client.ask('threads')
  await Promise.all([restarted, threads])
  const again = client.ask('restart')
  await client.request('disconnect', {}, 2_000)
  expect((await again).success).toBe(false)
  await ended(broker, id)
})

test('when the program has ended there is nothing to restart', async () => {
  const { client } = await stopped()
  await client.request('continue', { threadId: 1 })
  await client.waitFor('terminated')
  expect(await client.ask('restart')).toMatchObject({ success: false, message: 'The session has ended.' })
})

test('the old program is gone before the new one begins', async () => {
  const broker = await testBroker()
  const folder = programFolder({
    'app.py':
      'import socket\nserver = socket.socket()\nserver.bind(("127.0.0.1", int(open("port").read() or 0)))\nserver.listen()\nopen("port", "w").write(str(server.getsockname()[1]))\nserver.accept()\n',
    port: '',
  })
  const plan = debugpyPlan({ program: join(folder, 'app.py'), cwd: folder, console: 'internalConsole' })
  const { id, client, stub } = await connectTo(broker, plan)
  await startSession(client, stub, { breakpoints: { [join(folder, 'app.py')]: [6] } })
  await client.waitFor('stopped')
  for (let time = 0; time < 3; time += 1) {
    await client.request('restart')
    await client.waitFor('stopped')
  }
  await client.request('disconnect', {}, 2_000)
  await ended(broker, id)
  expect(survivors(id)).toEqual([])
})

test('without debugging', async () => {
  const broker = await testBroker()
  const folder = programFolder({ 'app.py': 'import time\nprint("ran", flush=True)\ntime.sleep(60)\n' })
  const plan = debugpyPlan({ program: join(folder, 'app.py'), console: 'internalConsole', noDebug: true })
  const { id, client, stub } = await connectTo(broker, plan)
  await client.request('initialize', NVIM_DAP)
  await client.request('launch', stub)
  await client.waitFor('process')
  await client.request('restart')
  await client.waitFor('process')
  await client.request('terminate', {}, 2_000)
  await client.waitFor('terminated')
  await ended(broker, id)
})

async function nameAt(client: DapClient): Promise<unknown> {
  const { stackFrames } = await client.request('stackTrace', { threadId: 1 })
  const frameId = (stackFrames as { id: number }[])[0]?.id
  return (await client.request('evaluate', { expression: 'name', frameId }))['result']
}

function names(messages: readonly object[]): unknown[] {
  return messages.flatMap(message => ('event' in message ? [message.event] : []))
}
