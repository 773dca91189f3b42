import type { Node } from 'jsonc-parser'
import { type Attribute, alternatives } from '../attributes'
import { commandWords } from '../commandWords'
import type { Platform } from '../host'
import { nodeAt, plainValue } from '../json'
import { insertProperty, jsonText, removeChild, replaceNode } from '../jsonEdit'
import { editDistance, isSlip, nearest } from '../nearest'
import type { Fix, Problem, Span } from '../problem'
import { type Property, propertiesOf, textOf } from '../properties'
import { TASK } from '../taskAttributes'
import { TASK_GROUPS } from '../taskDocument'
import type { Code } from './codes'
import { checkTaskArguments } from './taskArguments'
import { checkTaskVariables } from './taskVariables'

export type Report = (code: Code, place: Span, message: string, more?: Partial<Problem>) => void

/** Slips of the pen in the tasks that VS Code runs itself; what extensions bring is theirs to judge. */
export function checkTaskShapes(
  text: string,
  section: Node | undefined,
  platform: Platform,
  report: Report,
): void {
  const list = nodeAt(section, ['tasks'])
  checkFile(section, report)
  checkList(text, list, report)
  for (const node of list?.type === 'array' ? (list.children ?? []) : []) {
    const properties = propertiesOf(node)
    if (node.type !== 'object')
      report('ignored-entry', node, 'A task is an object, in { and }: this is passed over.')
    checkTaskVariables(text, node, report)
    if (!checkKind(properties.get('type'), report)) continue
    for (const property of properties.values()) {
      checkName(text, node, property, properties, report)
      checkValue(property, platform, report)
      checkInside(property, report)
    }
    checkTaskArguments(text, node, report)
    checkFlags(properties, report)
    checkDependsOn(properties, report)
    checkProcess(text, node, properties, platform, report)
  }
}

/** Slips in the names of the file itself; old files have many that are fine. */
function checkFile(section: Node | undefined, report: Report): void {
  const properties = propertiesOf(section)
  for (const { name, key } of properties.values()) {
    const meant = nearest(name, ['tasks', 'inputs', 'version'])
    if (meant === undefined || properties.has(meant)) continue
    const message = `"${name}" is not known here and has no effect. Did you mean "${meant}"?`
    report('unknown-attribute', key, message, { fixes: [changeTo(key, name, meant)] })
  }
}

function changeTo(node: Node, written: string, meant: string): Fix {
  const edits = [replaceNode(node, meant)]
  return { title: `Change to "${meant}"`, edits, preferred: true, isGuess: !isSlip(written, meant) }
}

function checkList(text: string, list: Node | undefined, report: Report): void {
  if (list === undefined || list.type === 'array' || list.type === 'null') return
  const message = '"tasks" must be a list, in [ and ]: no task in it is seen.'
  const fixes = list.type === 'object' && list.length > 1 ? [toList(text, list)] : []
  report('wrong-type', { offset: list.offset, length: 1 }, message, { severity: 'error', fixes })
}

/** Of one task, or of tasks with their labels before them. */
function toList(text: string, object: Node): Fix {
  const title = 'Make it a list'
  const end = object.offset + object.length
  const entries = [...propertiesOf(object).values()]
  const named = entries.flatMap(({ name, key, value }) =>
    value?.type === 'object' ? { name, key, value } : [],
  )
  const place = (offset: number, length: number, newText: string) => ({ span: { offset, length }, newText })
  if (named.length === 0 || named.length < entries.length || named.some(({ name }) => NAMES.includes(name))) {
    return { title, edits: [place(object.offset, 0, '['), place(end, 0, ']')], preferred: true }
  }
  const labelled = named.flatMap(({ name, key, value }) => {
    const properties = propertiesOf(value)
    const isSpaced = /\s/.test(text[value.offset + 1] ?? '')
    const behind = properties.size === 0 ? ' ' : isSpaced ? ',' : ', '
    const label = ` "label": ${jsonText(name)}${behind}`
    return [
      place(key.offset, value.offset - key.offset, ''),
      ...(properties.has('label') ? [] : [place(value.offset + 1, 0, label)]),
    ]
  })
  const edits = [place(object.offset, 1, '['), ...labelled, place(end - 1, 1, ']')]
  return { title, edits, preferred: true }
}

