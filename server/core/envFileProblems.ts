import type { EnvDialect, EnvEntry, ReadAssignment } from './envFile'
import type { Assignment, DebugpyLine } from './envFileDialects'
import { dialectProblems } from './envFileDifferences'
import { referenceProblems } from './envFileReferences'
import { shellProblems } from './envFileShell'
import type { Problem, Span } from './problem'

/** All that is known of an env file when its problems are looked for. */
export interface EnvReading {
  readonly text: string
  readonly dialect: EnvDialect
  readonly lines: readonly DebugpyLine[]
  readonly dotenv: readonly Assignment[]
  readonly read: readonly ReadAssignment[]
  readonly entries: readonly EnvEntry[]
}

/** Problems of an env file in the order of their places. No message holds a value: env files hold secrets. */
export function envFileProblems(reading: EnvReading): Problem[] {
  const problems = [
    ...dialectProblems(reading),
    ...referenceProblems(reading),
    ...shellProblems(reading),
    ...duplicates(reading),
    ...ignoredLines(reading),
  ]
  return problems.toSorted((a, b) => a.span.offset - b.span.offset)
}

/** `A=1` and further down `A=2`, unless the second builds on the first. */
function duplicates({ text, entries, read }: EnvReading): Problem[] {
  const last = new Map<string, number>()
  const lastUse = new Map<string, number>()
  const problems: Problem[] = []
  entries.forEach((entry, index) => {
    for (const { name } of read[index]?.references ?? []) lastUse.set(name, index)
    const earlier = last.get(entry.key) ?? -1
    const before = entries[earlier]
    const lineSpan = read[earlier]?.assignment.lineSpan
    last.set(entry.key, index)
    if (before === undefined || lineSpan === undefined || (lastUse.get(entry.key) ?? -1) > earlier) return
    const length = Math.min(lineSpan.length + 1, text.length - lineSpan.offset)
    problems.push({
      code: 'env-duplicate',
      span: before.keySpan,
      severity: 'warning',
      message: `${entry.key} is set again in line ${entry.line}, and the last one counts: this line does nothing.`,
      tags: ['unnecessary'],
      related: [{ span: entry.keySpan, message: `${entry.key} is set here.` }],
      fixes: [
        { title: 'Remove this line', edits: [{ span: { offset: lineSpan.offset, length }, newText: '' }] },
      ],
    })
  })
  return problems
}

/** What is neither an assignment, nor a comment, nor blank, in neither dialect. */
function ignoredLines({ text, dialect, lines, dotenv }: EnvReading): Problem[] {
  const unread =
    dialect === 'debugpy' ? lines.flatMap(line => (line.assignment ? [] : [line.span])) : gaps(text, dotenv)
  const problems: Problem[] = []
  let next = 0
  for (const { offset, length } of unread) {
    for (const { index, 0: line } of text.slice(offset, offset + length).matchAll(/[^\r\n]+/g)) {
      const content = line.trim()
      if (content === '' || content.startsWith('#')) continue
      const start = offset + index + line.indexOf(content)
      while ((dotenv[next]?.keySpan.offset ?? text.length) < start) next += 1
      const isRead = (dotenv[next]?.keySpan.offset ?? text.length) < start + content.length
      if (!isRead) problems.push(ignored({ offset: start, length: content.length }))
    }
  }
  return problems
}

/** What lies between the assignments. */
function gaps(text: string, assignments: readonly Assignment[]): Span[] {
  const found: Span[] = []
  let end = 0
  for (const { lineSpan } of assignments) {
    if (lineSpan.offset > end + 1) found.push({ offset: end, length: lineSpan.offset - end })
    end = lineSpan.offset + lineSpan.length
  }
  return [...found, { offset: end, length: text.length - end }]
}

function ignored(span: Span): Problem {
  const message = 'This line is ignored: a line is NAME=value, or a comment that begins with #.'
  return { code: 'env-ignored-line', span, severity: 'warning', message }
}
