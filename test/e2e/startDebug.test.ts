import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StartDebugResult } from '../../server/protocol'
import { connectDap, startSession } from '../support/dapClient'
import { makeFolder, type TestFolder } from '../support/folder'
import type { LspClient } from '../support/lspClient'
import { nothingRemains } from '../support/processes'
import { debug, locals, refusal, startEditor } from '../support/startDebug'

const PROGRAM = `import os
def total(count):
    result = count * 2
    word = os.environ.get('WORD')
    return result
print('result', total(21), os.environ.get('WORD'))
`
const APP = { name: 'app', type: 'debugpy', request: 'launch', program: '${workspaceFolder}/app.py' }
const launchJson = (...configurations: object[]) => JSON.stringify({ configurations })

let folder: TestFolder
let editor: LspClient | undefined

beforeEach(() => {
  folder = makeFolder({ 'app.py': PROGRAM, '.env': 'WORD=first\n' })
})

afterEach(async () => {
  await editor?.stop()
  await nothingRemains(folder.path)
  folder.remove()
})

const app = () => join(folder.path, 'app.py')

describe('launch', () => {
  test('stops at a breakpoint with the env file, runs to the end, leaves nothing', async () => {
    folder.write('.vscode/launch.json', launchJson({ ...APP, console: 'internalConsole' }))
    editor = await startEditor(folder.path)
    const client = await debug(editor, 'app', { breakpoints: { [app()]: [5] } })
    const { threadId } = await client.waitFor('stopped')
    expect(await locals(client, threadId)).toMatchObject({ count: '21', result: '42', word: "'first'" })
    await client.request('continue', { threadId })
    expect(await client.waitFor('exited')).toEqual({ exitCode: 0 })
    await client.waitFor('terminated')
    expect(client.output('stdout')).toBe('result 42 first\n')
    client.end()
    await nothingRemains(folder.path)
  })

  test('restart: launch.json and the env file are read afresh', async () => {
    folder.write('.vscode/launch.json', launchJson({ ...APP, console: 'internalConsole' }))
    editor = await startEditor(folder.path)
    const client = await debug(editor, 'app', { breakpoints: { [app()]: [5] } })
    const before = await client.waitFor('stopped')
    expect(await locals(client, before['threadId'])).toMatchObject({ word: "'first'" })
    folder.write('.env', 'WORD=second\n')
    await client.request('restart', {})
    const after = await client.waitFor('stopped')
    expect(await locals(client, after['threadId'])).toMatchObject({ word: "'second'" })
    await client.request('disconnect', {})
    client.end()
  })

  test('the same stub in a new connection starts again, resolved afresh', async () => {
    folder.write('.vscode/launch.json', launchJson({ ...APP, console: 'internalConsole' }))
    editor = await startEditor(folder.path)
    const { sessions } = await editor.request<StartDebugResult>('startDebug', { configuration: 'app' })
    const [session] = sessions
    if (session === undefined) throw new Error('no session')
    for (const word of ['first', 'second']) {
      folder.write('.env', `WORD=${word}\n`)
      const client = await connectDap(session.endpoint)
      await startSession(client, { ...session.configuration })
      await client.waitFor('terminated')
      expect(client.output('stdout')).toBe(`result 42 ${word}\n`)
      client.end()
    }
  })

  test.each([
    ['module', { module: 'app', cwd: '${workspaceFolder}' }],
    ['code', { code: ['import os', "print('result 42', os.environ['WORD'])"] }],
  ])('%s', async (_what, target) => {
    const { program: _, ...rest } = APP
    folder.write('.vscode/launch.json', launchJson({ ...rest, ...target, console: 'internalConsole' }))
    editor = await startEditor(folder.path)
    const client = await debug(editor, 'app')
    await client.waitFor('terminated')
    expect(client.output('stdout')).toBe('result 42 first\n')
    client.end()
  })

  test('an inline configuration, without debugging', async () => {
    editor = await startEditor(folder.path)
    const { sessions } = await editor.request<StartDebugResult>('startDebug', {
      configuration: { ...APP, console: 'internalConsole' },
      noDebug: true,
    })
    const [session] = sessions
    if (session === undefined) throw new Error('no session')
    const client = await connectDap(session.endpoint)
    await client.request('initialize', { adapterID: 'debugpy' })
    await client.request('launch', { ...session.configuration })
    await client.waitFor('terminated')
    expect(client.output('stdout')).toBe('result 42 first\n')
    client.end()
  })

  test('the stub holds nothing of the configuration', async () => {
    folder.write('.vscode/launch.json', launchJson({ ...APP, env: { SECRET: 'hush' } }))
    editor = await startEditor(folder.path)
    const { sessions } = await editor.request<StartDebugResult>('startDebug', { configuration: 'app' })
    expect(Object.keys(sessions[0]?.configuration ?? {}).sort()).toEqual(['name', 'request', 'token', 'type'])
  })
})

