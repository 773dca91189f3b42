import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CodeAction, Diagnostic, Range } from 'vscode-languageserver'
import { makeFolder, type TestFolder } from '../support/folder'
import { type LspClient, startLspClient, uriOf } from '../support/lspClient'
import { CLIENTS } from './clients'

const LAUNCH = `{
  "configurations": [
    { "name": "A", "type": "python", "request": "launch", "consle": "internalConsole", "program": "app.py" },
    { "name": "B", "type": "python", "request": "launch", "program": "app.py" }
  ]
}
`
const CHANGE = 'Change to "debugpy"'
const RENAME = 'Change to "console"'

let folder: TestFolder
let editor: LspClient
beforeAll(async () => {
  folder = makeFolder({ 'app.py': '', '.vscode/launch.json': LAUNCH })
  editor = await startLspClient({ folders: [folder.path], capabilities: CLIENTS['Neovim 0.10'] })
  editor.open(join(folder.path, '.vscode/launch.json'), LAUNCH)
})
afterAll(async () => {
  await editor.stop()
  folder.remove()
})

const document = () => ({ uri: uriOf(join(folder.path, '.vscode/launch.json')) })

async function lineProblems(line: number): Promise<Diagnostic[]> {
  const report = await editor.request<{ items: Diagnostic[] }>('textDocument/diagnostic', {
    textDocument: document(),
  })
  return report.items.filter(({ range }) => range.start.line <= line && range.end.line >= line)
}

/** Titles of the repairs. */
async function repairs(range: Range, context: { diagnostics: Diagnostic[]; triggerKind?: 1 | 2 }) {
  const actions = await editor.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: document(),
    range,
    context: { triggerKind: 1, ...context },
  })
  return actions.filter(({ kind }) => kind === 'quickfix').map(({ title }) => title)
}

function at(line: number, piece: string): Range {
  const position = { line, character: LAUNCH.split('\n')[line]?.indexOf(piece) ?? -1 }
  return { start: position, end: position }
}

test('Neovim 0.10 asks at the cursor and names the problems of the line', async () => {
  const diagnostics = await lineProblems(2)
  const titles = await repairs(at(2, '"name"'), { diagnostics })
  expect(titles).toContain(CHANGE)
  expect(titles).toContain(RENAME)
  expect(titles.filter(title => title === CHANGE)).toHaveLength(1)
})

test('what the cursor is on comes first', async () => {
  const diagnostics = await lineProblems(2)
  expect((await repairs(at(2, 'consle'), { diagnostics }))[0]).toBe(RENAME)
})

test('a problem that is not named and not at the cursor is not asked for', async () => {
  expect(await repairs(at(2, 'consle'), { diagnostics: [] })).not.toContain(CHANGE)
})

test('who asks by hand where nothing is wrong means the line: Neovim 0.12 names what the cursor is on', async () => {
  const titles = await repairs(at(2, '"name"'), { diagnostics: [] })
  expect(titles).toContain(CHANGE)
  expect(titles).toContain(RENAME)
  expect(await repairs(at(1, '"conf'), { diagnostics: [] })).toEqual([])
})

test('nobody asked: the light bulb of an editor is for what the cursor is on', async () => {
  expect(await repairs(at(2, '"name"'), { diagnostics: [], triggerKind: 2 })).toEqual([])
})

test('a problem of the past is of no use', async () => {
  const [problem] = await lineProblems(2)
  if (problem === undefined) throw new Error('there is no problem')
  const moved = { ...problem, range: at(1, '"conf') }
  expect(await repairs(at(1, '"conf'), { diagnostics: [moved] })).toEqual([])
})
