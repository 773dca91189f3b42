import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ProgressType } from 'vscode-jsonrpc/node'
import type {
  Diagnostic,
  DocumentDiagnosticReport,
  PublishDiagnosticsParams,
  WorkspaceDiagnosticReport,
} from 'vscode-languageserver'
import { eventually } from '../support/eventually'
import { makeFolder, type TestFolder } from '../support/folder'
import { type LspClient, startLspClient, uriOf } from '../support/lspClient'

const BROKEN_NAME =
  '{ "configurations": [ { "type": "debugpy", "request": "launch", "program": "app.py" } ] }'
const FINE =
  '{ "configurations": [ { "name": "a", "type": "debugpy", "request": "launch", "program": "app.py" } ] }'

let folder: TestFolder
let editor: LspClient
beforeEach(() => {
  folder = makeFolder({ 'app.py': '' })
})
afterEach(async () => {
  await editor.stop()
  folder.remove()
})

const launchJson = () => join(folder.path, '.vscode', 'launch.json')
const codes = (found: readonly Diagnostic[]) => found.map(({ code }) => code)
/** Pulls, and counts how often it is told to pull again. */
const PULLS = (refreshed: unknown[]) => ({
  capabilities: { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } },
  answers: { 'workspace/diagnostic/refresh': () => refreshed.push(true) && null },
})
const some = (found: readonly Diagnostic[]) => found.length > 0
const none = (found: readonly Diagnostic[]) => found.length === 0

test('files that no editor has open: told at the start, after each save, and taken back when they go', async () => {
  folder.write('.vscode/launch.json', BROKEN_NAME)
  editor = await startLspClient({ folders: [folder.path] })
  expect(codes(await editor.diagnostics(launchJson(), some))).toEqual(['missing-name'])
  folder.write('.vscode/launch.json', FINE)
  await editor.diagnostics(launchJson(), none)
  folder.write('.vscode/launch.json', BROKEN_NAME)
  await editor.diagnostics(launchJson(), some)
  rmSync(join(folder.path, '.vscode'), { recursive: true })
  await editor.diagnostics(launchJson(), none)
  folder.write('.vscode/launch.json', BROKEN_NAME)
  await editor.diagnostics(launchJson(), some)
})

test('an open document goes over the file, and back to it when closed', async () => {
  folder.write('.vscode/launch.json', FINE)
  editor = await startLspClient({ folders: [folder.path] })
  editor.open(launchJson(), BROKEN_NAME)
  await editor.diagnostics(launchJson(), some)
  editor.change(launchJson(), FINE)
  await editor.diagnostics(launchJson(), none)
  editor.change(launchJson(), BROKEN_NAME)
  await editor.diagnostics(launchJson(), some)
  editor.notify('textDocument/didClose', { textDocument: { uri: uriOf(launchJson()) } })
  await editor.diagnostics(launchJson(), none)
})

test('an env file that a configuration names, made after the start', async () => {
  const named = FINE.replace('"program"', '"envFile": "${workspaceFolder}/conf/dev.env", "program"')
  folder.write('.vscode/launch.json', named)
  editor = await startLspClient({ folders: [folder.path] })
  expect(codes(await editor.diagnostics(launchJson(), some))).toEqual(['missing-env-file'])
  const envFile = folder.write('conf/dev.env', 'A=1 # note\n')
  await editor.diagnostics(launchJson(), none)
  await editor.diagnostics(envFile, some)
  folder.write('conf/dev.env', 'A=1\n')
  await editor.diagnostics(envFile, none)
})

test('a program that does not exist, until it does', async () => {
  folder.write('.vscode/launch.json', FINE.replace('app.py', 'gone.py'))
  editor = await startLspClient({ folders: [folder.path] })
  expect(codes(await editor.diagnostics(launchJson(), some))).toEqual(['missing-program'])
  editor.open(launchJson(), FINE)
  await editor.diagnostics(launchJson(), none)
})

test('folders are added and removed', async () => {
  const other = makeFolder({ '.vscode/launch.json': BROKEN_NAME })
  const path = join(other.path, '.vscode', 'launch.json')
  editor = await startLspClient({
    folders: [folder.path],
    capabilities: { workspace: { workspaceFolders: true } },
  })
  const change = (event: object) => editor.notify('workspace/didChangeWorkspaceFolders', { event })
  const { name, uri } = { name: 'other', uri: uriOf(other.path) }
  change({ added: [{ name, uri }], removed: [] })
  await editor.diagnostics(path, some)
  change({ added: [], removed: [{ name, uri }] })
  await editor.diagnostics(path, none)
  other.remove()
})

