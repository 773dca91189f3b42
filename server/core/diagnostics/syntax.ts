import { createScanner, type Node } from 'jsonc-parser'
import { isBlank, SYNTAX_MESSAGES } from '../json'
import { indentOf, lineBreakOf, removeChild } from '../jsonEdit'
import { closingQuote } from '../jsonStrings'
import type { Fix, Problem } from '../problem'
import { propertiesOf } from '../properties'
import type { Check } from './check'

/** What keeps the text from being JSON, one report a cause; a merge conflict hides what follows from it. */
export function checkSyntax(check: Check): void {
  const { text, document } = check
  if (document.json.root === undefined && isBlank(text)) {
    check.report('empty-file', { offset: 0, length: 0 }, 'The file is empty: there is nothing to start.', {
      fixes: [skeletonFix(text)],
    })
    return
  }
  const conflict = document.json.errors.length > 0 ? mergeConflict(text) : undefined
  if (conflict !== undefined) {
    const message =
      'A merge conflict is not resolved: keep one side and remove the lines of <, = and >. Nothing behind it can ' +
      'be read for sure.'
    check.report('merge-conflict', conflict, message)
  }
  for (const error of document.json.errors.slice(0, MOST_ERRORS)) {
    if (conflict === undefined || error.span.offset < conflict.offset) reportError(check, error)
  }
}

/** Of a text that is no JSON at all, the first errors say enough. */
export const MOST_ERRORS = 100

/** Keys that an object holds twice: only the last counts. */
export function checkDuplicateKeys(check: Check): void {
  visitObjects(check.document.section, object => {
    const properties = object.children ?? []
    if (!hasEqualKeys(properties)) return
    const seen = propertiesOf(object)
    for (const node of properties) {
      const key = node.children?.[0]
      const last = seen.get(String(key?.value))
      if (key === undefined || last === undefined || last.node === node) continue
      const message = `"${key.value}" stands here twice, and only the last one counts.`
      const related = [{ span: span(last.key), message: 'This one counts.' }]
      const fixes = [{ title: 'Remove the first', edits: removeChild(check.text, node) }]
      check.report('duplicate-key', key, message, { related, fixes, tags: ['unnecessary'] })
    }
  })
}

function hasEqualKeys(properties: readonly Node[]): boolean {
  if (properties.length > 20) return new Set(properties.map(keyOf)).size < properties.length
  for (let i = 1; i < properties.length; i++) {
    const key = keyOf(properties[i])
    for (let j = 0; j < i; j++) if (keyOf(properties[j]) === key) return true
  }
  return false
}

function keyOf(property: Node | undefined): unknown {
  return property?.children?.[0]?.value
}

function reportError(check: Check, error: Problem): void {
  const { text } = check
  const token = text.slice(error.span.offset, error.span.offset + error.span.length)
  if (error.message === SYNTAX_MESSAGES['InvalidEscapeCharacter'] && token.startsWith('"')) {
    const message =
      'A backslash starts an escape in JSON, and this one is not known: write \\\\ for a backslash. ' +
      'A forward slash works in paths on every system.'
    check.report('single-backslash', error.span, message, {
      severity: 'error',
      fixes: backslashFixes(token, error.span.offset),
    })
    return
  }
  const atEnd = text.slice(error.span.offset).trim() === ''
  const fixes =
    error.message === SYNTAX_MESSAGES['CommaExpected']
      ? [commaFix(text, error)]
      : atEnd
        ? closingFix(text)
        : []
  check.report('json-syntax', error.span, error.message, { fixes })
}

/** A path whose `\t` or `\n` became a tab or a line break; the document parses, the path is another one. */
export function backslashFixes(token: string, offset: number): readonly Fix[] {
  const span = { offset, length: token.length }
  const inner = token.slice(1, token.endsWith('"') && token.length > 1 ? -1 : undefined)
  const doubled = inner.replace(/\\\\|\\(?!")/g, '\\\\')
  return [
    { title: 'Double the backslashes', edits: [{ span, newText: `"${doubled}"` }], preferred: true },
    { title: 'Use forward slashes', edits: [{ span, newText: `"${doubled.replaceAll('\\\\', '/')}"` }] },
  ]
}

/** The text of a string as it is written, with its quotes. */
export function writtenText(text: string, node: Node): string {
  return text.slice(node.offset, Math.min(closingQuote(text, node) + 1, node.offset + node.length))
}

function commaFix(text: string, error: Problem): Fix {
  let at = error.span.offset
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at--
  return {
    title: 'Insert the comma',
    edits: [{ span: { offset: at, length: 0 }, newText: ',' }],
    preferred: true,
  }
}

/** Closes what is still open at the end of the text, each bracket on a line of its own. */
function closingFix(text: string): readonly Fix[] {
  const open: { sign: string; indent: string }[] = []
  const scanner = createScanner(text, true)
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    const offset = scanner.getTokenOffset()
    const token = text.slice(offset, offset + scanner.getTokenLength())
    if (token === '{') open.push({ sign: '}', indent: indentOf(text, offset) })
    else if (token === '[') open.push({ sign: ']', indent: indentOf(text, offset) })
    else if (token === '}' || token === ']') open.pop()
  }
  if (open.length === 0) return []
  const lineBreak = lineBreakOf(text)
  const lines = open.reverse().map(({ sign, indent }) => indent + sign)
  const last = text.trimEnd().length
  const span = { offset: last, length: text.length - last }
  const newText = `${lineBreak}${lines.join(lineBreak)}${lineBreak}`
  return [{ title: 'Close what is open', edits: [{ span, newText }], preferred: true }]
}

function skeletonFix(text: string): Fix {
  const lineBreak = lineBreakOf(text)
  const newText = ['{', '    "version": "0.2.0",', '    "configurations": []', '}', ''].join(lineBreak)
  const edit = { span: { offset: text.length, length: 0 }, newText }
  return { title: 'Write the frame of a launch.json', edits: [edit], preferred: true }
}

function mergeConflict(text: string): { offset: number; length: number } | undefined {
  const found = /^<{7}(?: .*)?$[\s\S]*?^>{7}(?: .*)?$/m.exec(text)
  return found === null ? undefined : { offset: found.index, length: found[0].length }
}

function visitObjects(node: Node | undefined, visit: (object: Node) => void): void {
  if (node === undefined) return
  if (node.type === 'object') visit(node)
  for (const child of node.children ?? []) {
    if (child.type === 'object' || child.type === 'array') visitObjects(child, visit)
    else if (child.type === 'property') visitObjects(child.children?.[1], visit)
  }
}

function span({ offset, length }: Node): { offset: number; length: number } {
  return { offset, length }
}
