import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type {
  CodeAction,
  Command,
  CompletionItem,
  CompletionList,
  Diagnostic,
  DocumentDiagnosticReport,
  DocumentSymbol,
  FoldingRange,
  Hover,
  ResponseError,
  SymbolInformation,
  WorkspaceEdit,
} from 'vscode-languageserver'
import type { StartError } from '../../server/protocol'
import { eventually } from '../support/eventually'
import { makeFolder, type TestFolder } from '../support/folder'
import { type LspClient, startLspClient, testPython, uriOf } from '../support/lspClient'
import { CLIENTS, type ClientName } from './clients'

const LAUNCH = `{
  "configurations": [
    {
      "name": "Server", "type": "python", "request": "launch",
      "program": "\${workspaceFolder}/app.py",
      "jus"
    },
    {
      "name": "Server", "type": "debugpy", "request": "launch",
      "envFile": "\${workspaceFolder}/new.env", "module": "x"
    },
    
  ],
  "compounds": [{ "name": "All", "configurations": ["Server"] }],
  "inputs": [{ "id": "who", "type": "promptString", "description": "Who?" }]
}
`

let folder: TestFolder
const editors: LspClient[] = []
beforeAll(() => {
  folder = makeFolder({ 'app.py': '', 'src/x.py': '' })
})
afterEach(async () => {
  for (const editor of editors.splice(0)) await editor.stop()
})
afterAll(() => folder.remove())

const launchJson = () => join(folder.path, '.vscode', 'launch.json')
const textDocument = () => ({ uri: uriOf(launchJson()) })

/** Behind a piece of the text. */
function behind(piece: string, text = LAUNCH) {
  const before = text.slice(0, text.indexOf(piece) + piece.length).split('\n')
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
}

/** What the server asked of the client, by method. */
type Asked = string[]
type Client = LspClient & { readonly asked: Asked }

async function start(capabilities: object, settings: object = {}): Promise<Client> {
  const asked: Asked = []
  const answer = (method: string, value: unknown) => ({
    [method]: () => {
      asked.push(method)
      return value
    },
  })
  const editor = await startLspClient({
    folders: [folder.path],
    capabilities,
    settings: { 'python.defaultInterpreterPath': testPython(), ...settings },
    answers: {
      ...answer('workspace/configuration', [null]),
      ...answer('client/registerCapability', null),
      ...answer('workspace/inlayHint/refresh', null),
      ...answer('workspace/diagnostic/refresh', null),
      ...answer('workspace/applyEdit', { applied: true }),
      ...answer('debug/prompt', null),
      ...answer('debug/command', null),
    },
  })
  editors.push(editor)
  editor.open(launchJson(), LAUNCH)
  return { ...editor, asked }
}

const complete = async ({ request }: Client, piece: string, text = LAUNCH): Promise<CompletionItem[]> =>
  (
    await request<CompletionList>('textDocument/completion', {
      textDocument: textDocument(),
      position: behind(piece, text),
    })
  ).items
const justMyCode = async (client: Client) =>
  (await complete(client, '"jus')).find(({ label }) => label === 'justMyCode')
const appEdit = async (client: Client) =>
  (await complete(client, '{workspaceFolder}/a')).find(({ label }) => label === 'app.py')?.textEdit ?? {}
const actionsAt = ({ request }: Client, piece: string, only?: string) =>
  request<(CodeAction | Command)[]>('textDocument/codeAction', {
    textDocument: textDocument(),
    range: { start: behind(piece), end: behind(piece) },
    context: { diagnostics: [], ...(only === undefined ? {} : { only: [only] }) },
  })
const startActions = async (client: Client) =>
  (await actionsAt(client, '"Server')).filter(
    ({ command }) => typeof command === 'object' && command.command === 'launch-ls.start',
  ).length
const symbols = ({ request }: Client) =>
  request<(DocumentSymbol | SymbolInformation)[]>('textDocument/documentSymbol', {
    textDocument: textDocument(),
  })
const hover = ({ request }: Client) =>
  request<Hover>('textDocument/hover', { textDocument: textDocument(), position: behind('"request') })
