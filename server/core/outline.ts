import type { Node } from 'jsonc-parser'
import type { EnvEntry } from './envFile'
import type { Span } from './problem'
import { propertiesOf, textOf } from './properties'

/** One line of a file's outline. */
export interface OutlineEntry {
  readonly name: string
  readonly detail: string
  readonly kind: 'list' | 'configuration' | 'compound' | 'input' | 'task' | 'attribute' | 'variable'
  readonly span: Span
  /** The name, to jump to. */
  readonly nameSpan: Span
  readonly children: readonly OutlineEntry[]
}

/** Configurations, compounds, inputs and tasks by name, with their attributes. */
export function outline(section: Node | undefined): readonly OutlineEntry[] {
  return [...propertiesOf(section).values()].flatMap(({ name, node, key, value }) => {
    const kind = LISTS[name]
    if (kind === undefined || value?.type !== 'array') return []
    const children = (value.children ?? []).flatMap(entry => entryOf(entry, kind))
    return [
      {
        name,
        detail: String(children.length),
        kind: 'list',
        span: spanOf(node),
        nameSpan: spanOf(key),
        children,
      },
    ]
  })
}

/** A line for each variable of an env file; values may be secrets. */
export function envOutline(entries: readonly EnvEntry[]): readonly OutlineEntry[] {
  return entries.map(({ key, keySpan, valueSpan }) => {
    const end = Math.max(keySpan.offset + keySpan.length, valueSpan.offset + valueSpan.length)
    const span = { offset: keySpan.offset, length: end - keySpan.offset }
    return { name: key, detail: '', kind: 'variable', span, nameSpan: keySpan, children: [] }
  })
}

const LISTS: Readonly<Record<string, OutlineEntry['kind']>> = {
  configurations: 'configuration',
  compounds: 'compound',
  inputs: 'input',
  tasks: 'task',
}

function entryOf(entry: Node, kind: OutlineEntry['kind']): readonly OutlineEntry[] {
  if (entry.type !== 'object') return []
  const properties = propertiesOf(entry)
  const named = properties.get('name') ?? properties.get('label') ?? properties.get('id')
  const type = [textOf(properties.get('type')), textOf(properties.get('request'))].filter(Boolean).join(' ')
  const children = [...properties.values()].map(
    ({ name, node, key, value }): OutlineEntry => ({
      // Editors refuse an empty name.
      name: name.trim() === '' ? JSON.stringify(name) : name,
      detail: value?.value === undefined ? '' : String(value.value),
      kind: 'attribute',
      span: spanOf(node),
      nameSpan: spanOf(key),
      children: [],
    }),
  )
  const name = textOf(named)?.trim() || '(no name)'
  const nameSpan = named?.value === undefined ? { offset: entry.offset, length: 1 } : spanOf(named.value)
  return [{ name, detail: type, kind, span: spanOf(entry), nameSpan, children }]
}

/** Objects and lists of several lines, and blocks of comments. */
export function foldings(
  text: string,
  root: Node | undefined,
): readonly (Span & { readonly isComment: boolean })[] {
  const found: (Span & { isComment: boolean })[] = []
  const visit = (node: Node) => {
    if (node.type === 'object' || node.type === 'array') {
      const end = node.offset + node.length
      if (text.slice(node.offset, end).includes('\n')) {
        found.push({ offset: node.offset, length: node.length, isComment: false })
      }
    }
    for (const child of node.children ?? []) visit(child)
  }
  if (root !== undefined) visit(root)
  for (const { index, 0: block } of text.matchAll(/\/\*[\s\S]*?\*\/|(?:^[ \t]*\/\/.*(?:\r?\n|$)){2,}/gm)) {
    const shown = block.trimEnd()
    if (shown.includes('\n')) found.push({ offset: index, length: shown.length, isComment: true })
  }
  return found
}

/** From the text under the cursor outwards to the whole file: each holds the place and the one before it. */
export function selections(text: string, root: Node | undefined, offset: number): readonly Span[] {
  const found: Span[] = [{ offset: 0, length: text.length }]
  const add = (span: Span) => {
    const outer = found[0]
    if (outer === undefined || !isWithin(span, outer) || !isWithin({ offset, length: 0 }, span)) return false
    // What does not grow is no step.
    if (span.length < outer.length) found.unshift(span)
    return true
  }
  for (let node = root; node !== undefined && add(spanOf(node)); ) {
    const { type, length } = node
    if (type === 'string' && length > 1) add({ offset: node.offset + 1, length: length - 2 })
    node = node.children?.find(child => isWithin({ offset, length: 0 }, child))
  }
  return found
}

function isWithin(inner: Span, outer: Span): boolean {
  return inner.offset >= outer.offset && inner.offset + inner.length <= outer.offset + outer.length
}

function spanOf({ offset, length }: Node): Span {
  return { offset, length }
}
