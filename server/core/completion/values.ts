import {
  type AllowedValue,
  alternatives,
  elementShape,
  namesOf,
  objectShape,
  type Shape,
} from '../attributes'
import { isBlank } from '../json'
import { jsonText } from '../jsonEdit'
import { newConfigurations } from '../newConfigurations'
import type { Span } from '../problem'
import { stringNodes } from '../properties'
import type { CompletionContext, Draft } from './completion'
import { completeElements } from './elements'
import { nameCandidates } from './names'
import { escapeSnippet, shapeSnippet, valueSnippet } from './snippets'
import { wholeVariables } from './texts'

/** Whole values: allowed ones, names of what exists, frames of lists and objects, new configurations. */
export function completeValues(context: CompletionContext): readonly Draft[] {
  const { shape, path } = context.place
  if (path[0] === 'configurations' && path.length === 2) return newEntries(context)
  if (shape === undefined) return []
  if (path.length === 0) return newFile(context, shape)
  const elements = completeElements(context)
  const written = [...names(context, shape), ...elements]
  if (isOfAttribute(context, shape))
    return [...written, ...allowed(context, shape), ...frames(context, shape)]
  // Where any text may stand, what else may is rare.
  const texts = written.length > 0 ? [] : [...frames(context, shape), ...wholeVariables(context, shape)]
  return [...written, ...texts, ...allowed(context, shape)]
}

/** Not so for elements of lists, and for variables in `env`. */
function isOfAttribute({ place }: CompletionContext, shape: Shape): boolean {
  return place.attribute?.shape === shape
}

/** What a whole value replaces: the token, quotes included, or nothing. */
function target({ place }: CompletionContext): Span {
  return place.token ?? { offset: place.offset, length: 0 }
}

function allowed(context: CompletionContext, shape: Shape): readonly Draft[] {
  const { token, attribute, container } = context.place
  const present = new Set(
    stringNodes(container).map(node => (node.offset === token?.offset ? '' : node.value)),
  )
  const values = alternatives(shape).flatMap((each): readonly AllowedValue[] => {
    if (each.is === 'text') return each.values ?? []
    if (token?.isText) return []
    if (each.is === 'flag') return FLAGS
    return each.is === 'null' ? NULL : []
  })
  return values
    .filter(each => !present.has(each.value))
    .map(({ value, documentation }) => ({
      label: String(value),
      kind: 'value',
      detail: documentation === '' ? undefined : documentation.replaceAll('`', ''),
      documentation:
        value === attribute?.default ? `${documentation}\n\nThis is the default.` : documentation,
      filterText: token !== undefined && !token.isText ? String(value) : jsonText(value),
      span: target(context),
      snippet: escapeSnippet(jsonText(value)),
      isWhole: true,
    }))
}

const FLAGS: readonly AllowedValue[] = [
  { value: true, documentation: '' },
  { value: false, documentation: '' },
]
const NULL: readonly AllowedValue[] = [{ value: null, documentation: '' }]

function names(context: CompletionContext, shape: Shape): readonly Draft[] {
  const { token } = context.place
  // Names that belong into a list: a text in its place becomes one.
  const element = token?.isText === true ? elementShape(shape) : undefined
  const own = namesOf(shape)
  const kind = own ?? (element === undefined ? undefined : namesOf(element))
  if (kind === undefined) return []
  const written = (value: string) => jsonText(own === undefined ? [value] : value)
  return nameCandidates(context, kind).map(({ value, ...candidate }) => ({
    label: value,
    kind: 'reference',
    ...candidate,
    filterText: token !== undefined && !token.isText ? value : jsonText(value),
    span: target(context),
    snippet: escapeSnippet(written(value)),
    isWhole: true,
  }))
}

/** `[…]` and `{…}`, and quotes, where nothing is written yet. */
function frames(context: CompletionContext, shape: Shape): readonly Draft[] {
  const { token, attribute } = context.place
  if (token !== undefined || attribute === undefined) return []
  const kinds = alternatives(shape).map(each => each.is)
  if (!kinds.includes('list') && !kinds.includes('object') && !kinds.includes('text')) return []
  if (alternatives(shape).some(each => each.is === 'text' && each.values !== undefined)) return []
  const snippet = isOfAttribute(context, shape) ? valueSnippet(attribute) : shapeSnippet(shape, attribute)
  const label = snippet.startsWith('[') ? '[…]' : snippet.startsWith('{') ? '{…}' : '"…"'
  const span = target(context)
  return [
    { label, kind: 'value', detail: 'a new value', filterText: label[0] ?? '', span, snippet, isWhole: true },
  ]
}

/** All of a file that holds nothing yet. */
function newFile(context: CompletionContext, shape: Shape): readonly Draft[] {
  const { text } = context.place
  const { offset, length } = target(context)
  if (!isBlank(text.slice(0, offset)) || !isBlank(text.slice(offset + length))) return []
  const names = objectShape(shape)?.attributes.map(({ name }) => name) ?? []
  const [label, version, list] = names.includes('tasks')
    ? ['tasks.json', '2.0.0', 'tasks']
    : ['launch.json', '0.2.0', 'configurations']
  const snippet = `{\n\t"version": "${version}",\n\t"${list}": [\n\t\t$1\n\t]\n}`
  const span = { offset, length }
  return [{ label, kind: 'template', detail: 'a new file', filterText: label, span, snippet, isWhole: true }]
}

function newEntries(context: CompletionContext): readonly Draft[] {
  const { document, facts, place, paths } = context
  if (place.token?.isText) return []
  const taken = document.configurations.map(entry => entry.name)
  const entries = newConfigurations(facts.files, facts.host, paths.folder, taken)
  return entries
    .filter(entry => entry.kind === 'configuration')
    .map(({ label, detail, body }) => ({
      label: String(body['name']),
      kind: 'template',
      detail: `${label}: ${detail}`,
      documentation: `\`\`\`json\n${JSON.stringify(body, null, 2)}\n\`\`\``,
      filterText: String(body['name']),
      span: target(context),
      snippet: escapeSnippet(JSON.stringify(body, null, '\t')),
      isWhole: true,
    }))
}
