import type { Node } from 'jsonc-parser'
import { listedEnvironment, meaningOf, meantAddress, meantMappings } from '../attributeMeaning'
import {
  ATTRIBUTE_NAMES,
  type Attribute,
  alternatives,
  configurationAttribute,
  isOfDebugger,
  meaningOfNull,
  type NullMeaning,
  namesOf,
  objectShape,
  type Request,
  type Shape,
  shapeInWords,
  suits,
} from '../attributes'
import { PATH_MAPPINGS, PORT } from '../attributeTable'
import { commandWords } from '../commandWords'
import { plainValue } from '../json'
import { insertProperty, jsonText, removeChild, replaceNode, type TextEdit } from '../jsonEdit'
import { isSlip, nearest } from '../nearest'
import type { Fix } from '../problem'
import type { Property } from '../properties'
import { propertiesOf } from '../properties'
import type { Check, Scope, ScopeRule } from './check'
import { removeFix, reportConflicts, reportOtherRequest } from './conflicts'
import { reportTextFlag } from './flags'
import { isAlias, meantAttribute } from './meantNames'

/** Each attribute of a Python configuration against the table: known, of this request, of the right type. */
export const checkAttributes: ScopeRule = (scope, configuration, check) => {
  for (const property of scope.own.values()) {
    const attribute = configurationAttribute(property.name)
    if (attribute === undefined) reportUnknown(check, property, ATTRIBUTE_NAMES)
    else if (scope.system !== undefined && IDENTITY.has(property.name)) reportIdentity(check, property, scope)
    else if (!suits(attribute, configuration.request)) reportOtherRequest(check, property, attribute)
    else if (property.name !== 'type' && property.name !== 'request' && property.name !== 'name') {
      const { request } = configuration
      if (property.value !== undefined) checkValue(check, attribute, attribute.shape, property.value, request)
    }
    if (attribute?.conflicts !== undefined) reportConflicts(check, property, attribute, scope)
  }
}

/** A value against a shape; used for compounds and inputs, too. */
export function checkValue(
  check: Check,
  attribute: Attribute,
  shape: Shape,
  node: Node,
  request?: Request,
): void {
  if (node.type === 'null' && LEFT_TO_OTHERS.has(attribute.name)) return
  const candidates = alternatives(shape)
  const fitting = candidates.find(each => each.is === 'anything' || KINDS[each.is] === node.type)
  if (fitting === undefined && node.type === 'null' && shape === attribute.shape) {
    reportNull(check, attribute, node, meaningOfNull(attribute, request))
  } else if (fitting === undefined) {
    reportWrongType(check, attribute, shape, node)
  } else if (fitting.is === 'text') {
    if (fitting.values !== undefined && fitting.open !== true) checkAllowed(check, attribute, fitting, node)
  } else if (fitting.is === 'list') {
    for (const element of node.children ?? []) checkValue(check, attribute, fitting.of, element)
  } else if (fitting.is === 'object') {
    checkObject(check, attribute, fitting, node)
  }
}

/** An object's attributes against those that it may have. */
export function checkObject(
  check: Check,
  owner: Attribute,
  shape: Extract<Shape, { is: 'object' }>,
  node: Node,
): void {
  if (SECTIONS.has(owner.name)) return
  const properties = propertiesOf(node)
  for (const property of properties.values()) {
    const attribute = shape.attributes.find(each => each.name === property.name)
    if (property.value === undefined) continue
    if (property.value.type === 'null' && shape.required?.includes(property.name)) continue
    if (attribute !== undefined) checkValue(check, attribute, attribute.shape, property.value)
    else if (shape.others !== undefined) checkOther(check, owner, shape.others, property)
    else
      reportUnknown(
        check,
        property,
        shape.attributes.map(each => each.name),
      )
  }
  const missing = (shape.required ?? []).filter(name => {
    const value = properties.get(name)?.value
    // A slip of the pen is told by itself.
    if (value === undefined && [...properties.keys()].some(each => nearest(each, [name]) === name))
      return false
    return value === undefined || value.type === 'null' || (owner === PATH_MAPPINGS && value.value === '')
  })
  if (missing.length > 0) reportIncomplete(check, owner, properties.get(missing[0] ?? ''), missing, node)
}

