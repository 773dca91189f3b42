import type {
  DocumentSymbol,
  DocumentSymbolParams,
  FoldingRange,
  FoldingRangeParams,
  SelectionRange,
  SelectionRangeParams,
  SymbolInformation,
} from 'vscode-languageserver'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import { FoldingRangeKind, SymbolKind } from 'vscode-languageserver-types'
import { nodeAt } from '../core/json'
import { envOutline, foldings, type OutlineEntry, outline, selections } from '../core/outline'
import { rangeOf } from '../core/ranges'
import type { Context, Feature } from './context'
import { guard } from './guard'
import type { LanguageFiles } from './languageFiles'
import { askedAt } from './positions'

/** Symbols, folding and selection ranges. */
export function register(context: Context, files: LanguageFiles): Feature {
  const { connection, log } = context

  const symbols = (params: DocumentSymbolParams): DocumentSymbol[] | SymbolInformation[] => {
    const asked = askedAt(context, files, params)
    if (asked === undefined) return []
    const entries =
      files.kindOf(asked.path) === 'env'
        ? envOutline(files.env(asked.path).file.entries)
        : files
            .views(asked.path)
            .flatMap(({ document, root }) => outline(nodeAt(document.json.root, root.path)))
    const { hierarchicalDocumentSymbolSupport: nested, symbolKind } =
      context.client().textDocument?.documentSymbol ?? {}
    const kindOf: KindOf = kind => known(KINDS[kind], symbolKind?.valueSet)
    return nested === true
      ? entries.map(entry => toSymbol(asked.text, entry, kindOf))
      : entries.flatMap(entry => toFlat(asked.text, entry, kindOf, undefined))
  }
  const folding = (params: FoldingRangeParams): FoldingRange[] => {
    const asked = askedAt(context, files, params)
    if (asked?.view === undefined) return []
    const { json } = asked.view.document
    const limit = context.client().textDocument?.foldingRange?.rangeLimit ?? 5000
    return foldings(json.text, json.root)
      .slice(0, limit)
      .map(({ isComment, ...span }) => toFolding(asked.text, span, isComment))
      .filter(({ startLine, endLine }) => endLine > startLine)
  }
  const selection = (params: SelectionRangeParams): SelectionRange[] => {
    const asked = askedAt(context, files, params)
    return params.positions.map(position => {
      const here = { range: { start: position, end: position } }
      if (asked === undefined) return here
      const { root } = asked.view?.document.json ?? {}
      const spans = selections(asked.text.getText(), root, asked.text.offsetAt(position))
      const innermost = spans.reduceRight<SelectionRange | undefined>(
        (parent, span) => ({
          range: rangeOf(asked.text, span),
          ...(parent === undefined ? {} : { parent }),
        }),
        undefined,
      )
      return innermost ?? here
    })
  }

  connection.onDocumentSymbol(guard('textDocument/documentSymbol', log, symbols))
  connection.onFoldingRanges(guard('textDocument/foldingRange', log, folding))
  connection.onSelectionRanges(guard('textDocument/selectionRange', log, selection))
  return {
    capabilities: () => ({
      documentSymbolProvider: true,
      foldingRangeProvider: true,
      selectionRangeProvider: true,
    }),
  }
}

/** The last line of an object, its bracket, stays visible. */
function toFolding(
  text: TextDocument,
  span: { offset: number; length: number },
  isComment: boolean,
): FoldingRange {
  const { start, end } = rangeOf(text, span)
  return {
    startLine: start.line,
    endLine: isComment ? end.line : end.line - 1,
    ...(isComment ? { kind: FoldingRangeKind.Comment } : {}),
  }
}

type KindOf = (kind: OutlineEntry['kind']) => SymbolKind

/** `Object` came late to the protocol: a client may have a class at most. */
function known(kind: SymbolKind, shown: readonly SymbolKind[] | undefined): SymbolKind {
  return shown === undefined || shown.includes(kind) ? kind : SymbolKind.Class
}

function toSymbol(text: TextDocument, entry: OutlineEntry, kindOf: KindOf): DocumentSymbol {
  return {
    name: entry.name,
    detail: entry.detail,
    kind: kindOf(entry.kind),
    range: rangeOf(text, entry.span),
    selectionRange: rangeOf(text, entry.nameSpan),
    children: entry.children.map(child => toSymbol(text, child, kindOf)),
  }
}

/** Attributes would drown the names in a flat list. */
function toFlat(
  text: TextDocument,
  entry: OutlineEntry,
  kindOf: KindOf,
  container: string | undefined,
): SymbolInformation[] {
  if (entry.kind === 'attribute') return []
  const location = { uri: text.uri, range: rangeOf(text, entry.span) }
  const own: SymbolInformation = {
    name: entry.name,
    kind: kindOf(entry.kind),
    location,
    ...(container === undefined ? {} : { containerName: container }),
  }
  return [own, ...entry.children.flatMap(child => toFlat(text, child, kindOf, entry.name))]
}

const KINDS: Readonly<Record<OutlineEntry['kind'], SymbolKind>> = {
  list: SymbolKind.Array,
  configuration: SymbolKind.Object,
  compound: SymbolKind.Module,
  input: SymbolKind.Variable,
  task: SymbolKind.Function,
  attribute: SymbolKind.Property,
  variable: SymbolKind.Variable,
}
