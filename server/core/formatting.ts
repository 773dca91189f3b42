import { type Edit, type FormattingOptions, format } from 'jsonc-parser'
import { parseJson } from './json'
import { indentUnit, lineBreakOf } from './jsonEdit'
import type { Span } from './problem'

export type FormattingChoice = Pick<FormattingOptions, 'insertSpaces' | 'tabSize' | 'insertFinalNewline'>

/**
 * Edits of white space alone, as VS Code makes them. Where the text is no JSON, brackets and commas are not where they
 * are meant to be, and lines would be joined and shifted: such a text stays as it is until it is mended.
 */
export function formattingEdits(
  text: string,
  range: Span | undefined,
  chosen: FormattingChoice,
): readonly Edit[] {
  if (parseJson(text).errors.length > 0) return []
  const { insertFinalNewline } = chosen
  const edits = format(text, range === undefined ? undefined : { ...range }, {
    insertSpaces: chosen.insertSpaces ?? !indentUnit(text).startsWith('\t'),
    tabSize: chosen.tabSize ?? 4,
    eol: lineBreakOf(text),
    ...(insertFinalNewline === undefined ? {} : { insertFinalNewline }),
  })
  // Deeper than anyone writes, the formatter runs out of blanks to indent with.
  return edits.some(({ content }) => typeof content !== 'string') ? [] : edits
}
