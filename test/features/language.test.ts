import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import type {
  CodeAction,
  CodeLens,
  CompletionList,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  SelectionRange,
  SemanticTokens,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver'
import type { NewConfiguration } from '../../server/protocol'
import { makeFolder, type TestFolder } from '../support/folder'
import { type LspClient, type LspClientOptions, startLspClient, uriOf } from '../support/lspClient'
import { CLIENTS, type ClientName } from './clients'

const LAUNCH = `{
  // 😀 shifts what counts bytes
  "configurations": [
    {
      "name": "Server 😀", "type": "python", "request": "launch",
      "program": "\${workspaceFolder}/app.py",
      "preLaunchTask": "build",
      "jus"
    },
    { "name": "Client", "type": "debugpy", "request": "launch", "envFile": "\${workspaceFolder}/new.env", "module": "x" }
  ],
  "compounds": [{ "name": "All", "configurations": ["Client"] }]
}
`
const TASKS = '{ "tasks": [{ "label": "build", "type": "shell", "command": "make" }] }\n'

let folder: TestFolder
let editor: LspClient | undefined
beforeEach(() => {
  folder = makeFolder({ 'app.py': '', '.vscode/tasks.json': TASKS, '.env': 'A=1\nB=${A}\n' })
})
afterEach(async () => {
  await editor?.stop()
  folder.remove()
})
afterAll(() => {
  editor = undefined
})

const launchJson = () => join(folder.path, '.vscode', 'launch.json')

async function start(name: ClientName, more: Partial<LspClientOptions> = {}): Promise<LspClient> {
  editor = await startLspClient({ folders: [folder.path], capabilities: CLIENTS[name], ...more })
  editor.open(launchJson(), LAUNCH)
  return editor
}

/** The position behind a piece of the text, in UTF-16 as editors count. */
function behind(piece: string, text = LAUNCH) {
  const before = text.slice(0, text.indexOf(piece) + piece.length).split('\n')
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
}

const at = (piece: string) => ({ textDocument: { uri: uriOf(launchJson()) }, position: behind(piece) })
const whole = () => ({ textDocument: { uri: uriOf(launchJson()) } })

test('a file that is made: as an operation where the client has it, otherwise by its text alone', async () => {
  const ask = {
    ...whole(),
    range: { start: behind('new.env'), end: behind('new.env') },
    context: { diagnostics: [], only: ['quickfix'] },
  }
  const create = (actions: readonly CodeAction[]) =>
    actions.find(({ title }) => title === 'Create new.env')?.edit
  const newEnv = uriOf(join(folder.path, 'new.env'))
  const plain = await start('nothing')
  expect(
    create(await plain.request('textDocument/codeAction', ask))?.changes?.[newEnv]?.[0]?.newText,
  ).toMatch(/NAME/)
  await plain.stop()
  const able = await start('lsp-mode')
  const edit = create(await able.request('textDocument/codeAction', ask))
  expect(edit?.documentChanges?.[0]).toMatchObject({ kind: 'create', uri: newEnv })
})

test('what to run on the other side of an attach', async () => {
  const { request, open, heard } = await start('nothing')
  const attach = LAUNCH.replace('"jus"', '"justMyCode": false').replace(
    '"request": "launch", "envFile"',
    '"request": "attach", "connect": { "port": 5678 }, "x"',
  )
  open(launchJson(), attach)
  const position = behind('"Client', attach)
  const actions = await request<CodeAction[]>('textDocument/codeAction', {
    ...whole(),
    range: { start: position, end: position },
    context: { diagnostics: [] },
  })
  const command = actions.find(({ command }) => command?.command === 'launch-ls.showCommandLine')?.command
  const found = await request<{ debugpy: string }>('workspace/executeCommand', {
    command: command?.command,
    arguments: command?.arguments,
  })
  expect(found.debugpy).toMatch(/^python -m debugpy --listen .*5678/)
  expect(heard('window/showMessage')).toHaveLength(1)
})

test('fix all, when asked for', async () => {
  const { request } = await start('nothing')
  const actions = await request<CodeAction[]>('textDocument/codeAction', {
    ...whole(),
    range: { start: behind('{'), end: behind('{') },
    context: { diagnostics: [], only: ['source.fixAll'] },
  })
  expect(actions.map(({ kind }) => kind)).toEqual(['source.fixAll.launch-ls'])
  expect(actions[0]?.edit?.changes?.[uriOf(launchJson())]?.map(({ newText }) => newText)).toContain(
    '"debugpy"',
  )
})

test('names over files: definition, references, rename', async () => {
  const { request } = await start('Sublime')
  const tasks = uriOf(join(folder.path, '.vscode', 'tasks.json'))
  const definition = await request<Location[]>('textDocument/definition', at('"preLaunchTask": "bui'))
  expect(definition.map(({ uri }) => uri)).toEqual([tasks])
  const references = await request<Location[]>('textDocument/references', {
    ...at('"configurations": ["Cli'),
    context: { includeDeclaration: true },
  })
  expect(references.map(({ range }) => range.start.line)).toEqual([9, 11])
  const prepared = await request<unknown>('textDocument/prepareRename', at('"name": "Ser'))
  expect(prepared).toMatchObject({
    placeholder: 'Server 😀',
    range: { start: { line: 4, character: 15 }, end: { line: 4, character: 24 } },
  })
  const edit = await request<WorkspaceEdit>('textDocument/rename', {
    ...at('"preLaunchTask": "bui'),
    newName: 'all',
  })
  expect(edit.documentChanges?.map(change => ('edits' in change ? change.edits.length : 0))).toEqual([1, 1])
  await expect(request('textDocument/rename', { ...at('"name": "Ser'), newName: 'Client' })).rejects.toThrow(
    'There is another configuration named "Client": take a name of its own.',
  )
})

test('paths are links, and definitions for editors without links', async () => {
  const { request } = await start('nothing')
  const app = uriOf(join(folder.path, 'app.py'))
  const links = await request<DocumentLink[]>('textDocument/documentLink', whole())
  expect(links.map(({ target }) => target)).toEqual([app])
  const definition = await request<Location[]>('textDocument/definition', at('}/app'))
  expect(definition.map(({ uri }) => uri)).toEqual([app])
})

test('lenses start what they stand above', async () => {
  const { request } = await start('Neovim 0.10')
  const lenses = await request<CodeLens[]>('textDocument/codeLens', whole())
  expect(lenses.map(({ command, range }) => `${range.start.line} ${command?.title}`)).toEqual([
    '3 ▶ Debug Server 😀',
    '3 Run Server 😀',
    '9 ▶ Debug Client',
    '9 Run Client',
    '11 ▶ Debug All (all)',
    '11 Run All (all)',
  ])
  expect(lenses[1]?.command?.arguments).toEqual([
    { configuration: 'Server 😀', folder: uriOf(folder.path), noDebug: true },
  ])
})

test('tokens, folding, selection and formatting', async () => {
  const { request, open } = await start('Sublime')
  const tokens = await request<SemanticTokens>('textDocument/semanticTokens/full', whole())
  expect(tokens.data).toEqual([5, 18, 18, 0, 0, 4, 76, 18, 0, 0])
  const foldings = await request<FoldingRange[]>('textDocument/foldingRange', whole())
  expect(foldings.map(({ startLine, endLine }) => `${startLine}–${endLine}`)).toEqual(['0–11', '2–9', '3–7'])
  const [selection] = await request<SelectionRange[]>('textDocument/selectionRange', {
    ...whole(),
    positions: [behind('"Clie')],
  })
  expect(selection?.range).toEqual({ start: { line: 9, character: 15 }, end: { line: 9, character: 21 } })
  expect(selection?.parent?.range.start.character).toBe(14)
  const options = { tabSize: 2, insertSpaces: true }
  // A key without its value: until it is mended, the text stays.
  expect(await request('textDocument/formatting', { ...whole(), options })).toEqual([])
  const tasks = join(folder.path, '.vscode', 'tasks.json')
  open(tasks, TASKS)
  const textDocument = { uri: uriOf(tasks) }
  const edits = await request<TextEdit[]>('textDocument/formatting', { textDocument, options })
  expect(edits.length).toBeGreaterThan(0)
})

test('inlay hints are off, and on by a setting', async () => {
  const range = { start: { line: 0, character: 0 }, end: { line: 12, character: 0 } }
  const off = await start('eglot')
  expect(await off.request<InlayHint[]>('textDocument/inlayHint', { ...whole(), range })).toEqual([])
  await off.stop()
  const on = await start('eglot', { settings: { 'inlayHints.enabled': true } })
  const hints = await on.request<InlayHint[]>('textDocument/inlayHint', { ...whole(), range })
  expect(hints.map(({ label }) => label)).toEqual([`→ ${join(folder.path, 'app.py')}`])
})

test('env files and tasks.json complete, too', async () => {
  const { request, open } = await start('nothing')
  const env = join(folder.path, '.env')
  open(env, 'A=1\nB=${', 'dotenv')
  const inEnv = await request<CompletionList>('textDocument/completion', {
    textDocument: { uri: uriOf(env) },
    position: { line: 1, character: 4 },
  })
  expect(inEnv.items.map(({ label }) => label)).toEqual(['${A}'])
  const tasks = join(folder.path, '.vscode', 'tasks.json')
  open(tasks, '{ "tasks": [{ "lab" }] }')
  const inTasks = await request<CompletionList>('textDocument/completion', {
    textDocument: { uri: uriOf(tasks) },
    position: { line: 0, character: 18 },
  })
  expect(inTasks.items.map(({ label }) => label)).toContain('label')
})

test('a workspace file has configurations and tasks', async () => {
  const { request, open } = await start('Sublime')
  const file = join(folder.path, 'all.code-workspace')
  open(file, '{ "launch": { "configurations": [{ "" }] },\n"tasks": { "tasks": [{ "lab" }] } }')
  const ask = { textDocument: { uri: uriOf(file) } }
  const labels = async (line: number, character: number) => {
    const params = { ...ask, position: { line, character } }
    const { items } = await request<CompletionList>('textDocument/completion', params)
    return items.map(({ label }) => label)
  }
  expect(await labels(0, 36)).toContain('request')
  expect(await labels(1, 28)).toContain('label')
  const symbols = await request<DocumentSymbol[]>('textDocument/documentSymbol', ask)
  expect(symbols.map(({ name }) => name)).toEqual(['configurations', 'tasks'])
})

test('brackets deeper than the formatter can indent are left as they are', async () => {
  const { request, open } = await start('nothing')
  const file = join(folder.path, '.vscode', 'tasks.json')
  open(file, `{ "tasks": ${'['.repeat(300)}${']'.repeat(300)} }`)
  const ask = { textDocument: { uri: uriOf(file) }, options: { tabSize: 2, insertSpaces: true } }
  expect(await request('textDocument/formatting', ask)).toEqual([])
})

test('files that are none of our business get nothing', async () => {
  const { request, open } = await start('nothing')
  const other = join(folder.path, 'package.json')
  open(other, '{ "configurations": [] }')
  const ask = { textDocument: { uri: uriOf(other) }, position: { line: 0, character: 3 } }
  expect((await request<CompletionList>('textDocument/completion', ask)).items).toEqual([])
  expect(await request('textDocument/hover', ask)).toBeNull()
  expect(await request('textDocument/documentSymbol', ask)).toEqual([])
  expect(
    await request('textDocument/formatting', { ...ask, options: { tabSize: 2, insertSpaces: true } }),
  ).toEqual([])
})

test('new configurations come with the edit that adds them', async () => {
  folder.write('manage.py', '')
  editor = await startLspClient({ folders: [folder.path] })
  const found = await editor.request<NewConfiguration[]>('debug/newConfigurations', {
    folder: uriOf(folder.path),
  })
  const django = found.find(({ label }) => label === 'Django')
  expect(django).toMatchObject({ detected: true, body: { program: '${workspaceFolder}/manage.py' } })
  expect(Object.keys(django?.edit.changes ?? {})).toEqual([uriOf(launchJson())])
})

test.each([
  ['{"configurations":[{"name":"a"', /Nothing can be added.*Line 1: /],
  ['{\n  "configurations": [\n    {\n      "name": "a"\n  ]\n}\n', /Nothing can be added.*Line 5: /],
  ['[]', /Nothing can be added.*no object/],
])('a launch.json that is too broken to be added to: %j', async (text, message) => {
  const editor = await start('nothing')
  editor.change(launchJson(), text)
  const asked = editor.request('debug/newConfigurations', { folder: uriOf(folder.path) })
  await expect(asked).rejects.toThrow(message)
})

test('a launch.json that is broken elsewhere can be added to', async () => {
  const editor = await start('nothing')
  editor.change(launchJson(), '{ "version": "0.2.0" "configurations": [{ "name": "a" }] }')
  const found = await editor.request<NewConfiguration[]>('debug/newConfigurations', {
    folder: uriOf(folder.path),
  })
  expect(found.length).toBeGreaterThan(5)
})

test('an env file that launch.json names, whatever it is called: hover and symbols', async () => {
  const client = await start('everything')
  const path = join(folder.path, 'conf', 'vars.txt')
  const text = 'STAGE=dev\nTOKEN=abc123abc\nURL=https://u:${TOKEN}@h\n'
  client.change(
    launchJson(),
    LAUNCH.replace('new.env', 'conf/vars.txt').replace('"jus"', '"env": { "STAGE": "x" }'),
  )
  client.open(path, text)
  const textDocument = { uri: uriOf(path) }
  const hover = (piece: string) =>
    client.request<Hover | null>('textDocument/hover', { textDocument, position: behind(piece, text) })
  expect((await hover('STA'))?.contents).toMatchObject({
    kind: 'markdown',
    value: 'The program sees `dev`, from line 1.',
  })
  expect((await hover('TOK'))?.contents).toMatchObject({ value: 'The program sees `••••`, from line 2.' })
  expect(JSON.stringify(await hover('${TOK'))).toContain('`${TOKEN}` is `••••`, from line 2.')
  const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument })
  expect(
    symbols.map(({ name, detail, selectionRange }) => [name, detail, selectionRange.start.line]),
  ).toEqual([
    ['STAGE', '', 0],
    ['TOKEN', '', 1],
    ['URL', '', 2],
  ])
})
