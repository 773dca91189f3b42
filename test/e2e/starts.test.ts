import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CancellationTokenSource } from 'vscode-jsonrpc/node'
import type { OutputEvent, PromptParams, StartDebugResult, StartError } from '../../server/protocol'
import { connectDap, startSession } from '../support/dapClient'
import { eventually } from '../support/eventually'
import { makeFolder, type TestFolder } from '../support/folder'
import { type LspClient, testPython } from '../support/lspClient'
import { nothingRemains, processesNaming } from '../support/processes'
import { debug, refusal, startEditor } from '../support/startDebug'

const APP = {
  name: 'app',
  type: 'debugpy',
  request: 'launch',
  program: '${workspaceFolder}/app.py',
  console: 'internalConsole',
}

let folder: TestFolder
let editor: LspClient | undefined
const others: ChildProcess[] = []

beforeEach(() => {
  folder = makeFolder({ 'app.py': 'import sys\nprint(sys.argv[1:])\n' })
})
afterEach(async () => {
  await editor?.stop()
  for (const child of others.splice(0)) child.kill('SIGKILL')
  await nothingRemains(folder.path)
  folder.remove()
})

const outputs = () => (editor?.heard('debug/output') ?? []) as OutputEvent[]
const launchJson = (content: object) => folder.write('.vscode/launch.json', JSON.stringify(content))
const tasksJson = (...tasks: object[]) =>
  folder.write('.vscode/tasks.json', JSON.stringify({ version: '2.0.0', tasks }))

describe('inputs', () => {
  const ASKS = {
    configurations: [{ ...APP, args: ['${input:who}', '${input:how}', '${input:who}'] }],
    inputs: [
      { id: 'who', type: 'promptString', description: 'Who?', default: 'me' },
      {
        id: 'how',
        type: 'pickString',
        description: 'How?',
        options: ['fast', { label: 'Slowly', value: 'slow' }],
      },
    ],
  }
  const prompts: PromptParams[] = []
  const answering = (answer: (prompt: PromptParams) => string | null) => ({
    capabilities: { experimental: { debug: { prompt: true } } },
    answers: {
      'debug/prompt': (prompt: PromptParams) => {
        prompts.push(prompt)
        const value = answer(prompt)
        return value === null ? null : { value }
      },
    },
  })
  beforeEach(() => void prompts.splice(0))

  test('each is asked once, in order; the next time the last answer is offered', async () => {
    launchJson(ASKS)
    editor = await startEditor(folder.path, {
      ...answering(({ kind }) => (kind === 'text' ? 'Ada' : 'slow')),
      env: { XDG_STATE_HOME: join(folder.path, 'state') },
    })
    const client = await debug(editor, 'app')
    await client.waitFor('terminated')
    expect(client.output('stdout')).toBe("['Ada', 'slow', 'Ada']\n")
    expect(prompts.map(({ title }) => title)).toEqual(['Who?', 'How?'])
    expect(prompts[0]).toMatchObject({ value: 'me', password: false })
    await editor.request('startDebug', { configuration: 'app' })
    expect(prompts[2]).toMatchObject({ value: 'Ada' })
  })

  test('what the request answers is not asked', async () => {
    launchJson(ASKS)
    editor = await startEditor(
      folder.path,
      answering(() => null),
    )
    await editor.request('startDebug', { configuration: 'app', inputs: { who: 'x', how: 'fast' } })
    expect(prompts).toEqual([])
  })

  describe('where the Python of the folder is broken', () => {
    const start = async (more: object, answer: string) => {
      const broken = folder.write('broken/python', '#!/bin/sh\nexit 1\n')
      chmodSync(broken, 0o700)
      launchJson({ ...ASKS, configurations: [{ ...APP, args: ['${input:who}'], ...more }] })
      const settings = { 'python.defaultInterpreterPath': broken }
      editor = await startEditor(folder.path, { ...answering(() => answer), settings })
      const client = await debug(editor, 'app')
      await client.waitFor('terminated')
      return client.output('stdout')
    }

    test("the configuration's own is begun while a question is asked", async () => {
      expect(await start({ python: testPython() }, 'Ada')).toBe("['Ada']\n")
    })
    test('the answer may be the Python', async () => {
      expect(await start({ python: '${input:who}', args: [] }, testPython())).toBe('[]\n')
    })
  })

  test('Escape ends the start quietly', async () => {
    launchJson(ASKS)
    editor = await startEditor(
      folder.path,
      answering(() => null),
    )
    expect((await refusal(editor, { configuration: 'app' })).kind).toBe('cancelled')
  })

  test('an editor that cannot ask is told which answer to give', async () => {
    launchJson(ASKS)
    editor = await startEditor(folder.path)
    const error = await refusal(editor, { configuration: 'app' })
    expect(error).toMatchObject({ kind: 'unresolvedVariable' })
    expect(error.message).toContain('input:who')
  })
})

