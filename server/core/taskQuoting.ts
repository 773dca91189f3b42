import type { Platform } from './host'
import { isObject, type JsonObject } from './json'
import { type CommandText, type Quoting, textOf } from './taskCommand'

/** How a shell quotes: the characters around a text, and what is escaped inside one that stands without them. */
export interface QuotingRules {
  readonly strong?: string
  readonly weak?: string
  /** A text: only blanks are escaped, with it. */
  readonly escape?: string | { readonly char: string; readonly escaped: string }
}

export interface CommandLine {
  /** Without its extension and in lower case: `bash`, `cmd`, `pwsh`. */
  readonly shell: string
  readonly platform: Platform
  /** `options.shell.quoting` as written; it replaces what is known of the shell. */
  readonly quoting?: JsonObject
  /** The command before variables were replaced: a blank that a variable brings in is quoted. */
  readonly original: CommandText
  readonly command: CommandText
  readonly args: readonly CommandText[]
}

/** The line VS Code gives to the shell. Only a blank makes it quote, and only with the shell's strong quotes. */
export function buildCommandLine(line: CommandLine): string {
  const { shell, platform, command, args, original } = line
  const rules = line.quoting === undefined ? rulesOf(shell, platform) : readRules(line.quoting)
  if (args.length === 0 && typeof command === 'string') {
    const written = textOf(original)
    if (command === written || needsQuotes(written, rules)) return command
  }
  const [first, ...rest] = [command, ...args].map(text => quote(text, rules))
  const text = [first, ...rest].map(part => part?.text).join(' ')
  if (platform !== 'win32' || first?.quoted !== true) return text
  if (shell === 'cmd') return rest.some(part => part.quoted) ? `"${text}"` : text
  return shell === 'powershell' || shell === 'pwsh' ? `& ${text}` : text
}

const POSIX: QuotingRules = { strong: "'", weak: '"', escape: { char: '\\', escaped: ' "\'' } }
const POWERSHELL: QuotingRules = { strong: "'", weak: '"', escape: { char: '`', escaped: ' "\'()' } }

/** fish and sh have none of their own, and neither has pwsh: they get their platform's. */
const RULES: Readonly<Record<string, QuotingRules>> = {
  cmd: { strong: '"' },
  powershell: POWERSHELL,
  bash: POSIX,
  zsh: POSIX,
}

function rulesOf(shell: string, platform: Platform): QuotingRules {
  const known = Object.hasOwn(RULES, shell) ? RULES[shell] : undefined
  return known ?? (platform === 'win32' ? POWERSHELL : POSIX)
}

function readRules(written: JsonObject): QuotingRules {
  const { strong, weak, escape: escaping } = written
  return {
    ...(typeof strong === 'string' ? { strong } : {}),
    ...(typeof weak === 'string' ? { weak } : {}),
    ...(typeof escaping === 'string' ? { escape: escaping } : {}),
    ...(isObject(escaping)
      ? { escape: { char: text(escaping['escapeChar']), escaped: text(escaping['charsToEscape']) } }
      : {}),
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

interface Quoted {
  readonly text: string
  readonly quoted: boolean
}

function quote(value: CommandText, rules: QuotingRules): Quoted {
  if (typeof value !== 'string') return quoteAs(value.quoting, value.value, rules)
  return needsQuotes(value, rules) ? quoteAs('strong', value, rules) : { text: value, quoted: false }
}

function quoteAs(kind: Quoting, value: string, rules: QuotingRules): Quoted {
  const { strong, weak, escape: escaping } = rules
  if (kind === 'strong' && strong) return { text: strong + value + strong, quoted: true }
  if (kind === 'weak' && weak) return { text: weak + value + weak, quoted: true }
  if (kind !== 'escape' || !escaping) return { text: value, quoted: false }
  if (typeof escaping === 'string') return { text: value.replaceAll(' ', () => `${escaping} `), quoted: true }
  // VS Code joins the characters with commas, so of two and more it escapes the comma too.
  const { char, escaped } = escaping
  const set = new Set([...escaped, ...(escaped.length > 1 ? [','] : [])])
  return { text: [...value].map(one => (set.has(one) ? char + one : one)).join(''), quoted: true }
}

/** True for a blank outside of quotes. A quote that is never closed hides what follows it. */
function needsQuotes(value: string, rules: QuotingRules): boolean {
  const { strong, weak, escape: skip } = rules
  const first = value[0]
  if (value.length > 1 && (first === strong || first === weak) && first === value.at(-1)) return false
  let open: string | undefined
  for (let i = 0; i < value.length; i++) {
    const char = value[i]
    if (open !== undefined) {
      if (char === open) open = undefined
    } else if (char === skip) {
      i++
    } else if (char === strong || char === weak) {
      open = char
    } else if (char === ' ') {
      return true
    }
  }
  return false
}
