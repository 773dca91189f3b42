import { indentOf, lineBreakOf } from '../jsonEdit'
import type { Fix, Problem } from '../problem'

/** What is meant by a text that is no JSON: where, in words, and what to write. */
export type Slip = Required<Pick<Problem, 'span' | 'message' | 'fixes'>> & Pick<Problem, 'related'>

/** A bracket of a text, with the end of the token before it. */
export interface Bracket {
  readonly sign: string
  readonly offset: number
  readonly behind: number
}

/** Brackets that close another than the one that is open: what is missing, or wrong, or too many. */
export function bracketSlips(text: string, brackets: readonly Bracket[]): readonly Slip[] {
  const slips: Slip[] = []
  let open: readonly Bracket[] = []
  for (const [index, bracket] of brackets.entries()) {
    const top = open.at(-1)
    if (CLOSED_BY[bracket.sign] !== undefined) open = [...open, bracket]
    else if (top === undefined) break
    else if (CLOSED_BY[top.sign] === bracket.sign) open = open.slice(0, -1)
    else {
      if (slips.length === MOST_SLIPS) break
      const way = bestWay(open, bracket, brackets.slice(index + 1))
      slips.push(slip(text, top, bracket, way, open))
      open = way.left
    }
  }
  return slips
}

export const CLOSED_BY: Readonly<Record<string, string | undefined>> = { '{': '}', '[': ']' }
const MOST_SLIPS = 20

interface Way {
  readonly kind: 'insert' | 'change' | 'remove'
  /** What is open behind the bracket. */
  readonly left: readonly Bracket[]
}

/** The way with which all that follows closes; of several the one that changes least. */
function bestWay(open: readonly Bracket[], bracket: Bracket, rest: readonly Bracket[]): Way {
  const match = open.findLastIndex(({ sign }) => CLOSED_BY[sign] === bracket.sign)
  const change: Way = { kind: 'change', left: open.slice(0, -1) }
  const remove: Way = { kind: 'remove', left: open }
  const insert: Way | undefined = match < 0 ? undefined : { kind: 'insert', left: open.slice(0, match) }
  const ways = insert === undefined ? [change, remove] : [insert, change, remove]
  return ways.find(({ left }) => closes(left, rest)) ?? insert ?? remove
}

function closes(open: readonly Bracket[], rest: readonly Bracket[]): boolean {
  const signs = open.map(({ sign }) => sign)
  for (const { sign } of rest) {
    if (CLOSED_BY[sign] !== undefined) signs.push(sign)
    else if (CLOSED_BY[signs.pop() ?? ''] !== sign) return false
  }
  return signs.length === 0
}

function slip(text: string, top: Bracket, bracket: Bracket, way: Way, open: readonly Bracket[]): Slip {
  const span = { offset: bracket.offset, length: 1 }
  const related = [{ span: { offset: top.offset, length: 1 }, message: 'Opened here.' }]
  const where = `the ${top.sign} in line ${lineOf(text, top.offset)} is still open`
  const meant = CLOSED_BY[top.sign] ?? ''
  const fix = (title: string, edit: Fix['edits'][number]): readonly Fix[] => [
    { title, edits: [edit], preferred: true, isGuess: true },
  ]
  if (way.kind === 'change') {
    const fixes = fix(`Change to ${meant}`, { span, newText: meant })
    return { span, related, message: `A ${meant} is meant here: ${where}.`, fixes }
  }
  if (way.kind === 'remove') {
    const fixes = fix(`Remove the ${bracket.sign}`, { span, newText: '' })
    return { span, related, message: `This ${bracket.sign} closes nothing: ${where}.`, fixes }
  }
  const closed = open.slice(way.left.length + 1).toReversed()
  const signs = closed.map(({ sign }) => CLOSED_BY[sign] ?? '').join('')
  const fixes = fix(`Insert ${signs}`, insertion(text, bracket, closed))
  return { span, related, message: `A ${signs} is missing before this: ${where}.`, fixes }
}

/** On lines of their own where the bracket that follows stands on one. */
function insertion(text: string, bracket: Bracket, closed: readonly Bracket[]): Fix['edits'][number] {
  const indent = indentOf(text, bracket.offset)
  const lineStart = bracket.offset - indent.length
  const isOnOwnLine = lineStart === 0 || text[lineStart - 1] === '\n'
  if (isOnOwnLine && closed.every(({ offset }) => text.slice(offset, bracket.behind).includes('\n'))) {
    const lineBreak = lineBreakOf(text)
    const lines = closed.map(({ sign, offset }) => `${indentOf(text, offset)}${CLOSED_BY[sign]}${lineBreak}`)
    return { span: { offset: lineStart, length: 0 }, newText: lines.join('') }
  }
  const newText = closed
    .map(({ sign, offset }) => (text[offset + 1] === ' ' ? ' ' : '') + CLOSED_BY[sign])
    .join('')
  return { span: { offset: bracket.behind, length: 0 }, newText }
}

export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