test('a client that pulls is never pushed what it has open, and is told when to pull again', async () => {
  const refreshed: unknown[] = []
  folder.write(
    '.vscode/launch.json',
    FINE.replace('"program"', '"envFile": "${workspaceFolder}/x.env", "program"'),
  )
  editor = await startLspClient({
    folders: [folder.path],
    capabilities: { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } },
    answers: { 'workspace/diagnostic/refresh': () => refreshed.push(true) && null },
  })
  const text = FINE.replace('"program"', '"envFile": "${workspaceFolder}/x.env", "program"')
  editor.open(launchJson(), text)
  const pull = (previousResultId?: string) =>
    editor.request<DocumentDiagnosticReport & { items: Diagnostic[] }>('textDocument/diagnostic', {
      textDocument: { uri: uriOf(launchJson()) },
      previousResultId,
    })
  const first = await pull()
  expect(codes(first.items)).toEqual(['missing-env-file'])
  expect((await pull(first.resultId)).kind).toBe('unchanged')
  refreshed.length = 0
  folder.write('x.env', 'A=1\n')
  await eventually('a refresh', () => refreshed.length > 0)
  expect((await pull(first.resultId)).items).toEqual([])
  const pushed = editor.heard('textDocument/publishDiagnostics') as { uri: string; diagnostics: unknown[] }[]
  expect(
    pushed.filter(({ uri, diagnostics }) => uri === uriOf(launchJson()) && diagnostics.length > 0).slice(1),
  ).toEqual([])
})

test('a client that pulls pulls again what an edit of another open document changed, and only then', async () => {
  const refreshed: unknown[] = []
  const named = FINE.replace('"program"', '"preLaunchTask": "build", "program"')
  const tasks = (label: string) =>
    `{ "tasks": [{ "label": "${label}", "type": "shell", "command": "make" }] }`
  editor = await startLspClient({ folders: [folder.path], ...PULLS(refreshed) })
  const tasksJson = join(folder.path, '.vscode', 'tasks.json')
  editor.open(launchJson(), named)
  editor.open(tasksJson, tasks('build'))
  const pull = async (path: string) => {
    const params = { textDocument: { uri: uriOf(path) } }
    return codes((await editor.request<{ items: Diagnostic[] }>('textDocument/diagnostic', params)).items)
  }
  expect(await pull(launchJson())).toEqual([])
  expect(await pull(tasksJson)).toEqual([])
  editor.change(tasksJson, `${tasks('build')} `)
  await pull(tasksJson)
  await editor.request('debug/sessions', {})
  expect(refreshed).toEqual([])
  editor.change(tasksJson, tasks('other'))
  await eventually('a refresh', () => refreshed.length > 0)
  expect(await pull(launchJson())).toEqual(['undefined-task'])
})

