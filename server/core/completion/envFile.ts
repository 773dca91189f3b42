import type { EnvEntry } from '../envFile'
import type { Completion } from './completion'

/** What completion in an env file knows beside the text. */
export interface EnvFileFacts {
  /** Names that configurations and other files of the folder tell of; looked for when they are wanted. */
  names(): readonly { readonly name: string; readonly detail: string }[]
}

/** Names at the beginning of a line; behind `${` in a value the names of earlier lines. Never throws. */
export function completeEnvFile(
  text: string,
  entries: readonly EnvEntry[],
  facts: EnvFileFacts,
  offset: number,
): readonly Completion[] {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const before = text.slice(start, offset)
  if (/^\s*#/.test(before)) return []
  const reference = /\$\{?(\w*)$/.exec(before)
  if (before.includes('=')) {
    if (reference === null) return []
    const rest = /^\w*\}?/.exec(text.slice(offset))?.[0].length ?? 0
    const span = { offset: offset - reference[0].length, length: reference[0].length + rest }
    const known = new Map(
      entries.filter(({ keySpan }) => keySpan.offset < start).map(each => [each.key, each]),
    )
    return [...known.values()].map(({ key, line }, index) =>
      completion(`\${${key}}`, `set in line ${line}`, span, index, 'variable'),
    )
  }
  if (!/^\s*\w*$/.test(before)) return []
  const word = /\w*$/.exec(before)?.[0] ?? ''
  const rest = /^\w*/.exec(text.slice(offset))?.[0].length ?? 0
  const span = { offset: offset - word.length, length: word.length + rest }
  const hasSign = text.slice(offset + rest).startsWith('=')
  const present = new Set(
    entries.filter(({ keySpan }) => keySpan.offset !== span.offset).map(({ key }) => key),
  )
  return facts
    .names()
    .filter(({ name }) => !present.has(name))
    .map(({ name, detail }, index) => ({
      ...completion(name, detail, span, index, 'attribute'),
      newText: hasSign ? name : `${name}=`,
      keepsRest: true,
    }))
}

function completion(
  label: string,
  detail: string,
  span: Completion['span'],
  index: number,
  kind: Completion['kind'],
): Completion {
  const sortText = String(index).padStart(4, '0')
  return { label, kind, detail, filterText: label, sortText, span, newText: label }
}
