import type { Node } from 'jsonc-parser'
import {
  ATTRIBUTE_NAMES,
  type Attribute,
  alternatives,
  configurationAttribute,
  objectShape,
  type Shape,
  shapeInWords,
  suits,
} from '../attributes'
import { jsonText, removeChild, replaceNode } from '../jsonEdit'
import { nearest } from '../nearest'
import type { Fix } from '../problem'
import type { Property } from '../properties'
import { propertiesOf } from '../properties'
import type { Check, Configuration, Scope, ScopeRule } from './check'
import { splitArguments } from './targets'

/** Each attribute of a Python configuration against the table: known, of this request, of the right type. */
export const checkAttributes: ScopeRule = (scope, configuration, check) => {
  for (const property of scope.own.values()) {
    const attribute = configurationAttribute(property.name)
    if (attribute === undefined) reportUnknown(check, property, ATTRIBUTE_NAMES, configuration)
    else if (scope.system !== undefined && IDENTITY.has(property.name)) reportIdentity(check, property, scope)
    else if (!suits(attribute, configuration.request)) reportOtherRequest(check, property, attribute)
    else if (property.name !== 'type' && property.name !== 'request' && property.name !== 'name') {
      if (property.value !== undefined) checkValue(check, attribute, attribute.shape, property.value)
    }
    if (attribute?.conflicts !== undefined) reportConflicts(check, property, attribute, scope)
  }
}