const diagnosticOf = async ({ request }: Client, code: string) => {
  const report = await request<DocumentDiagnosticReport & { items: Diagnostic[] }>(
    'textDocument/diagnostic',
    { textDocument: textDocument() },
  )
  return report.items.find(each => each.code === code)
}
const rename = ({ request }: Client) =>
  request<WorkspaceEdit>('textDocument/rename', {
    textDocument: textDocument(),
    position: behind('"name": "A'),
    newName: 'Both',
  })
const create = async (client: Client) => {
  const actions = await actionsAt(client, 'new.env', 'quickfix')
  const action = actions.find(({ title }) => title === 'Create new.env')
  return action !== undefined && 'edit' in action ? action.edit : undefined
}

describe('each editor gets what it can show', () => {
  const rows = [
    { client: 'nothing', snippet: false, docs: false, hovers: false, nested: false, both: false, twins: 2 },
    { client: 'Neovim 0.10', snippet: false, docs: true, hovers: true, nested: true, both: false, twins: 2 },
    { client: 'eglot', snippet: false, docs: false, hovers: true, nested: true, both: false, twins: 2 },
    { client: 'lsp-mode', snippet: true, docs: true, hovers: true, nested: true, both: true, twins: 0 },
    { client: 'Sublime', snippet: true, docs: true, hovers: true, nested: true, both: true, twins: 0 },
    { client: 'everything', snippet: true, docs: true, hovers: true, nested: true, both: true, twins: 0 },
  ] as const satisfies readonly { client: ClientName; [key: string]: unknown }[]

  test('every client has a row', () => {
    expect(rows.map(({ client }) => client)).toEqual(Object.keys(CLIENTS))
  })

  test.each(rows)('$client', async ({ client, snippet, docs, hovers, nested, both, twins }) => {
    const editor = await start(CLIENTS[client])
    const item = await justMyCode(editor)
    expect(item?.insertTextFormat).toBe(snippet ? 2 : 1)
    expect(item?.textEdit?.newText).toBe(snippet ? '"justMyCode": ${1|false,true|}' : '"justMyCode": false')
    expect('insert' in (await appEdit(editor))).toBe(both)
    expect(typeof item?.documentation).toBe(docs ? 'object' : 'string')
    const { contents } = await hover(editor)
    expect(contents).toMatchObject({ kind: hovers ? 'markdown' : 'plaintext' })
    expect(JSON.stringify(contents).includes('`')).toBe(hovers)
    expect((await symbols(editor)).some(symbol => 'children' in symbol)).toBe(nested)
    // Without lenses, the same stands among the actions.
    expect(await startActions(editor)).toBe(twins)
  })

  const pulling = ['Sublime', 'everything']
  test.each(Object.keys(CLIENTS) as ClientName[])('%s pulls diagnostics or gets them', async client => {
    const editor = await start(CLIENTS[client])
    const { diagnosticProvider } = editor.initialized.capabilities
    expect(diagnosticProvider !== undefined).toBe(pulling.includes(client))
    await editor.request('debug/sessions', {})
    if (diagnosticProvider === undefined) await editor.diagnostics(launchJson(), found => found.length > 0)
    else expect((await diagnosticOf(editor, 'deprecated-type'))?.code).toBe('deprecated-type')
  })
})

interface Case {
  readonly path: string
  /** Instead of nothing at all. */
  readonly instead?: unknown
  readonly alsoWithout?: string
  readonly settings?: object
  ask(client: Client): unknown
  readonly able: unknown
  readonly unable: unknown
}

const SNIPPETS = 'textDocument.completion.completionItem'
/** How a start ends that has to ask, and gets no answer. */
const refusal = (argument: string) => async (client: Client) => {
  const configuration = { name: 'a', type: 'debugpy', request: 'launch', program: 'app.py', args: [argument] }
  const error: unknown = await client.request('startDebug', { configuration }).catch(reason => reason)
  return [
    (error as ResponseError<StartError>).data?.kind,
    client.asked.filter(method => method.startsWith('debug/')),
  ]
}

