import type { Node } from 'jsonc-parser'
import { COMPOUND } from '../attributes'
import { removeChild, replaceNode } from '../jsonEdit'
import { nearest } from '../nearest'
import type { Fix } from '../problem'
import { type Property, propertiesOf, textOf } from '../properties'
import { remoteFolders } from '../workspaceFolders'
import type { Check } from './check'
import { checkNames, checkValue } from './shapes'

/** Compounds: that each member is a configuration which is there once. */
export function checkCompounds(check: Check): void {
  const list = propertiesOf(check.document.section).get('compounds')?.value
  for (const node of list?.type === 'array' ? (list.children ?? []) : []) {
    if (node.type === 'object') checkCompound(check, node)
  }
}

function checkCompound(check: Check, node: Node): void {
  const properties = propertiesOf(node)
  checkNames(
    check,
    node,
    COMPOUND.attributes.map(each => each.name),
  )
  for (const attribute of COMPOUND.attributes) {
    const value = properties.get(attribute.name)?.value
    if (value !== undefined && !OWN_RULES.has(attribute.name))
      checkValue(check, attribute, attribute.shape, value)
  }
  const task = properties.get('preLaunchTask')
  if (task?.value !== undefined && textOf(task)?.includes('${')) {
    check.report(
      'task-variable',
      task.value,
      'Variables in the task of a compound are not replaced: name the task.',
    )
  }
  const members = properties.get('configurations')
  if (members?.value?.type !== 'array') {
    reportNoList(check, members?.value, node)
    return
  }
  checkMembers(check, members.value, textOf(properties.get('name')))
}

function reportNoList(check: Check, value: Node | undefined, node: Node): void {
  if (value === undefined || value.type === 'null' || value.value === '') {
    const place = value ?? { offset: node.offset, length: 1 }
    check.report('empty-compound', place, 'A compound without a list of configurations is not shown.')
    return
  }
  const message = '"configurations" of a compound is a list of names, in [ and ]: the start is refused.'
  check.report('wrong-type', value, message, {
    severity: 'error',
    fixes:
      value.type === 'string'
        ? [{ title: 'Make it a list', edits: [replaceNode(value, [value.value])], preferred: true }]
        : [],
  })
}

const OWN_RULES: ReadonlySet<string> = new Set(['name', 'configurations'])

function checkMembers(check: Check, list: Node, compound: string | undefined): void {
  const members = list.children ?? []
  if (members.length === 0) {
    check.report('empty-compound', list, 'A compound without configurations is not shown: add their names.')
  }
  const seen = new Map<string, Node>()
  for (const member of members) {
    if (member.type === 'string') checkName(check, member, String(member.value), compound)
    else if (member.type === 'object') checkQualified(check, member)
    else
      check.report(
        'wrong-type',
        member,
        `A member is the name of a configuration, in quotes: ${NOT_STARTED}.`,
        {
          severity: 'error',
        },
      )
    const key = check.text.slice(member.offset, member.offset + member.length)
    const first = seen.get(key)
    if (first === undefined) seen.set(key, member)
    else reportTwice(check, member, first)
  }
}

const NOT_STARTED = 'neither it nor those behind it are started'

function reportTwice(check: Check, member: Node, first: Node): void {
  const message = 'This configuration stands here twice: it is started twice, after a question.'
  check.report('duplicate-member', member, message, {
    related: [{ span: { offset: first.offset, length: first.length }, message: 'The first time.' }],
    fixes: [
      { title: 'Remove it here', edits: removeChild(check.text, member), preferred: true, isGuess: true },
    ],
  })
}

/** A name alone is looked for in this file, then in all others, where it must be there once. */
function checkName(check: Check, member: Node, name: string, compound: string | undefined): void {
  if (check.names.has(name)) {
    if (name !== compound) return
    const message = 'A compound cannot start a configuration of its own name: rename one of them.'
    check.report('nested-compound', member, message)
    return
  }
  const others = check.facts.otherLaunches.filter(other => other.configurations.includes(name))
  if (others.length === 1) return
  if (others.length > 1) {
    const folders = others.flatMap(other => (other.folder === undefined ? [] : [other.folder]))
    const message = `Several folders have "${name}" (${folders.join(', ')}): the start is refused. Say which one.`
    check.report('ambiguous-configuration', member, message, {
      fixes: folders.map(folder => ({
        title: `Take the one of ${folder}`,
        edits: [replaceNode(member, { name, folder })],
      })),
    })
    return
  }
  if (compoundNames(check).includes(name)) {
    const message = `"${name}" is a compound, and compounds cannot be members: name its configurations.`
    check.report('nested-compound', member, message)
    return
  }
  reportUndefined(check, member, name)
}

function compoundNames(check: Check): readonly string[] {
  const own = check.document.compounds.map(each => each.name)
  return [...own, ...check.facts.otherLaunches.flatMap(other => other.compounds)]
}

/** Also used where another attribute names a configuration. */
export function reportUndefined(
  check: Check,
  node: Node,
  name: string,
  candidates: Iterable<string> = check.names,
  harm = 'it is not started, and neither are those behind it',
): void {
  const meant = nearest(name, candidates)
  const question = meant === undefined ? '' : ` Did you mean "${meant}"?`
  const fixes: Fix[] =
    meant === undefined
      ? []
      : [{ title: `Change to "${meant}"`, edits: [replaceNode(node, meant)], preferred: true, isGuess: true }]
  const message = `No configuration is named "${name}": ${harm}.${question}`
  check.report('undefined-configuration', node, message, { fixes })
}

/** `{ "name": …, "folder": … }`: a configuration of one folder. */
function checkQualified(check: Check, member: Node): void {
  const properties = propertiesOf(member)
  const name = textOf(properties.get('name'))
  const folder = textOf(properties.get('folder'))
  const value = properties.get('folder')?.value
  if (name === undefined || folder === undefined || value === undefined) {
    const message = `A member written as an object needs "name" and "folder": without them ${NOT_STARTED}.`
    const fixes =
      name === undefined
        ? []
        : [{ title: `Write "${name}"`, edits: [replaceNode(member, name)], preferred: true }]
    check.report('member-without-folder', member, message, { fixes })
    return
  }
  const { files, folders, workspaceFile } = check.facts
  const known = folders.map(each => each.name)
  if (remoteFolders(files, workspaceFile).includes(folder)) return
  const nameProperty = properties.get('name')
  if (!known.includes(folder)) reportFolder(check, value, folder, known)
  else if (nameProperty?.value !== undefined) checkInFolder(check, nameProperty, name, folder)
}

function checkInFolder(check: Check, property: Property, name: string, folder: string): void {
  const { source } = check.facts
  const isOwn = source.kind === 'folder' && source.folder.name === folder
  const others = check.facts.otherLaunches.filter(each => each.folder === folder)
  const names = isOwn ? check.names : new Set(others.flatMap(each => each.configurations))
  if (!names.has(name) && property.value !== undefined) reportUndefined(check, property.value, name, names)
}

function reportFolder(check: Check, node: Node, folder: string, known: readonly string[]): void {
  const meant = nearest(folder, known)
  const message = `No open folder is named "${folder}": this member cannot be started. Open are: ${known.join(', ')}.`
  check.report('unknown-folder', node, message, {
    ...(check.facts.isLaunchJson ? {} : { severity: 'error' as const }),
    fixes:
      meant === undefined
        ? []
        : [
            {
              title: `Change to "${meant}"`,
              edits: [replaceNode(node, meant)],
              preferred: true,
              isGuess: true,
            },
          ],
  })
}
