import type { Span } from './problem'

/** One `NAME=value`, as a dialect reads it, before `${NAME}` is replaced. Spans are places in the file's text. */
export interface Assignment {
  readonly key: string
  readonly keySpan: Span
  /** The value as written, quotes included, blanks around it not. */
  readonly valueSpan: Span
  /** Without its quotes and with its escapes replaced. */
  readonly value: string
  /** From the line's start, or what stands first in it, to where the value and its comment end. */
  readonly lineSpan: Span
}

/** A line as debugpy's dialect sees it: one, or several that quotes hold together. */
export interface DebugpyLine {
  readonly span: Span
  /** Undefined: the line is blank, a comment, or ignored. */
  readonly assignment: Assignment | undefined
}

/**
 * The lines of VS Code's Python debugger. A line ends at the first line feed that is not inside quotes, and a quote
 * opens anywhere behind the line's first `=`, even in a comment or in the middle of a word.
 */
export function scanDebugpy(text: string): DebugpyLine[] {
  const found: DebugpyLine[] = []
  let start = 0
  while (start < text.length) {
    const end = logicalLineEnd(text, start)
    found.push({
      span: { offset: start, length: end - start },
      assignment: readDebugpyLine(text, start, end),
    })
    start = end + 1
  }
  return found
}

/** Where the quote stands that keeps the line going past its first line feed; undefined: none does. */
export function joiningQuote(text: string, line: Span): number | undefined {
  const lineFeed = text.indexOf('\n', line.offset)
  if (lineFeed < 0 || lineFeed >= line.offset + line.length) return undefined
  let open: number | undefined
  for (const at of quotesBehindEquals(text, line.offset, lineFeed)) {
    if (open === undefined) open = at
    else if (text[at] === text[open]) open = undefined
  }
  return open
}

/**
 * The lines of dotenv 18 (`parse`): its grammar, without the searches that make its regular expression slow. Line
 * breaks of every kind are one line feed there, also in values.
 */
export function scanDotenv(text: string): Assignment[] {
  const lines = oneKindOfLineBreak(text)
  const found: Assignment[] = []
  let at = 0
  while (at < lines.text.length) {
    const first = skipBlank(lines.text, at)
    const read = readDotenvLine(lines.text, first)
    at = nextLine(lines.text, read?.end ?? first)
    if (read === undefined) continue
    const { key, raw } = read
    found.push({
      key: lines.text.slice(key.start, key.end),
      keySpan: lines.span(key.start, key.end),
      valueSpan: lines.span(raw.start, raw.end),
      value: dotenvValue(lines.text.slice(raw.start, raw.end)),
      lineSpan: lines.span(first, read.end),
    })
  }
  return found
}

// debugpy

const LINE_FEED = 10
const DOUBLE_QUOTE = 34
const SINGLE_QUOTE = 39
const EQUALS = 61
const BACKSLASH = 92

function logicalLineEnd(text: string, start: number): number {
  let quote = 0
  let value = false
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === LINE_FEED) {
      if (quote === 0) return i
    } else if (code === EQUALS) {
      value = true
    } else if ((code === DOUBLE_QUOTE || code === SINGLE_QUOTE) && value && !isEscaped(text, i)) {
      if (quote === 0) quote = code
      else if (quote === code) quote = 0
    }
  }
  return text.length
}

function* quotesBehindEquals(text: string, start: number, end: number): Generator<number> {
  const equals = text.indexOf('=', start)
  if (equals < 0) return
  for (let i = equals; i < end; i++) {
    const code = text.charCodeAt(i)
    if ((code === DOUBLE_QUOTE || code === SINGLE_QUOTE) && !isEscaped(text, i)) yield i
  }
}

/** An odd number of backslashes stands before it. */
function isEscaped(text: string, at: number): boolean {
  let before = at
  while (before > 0 && text.charCodeAt(before - 1) === BACKSLASH) before -= 1
  return (at - before) % 2 === 1
}

const DEBUGPY_KEY = /^\s*(_*[a-zA-Z]\w*)\s*=/

function readDebugpyLine(text: string, start: number, end: number): Assignment | undefined {
  const match = DEBUGPY_KEY.exec(text.slice(start, end))
  const key = match?.[1]
  if (match === null || key === undefined) return undefined
  const raw = trimmed(text, start + match[0].length, end)
  return {
    key,
    keySpan: { offset: start + match[0].indexOf(key), length: key.length },
    valueSpan: { offset: raw.start, length: raw.end - raw.start },
    value: debugpyValue(text.slice(raw.start, raw.end)),
    lineSpan: { offset: start, length: end - start },
  }
}

/** `\n` means a line feed in both kinds of quotes, and nothing else is an escape. */
function debugpyValue(raw: string): string {
  const quote = raw[0]
  const quoted = (quote === '"' || quote === "'") && raw.length > 1 && raw.endsWith(quote)
  return quoted ? raw.slice(1, -1).replaceAll('\\n', '\n') : raw
}

// dotenv

interface Stretch {
  readonly start: number
  readonly end: number
}

const EXPORT = /export\s+/y
const DOTENV_KEY = /[\w.-]+/y
const DOTENV_SEPARATOR = /\s*=|:\s/y

/** `first` must not be a blank. `end` is behind the value and its comment. */
function readDotenvLine(text: string, first: number) {
  const exported = matchEnd(EXPORT, text, first)
  return (
    (exported === undefined ? undefined : readDotenvAssignment(text, exported)) ??
    readDotenvAssignment(text, first)
  )
}