const CASES: readonly Case[] = [
  {
    path: 'experimental.debug.prompt',
    ask: refusal('${input:who}'),
    able: ['cancelled', ['debug/prompt']],
    unable: ['unresolvedVariable', []],
  },
  {
    path: 'experimental.debug.commands',
    ask: refusal('${command:editor.ask}'),
    able: ['cancelled', ['debug/command']],
    unable: ['unresolvedVariable', []],
  },
  {
    path: `${SNIPPETS}.snippetSupport`,
    ask: async client => (await justMyCode(client))?.insertTextFormat,
    able: 2,
    unable: 1,
  },
  {
    path: `${SNIPPETS}.insertReplaceSupport`,
    ask: async client => Object.keys(await appEdit(client)).sort(),
    able: ['insert', 'newText', 'replace'],
    unable: ['newText', 'range'],
  },
  {
    path: `${SNIPPETS}.documentationFormat`,
    ask: async client => typeof (await justMyCode(client))?.documentation,
    able: 'object',
    unable: 'string',
  },
  {
    path: `${SNIPPETS}.insertTextModeSupport`,
    ask: async client =>
      (await complete(client, '},\n    ', LAUNCH)).find(({ textEdit }) => textEdit?.newText.includes('\n'))
        ?.insertTextMode,
    able: 2,
    unable: undefined,
  },
  {
    path: 'textDocument.completion.completionItemKind.valueSet',
    instead: Array.from({ length: 18 }, (_, index) => index + 1),
    ask: async client => {
      client.change(launchJson(), LAUNCH.replace('"jus"', '"cwd": "${workspaceFolder}/"'))
      const items = await complete(
        client,
        '"cwd": "${workspaceFolder}/',
        LAUNCH.replace('"jus"', '"cwd": "${workspaceFolder}/"'),
      )
      return items.find(({ label }) => label.startsWith('src'))?.kind
    },
    able: 19,
    unable: 17,
  },
  {
    path: 'textDocument.hover.contentFormat',
    ask: async client => (await hover(client)).contents,
    able: expect.objectContaining({ kind: 'markdown' }),
    unable: expect.objectContaining({ kind: 'plaintext' }),
  },
  {
    path: 'textDocument.documentSymbol.hierarchicalDocumentSymbolSupport',
    ask: async client => (await symbols(client)).every(symbol => 'selectionRange' in symbol),
    able: true,
    unable: false,
  },
  {
    path: 'textDocument.documentSymbol.symbolKind.valueSet',
    instead: Array.from({ length: 18 }, (_, index) => index + 1),
    ask: async client => JSON.stringify(await symbols(client)).includes('"kind":19'),
    able: true,
    unable: false,
  },
  {
    path: 'textDocument.rename.prepareSupport',
    ask: ({ initialized }) => initialized.capabilities.renameProvider,
    able: { prepareProvider: true },
    unable: true,
  },
  {
    path: 'textDocument.semanticTokens',
    ask: ({ initialized }) => initialized.capabilities.semanticTokensProvider !== undefined,
    able: true,
    unable: false,
  },
  {
    path: 'textDocument.semanticTokens.requests.range',
    ask: ({ initialized }) => initialized.capabilities.semanticTokensProvider,
    able: expect.objectContaining({ full: true, range: true }),
    unable: expect.objectContaining({ full: true, range: false }),
  },
  {
    path: 'textDocument.codeLens',
    alsoWithout: 'workspace.codeLens',
    ask: startActions,
    able: 0,
    unable: 2,
  },
  {
    path: 'textDocument.foldingRange.rangeLimit',
    instead: 1,
    ask: async ({ request }) =>
      (await request<FoldingRange[]>('textDocument/foldingRange', { textDocument: textDocument() })).length,
    able: 4,
    unable: 1,
  },
  {
    path: 'textDocument.publishDiagnostics.relatedInformation',
    ask: async client => (await diagnosticOf(client, 'duplicate-name'))?.relatedInformation?.length,
    able: 1,
    unable: undefined,
  },
  {
    path: 'textDocument.publishDiagnostics.tagSupport',
    ask: async client => (await diagnosticOf(client, 'deprecated-type'))?.tags,
    able: [2],
    unable: undefined,
  },
  {
    path: 'textDocument.diagnostic',
    ask: ({ initialized }) => initialized.capabilities.diagnosticProvider,
    able: { identifier: 'launch-ls', interFileDependencies: true, workspaceDiagnostics: true },
    unable: undefined,
  },
  {
    path: 'workspace.diagnostics.refreshSupport',
    ask: ({ initialized }) => initialized.capabilities.diagnosticProvider !== undefined,
    able: true,
    unable: false,
  },
  {
    path: 'textDocument.codeAction.codeActionLiteralSupport',
    ask: async client => {
      const [action] = await actionsAt(client, '"python', 'quickfix')
      if (action === undefined || 'edit' in action) return action?.title
      await client.request('workspace/executeCommand', action)
      return client.asked.filter(method => method === 'workspace/applyEdit')
    },
    able: expect.stringContaining('debugpy'),
    unable: ['workspace/applyEdit'],
  },
  {
    path: 'workspace.applyEdit',
    alsoWithout: 'textDocument.codeAction.codeActionLiteralSupport',
    ask: async client => (await actionsAt(client, '"python', 'quickfix')).length > 0,
    able: true,
    unable: false,
  },
  {
    path: 'workspace.workspaceEdit.documentChanges',
    ask: async client => Object.keys(await rename(client)),
    able: ['documentChanges'],
    unable: ['changes'],
  },
  {
    path: 'workspace.workspaceEdit.resourceOperations',
    ask: async client => (await create(client))?.documentChanges?.map(change => 'kind' in change),
    able: [true, false],
    unable: [false],
  },
  {
    path: 'workspace.workspaceFolders',
    ask: ({ initialized }) => initialized.capabilities.workspace?.workspaceFolders?.supported,
    able: true,
    unable: false,
  },
  {
    path: 'workspace.configuration',
    ask: async client => {
      await complete(client, '"jus')
      return client.asked.includes('workspace/configuration')
    },
    able: true,
    unable: false,
  },
  {
    path: 'workspace.didChangeConfiguration.dynamicRegistration',
    ask: async client => {
      await complete(client, '"jus')
      return client.asked.includes('client/registerCapability')
    },
    able: true,
    unable: false,
  },
  {
    path: 'workspace.inlayHint.refreshSupport',
    settings: { 'inlayHints.enabled': true },
    ask: async client => {
      const path = join(folder.path, '.env')
      client.open(path, 'A=1\n')
      client.change(path, 'A=2 # note\n')
      // By then the change has been told to everyone.
      await eventually('the env file is checked', async () => {
        const report = await client.request<{ items: unknown[] }>('textDocument/diagnostic', {
          textDocument: { uri: uriOf(path) },
        })
        return report.items.length > 0
      })
      await client.request('debug/sessions', {})
      return client.asked.includes('workspace/inlayHint/refresh')
    },
    able: true,
    unable: false,
  },
]

describe('a client that can do everything, and the same without', () => {
  test.each(CASES)('$path', async ({ path, instead, alsoWithout, settings = {}, ask, able, unable }) => {
    expect(await ask(await start(CLIENTS.everything, settings))).toEqual(able)
    const less = changed(CLIENTS.everything, path, instead)
    const without = alsoWithout === undefined ? less : changed(less, alsoWithout, undefined)
    expect(await ask(await start(without, settings))).toEqual(unable)
  })
})

function changed(capabilities: object, path: string, value: unknown): object {
  const copy: object = JSON.parse(JSON.stringify(capabilities))
  const names = path.split('.')
  const last = names.pop() ?? ''
  let at = copy as Record<string, unknown>
  for (const name of names) at = at[name] as Record<string, unknown>
  expect(Object.keys(at), path).toContain(last)
  if (value === undefined) delete at[last]
  else at[last] = value
  return copy
}
