import { createScanner } from 'jsonc-parser'
import { SYNTAX_MESSAGES } from '../json'
import { skipBlank, type TextEdit } from '../jsonEdit'
import type { Span } from '../problem'
import { type Bracket, bracketSlips, type Slip } from './brackets'
import { quotesFix } from './syntaxFixes'

/**
 * What people write who think of another language, or miss a bracket: found by the signs alone, so that one slip hides
 * no other, as it does from the parser. In the order of the text.
 */
export function findSlips(text: string, most: number): readonly Slip[] {
  const slips: Slip[] = []
  const reading: Reading = { brackets: [], open: [], isOpenText: false }
  const scanner = createScanner(text, true)
  let before = ''
  let behind = 0
  for (scanner.scan(); scanner.getTokenOffset() < text.length && slips.length < most; scanner.scan()) {
    const offset = scanner.getTokenOffset()
    const sign = text[offset] ?? ''
    const { open } = reading
    const spot: Spot = { text, offset, before, isInObject: open.at(-1) === '{', depth: open.length }
    const slip = COMMON.has(sign) ? commonSlip(spot) : slipAt(spot)
    let length = scanner.getTokenLength()
    if (slip !== undefined) {
      slips.push(slip.told)
      length = slip.passed
      before = slip.meant
    } else if (COMMON.has(sign)) {
      note(reading, text, { offset, length }, behind)
      before = sign
    } else {
      length = unreadable(text, offset) ?? length
      before = LITERAL.test(text.slice(offset, offset + length)) ? 'value' : 'word'
    }
    behind = offset + length
    if (length !== scanner.getTokenLength()) scanner.setPosition(behind)
  }
  return [...slips, ...bracketSlips(text, reading.brackets)].sort((a, b) => a.span.offset - b.span.offset)
}

interface Reading {
  readonly brackets: Bracket[]
  readonly open: string[]
  /** Behind a text without its end nobody knows which brackets are in it. */
  isOpenText: boolean
}

function note(reading: Reading, text: string, { offset, length }: Span, behind: number): void {
  const sign = text[offset] ?? ''
  if (sign === '{' || sign === '[') reading.open.push(sign)
  else if (sign === '}' || sign === ']') reading.open.pop()
  if (sign === '"' && (length < 2 || text[offset + length - 1] !== '"')) reading.isOpenText = true
  if (BRACKETS.has(sign) && !reading.isOpenText) reading.brackets.push({ sign, offset, behind })
}

/** The text after the edits of all slips, and the way back from its places to those of the text. */
export function mend(
  text: string,
  slips: readonly Slip[],
): { readonly text: string; back(span: Span): Span } {
  const pieces: { readonly from: number; readonly at: number; readonly length: number }[] = []
  let result = ''
  let position = 0
  const keep = (until: number) => {
    pieces.push({ from: result.length, at: position, length: until - position })
    result += text.slice(position, until)
  }
  for (const { span, newText } of editsOf(slips)) {
    if (span.offset < position) continue
    keep(span.offset)
    result += newText
    position = span.offset + span.length
  }
  keep(text.length)
  const place = (offset: number): number => {
    const piece = pieces.findLast(each => each.from <= offset)
    return piece === undefined ? offset : piece.at + Math.min(offset - piece.from, piece.length)
  }
  return {
    text: result,
    back: ({ offset, length }) => {
      const start = place(offset)
      return { offset: start, length: Math.max(0, place(offset + length) - start) }
    },
  }
}

function editsOf(slips: readonly Slip[]): readonly TextEdit[] {
  const edits = slips.flatMap(({ fixes }) => fixes[0]?.edits ?? [])
  return edits.toSorted((a, b) => a.span.offset - b.span.offset)
}

/** What a token of JSON begins with. */
const COMMON: ReadonlySet<string> = new Set(['{', '}', '[', ']', ',', ':', '"', '-', ...'0123456789'])
const BRACKETS: ReadonlySet<string> = new Set(['{', '}', '[', ']'])

interface Spot {
  readonly text: string
  readonly offset: number
  /** The first sign of what stands before it; `word` for what is no JSON. */
  readonly before: string
  readonly isInObject: boolean
  readonly depth: number
}

interface Found {
  readonly told: Slip
  /** How far the slip reaches. */
  readonly passed: number
  /** The sign that is meant. */
  readonly meant: string
}