describe('preLaunchTask', () => {
  const withTask = { configurations: [{ ...APP, preLaunchTask: 'build' }] }

  test('runs first, and its output is streamed', async () => {
    launchJson(withTask)
    folder.write('made.py', '')
    tasksJson({ label: 'build', type: 'shell', command: 'echo building && echo "print(42)" > app.py' })
    editor = await startEditor(folder.path)
    const client = await debug(editor, 'app')
    await client.waitFor('terminated')
    expect(client.output('stdout')).toBe('42\n')
    expect(
      outputs()
        .map(({ text }) => text)
        .join(''),
    ).toContain('building')
  })

  test('a failure refuses the start, with its last words', async () => {
    launchJson(withTask)
    tasksJson({ label: 'build', type: 'shell', command: 'echo it does not compile; exit 7' })
    editor = await startEditor(folder.path)
    const error = await refusal(editor, { configuration: 'app' })
    expect(error.kind).toBe('taskFailed')
    expect(error.message).toContain('terminated with exit code 7')
    expect(error.output).toContain('it does not compile')
  })

  test('a task that nobody knows', async () => {
    launchJson(withTask)
    editor = await startEditor(folder.path)
    expect((await refusal(editor, { configuration: 'app' })).message).toContain(
      "Could not find the task 'build'.",
    )
  })

  test('a start is cancelled while the task runs: nothing of it is left', async () => {
    launchJson(withTask)
    tasksJson({ label: 'build', type: 'shell', command: `echo begun; exec sleep 600 # ${folder.path}` })
    editor = await startEditor(folder.path)
    const cancellation = new CancellationTokenSource()
    const started = editor.connection.sendRequest<StartDebugResult>(
      'startDebug',
      { configuration: 'app' },
      cancellation.token,
    )
    started.catch(() => undefined)
    await eventually('the task runs', () => outputs().some(({ text }) => text.includes('begun')))
    cancellation.cancel()
    await expect(started).rejects.toMatchObject({ data: { kind: 'cancelled' } satisfies Partial<StartError> })
    await eventually('no process of it', () => processesNaming(folder.path).length === 0)
  })
})

