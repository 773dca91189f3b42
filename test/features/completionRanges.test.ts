import { join } from 'node:path'
import { parseTree } from 'jsonc-parser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CompletionItem, CompletionList, Range } from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { makeFolder, type TestFolder } from '../support/folder'
import { type LspClient, startLspClient, uriOf } from '../support/lspClient'

/** Attributes of one configuration with a bar at the cursor, quotes closed as editors close them. */
const IN_CONFIGURATION = [
  '"|"',
  '"pro|"',
  '"pro|gram"',
  '"|": "x"',
  '"cons|": "integratedTerminal"',
  '"console": "|"',
  '"console": "int|egratedTerminal"',
  '"console": |,"stopOnEntry": true',
  '"console": |, "stopOnEntry": true',
  '"console": inte|, "stopOnEntry": true',
  '"justMyCode": |,"stopOnEntry": true',
  '"request":|,"stopOnEntry": true',
  '"program": |, "stopOnEntry": true',
  '"program": |,\n"stopOnEntry": true',
  '"program": "|"',
  '"program": "$|"',
  '"program": "${|"',
  '"program": "${|}"',
  '"program": "${work|}"',
  '"program": "${work|spaceFolder}/app.py"',
  '"program": "${workspaceFolder}/|"',
  '"program": "${workspaceFolder}/a|p.py"',
  '"module": "|"',
  '"module": "p|"',
  '"cwd": "|"',
  '"python": "|"',
  '"preLaunchTask": "|"',
  '"preLaunchTask": "b|"',
  '"envFile": "|"',
  '"envFile": "${workspaceFolder}/|"',
  '"env": { "|" }',
  '"env": { "PY|" }',
  '"env": { "PY|": "x" }',
  '"env": { "A": | }',
  '"env": { "A": "|" }',
  '"env": { "A": |, "B": "" }',
  '"args": ["|"]',
  '"args": [|]',
  '"args": ["x" |]',
  '"args": [|, "x"]',
  '"pathMappings": [|]',
  '"pathMappings": [{ "localRoot": "|" }]',
  '"presentation": {|}',
  '"presentation": { "|" }',
  '"connect": { "host": "|" }',
  '"stopOnEntry": true|',
  '"stopOnEntry": true |',
  '"stopOnEntry": true "|"',
]
const IN_LAUNCH = [
  '{ "configurations": [{ "name": "One" }], "compounds": [{ "name": "All", "configurations": ["|"] }] }',
  '{ "configurations": [{ "name": "One" }], "compounds": [{ "name": "All", "configurations": ["O|"] }] }',
  '{ "configurations": [{ "name": "One" }], "compounds": [{ "name": "All", "configurations": [|] }] }',
  '{ "inputs": [{ "id": "a", "type": "|" }] }',
  '{ "inputs": [{ "id": "a", "type": "pickString", "options": ["x", "y"], "default": | }] }',
  '{ "inputs": [{ "id": "a", "type": "pickString", "options": ["x", "y"], "default": "|" }] }',
  '{ "|" }',
  '{ "version": "0.2.0"| }',
  '{"version":"0.2.0"|}',
  '{"configurations":[{"name":"A"|}]}',
  '',
  '|',
  '\n\n  |\n',
]
const IN_TASKS = [
  '|',
  '{ "tasks": [{ "label": "a", "|" }] }',
  '{ "tasks": [{ "label": "a", "type": "|" }] }',
  '{ "tasks": [{ "label": "a", "dependsOn": ["|"] }, { "label": "b" }] }',
  '{ "tasks": [{ "label": "a", "presentation": {|} }] }',
  '{ "tasks": [{ "label": "a", "presentation": { "reveal": "|" } }] }',
  '{ "tasks": [{ "label": "a", "presentation": { "echo": | } }] }',
  '{ "tasks": [{ "label": "a", "runOptions": {|} }] }',
  '{ "tasks": [{ "label": "a", "runOptions": { "runOn": "|" } }] }',
]
const IN_ENV = [
  'A=1\n|',
  'A=1\nDE|\n',
  'A=1\nDE|BUG=1\n',
  'A=1\nB=$|',
  'A=1\nB=${|}\n',
  'A=1\nB=${|\n',
  'A=1\nB=${A|}/x\n',
]

const LAUNCH = '{ "configurations": [{ "name": "a", "env": { "DEBUGGED": "", "DEBUG": "" } }] }'

