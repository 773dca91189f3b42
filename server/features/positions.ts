import type { TextDocument } from 'vscode-languageserver-textdocument'
import type { Position, TextEdit } from 'vscode-languageserver-types'
import type { TextEdit as CoreEdit } from '../core/jsonEdit'
import { rangeOf } from '../core/ranges'
import { pathOf } from '../workspace/paths'
import type { Context } from './context'
import type { JsonView, LanguageFiles } from './languageFiles'

/** A request's document and place, if the file is ours. */
export interface Asked {
  readonly path: string
  readonly text: TextDocument
  readonly offset: number
  /** The launch section or the tasks; undefined for an env file, or when there is none. */
  readonly view: JsonView | undefined
}

/** Undefined for documents that cannot be read or are none of our business. */
export function askedAt(
  context: Context,
  files: LanguageFiles,
  { textDocument, position }: { textDocument: { uri: string }; position?: Position },
): Asked | undefined {
  const path = pathOf(textDocument.uri)
  const text = context.workspace.documents.document(textDocument.uri)
  const kind = files.kindOf(path)
  if (text === undefined || kind === undefined) return undefined
  const offset = position === undefined ? 0 : text.offsetAt(position)
  return { path, text, offset, view: kind === 'env' ? undefined : files.json(path, offset) }
}

export function toEdits(text: TextDocument, edits: readonly CoreEdit[]): TextEdit[] {
  return edits.map(({ span, newText }) => ({ range: rangeOf(text, span), newText }))
}
