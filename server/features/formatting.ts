import type { Edit } from 'jsonc-parser'
import type { DocumentFormattingParams, DocumentRangeFormattingParams, TextEdit } from 'vscode-languageserver'
import { formattingEdits } from '../core/formatting'
import { rangeOf } from '../core/ranges'
import type { Context, Feature } from './context'
import { guard } from './guard'
import type { LanguageFiles } from './languageFiles'
import { askedAt } from './positions'

/** Formatting of launch.json and tasks.json, whole or in part; comments stay. */
export function register(context: Context, files: LanguageFiles): Feature {
  const { connection, log } = context
  const answer = (params: DocumentFormattingParams | DocumentRangeFormattingParams): TextEdit[] => {
    const asked = askedAt(context, files, params)
    const kind = asked === undefined ? undefined : files.kindOf(asked.path)
    // Settings and workspace files have owners of their own.
    if (asked === undefined || (kind !== 'launch' && kind !== 'tasks')) return []
    const text = asked.text.getText()
    const range =
      'range' in params
        ? {
            offset: asked.text.offsetAt(params.range.start),
            length: asked.text.offsetAt(params.range.end) - asked.text.offsetAt(params.range.start),
          }
        : undefined
    const edits = formattingEdits(text, range, params.options)
    return edits.map(({ offset, length, content }: Edit) => ({
      range: rangeOf(asked.text, { offset, length }),
      newText: content,
    }))
  }
  connection.onDocumentFormatting(guard('textDocument/formatting', log, answer))
  connection.onDocumentRangeFormatting(guard('textDocument/rangeFormatting', log, answer))
  return {
    capabilities: () => ({ documentFormattingProvider: true, documentRangeFormattingProvider: true }),
  }
}
