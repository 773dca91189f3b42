import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CompletionList } from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { makeFolder, type TestFolder } from '../support/folder'
import { type LspClient, startLspClient, uriOf } from '../support/lspClient'

let folder: TestFolder
let editor: LspClient
beforeAll(async () => {
  folder = makeFolder({
    'api/app.py': '',
    'web/app.py': '',
    'main.py': 'import os\nprint(os.environ["STAGE"])\n',
    '.env.example': 'TOKEN=\n',
  })
  editor = await startLspClient({ folders: [folder.path] })
})
afterAll(async () => {
  await editor.stop()
  folder.remove()
})

async function labelsAt(file: string, marked: string): Promise<string[]> {
  const path = join(folder.path, file)
  const document = TextDocument.create('', '', 0, marked.replace('|', ''))
  editor.open(path, document.getText())
  const { items } = await editor.request<CompletionList>('textDocument/completion', {
    textDocument: { uri: uriOf(path) },
    position: document.positionAt(marked.indexOf('|')),
  })
  return items.map(({ label }) => label)
}

test('settings.json without a launch section', async () => {
  expect(await labelsAt('.vscode/settings.json', '{ "editor.fontSize": 12, "|" }')).toEqual(['launch'])
})

test('a workspace file that is not the one in use', async () => {
  expect(await labelsAt('all.code-workspace', '{ "folders": [{ "path": "|" }] }')).toEqual(['api/', 'web/'])
  expect(await labelsAt('some.code-workspace', '{ | }')).toEqual([
    'folders',
    'settings',
    'launch',
    'tasks',
    'extensions',
  ])
})

test('an env file: what its example sets and the program reads', async () => {
  expect(await labelsAt('.env', 'A=1\n|')).toEqual(['TOKEN', 'STAGE'])
})
