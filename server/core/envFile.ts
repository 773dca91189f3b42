import { type EnvReference, expandReferences } from './envExpansion'
import { type Assignment, scanDebugpy, scanDotenv } from './envFileDialects'
import { envFileProblems } from './envFileProblems'
import type { Environment } from './host'
import type { Checked, Span } from './problem'

/** `debugpy`: as VS Code's Python debugger reads env files. `dotenv`: as dotenv 18 does, which replaces no `${…}`. */
export type EnvDialect = 'debugpy' | 'dotenv'

/** One assignment of an env file, whether or not a later one overrides it. */
export interface EnvEntry {
  readonly key: string
  readonly value: string
  readonly keySpan: Span
  /** The value as written, quotes included. */
  readonly valueSpan: Span
  /** 1-based. */
  readonly line: number
}

export interface EnvFile {
  /** In the file's order. */
  readonly entries: readonly EnvEntry[]
  /** Of equal names the last counts. */
  readonly variables: Readonly<Record<string, string>>
}

/**
 * Reads an env file. In the `debugpy` dialect `${NAME}` stands for a variable set further up, else for one of `base`
 * (the `env` of the launch configuration, not the process environment), else for nothing. Problems tell where a line
 * is lost and where the other dialect, which most tools speak, reads another value; they never hold a value.
 */
export function parseEnvFile(text: string, dialect: EnvDialect, base: Environment = {}): Checked<EnvFile> {
  const lines = scanDebugpy(text)
  const dotenv = scanDotenv(text)
  const assignments =
    dialect === 'dotenv' ? dotenv : lines.flatMap(line => (line.assignment ? [line.assignment] : []))
  const { read, variables } = evaluate(assignments, dialect, base)
  const lineOf = lineCounter(text)
  const entries = read.map(({ assignment: { key, keySpan, valueSpan }, value }) => {
    return { key, value, keySpan, valueSpan, line: lineOf(keySpan.offset) }
  })
  return {
    value: { entries, variables: Object.fromEntries(variables) },
    problems: envFileProblems({ text, dialect, lines, dotenv, read, entries }),
  }
}

/** An assignment with what became of its references. */
export interface ReadAssignment {
  readonly assignment: Assignment
  readonly value: string
  readonly references: readonly EnvReference[]
  /** The references are left as they are, because their values multiply without end. */
  readonly tooLong: boolean
}

/** Code units that references may put in over a whole file; lines that double their forerunner stop here. */
const LONGEST_EXPANSION = 4_000_000

function evaluate(assignments: readonly Assignment[], dialect: EnvDialect, base: Environment) {
  const variables = new Map<string, string>()
  let budget = LONGEST_EXPANSION
  const lookUp = (name: string): string => {
    const value = variables.get(name) || (Object.hasOwn(base, name) ? base[name] : undefined) || ''
    budget -= value.length
    return budget > 0 ? value : ''
  }
  const read = assignments.map((assignment): ReadAssignment => {
    const { key, value: written } = assignment
    const untouched = { assignment, value: written, references: [], tooLong: false }
    let result: ReadAssignment = untouched
    if (dialect === 'debugpy') {
      const { value, references } = expandReferences(written, lookUp)
      const tooLong = budget <= 0 && references.length > 0
      result = tooLong ? { ...untouched, tooLong } : { assignment, value, references, tooLong }
    }
    // Both originals write into a plain object, which has no room for this name.
    if (key !== '__proto__') variables.set(key, result.value)
    return result
  })
  return { read, variables }
}

/** 1-based line of an offset; offsets must come in ascending order. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1
  let at = 0
  return offset => {
    for (; at < offset; at++) {
      const code = text.charCodeAt(at)
      if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) line += 1
    }
    return line
  }
}
