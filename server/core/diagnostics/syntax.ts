import type { Node } from 'jsonc-parser'
import { isBlank, SYNTAX_MESSAGES } from '../json'
import { removeChild } from '../jsonEdit'
import type { Problem } from '../problem'
import { propertiesOf } from '../properties'
import type { Check } from './check'
import { backslashFixes, closingFix, commaFix, quotesFix, skeletonFix, zerosFix } from './syntaxFixes'

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
  for (const error of causes(text, document.json.errors).slice(0, MOST_ERRORS)) {
    if (conflict === undefined || error.span.offset < conflict.offset) reportError(check, error)
  }
}

/** One mistake often breaks the rest of its line, and a text without its end the next one, too. */
function causes(text: string, errors: readonly Problem[]): readonly Problem[] {
  const kept: Problem[] = []
  let line = 0
  let at = 0
  let spoiled = -1
  for (const error of errors) {
    for (; at < error.span.offset; at++) if (text[at] === '\n') line++
    if (line <= spoiled) continue
    kept.push(error)
    if (error.message === SYNTAX_MESSAGES['UnexpectedEndOfString']) spoiled = line + 1
    // Behind a comma that is missing the parser goes on as if it were there.
    else if (!isMissingComma(text, error)) spoiled = line
  }
  return kept
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
  const { offset, length } = error.span
  const token = text.slice(offset, offset + length)
  if (error.message === SYNTAX_MESSAGES['InvalidEscapeCharacter'] && token.startsWith('"')) {
    const message =
      'A backslash starts an escape in JSON, and this one is not known: write \\\\ for a backslash. ' +
      'A forward slash works in paths on every system.'
    check.report('single-backslash', error.span, message, {
      severity: 'error',
      fixes: backslashFixes(token, offset),
    })
  } else if (token.startsWith("'")) {
    const quoted = /^'[^'\n]*'/.exec(text.slice(offset))?.[0]
    check.report(
      'json-syntax',
      { offset, length: quoted?.length ?? length },
      'Texts in JSON have double quotes: "…".',
      {
        fixes: quoted === undefined ? [] : [quotesFix(quoted, offset)],
      },
    )
  } else if (isLeadingZero(text, offset)) {
    const number = /^0+\d+/.exec(text.slice(offset - 1))?.[0] ?? ''
    const span = { offset: offset - 1, length: number.length }
    check.report('json-syntax', span, 'A number in JSON has no zeros before it.', {
      fixes: [zerosFix(number, span)],
    })
  } else {
    const atEnd = text.slice(offset).trim() === ''
    check.report('json-syntax', error.span, error.message, {
      fixes: isMissingComma(text, error) ? [commaFix(text, error)] : atEnd ? closingFix(text) : [],
    })
  }
}

function isMissingComma(text: string, { message, span }: Problem): boolean {
  return message === SYNTAX_MESSAGES['CommaExpected'] && !isLeadingZero(text, span.offset)
}

/** The parser reads the zero as a number of its own. */
function isLeadingZero(text: string, offset: number): boolean {
  return /\d/.test(text[offset] ?? '') && text[offset - 1] === '0' && !/[\d.]/.test(text[offset - 2] ?? '')
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
