import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { NVIM_DAP, startSession } from '../support/dapClient'
import { connectTo, debugpyPlan, ended, programFolder, testBroker } from '../support/debugSession'
import { eventually } from '../support/eventually'

const WITHOUT_TERMINAL = { ...NVIM_DAP, supportsRunInTerminalRequest: false }
const PROGRAM =
  'import os, sys\nvalue = 42\nprint("ran", value, os.environ["NAME"], flush=True)\nraise SystemExit(4)\n'

async function session(args: Record<string, unknown> = {}, timeouts: { terminal?: number } = {}) {
  const broker = await testBroker({ timeouts })
  const folder = programFolder({ 'app.py': PROGRAM })
  const program = join(folder, 'app.py')
  const given = { program, cwd: folder, console: 'integratedTerminal', env: { NAME: 'me' }, ...args }
  const { id, client, stub } = await connectTo(broker, debugpyPlan(given))
  return { broker, id, client, stub, program, folder }
}

/** What an editor does with `runInTerminal`, as nvim-dap: runs it and keeps the output. */
function terminal(said: string[]) {
  return ({ args, cwd, env }: Record<string, unknown>) => {
    const [file = '', ...rest] = args as string[]
    const child = spawn(file, rest, { cwd: cwd as string, env: { ...process.env, ...(env as object) } })
    onTestFinished(() => void child.kill('SIGKILL'))
    child.stdout.setEncoding('utf8').on('data', (text: string) => said.push(text))
    child.once('exit', code => said.push(`exit ${code}`))
    return { processId: child.pid }
  }
}

test('in the terminal of the editor', async () => {
  const { broker, id, client, stub, program } = await session()
  const said: string[] = []
  client.onRequest('runInTerminal', terminal(said))
  await startSession(client, stub, { breakpoints: { [program]: [3] } })
  await client.waitFor('stopped')
  await client.request('continue', { threadId: 1 })
  expect(await client.waitFor('exited')).toMatchObject({ exitCode: 4 })
  await client.waitFor('terminated')
  await ended(broker, id)
  // The launcher was left to end by itself: a terminal shows how it ended.
  await eventually('it ends in the terminal', () => said.join('') === 'ran 42 me\nexit 4')
  expect(client.output('console')).toBe('')
})

test('the program in a terminal dies with the session', async () => {
  const { broker, id, client, stub, program } = await session()
  client.onRequest('runInTerminal', terminal([]))
  await startSession(client, stub, { breakpoints: { [program]: [3] } })
  await client.waitFor('stopped')
  client.reset()
  await ended(broker, id)
})

test.each(['integratedTerminal', 'externalTerminal'])('%s, and the editor has none', async console => {
  const { broker, id, client, stub } = await session({
    console,
    waitOnAbnormalExit: true,
    redirectOutput: false,
  })
  await startSession(client, stub, { initialize: WITHOUT_TERMINAL })
  await client.waitFor('terminated')
  expect(client.output('stdout')).toBe('ran 42 me\n')
  expect(client.output('console')).toContain(`"console": "${console}" becomes "internalConsole"`)
  await ended(broker, id)
})

test.each([
  ['with a reason', 'no window', '(no window)'],
  ['without a reason', undefined, '(no reason given)'],
])('the editor refuses %s: the program runs without a terminal', async (_, message, told) => {
  const { broker, id, client, stub } = await session()
  client.onRequest('runInTerminal', () => new Promise(() => undefined))
  const started = startSession(client, stub)
  await client.waitForRequest('runInTerminal')
  const request = client.received.find(it => 'command' in it && it.command === 'runInTerminal')
  const body = JSON.stringify({
    seq: 99,
    type: 'response',
    request_seq: request?.seq,
    success: false,
    message,
  })
  client.write(`Content-Length: ${body.length}\r\n\r\n${body}`)
  await started
  await client.waitFor('terminated')
  expect(client.output('stdout')).toBe('ran 42 me\n')
  expect(client.output('console')).toContain(told)
  await ended(broker, id)
})

test('a terminal that never begins the program: the start fails with what to do', async () => {
  const { broker, id, client, stub } = await session({}, { terminal: 300 })
  client.onRequest('runInTerminal', () => ({}))
  await client.request('initialize', NVIM_DAP)
  const response = await client.ask('launch', stub)
  expect(response.success).toBe(false)
  expect(response.message).toContain('did not start the program within 0.3 s')
  expect(response.message).toContain('internalConsole')
  await ended(broker, id)
})

test('an editor that answers only when the program is over', async () => {
  const { client, stub } = await session()
  const said: string[] = []
  const run = terminal(said)
  client.onRequest('runInTerminal', async args => {
    run(args)
    await client.waitFor('exited')
    return {}
  })
  await startSession(client, stub)
  await client.waitFor('terminated')
  expect(said.join('')).toContain('ran 42 me\n')
})

test('sudo: nothing is given up while it may ask for a password', async () => {
  const { folder, broker, id, client, stub } = await session({ sudo: true }, { terminal: 100 })
  const asked = client.waitForRequest('runInTerminal')
  client.onRequest('runInTerminal', () => ({}))
  await client.request('initialize', NVIM_DAP)
  const launched = client.ask('launch', stub)
  const { args, cwd } = await asked
  expect((args as string[]).slice(0, 2)).toEqual(['sudo', '-E'])
  expect(cwd).toBe(folder)
  const outcome = await Promise.race([
    launched,
    new Promise(resolve => setTimeout(() => resolve('waits'), 400)),
  ])
  expect(outcome).toBe('waits')
  await client.request('disconnect', {}, 2_000)
  expect(await launched).toMatchObject({ success: false })
  await ended(broker, id)
})

test('args as one text: for the shell of the editor if it has one, else in words', async () => {
  for (const [initialize, seen] of [
    [{ ...NVIM_DAP, supportsArgsCanBeInterpretedByShell: true }, { argsCanBeInterpretedByShell: true }],
    [NVIM_DAP, {}],
  ] as const) {
    const { client, stub } = await session({ args: '--name "two words"' })
    client.onRequest('runInTerminal', () => ({}))
    await client.request('initialize', initialize)
    client.ask('launch', stub).catch(() => undefined)
    const { args, ...rest } = await client.waitForRequest('runInTerminal')
    const words = (args as string[]).slice(-2)
    if ('argsCanBeInterpretedByShell' in seen) expect(words.at(-1)).toBe('--name "two words"')
    else expect(words).toEqual(['--name', 'two words'])
    expect(rest).toMatchObject(seen)
    await client.request('disconnect', {}, 2_000)
  }
})

test('the environment of the configuration is no argument of a process', async () => {
  const { client, stub, program } = await session({ env: { NAME: 'me', SECRET: 'of-the-env-file' } })
  const asked: Record<string, unknown>[] = []
  const run = terminal([])
  client.onRequest('runInTerminal', args => {
    asked.push(args)
    return run(args)
  })
  await startSession(client, stub, { breakpoints: { [program]: [3] } })
  await client.waitFor('stopped')
  expect(JSON.stringify(asked)).not.toContain('of-the-env-file')
  const { systemProcessId } = client.events('process')[0] ?? {}
  expect(readFileSync(`/proc/${systemProcessId}/cmdline`, 'utf8')).not.toContain('of-the-env-file')
  await client.request('disconnect', {}, 2_000)
})
