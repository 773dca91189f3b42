import type { Node } from 'jsonc-parser'
import { isObject, spanOf } from './json'
import type { Span } from './problem'
import type { Property } from './properties'

/**
 * Small edits of a JSON text that leave everything else as it is: comments, indentation, tabs, line ends, a missing
 * last line break. Each needs the neighbourhood of the place alone, so that a thousand fixes of one file stay cheap.
 */
export interface TextEdit {
  readonly span: Span
  readonly newText: string
}

/** A value as people write it on one line: `{ "a": [1, 2] }`. */
export function jsonText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonText).join(', ')}]`
  if (!isObject(value)) return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${jsonText(each)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

export function replaceNode(node: Node, value: unknown): TextEdit {
  return { span: { offset: node.offset, length: node.length }, newText: jsonText(value) }
}

/** Puts `"name": value` at the end of an object, or behind the property `after`. */
export function insertProperty(
  text: string,
  object: Node,
  name: string,
  value: unknown,
  after?: Node,
): TextEdit {
  return insertChild(text, object, unit => `${jsonText(name)}: ${written(value, unit)}`, after)
}

/** `{ … }` → `[{ … }]`; what stands on several lines moves one step to the right. */
export function wrapInList(text: string, node: Node): TextEdit {
  const { offset, length } = node
  const body = text.slice(offset, offset + length)
  if (!body.includes('\n')) return { span: { offset, length }, newText: `[${body}]` }
  const [outer, unit, lineBreak] = [indentOf(text, offset), indentUnit(text), lineBreakOf(text)]
  const moved = body.replace(/\n(?=[^\r\n])/g, `\n${unit}`)
  const newText = `[${lineBreak}${outer}${unit}${moved}${lineBreak}${outer}]`
  return { span: { offset, length }, newText }
}

/** Puts a value at the end of a list. */
export function insertElement(text: string, list: Node, value: unknown): TextEdit {
  return insertChild(text, list, unit => written(value, unit))
}

/** One property in the place of the first of several of an object. */
export function mergeProperties(
  text: string,
  properties: readonly (Property | undefined)[],
  name: string,
  value: unknown,
): readonly TextEdit[] {
  const [first, ...rest] = properties
    .flatMap(each => (each === undefined ? [] : [each.node]))
    .sort((a, b) => a.offset - b.offset)
  if (first === undefined) return []
  const gap = gapBefore(text, first)
  const unit = gap === ' ' ? undefined : indentUnit(text)
  const newText = `${jsonText(name)}: ${written(value, unit).split('\n').join(gap)}`
  return [{ span: spanOf(first), newText }, ...rest.flatMap(node => removeChild(text, node))]
}

/** What stands before a further entry beside this one: a blank, or a line break and its indentation. */
export function gapBefore(text: string, child: Node): string {
  const isOnLine = !text.slice(child.parent?.offset ?? 0, child.offset).includes('\n')
  return isOnLine ? ' ' : `${lineBreakOf(text)}${indentOf(text, child.offset)}`
}

/** Takes a property or an element away, with its comma and, when nothing else stands there, its line. */
export function removeChild(text: string, child: Node): readonly TextEdit[] {
  return removeChildren(text, [child])
}

/** The same for several of one object or list, given in their order. */
export function removeChildren(text: string, children: readonly Node[]): readonly TextEdit[] {
  const gone = new Set(children)
  return children.flatMap(child => {
    const end = child.offset + child.length
    const comma = skipBlank(text, end)
    const siblings = child.parent?.children ?? []
    const isTail = siblings.slice(siblings.indexOf(child) + 1).every(each => gone.has(each))
    if (text[comma] === ',') return [{ span: withComma(text, child, comma, isTail), newText: '' }]
    const own = { span: wholeLines(text, child.offset, end) ?? withBlanksBefore(text, child), newText: '' }
    // Without a comma behind it, it is the last, and the one that is last now loses its comma.
    const before = siblings.slice(0, siblings.indexOf(child)).findLast(each => !gone.has(each))
    if (before === undefined) return [own]
    const earlier = skipBlank(text, before.offset + before.length)
    return text[earlier] === ',' ? [{ span: { offset: earlier, length: 1 }, newText: '' }, own] : [own]
  })
}

/** `isTail`: nothing follows that stays, so that the blanks before go rather than those behind. */
function withComma(text: string, child: Node, comma: number, isTail: boolean): Span {
  const lines = wholeLines(text, child.offset, comma + 1)
  if (lines !== undefined) return lines
  if (isTail) return withBlanksBefore(text, { offset: child.offset, length: comma + 1 - child.offset })
  const next = /^[ \t]*/.exec(text.slice(comma + 1))?.[0].length ?? 0
  return { offset: child.offset, length: comma + 1 + next - child.offset }
}

/** The text after the edits; they must not overlap. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  let result = ''
  let position = 0
  for (const { span, newText } of inOrder(edits)) {
    result += text.slice(position, span.offset) + newText
    position = span.offset + span.length
  }
  return result + text.slice(position)
}

/** By place; of two at one place the insertion first. */
export function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] {
  return edits.toSorted((a, b) => a.span.offset - b.span.offset || a.span.length - b.span.length)
}

/** White space at the start of the line of `offset`. */
export function indentOf(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? ''
}

export function lineBreakOf(text: string): string {
  const first = text.indexOf('\n')
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n'
}

/** One step of indentation, as the file does it: seen at the first indented line. */
export function indentUnit(text: string): string {
  const found = /\n([ \t]+)\S/.exec(text.slice(0, 2000))?.[1]
  if (found === undefined) return '    '
  return found.startsWith('\t') ? '\t' : found
}

/** The first offset from `offset` on that holds neither blanks nor a comment. */
export function skipBlank(text: string, offset: number): number {
  let at = offset
  for (;;) {
    while (at < text.length && /\s/.test(text[at] ?? '')) at++
    if (text.startsWith('//', at)) {
      const end = text.indexOf('\n', at)
      at = end < 0 ? text.length : end
    } else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2)
      at = end < 0 ? text.length : end + 2
    } else {
      return at
    }
  }
}

function insertChild(
  text: string,
  parent: Node,
  /** Without a unit of indentation: on one line. */
  write: (unit: string | undefined) => string,
  after: Node | undefined = parent.children?.at(-1),
): TextEdit {
  const lineBreak = lineBreakOf(text)
  const unit = indentUnit(text)
  if (after === undefined) {
    const outer = indentOf(text, parent.offset)
    const body = reindent(write(unit), outer + unit, lineBreak)
    const inner = text.slice(parent.offset + 1, parent.offset + parent.length - 1)
    const newText = `${lineBreak}${outer}${unit}${body}`
    // `{}` opens; a comment in between stays.
    if (inner.trim() === '' && parent.length >= 2) {
      const span = { offset: parent.offset + 1, length: inner.length }
      return { span, newText: `${newText}${lineBreak}${outer}` }
    }
    return { span: { offset: parent.offset + 1, length: 0 }, newText }
  }
  const end = after.offset + after.length
  const sameLine = !text.slice(parent.offset, after.offset).includes('\n')
  const isFlat = sameLine && !text.slice(after.offset, end).includes('\n')
  // The line of a minified file is all of it.
  const indent = isFlat ? '' : indentOf(text, after.offset)
  const body = reindent(write(isFlat ? undefined : unit), indent, lineBreak)
  const comma = skipBlank(text, end)
  const newText = sameLine ? ` ${body}` : `${lineBreak}${indent}${body}`
  // Behind the comma that is there already, whether another child follows it or not.
  if (text[comma] === ',') {
    const isLast = parent.children?.at(-1) === after
    return { span: { offset: comma + 1, length: 0 }, newText: isLast ? newText : `${newText},` }
  }
  return { span: { offset: end, length: 0 }, newText: `,${newText}` }
}

function written(value: unknown, unit: string | undefined): string {
  return unit === undefined ? jsonText(value) : (JSON.stringify(value, null, unit) ?? 'null')
}

function reindent(body: string, indent: string, lineBreak: string): string {
  return body.split('\n').join(`${lineBreak}${indent}`)
}

/** The lines from `start` to `end`, if nothing else stands on them. */
function wholeLines(text: string, start: number, end: number): Span | undefined {
  let from = start
  while (from > 0 && (text[from - 1] === ' ' || text[from - 1] === '\t')) from--
  let to = end
  while (to < text.length && (text[to] === ' ' || text[to] === '\t' || text[to] === '\r')) to++
  const startsLine = from === 0 || text[from - 1] === '\n'
  return startsLine && text[to] === '\n' ? { offset: from, length: to + 1 - from } : undefined
}

function withBlanksBefore(text: string, { offset, length }: Span): Span {
  let from = offset
  while (text[from - 1] === ' ' || text[from - 1] === '\t') from--
  return { offset: from, length: offset + length - from }
}
