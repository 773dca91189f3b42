import type { Node } from 'jsonc-parser'
import { meaningOf } from '../attributeMeaning'
import { type Attribute, alternatives, type Shape } from '../attributes'
import { replaceNode } from '../jsonEdit'
import type { Fix } from '../problem'
import type { Check } from './check'

/** `"true"` in quotes, where true is meant. False: the attribute is no flag. */
export function reportTextFlag(
  check: Check,
  attribute: Attribute,
  shape: Shape,
  node: Node,
  isOfDebugger: boolean,
): boolean {
  const flag = alternatives(shape).find(each => each.is === 'flag')
  if (flag?.is !== 'flag' || node.type !== 'string') return false
  if (isOfDebugger) reportForDebugger(check, attribute, flag.lenient === true, node)
  else reportForEditor(check, attribute, node)
  return true
}

/** debugpy takes every text for true; where it is lenient, it looks at what the text says. */
function reportForDebugger(check: Check, attribute: Attribute, lenient: boolean, node: Node): void {
  const written = String(node.value)
  const isAsked = written.includes('${')
  if (isAsked && lenient) return
  const meant = meaningOf(written, FLAG, check.facts.host.platform)?.value
  const takes = `"${attribute.name}" takes true or false without quotes`
  if (meant === undefined && attribute.strict && !isAsked) {
    check.report('wrong-type', node, `${takes}: with this text the start fails.`, { severity: 'error' })
    return
  }
  const counts = attribute.name === 'stopOnEntry' ? 'false' : 'true'
  const works = lenient ? meant !== undefined : String(meant) === counts
  const here = meant === undefined ? 'it is left out here, ' : `this counts as ${meant} here, `
  const consequence = works
    ? 'debugpy understands the text, VS Code warns'
    : `${isAsked ? '' : here}in VS Code any text counts as ${counts}`
  check.report('wrong-type', node, `${takes}: ${consequence}.`, {
    severity: works ? 'hint' : 'warning',
    fixes: meant === undefined ? [] : [flagFix(node, String(meant))],
  })
}

/** VS Code asks its own flags whether they are anything at all. */
function reportForEditor(check: Check, attribute: Attribute, node: Node): void {
  const written = String(node.value)
  const counts = written === '' ? 'the empty text counts as false' : 'any text counts as true'
  const fixes = /^(true|false)$/.test(written) ? [flagFix(node, written)] : []
  const message = `"${attribute.name}" takes true or false without quotes: ${counts}.`
  check.report('wrong-type', node, message, { severity: written === 'true' ? 'hint' : 'warning', fixes })
}

const FLAG: Shape = { is: 'flag' }

function flagFix(node: Node, meant: string): Fix {
  return { title: `Change to ${meant}`, edits: [replaceNode(node, meant === 'true')], preferred: true }
}
