import type { EnvReading } from './envFileProblems'
import { withoutSelf } from './envFileReferences'
import type { Fix, Problem, Span } from './problem'
import { isSecretName } from './secrets'

/** What a shell would replace and no reader of env files does: `$NAME` and `$(command)`. */
export function shellProblems({ text, dialect, entries }: EnvReading): Problem[] {
  const set = new Set<string>()
  return entries.flatMap(({ key, valueSpan }) => {
    const raw = text.slice(valueSpan.offset, valueSpan.offset + valueSpan.length)
    // A shell leaves single quotes alone, too.
    const problems = raw.startsWith("'")
      ? []
      : [...raw.matchAll(SHELL)].flatMap(({ index, 0: written, 1: name }) => {
          const span = { offset: valueSpan.offset + index, length: written.length }
          if (name === undefined) return [problem(span, COMMAND)]
          // It may be a part of a password.
          if (!set.has(name) && (isSecretName(key) || !/^[A-Z_][A-Z\d_]+$/.test(name))) return []
          return [dialect === 'dotenv' ? problem(span, asWritten(name)) : named(text, span, key, name, set)]
        })
    set.add(key)
    return problems
  })
}

const SHELL = /(?<![\w\\$])\$(?:([A-Za-z_]\w*)|\([^()]*\)?)/g

const COMMAND = 'No command is run here: the program sees this as it is written.'

function named(text: string, span: Span, key: string, name: string, set: ReadonlySet<string>): Problem {
  const braces = `\${${name}}`
  if (set.has(name)) {
    const message = `${asWritten(name)} ${braces} is replaced.`
    return problem(span, message, [toBraces(span, braces, true)])
  }
  if (name === key && /^(?:path|pythonpath)$/i.test(name)) {
    const message = `${asWritten(name)} The ${name} of the editor is joined behind this value by itself.`
    return problem(span, message, withoutSelf(text, span))
  }
  const condition = 'if "env" of the configuration or a line further up sets it'
  const message = `${asWritten(name)} ${braces} is replaced, ${condition}.`
  return problem(span, message, [toBraces(span, braces, false)])
}

function asWritten(name: string): string {
  return `The program sees $${name} as it is written.`
}

function toBraces(span: Span, braces: string, preferred: boolean): Fix {
  const fix = { title: `Change to ${braces}`, edits: [{ span, newText: braces }] }
  return preferred ? { ...fix, preferred } : fix
}

function problem(span: Span, message: string, fixes: readonly Fix[] = []): Problem {
  const fixed = fixes.length === 0 ? {} : { fixes }
  return { code: 'env-shell', span, severity: 'information', message, ...fixed }
}
