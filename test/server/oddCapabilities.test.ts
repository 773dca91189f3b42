/** What a client says of itself may be odd: it still gets a server, less what it spoiled. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../support/folder'
import { startLspClient, uriOf } from '../support/lspClient'

test.each([
  { textDocument: { semanticTokens: {} } },
  {
    textDocument: { semanticTokens: null, completion: null, codeAction: true, hover: 7, documentSymbol: [] },
  },
  { textDocument: { completion: { completionItem: null, completionItemKind: { valueSet: 'all' } } } },
  { textDocument: { codeAction: { codeActionLiteralSupport: {} }, hover: { contentFormat: 'markdown' } } },
  { textDocument: null, workspace: null, window: null, experimental: null },
  { textDocument: 'yes', workspace: 3, window: [], experimental: 'debug' },
  { workspace: { workspaceEdit: null, diagnostics: true, didChangeConfiguration: [] } },
  { experimental: { debug: null } },
  { experimental: { debug: { commands: 'all', prompt: 'yes' } } },
])('%j', async capabilities => {
  const text =
    '{ "configurations": [{ "name": "x", "type": "debugpy", "request": "launch", "program": "a.py" }] }'
  const folder = makeFolder({ '.vscode/launch.json': text })
  const file = join(folder.path, '.vscode/launch.json')
  const editor = await startLspClient({ folders: [folder.path], capabilities })
  editor.open(file, text)
  const place = { textDocument: { uri: uriOf(file) }, position: { line: 0, character: 25 } }
  for (const name of ['hover', 'completion', 'definition', 'documentSymbol', 'codeLens', 'foldingRange']) {
    await editor.request(`textDocument/${name}`, place)
  }
  const range = { start: place.position, end: place.position }
  await editor.request('textDocument/codeAction', { ...place, range, context: { diagnostics: [] } })
  expect(await editor.stop()).toBe(0)
  folder.remove()
})
