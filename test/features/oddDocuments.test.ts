import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DocumentSymbol, FoldingRange, Range, SelectionRange, TextEdit } from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { makeFolder, type TestFolder } from '../support/folder'
import { type LspClient, startLspClient, uriOf } from '../support/lspClient'

const CONFIGURATION =
  '"name": "a", "type": "debugpy", "request": "launch", "program": "${workspaceFolder}/a.py"'
const USUAL = `{
    "version": "0.2.0",
    "configurations": [
        { ${CONFIGURATION}, "args": ["\${input:x}"], "env": { "A": "1" } }
    ],
    "inputs": [{ "id": "x", "type": "promptString", "description": "x" }]
}
`

/** What editors hold while people type, paste, merge and generate. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  empty: '',
  blank: ' \n\n',
  'a brace': '{',
  'a comment': '// nothing\n',
  'an open comment': '/* nothing',
  null: 'null',
  BOM: `\ufeff${USUAL}`,
  CRLF: USUAL.replaceAll('\n', '\r\n'),
  'BOM and CRLF': `\ufeff${USUAL.replaceAll('\n', '\r\n')}`,
  'comments everywhere': USUAL.replaceAll(/([:,{[])/g, '$1 /* c */ ').replaceAll('\n', ' // e\n'),
  'trailing commas': USUAL.replaceAll(/([}\]"])(\s*[}\]])/g, '$1,$2'),
  'duplicate keys': `{ "configurations": [{ ${CONFIGURATION}, ${CONFIGURATION} }], "configurations": [] }`,
  'deep nesting': `{ "configurations": [{ ${CONFIGURATION}, "rules": ${'['.repeat(300)}${']'.repeat(300)} }] }`,
  'too deep': '['.repeat(2000),
  'surrogate pairs': USUAL.replaceAll('"a"', '"🐍 a 𝒳"').replace('${input:x}', '🐍${input:🐍}🐍'),
  'a lone surrogate': USUAL.replaceAll('"a"', '"\ud800"'),
  'empty names': '{ "": { "": "" }, "configurations": [{ "": "" }, { "name": "", "type": "" }] }',
  'wrong types':
    '{ "configurations": [null, 1, [], { "env": [], "args": {} }], "compounds": 5, "inputs": [5] }',
  'an open text': USUAL.replace('a.py"', 'a.py'),
  conflict: USUAL.replace('    "inputs"', '<<<<<<< HEAD\n    "inputs"'),
  prototype: USUAL.replaceAll('"A"', '"__proto__"').replaceAll('"x"', '"constructor"'),
}
const FILES = ['.vscode/launch.json', '.vscode/tasks.json', '.vscode/settings.json', 'all.code-workspace']
const OPTIONS = { tabSize: 4, insertSpaces: true }

let folder: TestFolder
let editor: LspClient

beforeAll(async () => {
  folder = makeFolder({ 'a.py': '' })
  editor = await startLspClient({
    folders: [folder.path],
    settings: { inlayHints: { enabled: true } },
    capabilities: {
      textDocument: {
        semanticTokens: {},
        inlayHint: {},
        codeLens: {},
        documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      },
    },
  })
})

afterAll(async () => {
  await editor.stop()
  folder.remove()
})

/** The text as the file has it: settings and workspace files hold it in a section. */
function contentOf(file: string, text: string): string {
  if (file.endsWith('settings.json')) return `{ "launch": ${text} }`
  return file.endsWith('.code-workspace') ? `{ "launch": ${text}, "tasks": ${text} }` : text
}

describe.each(FILES)('%s', file => {
  test.each(Object.keys(DOCUMENTS))('%s', async name => {
    const text = contentOf(file, DOCUMENTS[name] ?? '')
    const path = join(folder.path, file)
    const uri = uriOf(path)
    const document = TextDocument.create(uri, 'jsonc', 1, text)
    editor.open(path, text)
    const ask = { textDocument: { uri } }
    const whole = { start: { line: 0, character: 0 }, end: document.positionAt(text.length) }
    const isInside = (range: Range) =>
      document.offsetAt(range.start) <= document.offsetAt(range.end) && range.end.line < document.lineCount

    const symbols = await editor.request<DocumentSymbol[]>('textDocument/documentSymbol', ask)
    const all = (each: DocumentSymbol): DocumentSymbol[] => [each, ...(each.children ?? []).flatMap(all)]
    for (const symbol of symbols.flatMap(all)) {
      expect(symbol.name).not.toBe('')
      expect(isInside(symbol.range)).toBe(true)
    }
    const foldings = await editor.request<FoldingRange[]>('textDocument/foldingRange', ask)
    for (const { startLine, endLine } of foldings) {
      expect(endLine).toBeGreaterThan(startLine)
      expect(endLine).toBeLessThan(document.lineCount)
    }
    for (const method of ['codeLens', 'documentLink', 'semanticTokens/full']) {
      await editor.request(`textDocument/${method}`, ask)
    }
    await editor.request('textDocument/inlayHint', { ...ask, range: whole })
    for (let offset = 0; offset <= text.length; offset += 1 + Math.floor(text.length / 12)) {
      const position = document.positionAt(offset)
      const [selection] = await editor.request<SelectionRange[]>('textDocument/selectionRange', {
        ...ask,
        positions: [position],
      })
      if (selection !== undefined) expect(isInside(selection.range)).toBe(true)
      for (const method of ['completion', 'hover', 'definition']) {
        await editor.request(`textDocument/${method}`, { ...ask, position })
      }
      const context = { diagnostics: [] }
      await editor.request('textDocument/codeAction', {
        ...ask,
        range: { start: position, end: position },
        context,
      })
    }
    const edits = await editor.request<TextEdit[]>('textDocument/formatting', { ...ask, options: OPTIONS })
    const after = TextDocument.applyEdits(document, edits)
    expect(after.replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''))
    expect(after.startsWith('\ufeff')).toBe(text.startsWith('\ufeff'))
    if (text.includes('\r\n')) expect(after).not.toMatch(/[^\r]\n/)
    editor.notify('textDocument/didClose', ask)
  })
})
