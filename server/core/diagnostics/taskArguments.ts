import type { Node } from 'jsonc-parser'
import { nodeAt, plainValue } from '../json'
import { removeChild, replaceNode } from '../jsonEdit'
import { PLATFORM_SECTIONS } from '../platformSection'
import type { Fix } from '../problem'
import { readText } from '../taskCommand'
import { badArgument } from '../taskComplaints'
import type { Report } from './taskShapes'

/** Arguments that are no texts: VS Code leaves them out without a word. */
export function checkTaskArguments(text: string, task: Node, report: Report): void {
  const holders = [task, ...Object.values(PLATFORM_SECTIONS).map(name => nodeAt(task, [name]))]
  for (const args of holders.map(holder => nodeAt(holder, ['args']))) {
    for (const node of args?.type === 'array' ? (args.children ?? []) : []) {
      const value = plainValue(node)
      if (readText(value) !== undefined) continue
      const fixes = fixesOf(text, node, value)
      report('task-argument-invalid', node, badArgument(value).message, { fixes })
    }
  }
}

function fixesOf(text: string, node: Node, value: unknown): readonly Fix[] {
  if (typeof value === 'number' || typeof value === 'boolean') {
    const written = text.slice(node.offset, node.offset + node.length)
    return [{ title: 'Put it in quotes', edits: [replaceNode(node, written)], preferred: true }]
  }
  return value === null ? [{ title: 'Remove it', edits: removeChild(text, node) }] : []
}
