import type { Node } from 'jsonc-parser'
import { type PathContext, pathContextOf } from '../configurationPaths'
import { type DiagnosticFacts, variableFacts } from '../diagnostics/diagnose'
import { applyTextEdits, indentOf, indentUnit, lineBreakOf, skipBlank, type TextEdit } from '../jsonEdit'
import type { LaunchDocument } from '../launchDocument'
import { type Place, placeAt, type Root } from '../places'
import type { Span } from '../problem'
import type { VariableFacts } from '../variableValues'
import { completeKeys } from './keys'
import { plainSnippet } from './snippets'
import { completeTexts } from './texts'
import { completeValues } from './values'

/** One thing to insert. Editors without snippets take `newText`. */
export interface Completion {
  readonly label: string
  readonly kind: CompletionKind
  readonly detail?: string
  /** Markdown. */
  readonly documentation?: string
  /** What the editor compares with the text from the start of `span` to the cursor. */
  readonly filterText: string
  readonly sortText: string
  /** Replaced by the text; it holds the cursor and stays on one line. */
  readonly span: Span
  readonly newText: string
  /** The same with tab stops and line breaks relative to the line. */
  readonly snippet?: string
  /** Elsewhere in the document: a comma that is missing. */
  readonly extra?: readonly TextEdit[]
  /** There is more to choose behind it. */
  readonly again?: true
  /** What stands behind the cursor may stay: neither a quote nor a brace is among it. */
  readonly keepsRest?: true
}

export type CompletionKind =
  | 'attribute'
  | 'value'
  | 'variable'
  | 'file'
  | 'folder'
  | 'module'
  | 'reference'
  | 'template'

/** What completion knows beside the text: the same as the checks. */
export interface CompletionContext {
  readonly place: Place
  readonly document: LaunchDocument
  readonly facts: DiagnosticFacts
  readonly variables: VariableFacts
  readonly paths: PathContext
}

/**
 * What fits at a place of launch.json, tasks.json or a section of another file. Never throws. `isTyped`: nobody asked,
 * a sign was typed that may begin something; the quote that ends a value is the same sign.
 */
export function complete(
  document: LaunchDocument,
  root: Root,
  facts: DiagnosticFacts,
  offset: number,
  isTyped = false,
): readonly Completion[] {
  const place = placeAt(document.json.text, root, document.json.root, offset)
  if (place === undefined || lacksColon(place)) return []
  if (isTyped && place.needsComma && place.token === undefined && endBefore(place) === offset) return []
  const variables = variableFacts(document, facts)
  const context: CompletionContext = {
    place,
    document,
    facts,
    variables,
    paths: pathContextOf(variables),
  }
  const drafts =
    place.kind === 'key' ? completeKeys(context) : [...completeValues(context), ...completeTexts(context)]
  const labels = new Set<string>()
  const distinct = drafts.filter(({ label }) => !labels.has(label) && labels.add(label))
  const style = {
    unit: indentUnit(document.json.text),
    lineBreak: lineBreakOf(document.json.text),
    indent: indentOf(document.json.text, place.token?.offset ?? offset),
  }
  return distinct.map((draft, index) => finish(place, draft, index, style))
}

/** A completion before commas and indentation. */
export interface Draft {
  readonly label: string
  readonly kind: CompletionKind
  readonly detail?: string | undefined
  readonly documentation?: string | undefined
  readonly filterText: string
  readonly span: Span
  /** An LSP snippet; indented with tabs. */
  readonly snippet: string
  /** A whole key or value, so that commas around it are our business. */
  readonly isWhole: boolean
  readonly again?: true
  readonly keepsRest?: true
}

/** How the file is indented. */
interface Style {
  readonly unit: string
  readonly lineBreak: string
  /** Of the line of the cursor. */
  readonly indent: string
}

function finish(place: Place, draft: Draft, index: number, style: Style): Completion {
  const { text } = place
  const missing = place.needsComma ? endBefore(place) : undefined
  // Editors differ in which of two edits at one place they make first: right before the text the comma is part of it.
  const before = missing === draft.span.offset ? ', ' : ''
  const after = draft.isWhole ? commaBehind(text, draft.span) : ''
  const plain = before + plainSnippet(draft.snippet) + after
  const snippet = before + draft.snippet + after
  const newText = plain.includes('\n')
    ? plain
        .replaceAll('\t', style.unit)
        .split('\n')
        .join(style.lineBreak + style.indent)
    : plain
  const isElsewhere = missing !== undefined && before === ''
  return {
    label: draft.label,
    kind: draft.kind,
    ...(draft.detail === undefined ? {} : { detail: draft.detail }),
    ...(draft.documentation === undefined ? {} : { documentation: draft.documentation }),
    filterText: draft.filterText,
    sortText: String(index).padStart(4, '0'),
    span: draft.span,
    newText,
    ...(snippet === plain ? {} : { snippet }),
    ...(isElsewhere ? { extra: [{ span: { offset: missing, length: 0 }, newText: ',' }] } : {}),
    ...(draft.again === undefined ? {} : { again: draft.again }),
    ...(draft.keepsRest === undefined ? {} : { keepsRest: draft.keepsRest }),
  }
}

/** A comma, if a further property or element follows without one. */
function commaBehind(text: string, span: Span): string {
  const next = text[skipBlank(text, span.offset + span.length)]
  return next === undefined || /[,}\]:]/.test(next) ? '' : ','
}

function siblingBefore({ container, offset, token }: Place): Node | undefined {
  const start = token?.offset ?? offset
  return container?.children?.findLast(child => child.offset + child.length <= start)
}

function endBefore(place: Place): number | undefined {
  const before = siblingBefore(place)
  return before === undefined ? undefined : before.offset + before.length
}

/** On the line of a name that stands alone its colon comes next, and no other name. */
function lacksColon({ text, container, offset, token }: Place): boolean {
  const start = token?.offset ?? offset
  const before = container?.children?.findLast(child => child.offset < start)
  const [name, value] = before?.children ?? []
  if (before?.type !== 'property' || before.colonOffset !== undefined) return false
  if (name === undefined || value !== undefined) return false
  const end = name.offset + name.length
  // The quote of a text that is begun there, which is no token then.
  const isNext = skipBlank(text, end) >= (text[start - 1] === '"' && start - 1 > end ? start - 1 : start)
  return isNext && !text.slice(end, start).includes('\n')
}

/** The text after a completion was accepted, as an editor without snippets has it. */
export function acceptCompletion(text: string, { span, newText, extra = [] }: Completion): string {
  return applyTextEdits(text, [...extra, { span, newText }])
}
