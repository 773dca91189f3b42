import type { Node } from 'jsonc-parser'
import { spanInString } from '../jsonStrings'
import { editDistance } from '../nearest'
import type { Fix } from '../problem'
import { visitTexts } from '../properties'
import { findVariables, type VariableUse } from '../variables'
import { VARIABLES } from '../variableTable'
import { once } from './check'
import type { Report } from './taskShapes'

/**
 * Slips in the names of VS Code's variables: they stay as they are written. Shells and other tools have `${…}` of
 * their own, so that only names which nothing else can be meant by are told.
 */
export function checkTaskVariables(text: string, task: Node, report: Report): void {
  const isSet = once(name => isSetIn(text.slice(task.offset, task.offset + task.length), name))
  visitTexts(task, (value, node, isKey) => {
    if (isKey || !value.includes('${')) return
    const uses = findVariables(value)
    reportUnclosed(text, node, value, uses, report)
    for (const { name, argument, offset, length } of uses) {
      const meant = argument !== undefined && !isFolderName(argument) ? undefined : slipOf(name)
      if (meant === undefined) continue
      if (isSet(name)) continue
      const newText = `\${${meant}${argument === undefined ? '' : `:${argument}`}}`
      const message = `There is no variable \${${name}}: it stays as it is written. Did you mean ${newText}?`
      const span = spanInString(text, node, offset, length)
      const fix: Fix = { title: `Change to ${newText}`, edits: [{ span, newText }], preferred: true }
      report('unknown-variable', span, message, { fixes: [fix] })
    }
  })
}

/** `${name` without its brace is nothing in a shell, either. */
function reportUnclosed(
  text: string,
  node: Node,
  value: string,
  uses: readonly VariableUse[],
  report: Report,
): void {
  let end = 0
  let next = 0
  for (const { index, 0: written, 1: name } of value.matchAll(/\$\{(\w+)/g)) {
    for (let use = uses[next]; use !== undefined && use.offset <= index; use = uses[++next]) {
      end = use.offset + use.length
    }
    if (index < end) continue
    const known = VARIABLES.find(each => each.name === name)
    if (known === undefined) continue
    const span = spanInString(text, node, index, written.length)
    const newText = `${written}}`
    const isWhole = known.argument === undefined || known.argument.endsWith('?')
    const fixes = isWhole
      ? [{ title: `Change to ${newText}`, edits: [{ span, newText }], preferred: true }]
      : []
    report('unclosed-variable', span, UNCLOSED, { fixes })
  }
}

const UNCLOSED = 'This variable has no closing brace and stays as it is written.'

/** What a shell has behind a colon begins with a sign or a digit: `${name:-default}`, `${name:0:3}`. */
function isFolderName(argument: string): boolean {
  return /^[A-Za-z_]/.test(argument)
}

/** A variable of the shell that the task itself sets. */
function isSetIn(task: string, name: string): boolean {
  return new RegExp(
    `\\b${name}\\s*\\+?=|"${name}"\\s*:|\\b(?:for|read|export|local|set)\\s[^;&|]{0,200}\\b${name}\\b`,
  ).test(task)
}

const COMPOSED = VARIABLES.filter(({ name }) => /[a-z][A-Z]/.test(name)).map(({ name }) => name)

/** Other capitals, or a letter or two in a long name. */
function slipOf(name: string): string | undefined {
  if (!/^[A-Za-z]*[a-z][A-Za-z]*$/.test(name) || VARIABLES.some(each => each.name === name)) return undefined
  const lower = name.toLowerCase()
  const same = COMPOSED.find(known => known.toLowerCase() === lower)
  return same ?? COMPOSED.find(known => isNear(lower, known.toLowerCase()))
}

function isNear(name: string, known: string): boolean {
  if (known.length >= 15) return editDistance(name, known, 3) <= 2
  // `${lineNumbers}` may be another name.
  return known.length >= 11 && !name.startsWith(known) && editDistance(name, known, 2) <= 1
}