function commaTooMany({ text, offset, before, depth }: Spot): Found | undefined {
  if (text[offset] !== ',' || depth === 0 || !/^[,{[]$/.test(before)) return undefined
  const message =
    before === ',' ? 'One comma too many.' : 'A comma stands between two entries, not before the first.'
  return found(offset, ',', message, '', before, 'Remove the comma')
}

function commonSlip(spot: Spot): Found | undefined {
  return (
    commaTooMany(spot) ?? openName(spot) ?? colonBehind(spot) ?? zerosBefore(spot) ?? quoteBeforeNumber(spot)
  )
}

function zerosBefore({ text, offset, depth }: Spot): Found | undefined {
  if (depth === 0 || (text[offset] !== '0' && text[offset] !== '-')) return undefined
  const number = /^-?0+\d[\d.]*(?![\w.])/.exec(lineFrom(text, offset))?.[0]
  if (number === undefined || Number.isNaN(Number(number))) return undefined
  return found(offset, number, 'A number in JSON has no zeros before it.', String(Number(number)), 'value')
}

function slipAt(spot: Spot): Found | undefined {
  const { text, offset, before, isInObject, depth } = spot
  const sign = text[offset] ?? ''
  if (sign === '#')
    return found(
      offset,
      '#',
      'A comment begins with // here.',
      '//',
      before,
      undefined,
      lineFrom(text, offset),
    )
  if (depth === 0 && sign !== ';') return undefined
  if (sign === "'" || OPENING_QUOTES.includes(sign)) return otherQuotes(text, offset)
  if (sign === '=' && before === '"' && isInObject) {
    return found(offset, '=', 'A colon stands between a name and its value, not an equals sign.', ':', ':')
  }
  if (sign === ';' && before !== '' && before !== 'word') {
    const next = text[skipBlank(text, offset + 1)]
    const isLast = next === undefined || next === '}' || next === ']'
    const message = 'A comma stands between two entries, not a semicolon.'
    return isLast
      ? found(offset, ';', 'No semicolon stands here.', '', before, 'Remove the semicolon')
      : found(offset, ';', message, ',', ',')
  }
  return quoteBefore(spot) ?? variableAt(spot) ?? prefixedText(spot) ?? wordAt(spot)
}

/** `name": …`, or `"name": value"`. */
function quoteBefore({ text, offset, before, isInObject }: Spot): Found | undefined {
  const isName = isInObject && /^[{,]$/.test(before)
  if (!isName && !/^[:,[]$/.test(before)) return undefined
  const pattern = isName ? /^[A-Za-z_$][\w.$-]*"(?=\s*:)/ : /^[\w$./~%][^"\n]*"(?=\s*(?:[,}\]]|$))/
  const written = pattern.exec(lineFrom(text, offset))?.[0]
  if (written === undefined || /^[rbuf]{1,2}"$/i.test(written)) return undefined
  return missingQuote(offset, written, offset)
}

/** `-v"`, `5678"` */
function quoteBeforeNumber({ text, offset, before }: Spot): Found | undefined {
  if (!/^[-\d]$/.test(text[offset] ?? '') || !/^[:,[]$/.test(before)) return undefined
  const written = /^[^",\n]*"(?=\s*(?:[,}\]]|$))/.exec(lineFrom(text, offset))?.[0]
  return written === undefined ? undefined : missingQuote(offset, written, offset)
}

/** `"name: …`: of a name that is not closed, the text goes on to the next quote, or to the end of the line. */
function openName({ text, offset, before, isInObject }: Spot): Found | undefined {
  if (text[offset] !== '"' || !isInObject || !/^[{,]$/.test(before)) return undefined
  const pattern = /^("[A-Za-z_$][\w.$-]*)\s*:(?:\s*[[{]?\s*"(?=[^\s:,}\]])|[^"]*$)/
  const written = pattern.exec(lineFrom(text, offset))?.[1]
  return written === undefined ? undefined : missingQuote(offset, written, offset + written.length)
}

/** `"name" value`, where the value is no name of the next. */
function colonBehind({ text, offset, before, isInObject }: Spot): Found | undefined {
  if (text[offset] !== '"' || !isInObject || !/^[{,]$/.test(before)) return undefined
  const name = /^"(?:[^"\\]|\\.)*"/.exec(lineFrom(text, offset))?.[0]
  if (name === undefined) return undefined
  const behind = offset + name.length
  const place = skipBlank(text, behind)
  const value = /^(?:"(?:[^"\\]|\\.)*"|[\w.-]+|[[{])/.exec(lineFrom(text, place))?.[0]
  if (value === undefined || text[skipBlank(text, place + value.length)] === ':') return undefined
  const edits = [{ span: { offset: behind, length: 0 }, newText: ':' }]
  const fixes = [{ title: 'Insert the colon', edits, preferred: true }]
  const span = { offset: place, length: value.length }
  const message = SYNTAX_MESSAGES['ColonExpected'] ?? ''
  return { told: { span, message, fixes }, passed: name.length, meant: ':' }
}

function missingQuote(offset: number, written: string, place: number): Found {
  const edits = [{ span: { offset: place, length: 0 }, newText: '"' }]
  const fixes = [{ title: 'Insert the quote', edits, preferred: true }]
  const where = place === offset ? 'before' : 'behind'
  const span = { offset, length: written.length }
  const message = `A double quote is missing ${where} this.`
  return { told: { span, message, fixes }, passed: written.length, meant: '"' }
}

/** A text without quotes that begins with a variable, such as `${file}`. */
function variableAt({ text, offset, before }: Spot): Found | undefined {
  const written = /^\$\{[^{}"\s]*\}[^\s"'{}[\],;]*/.exec(lineFrom(text, offset))?.[0]
  if (written === undefined || !/^[:,[{]$/.test(before)) return undefined
  return found(offset, written, 'A text stands in double quotes here.', JSON.stringify(written), '"')
}

/** `r"…"` and its like, as Python writes texts. */
function prefixedText({ text, offset, before }: Spot): Found | undefined {
  const [written, letters = '', quoted = ''] =
    /^([rbuf]{1,2})("(?:[^"\\\n]|\\.)*"|'[^'\n]*')/i.exec(lineFrom(text, offset)) ?? []
  if (written === undefined || !/^[:,[{]$/.test(before)) return undefined
  const inner = quoted.slice(1, -1)
  const newText = /r/i.test(letters) || quoted.startsWith("'") ? JSON.stringify(inner) : quoted
  return found(offset, written, 'A text in JSON has no letters before its quotes.', newText, '"')
}

const OPENING_QUOTES = '“”„‟'

function otherQuotes(text: string, offset: number): Found | undefined {
  const isSingle = text[offset] === "'"
  const written = (isSingle ? /^'[^'\n]*'/ : /^[“”„‟][^"“”„‟\n]*["“”„‟]/).exec(lineFrom(text, offset))?.[0]
  if (written === undefined) return undefined
  const message = isSingle
    ? 'Texts in JSON have double quotes: "…".'
    : 'Texts in JSON have straight double quotes: "…", not curly ones.'
  const told = { span: { offset, length: written.length }, message, fixes: [quotesFix(written, offset)] }
  return { told, passed: written.length, meant: '"' }
}

/** A name or a text without quotes, or a value as another language writes it. */
function wordAt({ text, offset, before, isInObject }: Spot): Found | undefined {
  const word = /^[A-Za-z_](?:[\w.-]*\w)?/.exec(lineFrom(text, offset))?.[0]
  if (word === undefined) return undefined
  const behind = lineFrom(text, offset + word.length)
  // A part of something longer is no word: nobody knows where it ends.
  if (!/^(?:\s|[:=,;}\]/]|$)/.test(behind)) return undefined
  if (isInObject && (before === '{' || before === ',')) {
    return found(offset, word, 'A name stands in double quotes here.', JSON.stringify(word), '"')
  }
  if (before !== ':' && !(before === '[' || before === ',')) return undefined
  if (LITERAL.test(word)) return undefined
  const meant = Object.hasOwn(VALUES, word) ? VALUES[word] : undefined
  if (meant !== undefined) return found(offset, word, `${word} is written ${meant} in JSON.`, meant, 'value')
  return found(offset, word, 'A text stands in double quotes here.', JSON.stringify(word), '"')
}

const LITERAL = /^(?:true|false|null)$/
const VALUES: Readonly<Record<string, string>> = {
  True: 'true',
  TRUE: 'true',
  False: 'false',
  FALSE: 'false',
  None: 'null',
  Null: 'null',
  NULL: 'null',
  nil: 'null',
  undefined: 'null',
}

function found(
  offset: number,
  written: string,
  message: string,
  newText: string,
  meant: string,
  title = `Change to ${newText}`,
  whole = written,
): Found {
  const span = { offset, length: written.length }
  const fixes = [{ title, edits: [{ span, newText }], preferred: true }]
  return { told: { span, message, fixes }, passed: whole.length, meant }
}

/** A line that a merge has left, and a word, end where they seem to. */
function unreadable(text: string, offset: number): number | undefined {
  const line = lineFrom(text, offset)
  if (/^(?:<{7}|={7}|>{7})/.test(line)) return line.length
  return /^(?:true|false|null)\b/.exec(line)?.[0].length
}

function lineFrom(text: string, offset: number): string {
  const near = text.slice(offset, offset + LONGEST)
  const end = near.indexOf('\n')
  return (end < 0 ? near : near.slice(0, end)).trimEnd()
}

/** Nobody means a text of more than these signs by a slip. */
const LONGEST = 1000
