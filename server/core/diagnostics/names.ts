import type { Node } from 'jsonc-parser'
import { insertProperty, replaceNode, wrapInList } from '../jsonEdit'
import type { Fix } from '../problem'
import { isPythonType, type Property, propertiesOf, propertyOf, textOf } from '../properties'
import { findVariables } from '../variables'
import type { Check } from './check'

/** Entries that VS Code passes over, names that are missing, taken or not what they seem. */
export function checkNames(check: Check): void {
  const section = propertiesOf(check.document.section)
  const configurations = checkList(check, section.get('configurations'), 'configuration')
  const compounds = checkList(check, section.get('compounds'), 'compound')
  checkShared(check, configurations, compounds)
}

type Names = Map<string, Node>
type Kind = 'configuration' | 'compound'

function checkList(check: Check, property: Property | undefined, kind: Kind): Names {
  const names: Names = new Map()
  const list = property?.value
  if (list === undefined || property === undefined) return names
  if (list.type !== 'array') {
    const message = `"${property.name}" must be a list, in [ and ]: nothing in it is seen.`
    const isEntry = propertiesOf(list).has(kind === 'configuration' ? 'type' : 'configurations')
    const fix: Fix = { title: 'Make it a list', edits: [wrapInList(check.text, list)], preferred: true }
    check.report('wrong-type', list, message, { severity: 'error', fixes: isEntry ? [fix] : [] })
    return names
  }
  const counts = new Map<string, number>()
  for (const entry of list.children ?? []) {
    const name = checkEntry(check, entry, kind)
    if (name === undefined) continue
    const text = String(name.value)
    const first = names.get(text)
    if (first === undefined) names.set(text, name)
    else reportDuplicate(check, name, first, counts)
  }
  return names
}

/** The name's node, if the entry has one. */
function checkEntry(check: Check, entry: Node, kind: Kind): Node | undefined {
  if (entry.type !== 'object') {
    check.report(
      'ignored-entry',
      entry,
      `This is no ${kind}: an object, in { and }, is expected. It is passed over.`,
    )
    return undefined
  }
  const property = propertyOf(entry, 'name')
  const name = textOf(property)
  if (name !== undefined && property?.value !== undefined) {
    if (name.trim() === '') reportBlank(check, entry, property.value, kind)
    if (name === '') return undefined
    if (name.includes('${') && findVariables(name).length > 0) {
      const message =
        'Variables in a name are not replaced in lists: it is shown and started as it is written.'
      check.report('variable-in-name', property.value, message)
    }
    return property.value
  }
  const place = property?.value ?? property?.key ?? { offset: entry.offset, length: 1 }
  const what = property === undefined ? 'has no name' : 'needs a text as its name'
  check.report(
    'missing-name',
    place,
    `This ${kind} ${what}, so that it is passed over and cannot be started.`,
    {
      fixes:
        property === undefined
          ? [
              {
                title: 'Add a name',
                edits: [insertProperty(check.text, entry, 'name', freeName(check, entry, kind))],
                preferred: true,
                isGuess: true,
              },
            ]
          : [],
    },
  )
  return undefined
}

/** It is listed; choosing it in VS Code selects nothing, which leaves what was selected before. */
function reportBlank(check: Check, entry: Node, name: Node, kind: Kind): void {
  const isEmpty = name.value === ''
  const harm = isEmpty ? ', and in VS Code choosing it starts the one that was chosen before' : ''
  const free = freeName(check, entry, kind)
  const what = `The name of this ${kind} is ${isEmpty ? 'empty' : 'blank'}`
  check.report('missing-name', name, `${what}: lists show an empty line${harm}.`, {
    severity: isEmpty ? 'warning' : 'information',
    fixes: [
      { title: `Change to "${free}"`, edits: [replaceNode(name, free)], preferred: true, isGuess: true },
    ],
  })
}

/** A name that nothing else has, made of what it runs. */
function freeName({ document, names }: Check, entry: Node, kind: Kind): string {
  const likely = kind === 'compound' ? 'Compound' : likelyName(propertiesOf(entry))
  const isTaken = (name: string) => names.has(name) || document.compounds.some(each => each.name === name)
  let free = likely
  for (let count = 2; isTaken(free); count++) free = `${likely} ${count}`
  return free
}

function likelyName(properties: ReadonlyMap<string, Property>): string {
  const type = textOf(properties.get('type'))
  const who = !type || isPythonType(type) ? 'Python' : type
  if (textOf(properties.get('request')) === 'attach') return `${who}: Attach`
  const program = textOf(properties.get('program'))
  const runs = textOf(properties.get('module')) ?? program?.split(/[\\/]/).at(-1)
  return !runs || runs.includes('${') ? `${who}: Current File` : `${who}: ${runs}`
}

function reportDuplicate(check: Check, name: Node, first: Node, counts: Map<string, number>): void {
  const text = String(name.value)
  const count = (counts.get(text) ?? 0) + 1
  counts.set(text, count)
  const message =
    `Another one above is named "${text}", so this one is listed and started as "${text} (${count})". ` +
    'Give it a name of its own.'
  check.report('duplicate-name', name, message, {
    fixes: [
      { title: `Rename to "${text} ${count + 1}"`, edits: [replaceNode(name, `${text} ${count + 1}`)] },
    ],
    related: [{ span: { offset: first.offset, length: first.length }, message: 'The first of this name.' }],
  })
}

function checkShared(check: Check, configurations: Names, compounds: Names): void {
  for (const [text, compound] of compounds) {
    const configuration = configurations.get(text)
    if (configuration === undefined) continue
    const message =
      `A compound is named "${text}", too, and starting "${text}" starts the compound. ` +
      'Rename one of them.'
    check.report('hidden-by-compound', configuration, message, {
      related: [{ span: { offset: compound.offset, length: compound.length }, message: 'The compound.' }],
    })
  }
}
