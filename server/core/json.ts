import {
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
  stripComments,
} from 'jsonc-parser'
import type { Problem, Span } from './problem'

/** A JSON text read as VS Code reads it: comments, trailing commas and a BOM are fine, and errors do not stop it. */
export interface JsonDocument {
  readonly text: string
  /** Undefined for a text without any value. */
  readonly root: Node | undefined
  readonly errors: readonly Problem[]
}

export type JsonObject = Record<string, unknown>

/**
 * Parses JSONC with recovery: after an error, what can still be read is in `root`. The BOM, if any, counts as one
 * code unit of the text, as editors count it.
 */
export function parseJson(text: string): JsonDocument {
  const found: ParseError[] = []
  // jsonc-parser takes a BOM for an invalid symbol; a blank in its place keeps every offset.
  const readable = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text
  const deep = tooDeepAt(readable)
  if (deep !== undefined) return { text, root: undefined, errors: [tooDeep(deep)] }
  const root = parseTree(readable, found, { allowTrailingComma: true, allowEmptyContent: true })
  if (root !== undefined && found.length > 0) keepWithin(root, text.length)
  const blank = found.length > 0 && isBlank(readable)
  return { text, root, errors: firstPerPlace(found).map(error => syntaxProblem(readable, error, blank)) }
}

/** Where brackets stand deeper in each other than anyone writes, and than a recursive reader bears. */
export function tooDeepAt(text: string): number | undefined {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfText(text, at)
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      depth += 1
      if (depth > DEEPEST) return at
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1
  }
  return undefined
}

const DEEPEST = 400
const QUOTE = 34
const OPEN_BRACKET = 91
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123
const CLOSE_BRACE = 125

/** The closing quote of the text that begins at `start`, or the end of its line. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 92) at += 1
    else if (code === QUOTE || code === 10) return at
  }
  return text.length
}

function tooDeep(offset: number): Problem {
  const message = `Brackets stand more than ${DEEPEST} deep in each other here: the file is not read.`
  return { code: 'json-syntax', severity: 'error', span: { offset, length: 1 }, message }
}

/** The plain value of a node; undefined for a missing one. */
export function plainValue(node: Node | undefined): unknown {
  return node === undefined ? undefined : getNodeValue(node)
}

/** The value at the path. Of equal names the last counts, as in `plainValue` and in VS Code. */
export function nodeAt(root: Node | undefined, path: readonly (string | number)[]): Node | undefined {
  let node = root
  for (const segment of path) node = node && childAt(node, segment)
  return node
}

function childAt(node: Node, segment: string | number): Node | undefined {
  if (typeof segment === 'number') return node.type === 'array' ? node.children?.[segment] : undefined
  if (node.type !== 'object') return undefined
  const named = node.children?.findLast(
    ({ children }) => children?.length === 2 && children[0]?.value === segment,
  )
  return named?.children?.[1]
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function spanOf(node: Span): Span {
  return { offset: node.offset, length: node.length }
}

/** Of what is not closed at the end of the text, the parser's nodes may reach beyond it. */
function keepWithin(node: Node, end: number): void {
  if (node.offset + node.length > end) Object.assign(node, { length: Math.max(0, end - node.offset) })
  for (const child of node.children ?? []) keepWithin(child, end)
}

/** One mistake often makes the parser complain several times at one spot; people want it once. */
function firstPerPlace(errors: readonly ParseError[]): ParseError[] {
  const kept: ParseError[] = []
  let end = -1
  for (const error of errors) {
    if (error.offset >= end) kept.push(error)
    end = Math.max(end, error.offset + Math.max(1, error.length))
  }
  return kept
}

function syntaxProblem(text: string, error: ParseError, blank: boolean): Problem {
  const name = printParseErrorCode(error.error)
  return {
    code: 'json-syntax',
    severity: 'error',
    // At the end of the text there is nothing to underline.
    span: { offset: error.offset, length: Math.min(Math.max(1, error.length), text.length - error.offset) },
    message: SYNTAX_MESSAGES[name] ?? `This is not valid JSON (${name}).`,
    ...(blank ? { message: 'The file is empty.' } : {}),
  }
}

export function isBlank(text: string): boolean {
  return stripComments(text).trim() === ''
}

/** By the parser's names of errors. */
export const SYNTAX_MESSAGES: Readonly<Record<string, string>> = {
  InvalidSymbol:
    'This is not valid JSON: a value is a "text", a number, true, false, null, a list or an object.',
  InvalidNumberFormat: 'This number is not valid JSON: no leading zeros, no trailing dot.',
  PropertyNameExpected: 'A property name in double quotes is expected here.',
  ValueExpected: 'A value is expected here.',
  ColonExpected: 'A colon is expected between the name and its value.',
  CommaExpected: 'A comma is missing before this.',
  CloseBraceExpected: 'A closing } or a comma is expected here.',
  CloseBracketExpected: 'A closing ] or a comma is expected here.',
  EndOfFileExpected: 'The file should end here: something stands behind its last bracket.',
  InvalidCommentToken: 'This is not a comment: use // or /* … */.',
  UnexpectedEndOfComment: 'This comment never ends: */ is missing.',
  UnexpectedEndOfString: 'This text never ends: a double quote is missing.',
  UnexpectedEndOfNumber: 'This number ends too early.',
  InvalidUnicode: 'A \\u escape needs four hexadecimal digits.',
  InvalidEscapeCharacter: 'A backslash in JSON is written \\\\: this escape is not valid.',
  InvalidCharacter: 'A line break or control character cannot stand in a text: write \\n.',
}

/** As JavaScript writes a value into a text: a list is joined with commas, an object has no text of its own. */
export function scriptText(value: unknown): string {
  if (Array.isArray(value)) return value.map(item => (item === null ? '' : scriptText(item))).join(',')
  return isObject(value) ? '[object Object]' : String(value)
}

/** The same without what is `null`: to some clients of a protocol that means “not there”. */
export function withoutNulls<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutNulls) as T
  if (!isObject(value)) return value
  const entries = Object.entries(value).filter(([, each]) => each !== null)
  return Object.fromEntries(entries.map(([name, each]) => [name, withoutNulls(each)])) as T
}
