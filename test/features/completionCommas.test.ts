import { join } from 'node:path'
import { type ParseError, parse } from 'jsonc-parser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CompletionItem, CompletionList, TextEdit } from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { makeFolder, type TestFolder } from '../support/folder'
import { type LspClient, startLspClient, uriOf } from '../support/lspClient'

/** A finished value right before the cursor, or before blanks and comments before it. */
const BEHIND_A_VALUE = [
  '{"version": "0.2.0"|}',
  '{"version": "0.2.0"|, "inputs": []}',
  '{"inputs": []|}',
  '{"configurations": [{}|]}',
  '{"configurations": [{}|, {}]}',
  '{"configurations": [{ "name": "A" }], "compounds": [{ "name": "B", "configurations": ["A"|] }]}',
  ...[
    '"program": "x"|',
    '"program": "x"|, "console": "internalConsole"',
    '"program": "x"|\n, "console": "internalConsole"',
    '"args": ["a"|]',
    '"args": ["a"|, "b"]',
    '"args": []|',
    '"env": {}|',
    '"env": {}|, "cwd": ""',
  ].map(each => `{"configurations": [{ "name": "a", "type": "debugpy", ${each} }]}`),
]
const BEHIND_BLANKS = [
  '"program": "x" |',
  '"program": "x" /* c */ |',
  '"program": "x" // c\n|',
  '"program": "x"\n|',
  '"program": "x"\n"|"',
  '"program": "x" "|"',
  '"program": "x""|"',
  '"args": ["a" "|"]',
  '"args": ["a""|"]',
  '"args": ["a"\n|]',
].map(each => `{"configurations": [{ "name": "a", "type": "debugpy", ${each} }]}`)

let folder: TestFolder
let editor: LspClient
beforeAll(async () => {
  folder = makeFolder({ '.vscode/launch.json': '{}' })
  editor = await startLspClient({ folders: [folder.path] })
  editor.open(join(folder.path, '.vscode/launch.json'), '{}')
})
afterAll(async () => {
  await editor.stop()
  folder.remove()
})

async function completeAt(marked: string, triggerCharacter?: string) {
  const path = join(folder.path, '.vscode/launch.json')
  const offset = marked.indexOf('|')
  const document = TextDocument.create('', '', 0, marked.replace('|', ''))
  editor.change(path, document.getText())
  const { items } = await editor.request<CompletionList>('textDocument/completion', {
    textDocument: { uri: uriOf(path) },
    position: document.positionAt(offset),
    context: triggerCharacter === undefined ? { triggerKind: 1 } : { triggerKind: 2, triggerCharacter },
  })
  return { document, items }
}

function mainEdit({ label, textEdit }: CompletionItem): TextEdit {
  if (textEdit === undefined || !('range' in textEdit)) throw new Error(`${label} has no single range`)
  return textEdit
}

/** What comes out in an editor that makes the item's own edit before the others, and in one that does not. */
function accepted(document: TextDocument, item: CompletionItem): { mainFirst: string; othersFirst: string } {
  const others = (item.additionalTextEdits ?? []).toSorted(
    (a, b) => startOf(document, b) - startOf(document, a),
  )
  const main = mainEdit(item)
  const make = (text: string, edit: TextEdit, shift = 0) =>
    text.slice(0, startOf(document, edit) + shift) +
    edit.newText +
    text.slice(document.offsetAt(edit.range.end) + shift)
  const mainFirst = others.reduce((text, edit) => make(text, edit), make(document.getText(), main))
  const withOthers = others.reduce((text, edit) => make(text, edit), document.getText())
  // An editor keeps the cursor's place: what was put in before or at it moves it.
  return { mainFirst, othersFirst: make(withOthers, main, withOthers.length - document.getText().length) }
}

function startOf(document: TextDocument, { range }: TextEdit): number {
  return document.offsetAt(range.start)
}

function errorsOf(text: string): readonly ParseError[] {
  const errors: ParseError[] = []
  parse(text, errors, { allowTrailingComma: true })
  return errors
}

test.each([...BEHIND_A_VALUE, ...BEHIND_BLANKS])(
  'the comma comes along in every editor: %j',
  async marked => {
    const { document, items } = await completeAt(marked)
    expect(items.length).toBeGreaterThan(0)
    for (const item of items) {
      const { mainFirst, othersFirst } = accepted(document, item)
      expect(mainFirst, item.label).toBe(othersFirst)
      expect(errorsOf(mainFirst), mainFirst).toEqual([])
      const { start, end } = mainEdit(item).range
      expect(start.line, item.label).toBe(end.line)
      // LSP: not even at the place where the main edit begins.
      const touching = (item.additionalTextEdits ?? []).filter(
        ({ range }) =>
          document.offsetAt(range.end) >= document.offsetAt(start) &&
          document.offsetAt(range.start) <= document.offsetAt(end),
      )
      expect(touching, item.label).toEqual([])
    }
  },
)

test.each(BEHIND_A_VALUE)(
  'whoever types the last sign of a value is not asked for more: %j',
  async marked => {
    const { items } = await completeAt(marked, '"')
    expect(items.map(({ label }) => label)).toEqual([])
  },
)

test.each([
  '{"configurations": [{ "type": "debugpy", "program" | }]}',
  '{"configurations": [{ "type": "debugpy", "program" | , "cwd": "" }]}',
  '{"configurations": [{ "type": "debugpy", "program" /* c */ | }]}',
  '{"configurations": [{ "type": "debugpy", "program" "|" }]}',
  '{"version" |}',
])('a name without its colon is followed by no other name: %s', async marked => {
  const { items } = await completeAt(marked)
  expect(items.map(({ label }) => label)).toEqual([])
})

test('behind an element of a list the list goes on', async () => {
  const { items } = await completeAt('{"configurations": [{}|]}')
  const labels = items.map(({ label }) => label)
  expect(labels).toContain('Python: Current File')
  expect(labels).not.toContain('version')
})
