import type { Node } from 'jsonc-parser'
import { nodeAt, plainValue } from '../json'
import { jsonText, replaceNode } from '../jsonEdit'
import { editDistance } from '../nearest'
import { PLATFORM_SECTIONS } from '../platformSection'
import type { Fix } from '../problem'
import type { TaskDocument } from '../taskDocument'
import { BUILT_IN_MATCHERS, declaredMatchers, EXTENSION_MATCHERS } from '../taskMatchers'
import type { Report } from './taskShapes'

/** Names of problem matchers that nothing can have, or that are a slip of a well-known one: most are extensions'. */
export function checkMatcherNames(document: TaskDocument, report: Report): void {
  const declared = declaredMatchers(plainValue(nodeAt(document.section, ['declares'])))
  const known = [...BUILT_IN_MATCHERS, ...EXTENSION_MATCHERS, ...declared.keys()]
  const holders = [document.section, ...document.tasks.map(({ node }) => node)]
  const nodes = new Set(holders.flatMap(matcherNodes))
  for (const node of nodes) {
    const written = String(node.value)
    const hasSign = written.startsWith('$')
    const name = hasSign ? written.slice(1) : written
    const meant = known.includes(name) ? name : slipOf(name, known)
    if (written === '' || written === `$${meant}` || (hasSign && meant === undefined)) continue
    const question = meant === undefined ? '' : ` Did you mean ${jsonText(`$${meant}`)}?`
    const what = hasSign
      ? `There is no problem matcher ${jsonText(written)}`
      : 'A problem matcher is named with a $ before its name'
    const fixes: Fix[] =
      meant === undefined
        ? []
        : [
            {
              title: `Change to ${jsonText(`$${meant}`)}`,
              edits: [replaceNode(node, `$${meant}`)],
              preferred: true,
            },
          ]
    report('unknown-matcher', node, `${what}: the task runs without it.${question}`, { fixes })
  }
}

/** The texts of `problemMatcher`, of its elements, and of the `base` of matchers, here and in sections of systems. */
function matcherNodes(holder: Node | undefined): Node[] {
  const sections = [holder, ...Object.values(PLATFORM_SECTIONS).map(name => nodeAt(holder, [name]))]
  return sections
    .map(section => nodeAt(section, ['problemMatcher']))
    .flatMap(value => (value?.type === 'array' ? (value.children ?? []) : value === undefined ? [] : [value]))
    .flatMap(matcher => (matcher.type === 'object' ? (nodeAt(matcher, ['base']) ?? []) : matcher))
    .filter(node => node.type === 'string')
}

/** Surely a slip: other capitals, two letters in the wrong order, or one letter in a name of some length. */
function slipOf(name: string, known: readonly string[]): string | undefined {
  const lower = name.toLowerCase()
  return known.find(each => {
    const other = each.toLowerCase()
    if (lower === other) return true
    if (lower[0] !== other[0] || /\d/.test(name) || editDistance(lower, other, 2) > 1) return false
    return (
      lower.length >= 5 || (lower.length === other.length && [...lower].every(sign => other.includes(sign)))
    )
  })
}
