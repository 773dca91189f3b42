import type {
  Diagnostic,
  DocumentDiagnosticParams,
  DocumentDiagnosticReport,
  TextDocuments,
} from 'vscode-languageserver'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import { pathOf, sameUri, uriOf } from '../workspace/paths'
import type { Context, Feature } from './context'
import { guard } from './guard'
import { toDiagnostic } from './locations'
import type { Problems } from './problems'

/**
 * Diagnostics of open documents are pulled where the client can, otherwise pushed, never both; those of files that no
 * editor has open are always pushed.
 */
export function register(context: Context, problems: Problems, open: TextDocuments<TextDocument>): Feature {
  const { connection, changes } = context
  const { documents } = context.workspace
  /** What was pushed last, by URI: told again only when it differs, and taken back when the file is gone. */
  const pushed = new Map<string, string>()
  const pulls = () => context.client().textDocument?.diagnostic !== undefined

  const diagnosticsOf = (uri: string): Diagnostic[] => {
    const document = documents.document(uri)
    if (document === undefined) return []
    return problems.of(pathOf(uri)).map(problem => toDiagnostic(document, documents, problem))
  }

  const push = (uri: string, diagnostics: readonly Diagnostic[]) => {
    const told = JSON.stringify(diagnostics)
    if ((pushed.get(uri) ?? '[]') === told) return
    pushed.set(uri, told)
    void connection.sendDiagnostics({ uri, diagnostics: [...diagnostics] })
  }

  const tell = (changed: ReadonlySet<string> | undefined) => {
    const opened = open.all().map(({ uri }) => uri)
    const openPaths = new Set(opened.map(sameUri))
    const unopened = problems
      .files()
      .map(uriOf)
      .filter(uri => !openPaths.has(sameUri(uri)))
    const shown = pulls() ? unopened : [...opened, ...unopened]
    for (const uri of pushed.keys()) if (!shown.includes(uri)) push(uri, [])
    for (const uri of shown) push(uri, diagnosticsOf(uri))
    // The editor pulls by itself for what it edits; only of the rest it must be told.
    const elsewhere = changed === undefined || [...changed].some(uri => !openPaths.has(sameUri(uri)))
    if (elsewhere && pulls() && context.client().workspace?.diagnostics?.refreshSupport === true) {
      void connection.languages.diagnostics.refresh()
    }
  }
  changes.subscribe(tell)

  const pull = ({ textDocument, previousResultId }: DocumentDiagnosticParams): DocumentDiagnosticReport => {
    const items = diagnosticsOf(textDocument.uri)
    const resultId = fingerprint(JSON.stringify(items))
    if (resultId === previousResultId) return { kind: 'unchanged', resultId }
    return { kind: 'full', resultId, items }
  }
  connection.languages.diagnostics.on(guard('textDocument/diagnostic', context.log, pull))

  return {
    capabilities: client =>
      client.textDocument?.diagnostic === undefined
        ? {}
        : {
            diagnosticProvider: {
              identifier: 'launch-ls',
              interFileDependencies: true,
              workspaceDiagnostics: false,
            },
          },
  }
}

/** FNV-1a over the text: equal results have equal ids. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return `${text.length}-${(hash >>> 0).toString(36)}`
}