describe('refusals', () => {
  const refused = async (text: string, params: object) => {
    folder.write('.vscode/launch.json', text)
    editor = await startEditor(folder.path)
    return await refusal(editor, params)
  }

  test('a configuration that does not exist: the near ones are named', async () => {
    const error = await refused(launchJson(APP), { configuration: 'ap' })
    expect(error.kind).toBe('noConfiguration')
    expect(error.message).toContain("Configuration 'ap' is missing in 'launch.json'.")
    expect(error.remedy).toContain('app')
  })

  test('a process that is over: told at once, not after the wait of debugpy', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '0'])
    const attach = { name: 'over', type: 'debugpy', request: 'attach', processId: pid }
    const error = await refused(launchJson(attach), { configuration: 'over' })
    expect(error.kind).toBe('invalidConfiguration')
    expect(error.message).toBe(`There is no process ${pid} on this machine.`)
    expect(error.remedy).toContain('${command:pickProcess}')
    expect(error.location?.uri).toContain('launch.json')
  })

  test('no launch.json at all', async () => {
    editor = await startEditor(folder.path)
    const error = await refusal(editor, { configuration: 'app' })
    expect(error.kind).toBe('noConfiguration')
    expect(error.tried).toContain(join(folder.path, '.vscode', 'launch.json'))
  })

  test('a broken launch.json: what can be read starts, what cannot says where it breaks', async () => {
    const error = await refused('{ "configurations": [ { "name": "app", ', { configuration: 'other' })
    expect(error.kind).toBe('noConfiguration')
    expect(error.remedy).toMatch(/line 1/)
  })

  test.each([
    ['empty', ''],
    ['null', 'null'],
    ['a list', '[1, 2]'],
    ['configurations is a text', '{ "configurations": "app" }'],
    ['odd entries', '{ "configurations": [null, 1, "x", [], { "name": 5 }, { "name": null }] }'],
  ])('%s', async (_what, text) => {
    expect((await refused(text, { configuration: 'app' })).kind).toBe('noConfiguration')
  })

  test.each([
    [{ name: 'app' }, 'type'],
    [{ name: 'app', type: 'debugpy' }, 'request'],
    [{ name: 'app', type: 'node', request: 'launch', program: 'x.js' }, 'node'],
    [{ name: 'app', type: 'debugpy', request: 'lunch', program: 'x.py' }, 'lunch'],
    [{ name: 'app', type: 'debugpy', request: 'launch' }, 'program'],
  ])('%o', async (configuration, said) => {
    const error = await refused(launchJson(configuration), { configuration: 'app' })
    expect(error.kind).toBe('invalidConfiguration')
    expect(`${error.message} ${error.remedy}`).toContain(said)
  })

  test('an interpreter that is missing', async () => {
    const error = await refused(launchJson({ ...APP, python: '${workspaceFolder}/no/python' }), {
      configuration: 'app',
    })
    expect(error.kind).toBe('interpreterNotFound')
    expect(error.message).toContain(join(folder.path, 'no/python'))
  })

  test('an interpreter that is not Python', async () => {
    folder.write('python', '#!/bin/sh\necho hello\n')
    const error = await refused(launchJson({ ...APP, python: '${workspaceFolder}/app.py' }), {
      configuration: 'app',
    })
    expect(error.kind).toBe('interpreterNotFound')
    expect(error.remedy).not.toBe(undefined)
  })

  test('a program that is missing', async () => {
    const error = await refused(launchJson({ ...APP, program: '${workspaceFolder}/gone.py' }), {
      configuration: 'app',
    })
    expect(error.kind).toBe('invalidConfiguration')
    expect(error.message).toContain('gone.py')
  })

  test('two folders with the same name of configuration', async () => {
    const other = makeFolder({ 'app.py': PROGRAM, '.vscode/launch.json': launchJson(APP) })
    folder.write('.vscode/launch.json', launchJson(APP))
    editor = await startEditor(folder.path, { folders: [folder.path, other.path] })
    const error = await refusal(editor, { configuration: 'app' })
    expect(error.message).toContain("There are multiple launch configurations 'app' in the workspace.")
    expect(error.tried).toHaveLength(2)
    other.remove()
  })

  test('a huge launch.json still starts', async () => {
    const many = Array.from({ length: 4000 }, (_, index) => ({
      ...APP,
      name: `c${index}`,
      args: ['x'.repeat(150)],
    }))
    folder.write('.vscode/launch.json', launchJson(...many, { ...APP, console: 'internalConsole' }))
    editor = await startEditor(folder.path)
    const client = await debug(editor, 'app')
    await client.waitFor('terminated')
    client.end()
  })
})
