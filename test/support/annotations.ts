import type { Problem } from '../../server/core/problem'

/** A line below the one it is about: `^^^^ warning unknown-attribute: …`. */
const ANNOTATION = /^ *\^+ (?:error|warning|information|hint) [a-z-]+: .*$/

/** The text as the editor has it: without the lines that say what is expected. */
export function withoutAnnotations(text: string): string {
  return text
    .split('\n')
    .filter(line => !ANNOTATION.test(line))
    .join('\n')
}

/** The text with each problem written below the line where it begins. */
export function annotate(text: string, problems: readonly Problem[]): string {
  const lines = text.split('\n')
  const result: string[] = []
  let start = 0
  for (const [index, line] of lines.entries()) {
    const end = start + line.length
    const here = problems.filter(({ span }) => span.offset >= start && span.offset <= end)
    const isLast = index === lines.length - 1
    if (!(isLast && line === '')) result.push(line)
    result.push(...here.map(problem => annotation(problem, start, end)))
    start = end + 1
  }
  return `${result.join('\n')}\n`
}

function annotation({ span, severity, code, message }: Problem, start: number, end: number): string {
  const length = Math.max(1, Math.min(span.length, end - span.offset))
  return `${' '.repeat(span.offset - start)}${'^'.repeat(length)} ${severity} ${code}: ${message}`
}
