import type { Node } from 'jsonc-parser'
import type { Span } from './problem'

/**
 * Where a part of a string's value stands in the document: `start` and `length` count in the value, in which an
 * escape such as `\\` is one code unit.
 */
export function spanInString(text: string, node: Node, start: number, length: number): Span {
  const offset = documentOffset(text, node, start)
  return { offset, length: documentOffset(text, node, start + length) - offset }
}

/** The place in a string's value of an offset of the document; within an escape: that of the escape. */
export function indexInString(text: string, node: Node, offset: number): number {
  let index = 0
  let at = node.offset + 1
  const end = Math.min(offset, closingQuote(text, node))
  while (at < end) {
    at += unitLength(text, at)
    if (at <= end) index++
  }
  return index
}

/** The end of a string's content: its closing quote, or its end when there is none. */
export function closingQuote(text: string, node: Node): number {
  const end = node.offset + node.length
  const closed = node.length >= 2 && text[end - 1] === '"' && !endsInEscape(text, node.offset, end)
  return closed ? end - 1 : end
}

function documentOffset(text: string, node: Node, index: number): number {
  const first = node.offset + 1
  const backslash = text.indexOf('\\', first)
  if (backslash < 0 || backslash >= first + index) return first + index
  let at = first
  for (let i = 0; i < index && at < node.offset + node.length; i++) at += unitLength(text, at)
  return at
}

/** Length in the document of the code unit at `at`: an escape sequence is one. */
function unitLength(text: string, at: number): number {
  if (text[at] !== '\\') return 1
  return text[at + 1] === 'u' ? 6 : 2
}

/** Whether the last quote is an escaped one: an odd number of backslashes stands before it. */
function endsInEscape(text: string, start: number, end: number): boolean {
  let at = end - 2
  while (at > start && text[at] === '\\') at--
  return (end - 2 - at) % 2 === 1
}