describe('compounds', () => {
  const member = (name: string) => ({
    ...APP,
    name,
    code: 'import time; print("up", flush=True); time.sleep(600)',
  })
  const sleeper = (name: string) => {
    const { program: _, ...rest } = member(name)
    return rest
  }

  test('members start together, in order; with stopAll the end of one ends the others', async () => {
    launchJson({
      configurations: [sleeper('one'), sleeper('two')],
      compounds: [{ name: 'all', configurations: ['one', 'two'], stopAll: true }],
    })
    editor = await startEditor(folder.path)
    const { sessions, stopAll } = await editor.request<StartDebugResult>('startDebug', {
      configuration: 'all',
    })
    expect(sessions.map(({ name }) => name)).toEqual(['one', 'two'])
    expect(stopAll).toBe(true)
    const clients = await Promise.all(
      sessions.map(async ({ endpoint, configuration }) => {
        const client = await connectDap(endpoint)
        await startSession(client, { ...configuration })
        return client
      }),
    )
    const [one, two] = clients
    await eventually('both run', () => clients.every(client => client.output('stdout').includes('up')))
    await one?.request('disconnect', { terminateDebuggee: true })
    await two?.waitFor('terminated')
    for (const client of clients) client.end()
  })

  test('a member that is refused leaves the others', async () => {
    launchJson({
      configurations: [APP, { ...APP, name: 'bad', program: '${workspaceFolder}/gone.py' }],
      compounds: [{ name: 'all', configurations: ['app', 'bad'] }],
    })
    editor = await startEditor(folder.path)
    const result = await editor.request<StartDebugResult>('startDebug', { configuration: 'all' })
    expect(result.sessions.map(({ name }) => name)).toEqual(['app'])
    expect(result.refused?.map(({ message }) => message).join()).toContain('gone.py')
  })
})

describe('attach', () => {
  test('to a program that listens, and it lives on after a disconnect', async () => {
    const port = await freePort()
    folder.write('serve.py', 'import time\nn = 0\nwhile True:\n    n += 1\n    time.sleep(0.05)\n')
    launchJson({
      configurations: [
        { name: 'there', type: 'debugpy', request: 'attach', connect: { host: '127.0.0.1', port } },
      ],
    })
    const args = ['-m', 'debugpy', '--listen', `127.0.0.1:${port}`, join(folder.path, 'serve.py')]
    const program = spawn(testPython(), args, { stdio: 'ignore' })
    others.push(program)
    editor = await startEditor(folder.path)
    const path = join(folder.path, 'serve.py')
    const client = await eventually('the program listens', async () => {
      try {
        return await debug(editor as LspClient, 'there', { breakpoints: { [path]: [4] } })
      } catch {
        return undefined
      }
    })
    const { threadId } = await client.waitFor('stopped')
    expect(threadId).toBeGreaterThan(0)
    await client.request('disconnect', { terminateDebuggee: false })
    client.end()
    expect(program.exitCode).toBe(null)
  })

  test('where nobody listens: said at once, with what to run', async () => {
    launchJson({
      configurations: [
        {
          name: 'there',
          type: 'debugpy',
          request: 'attach',
          connect: { host: '127.0.0.1', port: await freePort() },
        },
      ],
    })
    editor = await startEditor(folder.path)
    await expect(debug(editor, 'there')).rejects.toThrow(/127\.0\.0\.1:\d+/)
  })
})

/** A port that nobody has now. */
function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

describe('a program that cannot be debugged is told at once', () => {
  test.each([
    [{ env: { PYTHONHOME: '/nowhere' } }, 'ended with exit code 1', "No module named 'encodings'"],
    [{ pythonArgs: ['--bad'] }, 'ended with exit code 2', 'unknown option --bad'],
    [{ debugLauncherPython: '${workspaceFolder}/broken' }, 'broken ended with code 1 before it began', ''],
  ])('%j', async (more, said, output) => {
    chmodSync(folder.write('broken', '#!/bin/sh\nexit 1\n'), 0o700)
    launchJson({ configurations: [{ ...APP, ...more }] })
    editor = await startEditor(folder.path)
    const { sessions } = await editor.request<StartDebugResult>('startDebug', { configuration: 'app' })
    const [session] = sessions
    if (session === undefined) throw new Error('no session')
    const client = await connectDap(session.endpoint)
    await expect(startSession(client, { ...session.configuration })).rejects.toThrow(said)
    expect(client.output('stderr')).toContain(output)
  })

  test('without debugging it is an end like any other', async () => {
    launchJson({ configurations: [{ ...APP, pythonArgs: ['--bad'], noDebug: true }] })
    editor = await startEditor(folder.path)
    const client = await debug(editor, 'app')
    expect(await client.waitFor('exited')).toMatchObject({ exitCode: 2 })
    expect(client.output('stderr')).toContain('unknown option --bad')
  })
})