function reportIncomplete(
  check: Check,
  owner: Attribute,
  empty: Property | undefined,
  missing: readonly string[],
  node: Node,
): void {
  const place = empty?.value ?? { offset: node.offset, length: 1 }
  if (owner === PATH_MAPPINGS) {
    const message = 'A path mapping needs "localRoot" and "remoteRoot": this one is left out.'
    check.report('missing-attribute', place, message, { severity: 'warning' })
    return
  }
  const names = missing.map(name => `"${name}"`).join(' and ')
  check.report('missing-attribute', place, `"${owner.name}" needs ${names} here: the start is refused.`, {
    fixes: empty === undefined ? missing.flatMap(name => missingFix(check, owner, name, node)) : [],
  })
}

/** What an input needs, as a text to write over; its own name says what it asks for. debugpy's usual port. */
function missingFix(check: Check, owner: Attribute, name: string, node: Node): readonly Fix[] {
  if (name === 'port' && isOfDebugger(owner)) {
    const edits = [insertProperty(check.text, node, name, 5678)]
    return [{ title: 'Add "port": 5678', edits, preferred: true, isGuess: true }]
  }
  const id = propertiesOf(node).get('id')?.value?.value
  if (!owner.name.startsWith('input ') || typeof id !== 'string') return []
  const value = { description: id, options: ['first', 'second'], command: 'extension.command' }[name]
  if (value === undefined) return []
  const edits = [insertProperty(check.text, node, name, value)]
  return [{ title: `Add ${jsonText(name)}`, edits, ...(name === 'description' ? { preferred: true } : {}) }]
}

/** Attributes of an object that has these alone. */
export function checkNames(check: Check, node: Node, known: readonly string[]): void {
  for (const property of propertiesOf(node).values()) {
    if (!known.includes(property.name)) reportUnknown(check, property, known)
  }
}

/** Of attributes that are not ours to forbid, those that are a slip of the pen of one that is. */
export function checkNearMisses(check: Check, node: Node | undefined, known: readonly string[]): void {
  for (const property of propertiesOf(node).values()) {
    if (!known.includes(property.name) && nearest(property.name, known) !== undefined) {
      reportUnknown(check, property, known)
    }
  }
}

const IDENTITY: ReadonlySet<string> = new Set(['name', 'type', 'request'])
const SECTIONS: ReadonlySet<string> = new Set(['windows', 'osx', 'linux'])

/** Of these a null counts as nothing, which has a message of its own. */
const LEFT_TO_OTHERS: ReadonlySet<string> = new Set([
  ...SECTIONS,
  ...['program', 'module', 'code'],
  ...['connect', 'listen', 'port', 'processId'],
])

/** JSON's names for the values of a shape. */
const KINDS: Readonly<Record<Shape['is'], Node['type'] | undefined>> = {
  text: 'string',
  flag: 'boolean',
  number: 'number',
  null: 'null',
  list: 'array',
  object: 'object',
  anything: undefined,
  either: undefined,
}

function reportUnknown(check: Check, property: Property, known: readonly string[]): void {
  if (isNote(property.name)) return
  const near = meantAttribute(property.name, known)
  const isThere = near !== undefined && propertiesOf(property.node.parent).has(near)
  const meant = isThere ? undefined : near
  const fixes: Fix[] = []
  if (meant !== undefined) {
    const value = valueEdits(check, property, meant)
    const isGuess = value === undefined || !(isSlip(property.name, meant) || isAlias(property.name))
    const edits = [replaceNode(property.key, meant), ...(value ?? [])]
    fixes.push({ title: `Change to "${meant}"`, edits, preferred: true, isGuess })
  }
  fixes.push(removeFix(check, property))
  const there = isThere ? ` "${near}" stands here already.` : ''
  const question = meant === undefined ? there : ` Did you mean "${meant}"?`
  const message = `"${property.name}" is not known here and has no effect.${question}`
  check.report('unknown-attribute', property.key, message, { fixes })
}

