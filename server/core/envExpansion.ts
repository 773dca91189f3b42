/** A `${…}` in a value of an env file, and what debugpy's dialect makes of it. */
export interface EnvReference {
  /** Offset of `${` in the value, in UTF-16 code units. */
  readonly offset: number
  readonly length: number
  /** '' when what stands in the braces is no name. */
  readonly name: string
  /**
   * `unset`: replaced by nothing. `unreadable`: the whole value stays as written. `literal`: only the reference
   * stays as written.
   */
  readonly kind: 'set' | 'unset' | 'unreadable' | 'literal'
}

export interface Expanded {
  readonly value: string
  readonly references: readonly EnvReference[]
}

/**
 * Replaces `${NAME}` in a value as VS Code's Python debugger does. A name begins with an ASCII letter; anything else
 * between the braces makes it leave the whole value alone; `\${` and `\$` lose their backslash and are not replaced.
 * What is put in is not searched again.
 */
export function expandReferences(value: string, lookUp: (name: string) => string): Expanded {
  const references: EnvReference[] = []
  let expanded = ''
  let done = 0
  for (const { end, ...found } of findReferences(value)) {
    if (found.kind !== 'name') {
      references.push({ ...found, name: '', kind: found.kind })
      if (found.kind === 'unreadable') return { value: unescaped(value), references }
      continue
    }
    const replacement = lookUp(found.name)
    references.push({ ...found, kind: replacement === '' ? 'unset' : 'set' })
    expanded += value.slice(done, found.offset) + replacement
    done = end
  }
  return { value: unescaped(expanded + value.slice(done)), references }
}

function unescaped(value: string): string {
  return value.replaceAll('\\$', '$')
}

interface Found {
  readonly offset: number
  readonly length: number
  /** Where the search goes on. */
  readonly end: number
  readonly name: string
  readonly kind: 'name' | 'unreadable' | 'literal'
}

/** What has a backslash before it is passed over. */
function* findReferences(value: string): Generator<Found> {
  const lines = { end: -1, brace: -1 }
  for (let at = value.indexOf('${'); at >= 0; ) {
    const match = matchReference(value, at, lines)
    const end = match?.end ?? at + 2
    const found = { offset: at, length: shownLength(value, at), end, name: match?.name ?? '' }
    if (match === undefined) {
      if (lines.brace > at) yield { ...found, kind: 'literal' }
    } else if (value[at - 1] !== '\\') {
      yield { ...found, kind: match.name === '' ? 'unreadable' : 'name' }
    }
    at = value.indexOf('${', end)
  }
}

const NAME = /[a-zA-Z]\w*/y

/**
 * Where the reference at `${` ends, and its name; undefined: none begins here. What is no plain `${NAME}` reaches to
 * the last closing brace of its line. `lines` remembers that brace, so that long lines are searched once.
 */
function matchReference(
  value: string,
  at: number,
  lines: { end: number; brace: number },
): { name: string; end: number } | undefined {
  NAME.lastIndex = at + 2
  const name = NAME.exec(value)?.[0] ?? ''
  const next = at + 2 + name.length
  if (value[next] === '}') return { name, end: next + 1 }
  if (next >= value.length || /\w/.test(value[next] ?? '')) {
    lastBrace(value, next, lines)
    return undefined
  }
  const brace = lastBrace(value, next + 1, lines)
  return brace > next ? { name: '', end: brace + 1 } : undefined
}

function lastBrace(value: string, from: number, lines: { end: number; brace: number }): number {
  if (from <= lines.end) return lines.brace
  lines.brace = -1
  for (lines.end = from; lines.end < value.length; lines.end++) {
    const code = value.charCodeAt(lines.end)
    if (code === CLOSING_BRACE) lines.brace = lines.end
    else if (LINE_ENDS.has(code)) break
  }
  return lines.brace
}

const CLOSING_BRACE = 125
const LINE_ENDS: ReadonlySet<number> = new Set([10, 13, 0x2028, 0x2029])

/** To behind the first closing brace: what a reader takes for the reference. */
function shownLength(value: string, at: number): number {
  const brace = value.slice(at, at + LONGEST_SHOWN).indexOf('}')
  return brace < 0 ? 2 : brace + 1
}

const LONGEST_SHOWN = 200
