import type { Node } from 'jsonc-parser'
import { plainValue } from '../json'
import { indentOf, insertProperty, jsonText, lineBreakOf, replaceNode } from '../jsonEdit'
import type { Fix } from '../problem'
import { propertiesOf } from '../properties'
import { readText, textOf } from '../taskCommand'
import type { TaskDocument } from '../taskDocument'

/** A label that nothing else has, made of what the task runs. */
export function labelFixes({ json, tasks }: TaskDocument, node: Node): readonly Fix[] {
  const properties = propertiesOf(node)
  const label = properties.get('label')?.value
  if (properties.has('label') && label?.value !== '') return []
  const [first] = node.children ?? []
  const taken = new Set(tasks.map(({ label }) => label))
  const likely = likelyLabel(properties.get('command')?.value, properties.get('args')?.value)
  let free = likely
  for (let count = 2; taken.has(free); count++) free = `${likely} ${count}`
  if (label !== undefined) {
    return [{ title: `Change to ${jsonText(free)}`, edits: [replaceNode(label, free)], preferred: true }]
  }
  const edit =
    first === undefined
      ? insertProperty(json.text, node, 'label', free)
      : {
          span: { offset: first.offset, length: 0 },
          newText: `"label": ${jsonText(free)},${gap(json.text, node, first)}`,
        }
  return [{ title: 'Add a label', edits: [edit], preferred: true }]
}

/** As the first property stands in its object: on its line, or on one of its own. */
function gap(text: string, object: Node, first: Node): string {
  const isOnLine = !text.slice(object.offset, first.offset).includes('\n')
  return isOnLine ? ' ' : lineBreakOf(text) + indentOf(text, first.offset)
}

function likelyLabel(command: Node | undefined, args: Node | undefined): string {
  const values = [plainValue(command), ...(args?.children ?? []).map(each => plainValue(each))]
  const words = values.flatMap(value => {
    const text = readText(value)
    return text === undefined ? [] : [textOf(text)]
  })
  const line = words.join(' ').trim()
  const [program = ''] = line.split(/\s/)
  if (line !== '' && isShort(line)) return line
  return isShort(program) && program !== '' ? program : 'task'
}

function isShort(text: string): boolean {
  return text.length <= 40 && !/[\r\n]|\$\{/.test(text)
}