describe('files that no editor has open, of a client that pulls them', () => {
  const ask = (more: object = {}) =>
    editor.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [], ...more })
  const told = ({ items }: WorkspaceDiagnosticReport) =>
    items.map(item => [item.uri, item.kind === 'full' ? codes(item.items) : item.kind])
  const ids = ({ items }: WorkspaceDiagnosticReport) =>
    items.map(({ uri, resultId }) => ({ uri, value: resultId }))
  const pushed = () =>
    (editor.heard('textDocument/publishDiagnostics') as PublishDiagnosticsParams[]).map(
      ({ uri, diagnostics }) => [uri, codes(diagnostics)],
    )

  test('come together, with ids; pushed until then, and taken back', async () => {
    folder.write('.vscode/launch.json', BROKEN_NAME)
    editor = await startLspClient({ folders: [folder.path], ...PULLS([]) })
    const uri = uriOf(launchJson())
    await editor.diagnostics(launchJson(), some)
    const first = await ask()
    expect(told(first)).toEqual([[uri, ['missing-name']]])
    await editor.diagnostics(launchJson(), none)
    expect(told(await ask({ previousResultIds: ids(first) }))).toEqual([[uri, 'unchanged']])
    expect(pushed()).toEqual([
      [uri, ['missing-name']],
      [uri, []],
    ])
  })

  test('the client is told when they change, and when one is gone it has no problems', async () => {
    const refreshed: unknown[] = []
    folder.write('.vscode/launch.json', FINE)
    editor = await startLspClient({ folders: [folder.path], ...PULLS(refreshed) })
    const uri = uriOf(launchJson())
    const first = await ask()
    expect(told(first)).toEqual([[uri, []]])
    folder.write('.vscode/launch.json', BROKEN_NAME)
    await eventually('a refresh', () => refreshed.length > 0)
    const second = await ask({ previousResultIds: ids(first) })
    expect(told(second)).toEqual([[uri, ['missing-name']]])
    refreshed.length = 0
    rmSync(join(folder.path, '.vscode'), { recursive: true })
    await eventually('a refresh', () => refreshed.length > 0)
    expect(told(await ask({ previousResultIds: ids(second) }))).toEqual([[uri, []]])
    expect(pushed().filter(([, found]) => found?.length !== 0)).toEqual([])
  })

  test('leave out what is open, and come one by one where the client takes parts', async () => {
    folder.write(
      '.vscode/launch.json',
      FINE.replace('"program"', '"envFile": "${workspaceFolder}/a.env", "program"'),
    )
    const envFile = folder.write('a.env', 'A=1 # note\n')
    folder.write('.vscode/tasks.json', '{ "tasks": [] }')
    editor = await startLspClient({ folders: [folder.path], ...PULLS([]) })
    editor.open(launchJson(), FINE)
    const parts: string[][] = []
    editor.connection.onProgress(new ProgressType<WorkspaceDiagnosticReport>(), 'part', ({ items }) => {
      parts.push(items.map(({ uri }) => uri))
    })
    const uris = told(await ask()).map(([uri]) => uri)
    expect(uris).toEqual([uriOf(join(folder.path, '.vscode', 'tasks.json'))])
    editor.notify('textDocument/didClose', { textDocument: { uri: uriOf(launchJson()) } })
    expect((await ask({ partialResultToken: 'part' })).items).toEqual([])
    expect(parts.map(part => part.length)).toEqual([1, 1, 1])
    expect(parts.flat()).toContain(uriOf(envFile))
  })

  test('are pushed to Neovim, which would pull nothing else when told that something changed', async () => {
    folder.write('.vscode/launch.json', BROKEN_NAME)
    editor = await startLspClient({ folders: [folder.path], ...PULLS([]), name: 'Neovim' })
    expect(editor.initialized.capabilities.diagnosticProvider).toMatchObject({ workspaceDiagnostics: false })
    await editor.diagnostics(launchJson(), some)
  })
})

test('of edits that come together only the newest is checked, after what is asked with them is answered', async () => {
  editor = await startLspClient({ folders: [folder.path] })
  editor.open(launchJson(), FINE)
  await editor.request('debug/sessions', {})
  const textDocument = { uri: uriOf(launchJson()), version: 10 }
  const edits = Array.from({ length: 20 }, (_, index) => {
    const text = index < 19 ? FINE.slice(0, -1 - index) : BROKEN_NAME
    return { method: 'textDocument/didChange', params: { textDocument, contentChanges: [{ text }] } }
  })
  const question = { id: 'asked', method: 'debug/sessions', params: {} }
  const frames = [...edits, question].map(message => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  })
  let said = ''
  editor.process.stdout?.on('data', chunk => {
    said += chunk
  })
  // In one piece, past the client library, which writes one message after the other.
  editor.process.stdin?.write(frames.join(''))
  await eventually('the check', () => said.includes('missing-name'))
  expect(said.match(/"id":"asked"|publishDiagnostics/g)).toEqual(['"id":"asked"', 'publishDiagnostics'])
})

test.each([
  ['comments, trailing commas and CRLF', `// first\r\n${FINE.replace(' }', ', }')}\r\n`, []],
  ['a BOM', `\uFEFF${FINE}`, []],
  ['broken at the end', FINE.slice(0, -2), ['json-syntax']],
  ['empty', '', ['empty-file']],
])('%s', async (_what, text, expected) => {
  editor = await startLspClient({ folders: [folder.path] })
  editor.open(launchJson(), BROKEN_NAME)
  await editor.diagnostics(launchJson(), some)
  editor.change(launchJson(), text)
  await editor.diagnostics(launchJson(), found => expected.join() === codes(found).join())
})

test('a megabyte of launch.json', async () => {
  editor = await startLspClient({ folders: [folder.path] })
  const one = FINE.slice(FINE.indexOf('{ "name"'), FINE.lastIndexOf(' ]'))
  const many = Array.from({ length: 11_000 }, (_, index) => one.replace('"a"', `"c${index}"`))
  editor.open(launchJson(), `{ "configurations": [ ${many.join(',\n')}, { "name": "x" } ] }`)
  expect(codes(await editor.diagnostics(launchJson(), some))).toContain('missing-type')
})
