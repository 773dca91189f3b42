import { createScanner, type Node } from 'jsonc-parser'
import { indentOf, lineBreakOf } from '../jsonEdit'
import { closingQuote } from '../jsonStrings'
import type { Fix, Problem } from '../problem'
import { CLOSED_BY } from './brackets'

/** Slashes for a path, which are right on every system; backslashes for all else, such as a pattern. */
export function backslashFixes(token: string, offset: number, isPath: boolean): readonly Fix[] {
  const span = { offset, length: token.length }
  const inner = token.slice(1, token.endsWith('"') && token.length > 1 ? -1 : undefined)
  const doubled = inner.replace(/\\\\|\\(?!")/g, '\\\\')
  const slashed = doubled.replaceAll('\\\\', '/')
  const double: Fix = { title: 'Double the backslashes', edits: [{ span, newText: `"${doubled}"` }] }
  const slashes: Fix = { title: 'Use forward slashes', edits: [{ span, newText: `"${slashed}"` }] }
  return isPath ? [{ ...slashes, preferred: true }, double] : [{ ...double, preferred: true }, slashes]
}

/** The text of a string as it is written, with its quotes. */
export function writtenText(text: string, node: Node): string {
  return text.slice(node.offset, Math.min(closingQuote(text, node) + 1, node.offset + node.length))
}

export function commaFix(text: string, error: Problem): Fix {
  const span = { offset: behindValue(text, error.span.offset), length: 0 }
  return { title: 'Insert the comma', edits: [{ span, newText: ',' }], preferred: true }
}

/** Where the token before the place ends: comments and blanks in between are passed over. */
function behindValue(text: string, offset: number): number {
  for (let at = offset; ; ) {
    while (at > 0 && /\s/.test(text[at - 1] ?? '')) at--
    const comment = commentEndingAt(text, at)
    if (comment === undefined) return at
    at = comment
  }
}

/** Where the comment begins that ends here; undefined: there is none. */
function commentEndingAt(text: string, end: number): number | undefined {
  const start = text.lastIndexOf('\n', end - 1) + 1
  const line = text.slice(start, end)
  const scanner = createScanner(line)
  while (line.includes('//') && scanner.getPosition() < line.length) {
    scanner.scan()
    if (line.startsWith('//', scanner.getTokenOffset())) return start + scanner.getTokenOffset()
  }
  const block = text.startsWith('*/', end - 2) ? text.lastIndexOf('/*', end - 4) : -1
  return block < 0 ? undefined : block
}

/** Before the comma, the brackets and the comment that end the line, if they follow the text alone. */
export function endFix(token: string, offset: number): readonly Fix[] {
  if (token.length > LONGEST) return []
  const rest = /(?:\s[\s\]}]*)?,?\s*(?:(?<=[\s,])\/\/.*)?$/.exec(token)?.[0] ?? ''
  const end = token.length - rest.length
  if (!/\w/.test(token.slice(0, end)) || token.indexOf('"', 1) >= 0) return []
  const span = { offset: offset + end, length: 0 }
  return [{ title: 'Insert the quote', edits: [{ span, newText: '"' }], preferred: true }]
}

/** Nobody forgets the quote of a text of more than these signs. */
const LONGEST = 1000

/** The brackets that are not closed at the end of the text, the outer ones first. */
export function openBrackets(text: string): readonly { readonly sign: string; readonly offset: number }[] {
  const open: { sign: string; offset: number }[] = []
  const scanner = createScanner(text, true)
  for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) {
    const offset = scanner.getTokenOffset()
    const sign = text.slice(offset, offset + scanner.getTokenLength())
    if (sign === '{' || sign === '[') open.push({ sign, offset })
    else if (sign === '}' || sign === ']') open.pop()
  }
  return open
}

/** Closes what is still open at the end of the text, each bracket on a line of its own. */
export function closingFix(text: string, open: ReturnType<typeof openBrackets>): readonly Fix[] {
  if (open.length === 0) return []
  const lineBreak = lineBreakOf(text)
  const lines = open.toReversed().map(({ sign, offset }) => `${indentOf(text, offset)}${CLOSED_BY[sign]}`)
  const last = text.trimEnd().length
  const span = { offset: last, length: text.length - last }
  const newText = `${lineBreak}${lines.join(lineBreak)}${lineBreak}`
  return [{ title: 'Close what is open', edits: [{ span, newText }], preferred: true }]
}

export function skeletonFix(text: string): Fix {
  const lineBreak = lineBreakOf(text)
  const newText = ['{', '    "version": "0.2.0",', '    "configurations": []', '}', ''].join(lineBreak)
  const edit = { span: { offset: text.length, length: 0 }, newText }
  return { title: 'Write the frame of a launch.json', edits: [edit], preferred: true }
}

/** `'a'` → `"a"`. */
export function quotesFix(quoted: string, offset: number): Fix {
  const newText = JSON.stringify(quoted.slice(1, -1))
  return {
    title: `Change to ${newText}`,
    edits: [{ span: { offset, length: quoted.length }, newText }],
    preferred: true,
  }
}