function readDotenvAssignment(text: string, start: number) {
  const keyEnd = matchEnd(DOTENV_KEY, text, start)
  if (keyEnd === undefined) return undefined
  const valueStart = matchEnd(DOTENV_SEPARATOR, text, keyEnd)
  if (valueStart === undefined) return undefined
  const key = { start, end: keyEnd }
  const quoted = readQuoted(text, skipBlank(text, valueStart))
  if (quoted !== undefined) return { key, ...quoted }
  let end = valueStart
  while (end < text.length && text[end] !== '#' && text[end] !== '\n') end += 1
  return { key, raw: trimmed(text, valueStart, end), end: commentEnd(text, end) }
}

/**
 * A value in quotes, which may hold line breaks. It must be all of the value: only blanks and a comment may follow.
 * The last quote that qualifies closes it, up to the first one without a backslash before it.
 */
function readQuoted(text: string, start: number): { raw: Stretch; end: number } | undefined {
  const quote = text[start]
  if (quote !== '"' && quote !== "'" && quote !== '`') return undefined
  let found: { raw: Stretch; end: number } | undefined
  for (let at = text.indexOf(quote, start + 1); at >= 0; at = text.indexOf(quote, at + 1)) {
    const next = skipBlankInLine(text, at + 1)
    if (isLineEnd(text, next) || text[next] === '#') {
      found = { raw: { start, end: at + 1 }, end: commentEnd(text, next) }
    }
    if (text.charCodeAt(at - 1) !== BACKSLASH) break
  }
  return found
}

function dotenvValue(raw: string): string {
  const value = withoutQuotes(raw)
  return raw.startsWith('"') ? value.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : value
}

/**
 * dotenv takes the quotes off each line of the value that begins with one and has its partner at the end of a later
 * line. A value of several lines without quotes around it all exists only with U+2028 and U+2029.
 */
function withoutQuotes(raw: string): string {
  const first = raw[0]
  if (first !== undefined && QUOTES.includes(first) && raw.length > 1 && raw.endsWith(first)) {
    return raw.slice(1, -1)
  }
  if (!/[\u2028\u2029]/.test(raw)) return raw
  const closing = new Map(QUOTES.map(quote => [quote, lastAtLineEnd(raw, quote)]))
  let value = ''
  let done = 0
  for (let at = 0; at < raw.length; at = nextLine(raw, at)) {
    const last = closing.get(raw[at] ?? '') ?? -1
    if (at < done || last <= at) continue
    value += raw.slice(done, at) + raw.slice(at + 1, last)
    done = last + 1
  }
  return value + raw.slice(done)
}

const QUOTES: readonly string[] = ['"', "'", '`']

function lastAtLineEnd(text: string, quote: string): number {
  let at = text.lastIndexOf(quote)
  while (at > 0 && !isLineEnd(text, at + 1)) at = text.lastIndexOf(quote, at - 1)
  return at
}

function matchEnd(pattern: RegExp, text: string, start: number): number | undefined {
  pattern.lastIndex = start
  return pattern.test(text) ? pattern.lastIndex : undefined
}

function trimmed(text: string, start: number, end: number): Stretch {
  const value = text.slice(start, end)
  const raw = value.trim()
  const first = raw === '' ? start : start + value.length - value.trimStart().length
  return { start: first, end: first + raw.length }
}

function commentEnd(text: string, start: number): number {
  if (text[start] !== '#') return start
  let end = start
  while (!isLineEnd(text, end)) end += 1
  return end
}

function nextLine(text: string, start: number): number {
  let at = start
  while (!isLineEnd(text, at)) at += 1
  return at + 1
}

function skipBlank(text: string, start: number): number {
  let at = start
  while (at < text.length && isBlank(text.charCodeAt(at))) at += 1
  return at
}

function skipBlankInLine(text: string, start: number): number {
  let at = start
  while (!isLineEnd(text, at) && isBlank(text.charCodeAt(at))) at += 1
  return at
}

/** The end of the text, or what `$` of a regular expression in multi-line mode stands before. */
function isLineEnd(text: string, at: number): boolean {
  if (at >= text.length) return true
  const code = text.charCodeAt(at)
  return code === LINE_FEED || code === 0x2028 || code === 0x2029
}

/** What `\s` of a regular expression matches. */
function isBlank(code: number): boolean {
  return code <= 32 ? code === 32 || (code >= 9 && code <= 13) : code >= 160 && WIDE_BLANKS.has(code)
}

const WIDE_BLANKS: ReadonlySet<number> = new Set([
  0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a,
  0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff,
])

/** The text with line feeds alone, and the way back to places of the text itself. */
function oneKindOfLineBreak(text: string): { text: string; span(start: number, end: number): Span } {
  const plain = (start: number, end: number) => ({ offset: start, length: end - start })
  if (!text.includes('\r')) return { text, span: plain }
  const result = text.replace(/\r\n?/g, '\n')
  // Places behind which the text is one code unit longer than the result, in places of the result.
  const dropped: number[] = []
  for (let at = text.indexOf('\r\n'); at >= 0; at = text.indexOf('\r\n', at + 2))
    dropped.push(at - dropped.length)
  const original = (at: number) => at + countBelow(dropped, at)
  return { text: result, span: (start, end) => plain(original(start), original(end)) }
}

/** How many of the sorted numbers are below the limit. */
function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < limit) low = middle + 1
    else high = middle
  }
  return low
}