/** A value against a shape; used for compounds and inputs, too. */
export function checkValue(check: Check, attribute: Attribute, shape: Shape, node: Node): void {
  if (node.type === 'null' && (attribute.nullable || SECTIONS.has(attribute.name))) return
  const candidates = alternatives(shape)
  const fitting = candidates.find(each => each.is === 'anything' || KINDS[each.is] === node.type)
  if (fitting === undefined) {
    reportWrongType(check, attribute, shape, node)
  } else if (fitting.is === 'text') {
    if (fitting.values !== undefined && fitting.open !== true) checkAllowed(check, attribute, fitting, node)
  } else if (fitting.is === 'list') {
    for (const element of node.children ?? []) checkValue(check, withoutNull(attribute), fitting.of, element)
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
    if (attribute !== undefined) checkValue(check, attribute, attribute.shape, property.value)
    else if (shape.others !== undefined) checkOther(check, owner, shape.others, property)
    else
      reportUnknown(
        check,
        property,
        shape.attributes.map(each => each.name),
      )
  }
  for (const name of shape.required ?? []) {
    if (properties.has(name)) continue
    const message = `"${owner.name}" needs "${name}" here.`
    check.report('missing-attribute', { offset: node.offset, length: 1 }, message)
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

/** What other tools and former debuggers call an attribute. */
const ALIASES: Readonly<Record<string, string>> = {
  macos: 'osx',
  mac: 'osx',
  darwin: 'osx',
  win: 'windows',
  win32: 'windows',
  environment: 'env',
  environments: 'env',
  envs: 'env',
  environmentVariables: 'env',
  envVars: 'env',
  arguments: 'args',
  argv: 'args',
  workingDirectory: 'cwd',
  workdir: 'cwd',
  file: 'program',
  script: 'program',
  interpreter: 'python',
  pythonpath: 'python',
  pid: 'processId',
  subprocess: 'subProcess',
  justmycode: 'justMyCode',
  stopAtEntry: 'stopOnEntry',
  externalConsole: 'console',
  terminal: 'console',
}

function reportUnknown(
  check: Check,
  property: Property,
  known: readonly string[],
  configuration?: Configuration,
): void {
  if (isNote(property.name)) return
  const meant = meantAttribute(property.name, known, configuration)
  const fixes: Fix[] = []
  if (meant !== undefined) {
    fixes.push({ title: `Change to "${meant}"`, edits: [replaceNode(property.key, meant)], preferred: true })
  }
  fixes.push(removeFix(check, property))
  const question = meant === undefined ? '' : ` Did you mean "${meant}"?`
  check.report(
    'unknown-attribute',
    property.key,
    `"${property.name}" is not known here and has no effect.${question}`,
    {
      fixes,
    },
  )
}

function meantAttribute(
  name: string,
  known: readonly string[],
  configuration: Configuration | undefined,
): string | undefined {
  const aliases = Object.keys(ALIASES).filter(each => {
    const current = ALIASES[each]
    return current !== undefined && known.includes(current) && !configuration?.own.has(current)
  })
  if (aliases.includes(name)) return ALIASES[name]
  const near = nearest(name, [...known, ...aliases])
  return near === undefined || known.includes(near) ? near : ALIASES[near]
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

function reportOtherRequest(check: Check, property: Property, attribute: Attribute): void {
  const other = attribute.request === 'launch' ? 'attach' : 'launch'
  const message = `"${property.name}" is for "request": "${attribute.request}" and has no effect in ${other}.`
  check.report('attribute-of-other-request', property.key, message, {
    tags: ['unnecessary'],
    fixes: [removeFix(check, property)],
  })
}

function reportConflicts(check: Check, property: Property, attribute: Attribute, scope: Scope): void {
  for (const name of attribute.conflicts ?? []) {
    const other = scope.get(name)
    // Once a pair: at the one that stands later, or in the section.
    if (other === undefined || (scope.own.has(name) && other.key.offset > property.key.offset)) continue
    const message = `"${property.name}" and "${name}" exclude each other: with both the start is refused. Remove one.`
    check.report('conflicting-attributes', property.key, message, {
      related: [
        { span: { offset: other.key.offset, length: other.key.length }, message: `"${name}" is here.` },
      ],
      fixes: [removeFix(check, property), ...(scope.own.has(name) ? [removeFix(check, other)] : [])],
    })
  }
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
    ? `Environment variables are texts, and debugpy refuses anything else: write "${value.value}".`
    : 'Environment variables are texts: debugpy refuses a list or an object.'
  check.report('env-not-text', value, message, {
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
  const listed = allowed.map(each => jsonText(each)).join(', ')
  const message = `"${attribute.name}" is one of ${listed}, not ${jsonText(written)}.`
  check.report('invalid-value', node, message, {
    severity: attribute.strict ? 'error' : 'warning',
    fixes: (meant === undefined ? [] : [meant]).map(each => ({
      title: `Change to ${jsonText(each)}`,
      edits: [replaceNode(node, each)],
      preferred: true,
    })),
  })
}

function reportWrongType(check: Check, attribute: Attribute, shape: Shape, node: Node): void {
  const flag = alternatives(shape).find(each => each.is === 'flag')
  if (flag?.is === 'flag' && node.type === 'string') {
    reportTextFlag(check, attribute, flag.lenient === true, node)
    return
  }
  const harm = attribute.strict ? 'the start fails' : 'it has no effect'
  const message = `"${attribute.name}" takes ${shapeInWords(shape)}; with ${IN_WORDS[node.type]} ${harm}.`
  check.report('wrong-type', node, message, {
    severity: attribute.strict ? 'error' : 'warning',
    fixes: conversions(shape, node),
  })
}

/** `"true"` in quotes is a text: debugpy takes every text for true, some readers look at what it says. */
function reportTextFlag(check: Check, attribute: Attribute, lenient: boolean, node: Node): void {
  const written = String(node.value)
  const meant = /^(true|false)$/i.test(written) ? written.toLowerCase() : undefined
  if (lenient && meant === undefined && written.includes('${')) return
  const counts = attribute.name === 'stopOnEntry' ? 'false' : 'true'
  const works = lenient ? meant !== undefined : meant === counts
  const consequence = works ? 'debugpy understands the text, VS Code warns' : `any text counts as ${counts}`
  const message = `"${attribute.name}" takes true or false without quotes: ${consequence}.`
  check.report('wrong-type', node, message, {
    severity: works ? 'hint' : 'warning',
    fixes: meant === undefined ? [] : [flagFix(node, meant)],
  })
}

function flagFix(node: Node, meant: string): Fix {
  return { title: `Change to ${meant}`, edits: [replaceNode(node, meant === 'true')], preferred: true }
}

function conversions(shape: Shape, node: Node): readonly Fix[] {
  const kinds = new Set(alternatives(shape).map(each => each.is))
  if (kinds.has('text') && (node.type === 'number' || node.type === 'boolean')) return [quoteFix(node)]
  const object = objectShape(shape)
  if (node.type === 'boolean' && object?.attributes.some(each => each.name === 'enable')) {
    const value = { enable: node.value }
    return [{ title: `Change to ${jsonText(value)}`, edits: [replaceNode(node, value)], preferred: true }]
  }
  if (kinds.has('list') && node.type === 'string') {
    const edits = [replaceNode(node, splitArguments(String(node.value)))]
    return [{ title: 'Make it a list', edits, preferred: true }]
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

function removeFix(check: Check, property: Property): Fix {
  return { title: `Remove "${property.name}"`, edits: removeChild(check.text, property.node) }
}

function withoutNull(attribute: Attribute): Attribute {
  if (attribute.nullable !== true) return attribute
  const { nullable: _, ...rest } = attribute
  return rest
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
