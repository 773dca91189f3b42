import { type Attribute, allowedValues, alternatives, elementShape, type Shape } from '../attributes'
import { jsonText } from '../jsonEdit'

/** Text that stands for itself in an LSP snippet. */
export function escapeSnippet(text: string): string {
  if (!/[\\$}]/.test(text)) return text
  return text.replaceAll(/[\\$}]/g, '\\$&')
}

/** What is left of a snippet without tab stops: of each its text, or its first choice. */
export function plainSnippet(snippet: string): string {
  if (!/[$\\]/.test(snippet)) return snippet
  return snippet
    .replaceAll(/(?<!\\)\$\{\d+\|([^,|]*)[^|]*\|\}/g, (_, first: string) => first)
    .replaceAll(/(?<!\\)\$\{\d+:((?:\\.|[^\\}])*)\}/g, (_, text: string) => text)
    .replaceAll(/(?<!\\)\$(?:\{\d+\}|\d+)/g, '')
    .replaceAll(/\\([\\$}])/g, '$1')
}

/** A value to begin with: the attribute's own snippet, its default, or a frame of its type. */
export function valueSnippet(attribute: Attribute): string {
  const known = attribute.snippet ?? MADE.get(attribute)
  if (known !== undefined) return known
  const made = makeSnippet(attribute)
  MADE.set(attribute, made)
  return made
}

/** A value of a shape that no attribute has: of an element of a list, of a variable in `env`. */
export function shapeSnippet(shape: Shape, owner: Attribute): string {
  // The owner's own frame holds one of its elements.
  const frame = elementShape(owner.shape) === shape ? owner.snippet : undefined
  const element = /^\[\s*(\{[\s\S]*\})\s*\]$/.exec(frame ?? '')?.[1]
  return element === undefined ? makeSnippet({ shape }) : element.replaceAll('\n\t', '\n')
}

/** The table does not change, and neither does what is made from it. */
const MADE = new WeakMap<Attribute, string>()

function makeSnippet(attribute: Pick<Attribute, 'shape' | 'default'>): string {
  const shapes = new Set(alternatives(attribute.shape).map(each => each.is))
  const values = allowedValues(attribute.shape).filter(each => each.value !== null)
  if (values.length > 1 && shapes.has('text') && !shapes.has('flag')) {
    const words = values.map(each => String(each.value))
    const first = words.includes(String(attribute.default)) ? [String(attribute.default)] : []
    const ordered = [...first, ...words.filter(each => !first.includes(each))]
    if (ordered.every(each => /^[\w.-]+$/.test(each))) return `"\${1|${ordered.join(',')}|}"`
  }
  if (typeof attribute.default === 'boolean') return `\${1|${!attribute.default},${attribute.default}|}`
  if (typeof attribute.default === 'number') return `\${1:${attribute.default}}`
  if (typeof attribute.default === 'string' && attribute.default !== '') {
    const content = jsonText(attribute.default).slice(1, -1)
    return `"\${1:${escapeSnippet(content)}}"`
  }
  if (shapes.has('text')) return '"$1"'
  if (shapes.has('list')) return '[$1]'
  if (shapes.has('object')) return '{$1}'
  if (shapes.has('flag')) return '${1|true,false|}'
  return shapes.has('number') ? '${1:0}' : '${1:null}'
}