function checkFlags(properties: ReadonlyMap<string, Property>, report: Report): void {
  const value = properties.get('isBackground')?.value
  if (value?.type !== 'string') return
  const meant = /^(true|false)$/i.exec(String(value.value))?.[1]?.toLowerCase()
  const edits = [replaceNode(value, meant === 'true')]
  const fixes = meant === undefined ? [] : [{ title: `Change to ${meant}`, edits, preferred: true }]
  const message = '"isBackground" takes true or false without quotes, and each text counts as true.'
  report('wrong-type', value, message, { fixes })
}

function checkDependsOn(properties: ReadonlyMap<string, Property>, report: Report): void {
  const value = properties.get('dependsOn')?.value
  for (const node of value?.type === 'array' ? (value.children ?? []) : []) {
    if (node.type === 'string' || node.type === 'object') continue
    report(
      'wrong-type',
      node,
      'An element of "dependsOn" is the name of a task, in quotes: this is passed over.',
    )
  }
}

/** A process is given a program; paths may have blanks in them, bare names of programs do not. */
function checkProcess(
  text: string,
  node: Node,
  properties: ReadonlyMap<string, Property>,
  platform: Platform,
  report: Report,
): void {
  const command = properties.get('command')
  const [, program, rest] = /^([\w.+-]+)\s+(\S.*)$/.exec(textOf(command) ?? '') ?? []
  if (textOf(properties.get('type')) !== 'process' || command?.value === undefined) return
  if (program === undefined || rest === undefined) return
  const args = properties.get('args')?.value
  const words = commandWords(rest, platform)
  const list =
    args === undefined
      ? insertProperty(text, node, 'args', words, command.node)
      : replaceNode(args, [...words, ...(args.children ?? []).map(each => plainValue(each))])
  const edits = [replaceNode(command.value, program), list]
  const fixes =
    args === undefined || args.type === 'array' ? [{ title: 'Move its arguments to "args"', edits }] : []
  const message =
    'The command of a process is a program alone, and none has this name: arguments go to "args".'
  report('wrong-type', command.value, message, { fixes })
}

/** Names of attributes that a task has under another name: what is missing is told there. */
export function slipsOf(node: Node | undefined): readonly string[] {
  const properties = propertiesOf(node)
  return [...properties.keys()].flatMap(name => meantName(name, properties) ?? [])
}

/** Whether a kind is nearly one of VS Code's own, which is told as such. */
export function isSlipOfKind(kind: string): boolean {
  return nearest(kind, KINDS) !== undefined
}

/** False for a kind of an extension. */
function checkKind(type: Property | undefined, report: Report): boolean {
  const text = textOf(type)
  if (type?.value === undefined || text === undefined || KINDS.includes(text)) return true
  const meant = nearest(text, KINDS)
  if (meant === undefined) return false
  const fixes = [changeTo(type.value, text, meant)]
  report('unknown-type', type.value, `No kind of task is named "${text}". Did you mean "${meant}"?`, {
    severity: 'warning',
    fixes,
  })
  return false
}

const KINDS = ['shell', 'process']
const NAMES = TASK.map(each => each.name)
const ALIASES: Readonly<Record<string, string>> = { cmd: 'command', arguments: 'args', name: 'label' }
/** What stands in `options`, and is often written beside it. */
const OPTIONS: readonly string[] = ['cwd', 'env', 'shell']

function meantName(name: string, properties: ReadonlyMap<string, Property>): string | undefined {
  if (NAMES.includes(name)) return undefined
  const meant = Object.hasOwn(ALIASES, name) ? ALIASES[name] : nearest(name, NAMES)
  return meant === undefined || properties.has(meant) ? undefined : meant
}

/** A slip of the pen beside the attribute that is meant. */
function isSecondOf(name: string, properties: ReadonlyMap<string, Property>): boolean {
  const meant = NAMES.includes(name) ? undefined : nearest(name, NAMES)
  return meant !== undefined && editDistance(name, meant, 3) <= 2 && properties.has(meant)
}

function checkName(
  text: string,
  node: Node,
  property: Property,
  properties: ReadonlyMap<string, Property>,
  report: Report,
): void {
  const { name, key } = property
  const meant = meantName(name, properties)
  if (meant !== undefined) {
    const message = `"${name}" is not known here and has no effect. Did you mean "${meant}"?`
    report('unknown-attribute', key, message, { fixes: [changeTo(key, name, meant)] })
  } else if (isSecondOf(name, properties)) {
    const message = `"${name}" is not known here and has no effect.`
    const fixes = [{ title: `Remove "${name}"`, edits: removeChild(text, property.node) }]
    report('unknown-attribute', key, message, { fixes })
  } else if (OPTIONS.includes(name)) {
    const message = `"${name}" has no effect here: it belongs into "options".`
    report('unknown-attribute', key, message, { fixes: intoOptions(text, node, property, properties) })
  }
}