/** What other debuggers write as its value, in the form that the attribute has here; undefined: it has none. */
function valueEdits(check: Check, { name, value }: Property, meant: string): readonly TextEdit[] | undefined {
  const shape = configurationAttribute(meant)?.shape
  if (value === undefined || shape === undefined) return []
  if (name === 'externalConsole' && meant === 'console' && value.type === 'boolean') {
    return [replaceNode(value, value.value ? 'externalTerminal' : 'integratedTerminal')]
  }
  const fits = alternatives(shape).some(each => each.is === 'anything' || KINDS[each.is] === value.type)
  return fits ? [] : conversions(check, shape, value)[0]?.edits
}

/** People write notes as attributes; nobody takes them for something that works. */
function isNote(name: string): boolean {
  return /^(_|\$|\/\/|#)|^comments?$|^description$/i.test(name)
}

function reportIdentity(check: Check, property: Property, scope: Scope): void {
  const message =
    `"${property.name}" of the ${scope.system} section takes effect at the start, but lists, and starting by name, ` +
    'go by the one outside.'
  check.report('identity-in-section', property.key, message)
}

function checkOther(check: Check, owner: Attribute, shape: Shape, property: Property): void {
  const value = property.value
  if (value === undefined) return
  if (owner.name !== 'env' || value.type === 'string' || value.type === 'null') {
    checkValue(check, owner, shape, value)
    return
  }
  const simple = value.type === 'number' || value.type === 'boolean'
  const message = simple
    ? `Environment variables are texts: this counts as "${value.value}" here, and VS Code refuses the start.`
    : 'Environment variables are texts: with a list or an object the start fails.'
  check.report('env-not-text', value, message, {
    ...(simple ? { severity: 'warning' as const } : {}),
    fixes: simple ? [quoteFix(value)] : [],
  })
}

function checkAllowed(
  check: Check,
  attribute: Attribute,
  shape: Extract<Shape, { is: 'text' }>,
  node: Node,
): void {
  const written = String(node.value)
  const allowed = (shape.values ?? []).map(each => String(each.value))
  if (allowed.includes(written) || written.includes('${')) return
  const meant = nearest(written, allowed)
  const offered = meant === undefined ? allowed : [meant]
  const listed = allowed.map(each => jsonText(each)).join(', ')
  const message = `"${attribute.name}" is one of ${listed}, not ${jsonText(written)}.`
  check.report('invalid-value', node, message, {
    severity: attribute.strict ? 'error' : 'warning',
    fixes: offered.slice(0, MOST_OFFERED).map(each => ({
      title: `Change to ${jsonText(each)}`,
      edits: [replaceNode(node, each)],
      ...(each === meant ? { preferred: true, isGuess: !isSlip(written, each) } : {}),
    })),
  })
}

const MOST_OFFERED = 3
const ENV = configurationAttribute('env')?.shape

function reportWrongType(check: Check, attribute: Attribute, shape: Shape, node: Node): void {
  if (reportTextFlag(check, attribute, shape, node, isOfDebugger(attribute))) return
  if (attribute.shape === PORT && node.type !== 'null') return
  const isElement = shape !== attribute.shape && node.parent?.type === 'array'
  const subject = isElement ? `An element of "${attribute.name}" is` : `"${attribute.name}" takes`
  const takes = `${subject} ${shapeInWords(shape)}`
  // What VS Code itself reads, it passes over when it is nothing.
  const isStrict =
    attribute.strict === true && (isOfDebugger(attribute) || Boolean(node.value ?? node.children))
  const harm = isStrict ? 'the start fails' : 'it has no effect'
  if (isOfDebugger(attribute) && node.type === 'null') {
    const message = `${takes}: null counts here as if it were not there, in VS Code ${harm}.`
    const remove = { title: 'Remove it', edits: removeChild(check.text, node), preferred: true }
    check.report('wrong-type', node, message, {
      severity: attribute.strict ? 'warning' : 'information',
      fixes: isElement ? [remove] : [],
    })
    return
  }
  const meant = isOfDebugger(attribute) ? meantBy(check, attribute, shape, node) : undefined
  if (meant !== undefined) {
    const message = `${takes}: ${IN_WORDS[node.type]} is taken for one here, in VS Code ${harm}.`
    check.report('wrong-type', node, message, { severity: 'warning', fixes: [meantFix(node, meant.value)] })
    return
  }
  check.report('wrong-type', node, `${takes}; with ${IN_WORDS[node.type]} ${harm}.`, {
    severity: isStrict ? 'error' : 'warning',
    fixes: conversions(check, shape, node),
  })
}

/** At the start here a null is never there. */
function reportNull(check: Check, attribute: Attribute, node: Node, meaning: NullMeaning): void {
  if (meaning === 'absent') return
  const takes = `"${attribute.name}" takes ${shapeInWords(attribute.shape)}`
  const inVscode = meaning === 'refused' ? 'in VS Code the start fails' : 'in VS Code as false'
  const remove: Fix[] =
    node.parent === undefined
      ? []
      : [{ title: `Remove "${attribute.name}"`, edits: removeChild(check.text, node.parent) }]
  check.report('wrong-type', node, `${takes}: null counts here as if it were not there, ${inVscode}.`, {
    severity: meaning === 'refused' ? 'warning' : 'information',
    fixes: meaning === 'refused' ? remove.map(fix => ({ ...fix, preferred: true })) : remove,
  })
}

/** What the start takes the value for. */
function meantBy(
  check: Check,
  attribute: Attribute,
  shape: Shape,
  node: Node,
): { readonly value: unknown } | undefined {
  const value = plainValue(node)
  const special = MEANINGS[attribute.name]?.(value)
  if (special !== undefined) return { value: special }
  // The interpreter is chosen before types are mended.
  if (namesOf(attribute.shape) === 'interpreter' || attribute.name === 'processId') return undefined
  return meaningOf(value, shape, check.facts.host.platform)
}

const MEANINGS: Readonly<Record<string, (value: unknown) => unknown>> = {
  connect: meantAddress,
  listen: meantAddress,
  pathMappings: meantMappings,
}

function meantFix(node: Node, value: unknown): Fix {
  const title = Array.isArray(value) ? 'Make it a list' : `Change to ${jsonText(value)}`
  return { title, edits: [replaceNode(node, value)], preferred: true }
}

function conversions(check: Check, shape: Shape, node: Node): readonly Fix[] {
  const environment = shape === ENV ? listedEnvironment(plainValue(node)) : undefined
  if (environment !== undefined) return [meantFix(node, environment)]
  const shapes = alternatives(shape)
  const kinds = new Set(shapes.map(each => each.is))
  // Of a few allowed texts a number is none.
  const isFree = shapes.some(each => each.is === 'text' && (each.values === undefined || each.open))
  if (isFree && (node.type === 'number' || node.type === 'boolean')) return [quoteFix(node)]
  const object = objectShape(shape)
  if (node.type === 'boolean' && object?.attributes.some(each => each.name === 'enable')) {
    const value = { enable: node.value }
    return [{ title: `Change to ${jsonText(value)}`, edits: [replaceNode(node, value)], preferred: true }]
  }
  if (kinds.has('list') && node.type === 'string') {
    return [meantFix(node, commandWords(String(node.value), check.facts.host.platform))]
  }
  if (kinds.has('number') && node.type === 'string' && /^\d+$/.test(String(node.value))) {
    return [{ title: 'Remove the quotes', edits: [replaceNode(node, Number(node.value))], preferred: true }]
  }
  return []
}

function quoteFix(node: Node): Fix {
  const text = String(node.value)
  return { title: `Change to ${jsonText(text)}`, edits: [replaceNode(node, text)], preferred: true }
}

const IN_WORDS: Readonly<Record<Node['type'], string>> = {
  object: 'an object',
  array: 'a list',
  property: 'a property',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
}
