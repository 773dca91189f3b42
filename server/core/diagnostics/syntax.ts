import type { Node } from 'jsonc-parser'
import { configurationAttribute, namesOf } from '../attributes'
import { isBlank, parseJson, SYNTAX_MESSAGES, tooDeepAt } from '../json'
import { removeChild } from '../jsonEdit'
import type { Problem, Span } from '../problem'
import { propertiesOf } from '../properties'
import { CLOSED_BY, lineOf } from './brackets'
import type { Check, More } from './check'
import type { Code } from './codes'
import { PATHS } from './literals'
import { backslashFixes, closingFix, commaFix, endFix, openBrackets, skeletonFix } from './syntaxFixes'
import { findSlips, mend } from './syntaxSlips'

/** What keeps the text from being JSON, one report a cause; a merge conflict hides what follows from it. */
export function checkSyntax(check: Check): void {
  const { text, document } = check
  if (document.json.root === undefined && isBlank(text)) {
    check.report('empty-file', { offset: 0, length: 0 }, 'The file is empty: there is nothing to start.', {
      fixes: [skeletonFix(text)],
    })
    return
  }
  reportSyntax(text, document.json.errors, check.report)
}

/** The errors of a text, those of whole slips first; also used for tasks.json. */
export function reportSyntax(text: string, errors: readonly Problem[], report: SyntaxReport): void {
  if (errors.length === 0) return
  const conflict = mergeConflict(text)
  if (conflict !== undefined) {
    const message =
      'A merge conflict is not resolved: keep one side and remove the lines of <, = and >. Nothing behind it can ' +
      'be read for sure.'
    report('merge-conflict', conflict, message)
  }
  const isSure = ({ offset }: Span) => conflict === undefined || offset < conflict.offset
  const slips = tooDeepAt(text) === undefined ? findSlips(text, MOST_ERRORS) : []
  for (const { span, message, ...more } of slips) {
    if (isSure(span)) report('json-syntax', span, message, more)
  }
  const mended = mend(text, slips)
  const left = slips.length === 0 ? errors : parseJson(mended.text).errors
  for (const error of causes(mended.text, left).slice(0, MOST_ERRORS - slips.length)) {
    if (!isSure(mended.back(error.span))) continue
    reportError(mended.text, error, (code, span, message, more) =>
      report(code, mended.back(span), message, placedBack(more, mended.back)),
    )
  }
}

export type SyntaxReport = (code: Code, place: Span, message: string, more?: More) => void

function placedBack(more: More | undefined, back: (span: Span) => Span): More {
  const { fixes, related, ...rest } = more ?? {}
  const place = <T extends { readonly span: Span }>(each: T): T => ({ ...each, span: back(each.span) })
  return {
    ...rest,
    ...(fixes === undefined ? {} : { fixes: fixes.map(fix => ({ ...fix, edits: fix.edits.map(place) })) }),
    ...(related === undefined ? {} : { related: related.map(place) }),
  }
}

/** One mistake often breaks the rest of its line, and a text without its end the next one, too. */
function causes(text: string, errors: readonly Problem[]): readonly Problem[] {
  const kept: Problem[] = []
  let line = 0
  let at = 0
  let spoiled = -1
  // Nobody knows which brackets are in a text without its end.
  const isOpenText = errors.some(({ message }) => message === SYNTAX_MESSAGES['UnexpectedEndOfString'])
  const end = isOpenText ? text.trimEnd().length : text.length + 1
  for (const error of errors) {
    if (error.span.offset >= end) continue
    for (; at < error.span.offset; at++) if (text[at] === '\n') line++
    if (line <= spoiled) continue
    kept.push(error)
    if (error.message === SYNTAX_MESSAGES['UnexpectedEndOfString']) spoiled = line + 1
    // Behind a comma that is missing the parser goes on as if it were there.
    else if (!isMissingComma(error)) spoiled = line
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

function reportError(text: string, error: Problem, report: SyntaxReport): void {
  const { offset, length } = error.span
  const token = text.slice(offset, offset + length)
  if (error.message === SYNTAX_MESSAGES['InvalidEscapeCharacter'] && token.startsWith('"')) {
    const message =
      'A backslash starts an escape in JSON, and this one is not known: write \\\\ for a backslash. ' +
      'A forward slash works in paths on every system.'
    report('single-backslash', error.span, message, {
      severity: 'error',
      fixes: backslashFixes(token, offset, isPath(text, offset, token)),
    })
  } else if (token.startsWith("'")) {
    report('json-syntax', error.span, 'Texts in JSON have double quotes: "…".')
  } else if (error.message === SYNTAX_MESSAGES['InvalidCharacter'] && token.startsWith('"')) {
    reportCharacters(error.span, token, report)
  } else if (error.message === SYNTAX_MESSAGES['UnexpectedEndOfString']) {
    report('json-syntax', error.span, error.message, { fixes: endFix(token, offset) })
  } else if (isMissingComma(error)) {
    const fixes = /^["\w{[-]/.test(token) ? [commaFix(text, error)] : []
    report('json-syntax', error.span, error.message, { fixes })
  } else {
    const open = text.slice(offset).trim() === '' ? openBrackets(text) : []
    const last = open.at(-1)
    if (last === undefined || !/closing/.test(error.message)) {
      report('json-syntax', error.span, error.message, { fixes: closingFix(text, open) })
      return
    }
    const line = lineOf(text, last.offset)
    const message = `A ${CLOSED_BY[last.sign]} is missing: the ${last.sign} in line ${line} is still open.`
    const related = [{ span: { offset: last.offset, length: 1 }, message: 'Opened here.' }]
    report('json-syntax', error.span, message, { related, fixes: closingFix(text, open) })
  }
}

/** By the name that it is a value of, or by how it begins. */
function isPath(text: string, offset: number, token: string): boolean {
  const name = /"(\w+)"\s*:\s*$/.exec(text.slice(Math.max(0, offset - LONGEST_NAME), offset))?.[1]
  const attribute = name === undefined ? undefined : configurationAttribute(name)
  const names = attribute === undefined ? undefined : namesOf(attribute.shape)
  return (names !== undefined && PATHS.has(names)) || /^"(?:[A-Za-z]:|\$\{\w+\}|\.{1,2})\\/.test(token)
}

const LONGEST_NAME = 60

function isMissingComma({ message }: Problem): boolean {
  return message === SYNTAX_MESSAGES['CommaExpected']
}

/** A tab, most often: such signs are written as escapes. */
function reportCharacters({ offset }: Span, token: string, report: SyntaxReport): void {
  for (const { 0: sign, index } of token.matchAll(/[\0-\x1f]/g)) {
    const written = JSON.stringify(sign).slice(1, -1)
    const name = sign === '\t' ? 'A tab' : 'A control character'
    const span = { offset: offset + index, length: 1 }
    report('json-syntax', span, `${name} cannot stand in a text: it is written ${written}.`, {
      fixes: [{ title: `Write ${written}`, edits: [{ span, newText: written }], preferred: true }],
    })
  }
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