function intoOptions(
  text: string,
  node: Node,
  { name, node: own, value }: Property,
  properties: ReadonlyMap<string, Property>,
): readonly Fix[] {
  const options = properties.get('options')
  if (value === undefined) return []
  const written = text.slice(value.offset, value.offset + value.length)
  if (options === undefined) {
    const span = { offset: own.offset, length: own.length }
    const newText = `"options": { ${jsonText(name)}: ${written} }`
    return [{ title: 'Move it into "options"', edits: [{ span, newText }], preferred: true }]
  }
  if (options.value?.type !== 'object' || value.type !== 'string') return []
  const edits = [insertProperty(text, options.value, name, value.value), ...removeChild(text, own)]
  return node === options.value ? [] : [{ title: 'Move it into "options"', edits, preferred: true }]
}

function checkValue({ name, value }: Property, platform: Platform, report: Report): void {
  if (value === undefined || value.type !== 'string') return
  if (name === 'args') {
    const list = commandWords(String(value.value), platform)
    const fix = { title: 'Make it a list', edits: [replaceNode(value, list)], preferred: true }
    report(
      'wrong-type',
      value,
      '"args" takes a list of texts: of a text each character becomes an argument of its own.',
      {
        fixes: [fix],
      },
    )
    return
  }
  const attribute = TASK.find(each => each.name === name)
  if (attribute !== undefined) checkAllowed(attribute, value, name === 'dependsOrder', report)
}

/** A text of which there are a few, and nearly one of them; `isClosed`: or anything else. */
function checkAllowed(attribute: Attribute, value: Node, isClosed: boolean, report: Report): void {
  const { name, shape } = attribute
  const fixed = alternatives(shape).find(
    each => each.is === 'text' && each.values !== undefined && each.open !== true,
  )
  if (fixed?.is !== 'text' || value.type !== 'string') return
  const allowed = (fixed.values ?? []).map(each => String(each.value))
  const written = String(value.value)
  const meant = nearest(written, allowed)
  if (allowed.includes(written) || (meant === undefined && !isClosed)) return
  if ((name === 'group' || name === 'kind') && TASK_GROUPS.includes(written)) return
  const listed = allowed.map(each => jsonText(each)).join(', ')
  const counts = attribute.default === undefined ? '' : ` ${jsonText(attribute.default)} counts.`
  const fixes = (meant === undefined ? allowed : [meant]).map(each => ({
    title: `Change to ${jsonText(each)}`,
    edits: [replaceNode(value, each)],
    ...(each === meant ? { preferred: true, isGuess: !isSlip(written, each) } : {}),
  }))
  report('invalid-value', value, `"${name}" is one of ${listed}, not ${jsonText(written)}.${counts}`, {
    fixes,
  })
}

/** What stands in `presentation`, `runOptions` and `group`; capitals do not matter to VS Code in the first two. */
function checkInside({ name, value: object }: Property, report: Report): void {
  if (object?.type !== 'object' || !INSIDE.includes(name)) return
  const shape = TASK.find(each => each.name === name)?.shape
  const attributes = (shape === undefined ? [] : alternatives(shape)).flatMap(each =>
    each.is === 'object' ? each.attributes : [],
  )
  const isClosed = name === 'presentation'
  const ignoresCase = name !== 'group'
  for (const property of propertiesOf(object).values()) {
    const attribute = attributes.find(each => each.name === property.name)
    const { value } = property
    if (attribute === undefined || value === undefined) continue
    const written = String(value.value).toLowerCase()
    if (ignoresCase && valuesOf(attribute).some(each => each.toLowerCase() === written)) continue
    checkAllowed(attribute, value, isClosed, report)
  }
}

const INSIDE: readonly string[] = ['presentation', 'runOptions', 'group']

function valuesOf({ shape }: Attribute): readonly string[] {
  return alternatives(shape).flatMap(each =>
    each.is === 'text' ? (each.values ?? []).map(({ value }) => String(value)) : [],
  )
}
