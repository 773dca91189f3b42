import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Diagnostic, DocumentDiagnosticReport } from 'vscode-languageserver'
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
