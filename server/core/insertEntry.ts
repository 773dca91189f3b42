import { createScanner, type Node } from 'jsonc-parser'
import type { JsonObject } from './json'
import { isBlank } from './json'
import { insertElement, insertProperty, jsonText, lineBreakOf, replaceNode, type TextEdit } from './jsonEdit'
import type { LaunchDocument } from './launchDocument'
import { propertiesOf } from './properties'

/**
 * Adds a configuration or compound at the end of its list; makes the list, or the whole file, where there is none.
 * Undefined when the file is too broken for that.
 */
export function insertEntry(
  document: LaunchDocument,
  list: 'configurations' | 'compounds',
  body: JsonObject,
): readonly TextEdit[] | undefined {
  const { text, root } = document.json
  if (isBlank(text)) {
    return [{ span: { offset: text.length, length: 0 }, newText: newLaunchFile({ [list]: [body] }, text) }]
  }
  const section = document.section ?? root
  if (section?.type !== 'object') return undefined
  const node = propertiesOf(section).get(list)?.value
  const edit =
    node === undefined
      ? insertProperty(text, section, list, [body])
      : node.type === 'array'
        ? insertElement(text, node, body)
        : replaceNode(node, [body])
  const container = node?.type === 'array' ? node : section
  return document.json.errors.length === 0 || isInside(text, edit, container) ? [edit] : undefined
}

/** Whether the brackets that are open there are the node's alone: what is not closed ends elsewhere than meant. */
function isInside(text: string, { span }: TextEdit, node: Node): boolean {
  const expected: string[] = []
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) {
    if (at.type !== 'property') expected.unshift(at.type === 'array' ? ']' : '}')
  }
  const open: string[] = []
  const scanner = createScanner(text.replace(/^\uFEFF/, ' '), true)
  for (scanner.scan(); scanner.getTokenOffset() < span.offset; scanner.scan()) {
    const token = text[scanner.getTokenOffset()]
    if (token === '{') open.push('}')
    else if (token === '[') open.push(']')
    else if ((token === '}' || token === ']') && open.pop() !== token) return false
  }
  return open.join('') === expected.join('')
}

/** The text of a new launch.json; `beside` is a text whose line ends it follows. */
export function newLaunchFile(content: JsonObject, beside = ''): string {
  const value = { version: '0.2.0', configurations: [], ...content }
  return `${JSON.stringify(value, null, 4)}\n`.replaceAll('\n', lineBreakOf(beside))
}

/** A task in tasks.json, which is made when there is none. */
export function insertTask(
  text: string,
  section: LaunchDocument['section'],
  label: string,
): readonly TextEdit[] {
  const task = { label, type: 'shell', command: `echo ${jsonText(label).slice(1, -1)}` }
  if (section?.type !== 'object') {
    const content = { version: '2.0.0', tasks: [task] }
    return [{ span: { offset: 0, length: text.length }, newText: `${JSON.stringify(content, null, 4)}\n` }]
  }
  const list = propertiesOf(section).get('tasks')?.value
  if (list?.type === 'array') return [insertElement(text, list, task)]
  return [insertProperty(text, section, 'tasks', [task])]
}
