import type { Assignment } from './envFileDialects'
import { lineBreakOf } from './jsonEdit'
import type { Fix } from './problem'

/** The # of what reads as a comment between a value's start and a place behind it. */
export function commentStart(text: string, value: number, end: number): number | undefined {
  for (const { index } of text.slice(value, end).matchAll(/#/g)) {
    if (isComment(text, value, value + index)) return value + index
  }
  return undefined
}

/** Whether a # in a value was meant to begin a comment: `A=1 # note` and `A= # note`, not `A=#fff`. */
export function isComment(text: string, value: number, hash: number): boolean {
  return hash === value ? /\s/.test(text[hash + 1] ?? ' ') : /\s/.test(text[hash - 1] ?? '')
}

/** What becomes of a comment behind a value. */
export function commentFixes(
  text: string,
  { keySpan, valueSpan }: Assignment,
  valueEnd: number,
  hash: number,
  last = valueSpan.offset + valueSpan.length,
): readonly Fix[] {
  const [comment = ''] = /^[^\r\n]*/.exec(text.slice(hash, last)) ?? []
  const end = hash + comment.length
  const cut = { span: { offset: valueEnd, length: end - valueEnd }, newText: '' }
  const remove: Fix = { title: 'Remove the comment', edits: [cut] }
  // In a comment with a = before it a quote goes on over the following lines.
  if (/=.*["']/.test(comment) || !startsLine(text, keySpan.offset)) return [{ ...remove, preferred: true }]
  const above = { span: { offset: keySpan.offset, length: 0 }, newText: comment + lineBreakOf(text) }
  return [{ title: 'Move the comment above the line', edits: [above, cut], preferred: true }, remove]
}

function startsLine(text: string, offset: number): boolean {
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset)
  return before.trim() === ''
}

/** Both dialects read the same text between quotes, if there is such a notation. */
export function inQuotes(raw: string, offset: number, title: string): readonly Fix[] {
  const quote = ['"', "'"].find(sign => !raw.includes(sign))
  if (quote === undefined || /\\[nr]|\\$/.test(raw)) return []
  const edits = [offset, offset + raw.length].map(at => ({ span: { offset: at, length: 0 }, newText: quote }))
  return [{ title, edits }]
}
