import { setImmediate as nextTurn } from 'node:timers/promises'
import type {
  CancellationToken,
  ClientCapabilities,
  Diagnostic,
  DocumentDiagnosticParams,
  DocumentDiagnosticReport,
  ResultProgressReporter,
  TextDocuments,
  WorkspaceDiagnosticParams,
  WorkspaceDiagnosticReport,
  WorkspaceDiagnosticReportPartialResult,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import { pathOf, sameUri, uriOf } from '../workspace/paths'
import type { Context, Feature } from './context'
import { guard } from './guard'
import { LSPErrorCodes, ResponseError } from './library'
import { toDiagnostic } from './locations'
import type { Problems } from './problems'

/**
 * Diagnostics are pulled where the client can, otherwise pushed, never both: those of open documents one by one, those
 * of files that no editor has open together, from the first `workspace/diagnostic` on.
 */
export function register(context: Context, problems: Problems, open: TextDocuments<TextDocument>): Feature {
  const { connection, changes } = context
  const { documents } = context.workspace
  /** What was pushed last, by URI: told again only when it differs, and taken back when the file is gone. */
  const pushed = new Map<string, string>()
  /** The id of what was pulled last, by URI. */
  const pulled = new Map<string, string>()
  let pullsWorkspace = false

  const diagnosticsOf = (uri: string): Diagnostic[] => {
    const document = documents.document(uri)
    if (document === undefined) return []
    return problems.of(pathOf(uri)).map(problem => toDiagnostic(context, document, problem))
  }
  const unopened = () => {
    const opened = new Set(open.all().map(({ uri }) => sameUri(uri)))
    return problems
      .files()
      .map(uriOf)
      .filter(uri => !opened.has(uri))
  }

  const push = (uri: string, diagnostics: readonly Diagnostic[]) => {
    const told = JSON.stringify(diagnostics)
    if ((pushed.get(uri) ?? '[]') === told) return
    pushed.set(uri, told)
    void connection.sendDiagnostics({ uri, diagnostics: [...diagnostics] })
  }
  /** Pushes these, and takes back the others. */
  const pushAll = (uris: readonly string[]) => {
    for (const uri of pushed.keys()) if (!uris.includes(uri)) push(uri, [])
    for (const uri of uris) push(uri, diagnosticsOf(uri))
  }

  /** Whether something that was pulled is another now; what the editor itself changed it pulls by itself. */
  const isStale = (changed: ReadonlySet<string> | undefined) => {
    const opened = new Set(open.all().map(({ uri }) => sameUri(uri)))
    for (const uri of pulled.keys()) if (!opened.has(uri) && !pullsWorkspace) pulled.delete(uri)
    const ownEdits = new Set([...(changed ?? [])].map(sameUri).filter(uri => opened.has(uri)))
    const shown = new Set([...pulled.keys(), ...(pullsWorkspace ? unopened() : [])])
    return [...shown].some(
      uri => !ownEdits.has(uri) && resultIdOf(diagnosticsOf(uri)) !== (pulled.get(uri) ?? NO_RESULT),
    )
  }
  changes.subscribe(changed => {
    if (!pulls(context.client())) return pushAll([...open.all().map(({ uri }) => uri), ...unopened()])
    pushAll(pullsWorkspace ? [] : unopened())
    if (isStale(changed)) void connection.languages.diagnostics.refresh()
  })

  const reportOf = (uri: string, previous: string | undefined) => {
    const items = diagnosticsOf(uri)
    const resultId = resultIdOf(items)
    pulled.set(sameUri(uri), resultId)
    if (resultId === previous) return { kind: 'unchanged' as const, resultId }
    return { kind: 'full' as const, resultId, items }
  }
  const pull = ({ textDocument, previousResultId }: DocumentDiagnosticParams): DocumentDiagnosticReport =>
    reportOf(textDocument.uri, previousResultId)

  const pullAll = async (
    { previousResultIds }: WorkspaceDiagnosticParams,
    token: CancellationToken,
    partial: Partial | undefined,
  ): Promise<WorkspaceDiagnosticReport> => {
    pullsWorkspace = true
    const previous = new Map(previousResultIds.map(({ uri, value }) => [sameUri(uri), value]))
    // A file that is gone is reported once more, as one without problems.
    const gone = [...previous.keys()].filter(uri => !documents.isOpen(uri))
    const items: WorkspaceDocumentDiagnosticReport[] = []
    for (const uri of new Set([...unopened(), ...gone])) {
      if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.')
      items.push({ uri, version: null, ...reportOf(uri, previous.get(uri)) })
      if (partial !== undefined) partial.report({ items: items.splice(0) })
      // A thousand folders take a while, in which the editor may ask something else.
      await nextTurn()
    }
    pushAll([])
    return { items }
  }

  connection.languages.diagnostics.on(guard('textDocument/diagnostic', context.log, pull))
  connection.languages.diagnostics.onWorkspace((params, token, _progress, partial) =>
    guard('workspace/diagnostic', context.log, (asked: WorkspaceDiagnosticParams, cancelled) =>
      pullAll(asked, cancelled, partial),
    )(params, token),
  )
  return {
    capabilities: client =>
      pulls(client)
        ? {
            diagnosticProvider: {
              identifier: 'launch-ls',
              interFileDependencies: true,
              workspaceDiagnostics: !leavesOpenOnes(context),
            },
          }
        : {},
  }
}

type Partial = ResultProgressReporter<WorkspaceDiagnosticReportPartialResult>

/** Who cannot be told to pull again would show what was true before another file changed. */
function pulls({ textDocument, workspace }: ClientCapabilities): boolean {
  return textDocument?.diagnostic !== undefined && workspace?.diagnostics?.refreshSupport === true
}

/** Told to refresh, Neovim 0.12 pulls open documents again only from servers without diagnostics of the workspace. */
function leavesOpenOnes(context: Context): boolean {
  return context.clientName() === 'Neovim'
}

/** FNV-1a over the text: equal results have equal ids. */
function resultIdOf(diagnostics: readonly Diagnostic[]): string {
  const text = JSON.stringify(diagnostics)
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return `${text.length}-${(hash >>> 0).toString(36)}`
}

const NO_RESULT = resultIdOf([])
