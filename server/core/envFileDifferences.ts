import { commentFixes, commentStart, inQuotes, isComment } from './envFileComments'
import { type Assignment, type DebugpyLine, joiningQuote } from './envFileDialects'
import type { EnvReading } from './envFileProblems'
import type { Fix, Problem, Span } from './problem'

/**
 * Lines that the two dialects read differently, as far as they write it and not for `${…}`. In the `debugpy` dialect
 * dotenv's reading is nearly always what the author meant; in `dotenv` only an open quote is worth a word.
 */
export function dialectProblems(reading: EnvReading): Problem[] {
  const { text, dialect, lines, dotenv } = reading
  if (dialect === 'dotenv') return dotenv.flatMap(assignment => openQuote(text, assignment))
  const problems: Problem[] = []
  let next = 0
  for (const line of lines) {
    const first = next
    const end = line.span.offset + line.span.length
    while ((dotenv[next]?.keySpan.offset ?? end) < end) next += 1
    if (line.assignment === undefined && first === next) continue
    const sole = next === first + 1 ? dotenv[first] : undefined
    if (line.assignment !== undefined && line.assignment.value === sole?.value) {
      problems.push(...openQuote(text, line.assignment))
    } else problems.push(...ofLine(text, line, dotenv.slice(first, next)))
  }
  return problems
}

/** `within` is what dotenv reads in the place of this line. */
function ofLine(text: string, line: DebugpyLine, within: readonly Assignment[]): Problem[] {
  const quote = joiningQuote(text, line.span)
  const isJoined = quote !== undefined && !isMeant(line, within)
  const firstEnd = text.indexOf('\n', line.span.offset)
  const lost = within.filter(({ keySpan }) => keySpan.offset > firstEnd)
  // A value in quotes with a comment behind its last line is another mistake, and is told as such.
  if (isJoined && (lost.length > 0 || within.every(({ valueSpan }) => valueSpan.offset !== quote))) {
    return [joined(text, line, quote, firstEnd, lost)]
  }
  const mine = line.assignment
  return within.flatMap(other => {
    if (mine?.keySpan.offset !== other.keySpan.offset) return [lostLine(text, other)]
    return isSame(mine, other) ? [] : [otherValue(text, mine, other)]
  })
}

/** Both dialects see one value of several lines. */
function isMeant({ assignment }: DebugpyLine, within: readonly Assignment[]): boolean {
  const [first, ...others] = within
  return (
    assignment !== undefined &&
    others.length === 0 &&
    first?.keySpan.offset === assignment.keySpan.offset &&
    isSame(assignment, first)
  )
}

/** dotenv makes every line break in a value a line feed: no difference to speak of. */
function isSame(mine: Assignment, other: Assignment): boolean {
  return mine.value === other.value || mine.value.replace(/\r\n?/g, '\n') === other.value
}

function joined(
  text: string,
  line: DebugpyLine,
  quote: number,
  firstEnd: number,
  lost: readonly Assignment[],
): Problem {
  const names = lost.map(({ key }) => key)
  const shown = names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '')
  const where =
    line.assignment === undefined ? 'this line, though no value,' : `the value of ${line.assignment.key}`
  const consequence =
    names.length === 0
      ? `${where} goes on over the following lines`
      : `${where} takes the following lines with it, and ${shown} ${names.length === 1 ? 'is' : 'are'} not set`
  return {
    code: 'env-open-quote',
    span: { offset: quote, length: 1 },
    severity: names.length === 0 ? 'warning' : 'error',
    message: `This quote is not closed in its line: ${consequence}.`,
    fixes: closings(text, line, quote, firstEnd),
  }
}

