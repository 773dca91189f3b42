/** `launch-ls dap`: the door for editors that speak DAP and nothing else, as a process on stdio. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  BARE_CLIENT,
  connectDap,
  type DapClient,
  dapClient,
  NVIM_DAP,
  startSession,
} from '../support/dapClient'
import { eventually } from '../support/eventually'
import { makeFolder, type TestFolder } from '../support/folder'
import { serverBundle, testPython } from '../support/lspClient'
import { nothingRemains, processesNaming } from '../support/processes'

const APP = `import os, sys
def work(count):
    doubled = count * 2
    return doubled
print('result', work(21), os.environ.get('WORD'), *sys.argv[1:])
sys.exit(3)
`
const FAMILY = `import subprocess, sys
if len(sys.argv) == 1:
    subprocess.run([sys.executable, __file__, "child"])
    print("parent")
else:
    print("child")
`
const common = { type: 'debugpy', request: 'launch', console: 'internalConsole' }
const LAUNCH = {
  configurations: [
    { ...common, name: 'app', program: '${workspaceFolder}/app.py' },
    { ...common, name: 'asks', program: 'app.py', args: ['${input:x}', '${input:y}'] },
    { ...common, name: 'here', program: 'app.py', args: ['${relativeFile}', '${lineNumber}'] },
    { ...common, name: 'family', program: 'family.py' },
    { ...common, name: 'sleeps', program: '${workspaceFolder}/sleeps.py' },
    { ...common, name: 'fails', program: 'app.py', preLaunchTask: 'fail' },
    { ...common, name: 'builds', program: 'app.py', preLaunchTask: 'build' },
  ],
  compounds: [{ name: 'both', configurations: ['app', 'sleeps'] }],
  inputs: [
    { id: 'x', type: 'promptString', description: 'X' },
    { id: 'y', type: 'pickString', description: 'Y', options: ['a', 'b'] },
  ],
}
const TASKS = {
  version: '2.0.0',
  tasks: [
    { label: 'fail', type: 'process', command: process.execPath, args: ['-e', 'process.exit(4)'] },
    { label: 'build', type: 'shell', command: 'echo building; tail -f "${workspaceFolder}/app.py"' },
  ],
}

let folder: TestFolder
let children: ChildProcess[]
beforeEach(() => {
  children = []
  folder = makeFolder({
    'app.py': APP,
    'family.py': FAMILY,
    'sleeps.py': 'import time\nprint("up", flush=True)\ntime.sleep(600)\n',
    'deep/er.py': '',
    '.env': 'WORD=hello\n',
    '.vscode/launch.json': JSON.stringify(LAUNCH),
    '.vscode/tasks.json': JSON.stringify(TASKS),
  })
})
afterEach(async () => {
  for (const child of children) child.stdin?.destroy()
  await eventually('the end of every adapter', () => children.every(hasEnded))
  await nothingRemains(folder.path)
  folder.remove()
})

function adapter(args: readonly string[] = [], cwd = folder.path) {
  const child = spawn(process.execPath, [serverBundle(), 'dap', '--python', testPython(), ...args], {
    cwd,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, XDG_STATE_HOME: join(folder.path, 'state') },
  })
  children.push(child)
  return { child, client: dapClient(child.stdout, child.stdin) }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

async function printed(client: DapClient): Promise<string> {
  await client.waitFor('terminated')
  return client.output('stdout')
}

describe('what launch may hold', () => {
  test('the name of a configuration', async () => {
    const { client } = adapter()
    const path = join(folder.path, 'app.py')
    await startSession(client, { configuration: 'app' }, { breakpoints: { [path]: [4] } })
    const { threadId } = await client.waitFor('stopped')
    await client.request('continue', { threadId })
    expect(await client.waitFor('exited')).toEqual({ exitCode: 3 })
    expect(await printed(client)).toBe('result 42 hello\n')
  })

  test.each([
    ['inline', { configuration: { program: '${workspaceFolder}/app.py', console: 'internalConsole' } }],
    ['in its place', { program: '${workspaceFolder}/app.py', console: 'internalConsole' }],
  ])('a whole configuration, %s', async (_how, args) => {
    const { client } = adapter()
    await startSession(client, args)
    expect(await printed(client)).toBe('result 42 hello\n')
  })

  test('a whole configuration where there is no launch.json', async () => {
    const other = makeFolder({ 'app.py': 'print("here")\n' })
    const { client } = adapter([], other.path)
    await startSession(client, { program: '${workspaceFolder}/app.py', console: 'internalConsole' })
    expect(await printed(client)).toBe('here\n')
    other.remove()
  })

  test.each([
    ['one', 'one says it\n'],
    ['two', 'two says it\n'],
    [undefined, /Say which: .*folder/],
  ])('of two folders with the name, the one in "folder": %s', async (named, outcome) => {
    const same = JSON.stringify({
      configurations: [{ ...common, name: 'same', program: '${workspaceFolder}/m.py' }],
    })
    const file = folder.write(
      'all.code-workspace',
      JSON.stringify({ folders: [{ path: 'one' }, { path: 'two' }] }),
    )
    for (const name of ['one', 'two']) {
      folder.write(`${name}/.vscode/launch.json`, same)
      folder.write(`${name}/m.py`, `print("${name} says it")\n`)
    }
    const { client } = adapter(['--workspace', file])
    const start = startSession(client, { configuration: 'same', ...(named && { folder: named }) })
    if (outcome instanceof RegExp) return await expect(start).rejects.toThrow(outcome)
    await start
    expect(await printed(client)).toBe(outcome)
  })

  test.each([
    ['an object', { x: 'one two', y: 2 }],
    ['a list of texts', ['x=one two', 'y=2']],
  ])('answers, as %s', async (_how, inputs) => {
    const { client } = adapter()
    await startSession(client, { configuration: 'asks', inputs })
    expect(await printed(client)).toBe('result 42 hello one two 2\n')
  })

  test.each([
    ['an answer', { value: 'typed' }, 'result 42 hello typed typed\n'],
    ['Escape', { value: null }, /cancelled/],
    ['no answer of the protocol', {}, /cancelled/],
  ])('an editor that can be asked: %s', async (_how, answer, outcome) => {
    const { client } = adapter()
    client.ignoreViolations()
    client.onRequest('launchLsPrompt', () => answer)
    const start = startSession(client, { configuration: 'asks', launchLs: true })
    if (outcome instanceof RegExp) await expect(start).rejects.toThrow(outcome)
    else {
      await start
      expect(await printed(client)).toBe(outcome)
      expect(client.events('launchLsSession')).toEqual([{ name: 'asks' }])
    }
    expect(await client.waitForRequest('launchLsPrompt')).toMatchObject({ kind: 'text', title: 'X' })
  })

  test.each([
    ['as the language client has it', () => ({ editor: { file: join(folder.path, 'deep/er.py'), line: 7 } })],
    ['as plain texts', () => ({ file: 'deep/er.py', line: '7' })],
  ])('the file and the line of the editor, %s', async (_how, place) => {
    const { client } = adapter()
    await startSession(client, { configuration: 'here', ...place() })
    expect(await printed(client)).toBe(`result 42 hello ${join('deep', 'er.py')} 7\n`)
  })

  test('a file in another folder than the process', async () => {
    const other = makeFolder()
    const { client } = adapter([], other.path)
    await startSession(client, { configuration: 'here', file: join(folder.path, 'deep/er.py'), line: '7' })
    expect(await printed(client)).toContain('er.py 7\n')
    other.remove()
  })

  test('noDebug: what editors send all the same gets an answer that is no error', async () => {
    const { client } = adapter()
    const path = join(folder.path, 'sleeps.py')
    await client.request('initialize', BARE_CLIENT)
    await client.request('launch', { configuration: 'sleeps', noDebug: true })
    await client.waitFor('initialized')
    expect(await client.request('setBreakpoints', { source: { path }, breakpoints: [{ line: 3 }] })).toEqual({
      breakpoints: [{ verified: false, message: 'The program runs without debugging.' }],
    })
    await client.request('setExceptionBreakpoints', { filters: ['uncaught'] })
    await client.request('configurationDone')
    expect(await client.request('threads')).toEqual({ threads: [] })
    await expect(client.request('evaluate', { expression: '1' })).rejects.toThrow('without debugging')
    await eventually('it runs', () => client.output('stdout').includes('up'))
    await client.request('terminate')
    await client.waitFor('terminated')
  })
})

describe('refusals', () => {
  test.each([
    [{ configuration: 'ap' }, /'ap' is missing.*\n.*'app'/],
    [{ configuration: '' }, /There are: app, asks/],
    [{ configuration: 'asks' }, /input:x[\s\S]*"inputs": \{ "x": … \}[\s\S]*--input x=VALUE/],
    [{ configuration: 'asks', inputs: { x: '1' } }, /input:y/],
    [{ configuration: 'both' }, /'app', 'sleeps'.*one session[\s\S]*one by one/],
    [{ configuration: 'fails' }, /exit code 4[\s\S]*tasks\.json:1$/],
    [{}, /program/],
  ])('%o', async (args, message) => {
    const { client } = adapter()
    await client.request('initialize', BARE_CLIENT)
    const refused = await client.ask('launch', args)
    expect(refused).toMatchObject({ success: false, message: expect.stringMatching(message) })
    expect(refused.body).toMatchObject({ error: { format: refused.message, showUser: true } })
    // The editor may say goodbye, or correct itself on the same process.
    const path = join(folder.path, 'app.py')
    await Promise.all([
      client.request('launch', { configuration: 'app' }),
      client.waitFor('initialized').then(async () => {
        await client.request('setBreakpoints', { source: { path }, breakpoints: [] })
        await client.request('configurationDone')
      }),
    ])
    expect(await printed(client)).toContain('result 42 hello\n')
  })

  test('tell their place to whoever can go there', async () => {
    const { client } = adapter()
    await client.request('initialize', BARE_CLIENT)
    const { body } = await client.ask('launch', { configuration: 'fails' })
    const file = join(folder.path, '.vscode', 'tasks.json')
    const column = String(JSON.stringify(TASKS).indexOf('{"label":"fail"') + 1)
    expect(body).toMatchObject({ error: { variables: { kind: 'taskFailed', file, line: '1', column } } })
  })

  test('Helix hears of an end first, or it would keep the session; then why', async () => {
    const { client } = adapter()
    await client.request('initialize', { ...BARE_CLIENT, clientID: 'hx' })
    const refused = client.ask('launch', { configuration: 'ap' })
    await client.waitFor('terminated')
    const goodbye = await client.ask('disconnect')
    expect(goodbye).not.toHaveProperty('body')
    expect((await refused).message).toContain("'ap' is missing")
  })

  test('no launch.json at all', async () => {
    const other = makeFolder()
    const { client } = adapter([], other.path)
    await client.request('initialize', BARE_CLIENT)
    await expect(client.request('launch', { configuration: 'app' })).rejects.toThrow(/\.vscode\/launch\.json/)
    other.remove()
  })

  test('before launch', async () => {
    const { client } = adapter()
    await expect(client.request('launch', { configuration: 'app' })).rejects.toThrow('initialize')
    await expect(client.request('threads')).rejects.toThrow('launch')
    await client.request('disconnect')
  })
})

describe('several sessions', () => {
  test.each([
    ['by TCP', async ({ connect }: Stub) => await connectDap(connect)],
    ['by a process of its own', async () => adapter().client],
  ])('a child, %s', async (_how, connect) => {
    const { client } = adapter()
    const stubs: Stub[] = []
    client.onRequest('startDebugging', args => void stubs.push(args['configuration'] as Stub))
    await startSession(client, { configuration: 'family' })
    const [stub] = await eventually('a child', () => stubs.length > 0 && stubs)
    const child = await connect(stub as Stub)
    const path = join(folder.path, 'family.py')
    await startSession(child, { ...stub }, { request: 'attach', breakpoints: { [path]: [6] } })
    const { threadId } = await child.waitFor('stopped')
    await child.request('continue', { threadId })
    expect(await printed(client)).toContain('parent\n')
    child.end()
  })

  test('a child of an editor that cannot have it runs at once', async () => {
    const { client } = adapter()
    await startSession(client, { configuration: 'family' }, { initialize: BARE_CLIENT })
    await client.waitFor('process')
    const begun = performance.now()
    expect(await printed(client)).toContain('parent\n')
    expect(client.events('debugpyAttach')).toEqual([])
    expect(performance.now() - begun).toBeLessThan(4_500)
  })

  test('a child, by the event of debugpy that the editor asked for', async () => {
    const { client } = adapter()
    client.ignoreViolations()
    const initialize = { ...BARE_CLIENT, supportsDebugpyAttachEvent: true }
    await startSession(client, { configuration: 'family' }, { initialize })
    const stub = (await client.waitFor('debugpyAttach')) as unknown as Stub
    const child = await connectDap(stub.connect)
    await startSession(child, { ...stub }, { request: 'attach' })
    expect(await printed(client)).toContain('parent\n')
    child.end()
  })

  test('the members of a compound; the process stays until the last is over', async () => {
    const { child: process, client } = adapter()
    const stubs: Stub[] = []
    client.onRequest('startDebugging', args => void stubs.push(args['configuration'] as Stub))
    await startSession(client, { configuration: 'both' })
    const [stub] = await eventually('the other', () => stubs.length > 0 && stubs)
    expect(stub).toMatchObject({ name: 'sleeps', request: 'launch' })
    const other = await connectDap((stub as Stub).connect)
    await startSession(other, { ...stub })
    await eventually('it runs', () => other.output('stdout').includes('up'))
    await client.waitFor('terminated')
    await client.request('disconnect')
    expect((await other.request('threads'))['threads']).toHaveLength(1)
    expect(process.exitCode).toBeNull()
    await other.request('disconnect')
    await eventually('the process ends', () => process.exitCode === 0)
  })

  test('a member that the editor does not want ends with the rest', async () => {
    const { child, client } = adapter()
    await startSession(client, { configuration: 'both' })
    await client.waitForRequest('startDebugging')
    await eventually('the end, with an open stdin', () => child.exitCode === 0)
    expect(client.output('console')).toContain("'sleeps' was not started")
  })
})

interface Stub {
  readonly connect: { readonly host: string; readonly port: number }
  readonly [key: string]: unknown
}

describe('the end', () => {
  test('comes with the end of the session, though the editor keeps stdin open', async () => {
    const { child, client } = adapter()
    await startSession(client, { configuration: 'app' })
    await client.waitFor('terminated')
    const over = performance.now()
    await eventually('the process ends', () => child.exitCode === 0)
    expect(performance.now() - over).toBeLessThan(2_000)
  })

  test('an editor that says goodbye afterwards is answered', async () => {
    const { child, client } = adapter()
    await startSession(client, { configuration: 'app' })
    await client.waitFor('terminated')
    await client.request('disconnect')
    await eventually('the process ends', () => child.exitCode === 0)
  })

  test.each(['disconnect', 'terminate'])('%s', async command => {
    const { child, client } = adapter()
    await startSession(client, { configuration: 'sleeps' })
    await eventually('it runs', () => client.output('stdout').includes('up'))
    await client.request(command)
    await client.waitFor('terminated')
    await eventually('the process ends', () => child.exitCode === 0)
  })

  test.each(['the editor dies', 'SIGTERM', 'SIGKILL'])('%s', async how => {
    const { child, client } = adapter()
    await startSession(client, { configuration: 'sleeps' })
    await eventually('it runs', () => client.output('stdout').includes('up'))
    expect(processesNaming(folder.path).length).toBeGreaterThan(0)
    if (how === 'SIGTERM' || how === 'SIGKILL') child.kill(how)
    else {
      child.stdin.destroy()
      child.stdout.destroy()
    }
    await eventually('the process ends', () => hasEnded(child))
    await nothingRemains(folder.path)
  })

  test('cancel of the protocol ends a start that waits, and another works', async () => {
    const { client } = adapter()
    client.ignoreViolations()
    client.onRequest('launchLsPrompt', () => new Promise(() => undefined))
    await client.request('initialize', BARE_CLIENT)
    const refused = client.ask('launch', { configuration: 'asks', launchLs: true })
    await client.waitForRequest('launchLsPrompt')
    await client.request('cancel', { requestId: 2 })
    expect((await refused).message).toContain('cancelled')
    await client.request('launch', { configuration: 'app', noDebug: true })
    expect(await printed(client)).toBe('result 42 hello\n')
  })

  test('SIGTERM while a question is open', async () => {
    const { child, client } = adapter()
    client.ignoreViolations()
    client.onRequest('launchLsPrompt', () => new Promise(() => undefined))
    await client.request('initialize', BARE_CLIENT)
    client.ask('launch', { configuration: 'asks', launchLs: true }).catch(() => undefined)
    await client.waitForRequest('launchLsPrompt')
    child.kill('SIGTERM')
    await eventually('the process ends', () => child.exitCode === 0)
  })

  test('SIGTERM while a task runs: the launch has its answer, and the task ends', async () => {
    const { child, client } = adapter()
    await client.request('initialize', BARE_CLIENT)
    const refused = client.ask('launch', { configuration: 'builds' })
    await eventually('the task runs', () => client.output('stdout').includes('\nbuilding'))
    child.kill('SIGTERM')
    expect(await refused).toMatchObject({ success: false, message: expect.stringContaining('cancelled') })
    await eventually('the process ends', () => hasEnded(child))
    expect(child.exitCode).toBe(0)
    await nothingRemains(folder.path)
  })

  test('an editor that reads slowly gets all of a long output', async () => {
    folder.write('app.py', 'for n in range(20000):\n    print("line", n)\n')
    const { client } = adapter()
    await startSession(client, { configuration: 'app' })
    await client.waitFor('process')
    client.pause()
    await nothingMoves(() => client.received.length)
    client.resume()
    expect((await printed(client)).trimEnd().split('\n')).toHaveLength(20_000)
  })

  test('the editor dies while the start is on its way', async () => {
    const { child, client } = adapter()
    await client.request('initialize', BARE_CLIENT)
    client.ask('launch', { configuration: 'sleeps' }).catch(() => undefined)
    child.stdin.destroy()
    child.stdout.destroy()
    await eventually('the process ends', () => hasEnded(child))
  })

  test('a restart of the protocol reads all afresh', async () => {
    const { client } = adapter()
    const path = join(folder.path, 'app.py')
    await startSession(
      client,
      { configuration: 'app' },
      { breakpoints: { [path]: [4] }, initialize: NVIM_DAP },
    )
    await client.waitFor('stopped')
    folder.write('.env', 'WORD=again\n')
    await client.request('restart')
    const { threadId } = await client.waitFor('stopped')
    await client.request('continue', { threadId })
    expect(await printed(client)).toBe('result 42 again\n')
  })
})

/** Waits until the value has been the same at some looks in a row. */
async function nothingMoves(value: () => number): Promise<void> {
  let [before, same] = [value(), 0]
  await eventually('rest', () => {
    const now = value()
    same = now === before ? same + 1 : 0
    before = now
    return same > 50
  })
}
