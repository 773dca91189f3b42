import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeFolder, type TestFolder } from '../support/folder'
import { type LspClient, startLspClient, uriOf } from '../support/lspClient'

const ENTRY = '{"name":"a","type":"debugpy","request":"launch","program":"${workspaceFolder}/a.py"}'

/** Documents that cost a quadratic or a recursive reader seconds; no editor may wait for the others meanwhile. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  'lists in lists': `{"configurations":${'['.repeat(8000)}${']'.repeat(8000)}}`,
  'lists deep in lists': `{"configurations":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
  'objects in objects': `{"configurations":${'{"a":'.repeat(8000)}1${'}'.repeat(8000)}}`,
  'open lists': `{"configurations":${'['.repeat(8000)}`,
  'open objects': '{'.repeat(8000),
  'brackets behind a text without its end': `{"a": "\n${'['.repeat(8000)}`,
  'brackets behind a comment': `{"a": 1, // "\n${'['.repeat(8000)}${']'.repeat(8000)}}`,
  'one long line': `{"configurations":[${Array.from({ length: 300 }, () => ENTRY).join(',')}]}`,
  'one long line without colons': `{"configurations":[${Array.from({ length: 12_000 }, () => ENTRY.replace(':', ' ')).join(',')}]}`,
  'one long line without names': `{"configurations":[${Array.from({ length: 12_000 }, () => ENTRY.replace('"name":"a",', '')).join(',')}]}`,
  'a long text': `{"configurations":[{"name":"${'a '.repeat(50_000)}","type":"debugpy","request":"launch"}]}`,
  'many variables': `{"configurations":[{"name":"a","type":"debugpy","request":"launch","args":["${'${env:A}'.repeat(5000)}"]}]}`,
  'open variables': `{"configurations":[{"name":"a","type":"debugpy","request":"launch","args":["${'${env:'.repeat(5000)}"]}]}`,
  'many blanks': `{"configurations":${' '.repeat(100_000)}[]${' '.repeat(100_000)}x}`,
  'many commas': `{"configurations":[${','.repeat(5000)}]}`,
  'many closing brackets': ']'.repeat(10_000),
  'a text that ends in a backslash': '{"a": "b\\',
  'an open comment in an object': '{"a": 1, /*',
  'many quotes': `{"a":${"'".repeat(10_000)}`,
}
const METHODS = [
  'documentSymbol',
  'foldingRange',
  'codeLens',
  'documentLink',
  'semanticTokens/full',
  'diagnostic',
]
const AT_PLACES = ['completion', 'hover', 'definition', 'references', 'prepareRename']

let folder: TestFolder
let editor: LspClient

beforeAll(async () => {
  folder = makeFolder({ 'a.py': '' })
  editor = await startLspClient({
    folders: [folder.path],
    settings: { inlayHints: { enabled: true } },
    capabilities: {
      textDocument: { semanticTokens: {}, inlayHint: {}, codeLens: {}, diagnostic: {} },
      workspace: { diagnostics: { refreshSupport: true } },
    },
  })
})

afterAll(async () => {
  await editor.stop()
  folder.remove()
})

describe.each(['launch.json', 'tasks.json'])('%s', file => {
  test.each(Object.keys(DOCUMENTS))('%s', { timeout: 60_000 }, async name => {
    const path = join(folder.path, '.vscode', file)
    const text = (DOCUMENTS[name] ?? '').replaceAll(
      '"configurations"',
      file === 'tasks.json' ? '"tasks"' : '$&',
    )
    const textDocument = { uri: uriOf(path) }
    const slow: string[] = []
    const ask = async (method: string, params: object) => {
      const start = performance.now()
      await editor.request(`textDocument/${method}`, { textDocument, ...params })
      const took = performance.now() - start
      if (took > MOST) slow.push(`${method}: ${took.toFixed(0)} ms`)
    }
    const lines = text.split('\n')
    const end = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 }
    const range = { start: { line: 0, character: 0 }, end }
    const middle = { line: end.line, character: Math.floor(end.character / 2) }
    const options = { tabSize: 4, insertSpaces: true }
    editor.open(path, text)
    for (const method of METHODS) await ask(method, {})
    await ask('inlayHint', { range })
    await ask('codeAction', { range, context: { diagnostics: [] } })
    for (const position of [middle, end]) {
      for (const method of AT_PLACES) await ask(method, { position, context: { includeDeclaration: true } })
      await ask('selectionRange', { positions: [position] })
    }
    await ask('formatting', { options })
    await ask('rangeFormatting', { options, range })
    editor.notify('textDocument/didClose', { textDocument })
    expect(slow).toEqual([])
  })
})

/** Milliseconds: far above what any takes, so that a busy machine is no failure, and far below a freeze. */
const MOST = 8_000