function closings(text: string, line: DebugpyLine, quote: number, firstEnd: number): Fix[] {
  const sign = text[quote] ?? ''
  const remove: Fix = {
    title: 'Remove the quote',
    edits: [{ span: { offset: quote, length: 1 }, newText: '' }],
  }
  const { assignment } = line
  if (assignment === undefined) return [{ ...remove, preferred: true }]
  const value = assignment.valueSpan.offset
  const end = quote + text.slice(quote, firstEnd).trimEnd().length
  if (value === quote) {
    const close = { span: { offset: end, length: 0 }, newText: sign }
    return [{ title: 'Close the quote at the end of the line', edits: [close], preferred: true }]
  }
  const around = sign === '"' ? "'" : '"'
  const raw = text.slice(value, end)
  const quotes = /^["']/.test(raw) ? [] : inQuotes(raw, value, `Put the value in ${around}…${around}`)
  const hash = commentStart(text, value, quote)
  if (hash !== undefined) {
    const valueEnd = value + text.slice(value, hash).trimEnd().length
    return [...commentFixes(text, assignment, valueEnd, hash, end), ...quotes]
  }
  return [...quotes.map(fix => ({ ...fix, preferred: true })), remove]
}

/** A line that dotenv reads and debugpy's dialect passes over. */
function lostLine(text: string, { key, keySpan, valueSpan, lineSpan }: Assignment): Problem {
  const prefix: Span = { offset: lineSpan.offset, length: keySpan.offset - lineSpan.offset }
  const keyEnd = keySpan.offset + key.length
  const separator = text.slice(keyEnd, valueSpan.offset)
  const ignored = 'VS Code’s debugger ignores this line'
  if (text[keySpan.offset - 1] === '\r') {
    const span = { offset: keySpan.offset - 1, length: 1 }
    return lost(
      'env-line-break',
      keySpan,
      'The line before ends with a carriage return alone, and so goes on here.',
      {
        title: 'Use a line feed',
        edits: [{ span, newText: '\n' }],
      },
    )
  }
  if (prefix.length > 0 && text.startsWith('export', prefix.offset)) {
    return lost('env-export', prefix, `${ignored}: it does not know \`export\`.`, {
      title: 'Remove `export`',
      edits: [{ span: prefix, newText: '' }],
    })
  }
  if (!/^_*[a-zA-Z]\w*$/.test(key)) {
    const renamed = key.replace(/\W/g, '_').replace(/^(_*)(?=\d|$)/, '$1V')
    const message = `${ignored}: a name has letters, digits and _ alone, and begins with a letter or _.`
    return lost(
      'env-name',
      keySpan,
      message,
      { title: `Rename to ${renamed}`, edits: [{ span: keySpan, newText: renamed }] },
      false,
    )
  }
  const span = { offset: keyEnd, length: separator.length || 1 }
  if (separator.startsWith(':')) {
    return lost('env-colon', span, `${ignored}: a name and its value are parted by =.`, {
      title: 'Replace : by =',
      edits: [{ span, newText: '=' }],
    })
  }
  return lost('env-dialects', keySpan, `${ignored}, which dotenv takes for ${key}.`)
}

function lost(code: string, span: Span, message: string, fix?: Fix, preferred = true): Problem {
  const fixes = fix === undefined ? {} : { fixes: [preferred ? { ...fix, preferred } : fix] }
  return { code, span, severity: 'warning', message, ...fixes }
}

/** Both dialects set the variable, not to the same. */
function otherValue(text: string, mine: Assignment, other: Assignment): Problem {
  const { offset, length } = mine.valueSpan
  const raw = text.slice(offset, offset + length)
  const first = raw[0] ?? ''
  const begins = other.valueSpan.offset === offset || other.valueSpan.length === 0
  const hash = begins ? raw.indexOf('#', other.valueSpan.length) : -1
  if (hash >= 0) return commentInValue(text, mine, other.valueSpan.length, hash)
  if (first === '`' && raw.length > 1 && raw.endsWith('`')) return backticks(mine.valueSpan, raw)
  if (/["']/.test(first) && /\\[nr]/.test(raw)) {
    const message =
      'VS Code’s debugger makes \\n a line break in both kinds of quotes and leaves \\r alone; dotenv knows both, ' +
      'in double quotes only.'
    return { code: 'env-escape', span: mine.valueSpan, severity: 'warning', message }
  }
  const message = `VS Code’s debugger and dotenv read another value for ${mine.key} here.`
  return { code: 'env-dialects', span: mine.valueSpan, severity: 'warning', message }
}

function commentInValue(text: string, mine: Assignment, valueLength: number, hash: number): Problem {
  const { offset, length } = mine.valueSpan
  const raw = text.slice(offset, offset + length)
  const span = { offset: offset + hash, length: length - hash }
  const isQuoted = /^["'`]/.test(raw)
  const quotes = isQuoted ? [] : inQuotes(raw, offset, 'Put all of it in quotes')
  if (isQuoted || isComment(text, offset, offset + hash)) {
    const message = isQuoted
      ? 'VS Code’s debugger knows no comment behind a value: the quotes and this text become part of the value.'
      : 'VS Code’s debugger knows no comment behind a value: this text becomes part of it.'
    return {
      code: 'env-comment-in-value',
      span,
      severity: 'warning',
      message,
      fixes: [...commentFixes(text, mine, offset + valueLength, offset + hash), ...quotes],
    }
  }
  const message =
    'This belongs to the value for VS Code’s debugger; dotenv ends it before #. Quotes settle it.'
  const settled = quotes.map(fix => ({ ...fix, preferred: true }))
  return { code: 'env-hash', span, severity: 'information', message, fixes: settled }
}

function backticks(span: Span, raw: string): Problem {
  const quote = ['"', "'"].find(sign => !raw.includes(sign))
  const ends = [span.offset, span.offset + span.length - 1]
  const fix = {
    title: 'Replace by quotes',
    edits: ends.map(offset => ({ span: { offset, length: 1 }, newText: quote ?? '' })),
    preferred: true,
  }
  return {
    code: 'env-backticks',
    span,
    severity: 'warning',
    message: 'VS Code’s debugger leaves backticks in the value.',
    fixes: quote === undefined ? [] : [fix],
  }
}

function openQuote(text: string, { valueSpan: { offset, length }, key }: Assignment): Problem[] {
  const quote = text[offset] ?? ''
  if (length === 0 || !/["'`]/.test(quote) || (length > 1 && text[offset + length - 1] === quote)) return []
  const raw = text.slice(offset, offset + length)
  const closing = closingQuote(raw, quote)
  if (closing !== undefined) return [textBehind(offset, raw, closing, key)]
  return [
    {
      code: 'env-open-quote',
      span: { offset, length: 1 },
      severity: 'warning',
      message: `This quote is not closed, and so belongs to the value of ${key}.`,
      fixes: [
        {
          title: 'Close the quote',
          edits: [{ span: { offset: offset + length, length: 0 }, newText: quote }],
          preferred: true,
        },
      ],
    },
  ]
}

function closingQuote(raw: string, quote: string): number | undefined {
  for (let at = raw.indexOf(quote, 1); at >= 0; at = raw.indexOf(quote, at + 1)) {
    if (raw[at - 1] !== '\\') return at
  }
  return undefined
}

/** `A="x" y`: quotes count around all of a value alone. */
function textBehind(offset: number, raw: string, closing: number, key: string): Problem {
  const quotes = [0, closing]
  const bare = raw.slice(1, closing) + raw.slice(closing + 1)
  const remove: Fix = {
    title: 'Remove the quotes',
    edits: quotes.map(at => ({ span: { offset: offset + at, length: 1 }, newText: '' })),
  }
  const isPlain = bare === bare.trim() && !/["'`#]/.test(bare)
  return {
    code: 'env-open-quote',
    span: { offset, length: closing + 1 },
    severity: 'warning',
    message: `Text stands behind the closing quote, and so the quotes belong to the value of ${key}.`,
    fixes: [...(isPlain ? [remove] : []), ...inQuotes(raw, offset, 'Put all of it in quotes')],
  }
}
