import { type EnvDialect, type EnvEntry, parseEnvFile } from './envFile'
import { shownEnvFile } from './envFileShown'
import type { EnvFileUser } from './envFileUsers'
import { type MergedVariable, mergeEnvironment, type VariableSource } from './environment'
import type { Environment, Host } from './host'
import type { Hover } from './hover'
import type { JsonObject } from './json'
import type { Span } from './problem'
import { shownEnvironment, shownValue } from './secrets'

/** What a hover in an env file knows beside the text. */
export interface EnvHoverFacts {
  readonly dialect: EnvDialect
  readonly host: Host
  /** The configurations that read the file. */
  readonly users: readonly EnvFileUser[]
}

/** The value that programs see of a variable, or what a `${NAME}` puts in. Secrets are not shown. Never throws. */
export function hoverInEnvFile(text: string, facts: EnvHoverFacts, offset: number): Hover | undefined {
  const { entries } = parseEnvFile(text, facts.dialect).value
  const index = entries.findIndex(
    ({ keySpan, valueSpan }) => holds(keySpan, offset) || holds(valueSpan, offset),
  )
  const entry = entries[index]
  if (entry === undefined) return facts.dialect === 'debugpy' ? exportedAt(text, offset) : undefined
  const { keySpan, valueSpan } = entry
  if (holds(keySpan, offset)) return { markdown: keyText(text, facts, entries, entry), span: keySpan }
  const reference = referenceAt(text, valueSpan, offset)
  if (reference === undefined) return { markdown: keyText(text, facts, entries, entry), span: valueSpan }
  const { name, ...span } = reference
  return { markdown: referenceText(text, facts, index, name), span }
}

/** A line that a shell would read. */
function exportedAt(text: string, offset: number): Hover | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const [written, before = '', name] = /^(\s*)export\s+([A-Za-z_]\w*)(?=\s*=)/.exec(text.slice(start)) ?? []
  if (written === undefined || before.includes('\n')) return undefined
  const span = { offset: start + before.length, length: written.length - before.length }
  if (!holds(span, offset)) return undefined
  const markdown =
    `VS Code’s debugger ignores this line: it does not know \`export\`. ` +
    `Without the word the line sets \`${name}\`.`
  return { markdown, span }
}

function keyText(text: string, facts: EnvHoverFacts, entries: readonly EnvEntry[], entry: EnvEntry): string {
  const { key, line } = entry
  const last = entries.findLast(each => each.key === key) ?? entry
  const again = last === entry ? '' : `Line ${last.line} sets \`${key}\` again, and the last one counts.\n\n`
  const earlier = entries.filter(each => each.key === key && each.line < line)
  const over =
    last !== entry || earlier.length === 0
      ? ''
      : `\n\nIt is set in line ${earlier.map(each => each.line).join(', ')} too, and the last one counts.`
  if (facts.users.length === 0) {
    const value = shownEnvFile(text, facts.dialect).variables[key] ?? ''
    return `${again}${code(value)}, from line ${last.line}. No configuration reads this file.${over}`
  }
  const seen = facts.users.map(user => ({ user, text: seenText(text, facts, user, key) }))
  const texts = [...new Set(seen.map(each => each.text))]
  const [only = ''] = texts
  if (texts.length === 1) return `${again}The program sees ${only}.${over}`
  const lines = texts.map(each => {
    const names = seen.filter(one => one.text === each).map(({ user }) => `"${user.name}"`)
    return `- ${names.join(', ')}: ${each}`
  })
  return `${again}The program sees\n\n${lines.join('\n')}${over}`
}

/** Value and origin in the environment of a configuration. */
function seenText(
  text: string,
  { dialect, host }: EnvHoverFacts,
  { env, name }: EnvFileUser,
  key: string,
): string {
  const found: MergedVariable | undefined = mergeEnvironment({
    file: shownEnvFile(text, dialect, textsOf(env)),
    launch: env,
    process: shownEnvironment(host.env),
    platform: host.platform,
    internalConsole: false,
    gevent: false,
  }).get(key)
  if (found === undefined) return 'nothing: an empty search path is left out'
  if (found.value === null) return `nothing: \`env\` of "${name}" removes it`
  const value = typeof found.value === 'string' ? found.value : (JSON.stringify(found.value) ?? '')
  return `${code(shownValue(key, value))}, from ${found.sources.map(each => sourceText(each, name)).join(', then ')}`
}

function sourceText(source: VariableSource, name: string): string {
  switch (source.kind) {
    case 'file':
      return `line ${source.entry.line}`
    case 'launch':
      return `\`env\` of "${name}"`
    case 'process':
      return 'the environment of the editor'
    default:
      return 'the debugger'
  }
}

function referenceText(text: string, facts: EnvHoverFacts, index: number, name: string): string {
  const { dialect, users } = facts
  const written = `\`\${${name}}\``
  if (dialect === 'dotenv') return `${written} stays as it is written: dotenv replaces nothing.`
  const above = (base: Environment) =>
    shownEnvFile(text, dialect, base)
      .entries.slice(0, index)
      .findLast(({ key }) => key === name)
  const found = above({})
  const withValue = users
    .map(user => ({ user, entry: above(textsOf(user.env)) }))
    .find(({ entry }) => entry?.value)
  const entry = found?.value ? found : withValue?.entry
  if (entry?.value) return `${written} is ${code(shownValue(name, entry.value))}, from line ${entry.line}.`
  const given = users.flatMap(user => {
    const value = textsOf(user.env)[name]
    return value ? [`${code(shownValue(name, value))}, from \`env\` of "${user.name}"`] : []
  })
  if (given.length > 0) return `${written} is ${given.join('; ')}.`
  return `${written} is empty here: no line further up sets \`${name}\`, and no \`env\` of a configuration.`
}

function textsOf(env: JsonObject): Record<string, string> {
  const texts = Object.entries(env).filter((each): each is [string, string] => typeof each[1] === 'string')
  return Object.fromEntries(texts)
}

function referenceAt(text: string, { offset: start, length }: Span, offset: number) {
  for (const { index, 0: written, 1: name = '' } of text
    .slice(start, start + length)
    .matchAll(/(?<!\\)\$\{([a-zA-Z]\w*)\}/g)) {
    const span = { offset: start + index, length: written.length }
    if (holds(span, offset)) return { name, ...span }
  }
  return undefined
}

function holds({ offset: start, length }: Span, offset: number): boolean {
  return offset >= start && offset <= start + length
}

/** A value on one line, as code. */
function code(value: string): string {
  if (value === '') return 'an empty text'
  const line = value.replaceAll('\n', '↵')
  const shown = line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
  return shown.includes('`') ? `\`\` ${shown} \`\`` : `\`${shown}\``
}

const LONGEST = 500