let folder: TestFolder
let editor: LspClient
beforeAll(async () => {
  const tasks = '{ "tasks": [{ "label": "build", "type": "shell", "command": "make" }] }\n'
  const files = {
    'app.py': '',
    'pack/__init__.py': '',
    '.env.dev': 'DEBUG=1\n',
    '.vscode/launch.json': LAUNCH,
    '.vscode/tasks.json': tasks,
  }
  folder = makeFolder(files)
  const completion = { completionItem: { insertReplaceSupport: true } }
  editor = await startLspClient({ folders: [folder.path], capabilities: { textDocument: { completion } } })
  for (const [file, text] of Object.entries(files)) editor.open(join(folder.path, file), text)
})
afterAll(async () => {
  await editor.stop()
  folder.remove()
})

/** What the editor shows at the bar, and the text without it. */
async function completeAt(file: string, marked: string): Promise<{ text: string; items: CompletionItem[] }> {
  const path = join(folder.path, file)
  const offset = Math.max(0, marked.indexOf('|'))
  const text = marked.replace('|', '')
  editor.change(path, text)
  const document = TextDocument.create('', '', 0, text)
  const { items } = await editor.request<CompletionList>('textDocument/completion', {
    textDocument: { uri: uriOf(path) },
    position: document.positionAt(offset),
  })
  const shown = items.filter(item => {
    const range = rangesOf(item)[0]
    if (range === undefined) throw new Error(`${item.label} has no range`)
    const typed = text.slice(document.offsetAt(range.start), offset)
    return (item.filterText ?? item.label).toLowerCase().startsWith(typed.toLowerCase())
  })
  return { text, items: shown }
}

/** Both ranges that an editor may put the text at. */
function rangesOf({ textEdit }: CompletionItem): readonly Range[] {
  if (textEdit === undefined) return []
  return 'range' in textEdit ? [textEdit.range] : [textEdit.insert, textEdit.replace]
}

function accepted(text: string, item: CompletionItem, range: Range): string {
  const edits = [...(item.additionalTextEdits ?? []), { range, newText: item.textEdit?.newText ?? '' }]
  return TextDocument.applyEdits(TextDocument.create('', '', 0, text), edits)
}

/** The texts that are broken after any of the items was accepted by any of its ranges. */
async function broken(file: string, marked: string, isFine: (text: string) => boolean): Promise<string[]> {
  const { text, items } = await completeAt(file, marked)
  expect(items.length, `items at ${marked}`).toBeGreaterThan(0)
  const texts = items.flatMap(item => rangesOf(item).map(range => accepted(text, item, range)))
  return texts.filter(each => !isFine(each))
}

function isJson(text: string): boolean {
  const errors: unknown[] = []
  parseTree(text, errors as never[])
  return errors.length === 0
}

const isEnv = (text: string) =>
  text.split('\n').every(line => /^(?:\w+=[^{}]*(?:\$\{\w+\}[^{}]*)?)?$/.test(line))

const inConfiguration = IN_CONFIGURATION.map(
  each => `{ "configurations": [{ "name": "a", "type": "debugpy", ${each} }] }`,
)
test.each([...inConfiguration, ...IN_LAUNCH])('launch.json stays JSON: %s', async marked => {
  expect(await broken('.vscode/launch.json', marked, isJson)).toEqual([])
})

test.each(IN_TASKS)('tasks.json stays JSON: %s', async marked => {
  expect(await broken('.vscode/tasks.json', marked, isJson)).toEqual([])
})

test.each(IN_ENV)('an env file stays one: %j', async marked => {
  editor.change(join(folder.path, '.vscode/launch.json'), LAUNCH)
  expect(await broken('.env.dev', marked, isEnv)).toEqual([])
})

test('the rest of a path stays for who inserts', async () => {
  const marked = '{ "configurations": [{ "name": "a", "program": "${workspaceFolder}/a|b.py" }] }'
  const { text, items } = await completeAt('.vscode/launch.json', marked)
  const item = items.find(({ label }) => label === 'app.py')
  const texts = item === undefined ? [] : rangesOf(item).map(range => accepted(text, item, range))
  expect(texts.map(each => /Folder\}\/(.*?)"/.exec(each)?.[1])).toEqual(['app.pyb.py', 'app.py'])
})
