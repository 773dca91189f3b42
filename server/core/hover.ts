import type { Node } from 'jsonc-parser'
import { type Attribute, allowedValues, namesOf, shapeInWords } from './attributes'
import { absolutePath, type PathContext, pathContextOf, workingFolder } from './configurationPaths'
import { type DiagnosticFacts, variableFacts } from './diagnostics/diagnose'
import { parseEnvFile } from './envFile'
import { shownEnvFile } from './envFileShown'
import { mergeEnvironment, type VariableSource } from './environment'
import { goalOfSetting } from './goals'
import { nameText } from './hoverNames'
import { inputDescription } from './inputDescription'
import { isObject, plainValue } from './json'
import { jsonText } from './jsonEdit'
import { indexInString, spanInString } from './jsonStrings'
import type { LaunchDocument } from './launchDocument'
import { type Place, placeAt, type Root } from './places'
import type { Span } from './problem'
import { propertyOf, textOf } from './properties'
import { MASK, shownEnvironment, shownValue } from './secrets'
import { findVariables, type VariableUse } from './variables'
import { VARIABLES } from './variableTable'
import { evaluateVariable, type VariableFacts } from './variableValues'

/** Markdown about what the cursor is on. */
export interface Hover {
  readonly markdown: string
  readonly span: Span
}

/** What an attribute, a value or a variable means, and what it is now. Secrets are not shown. Never throws. */
export function hoverAt(
  document: LaunchDocument,
  root: Root,
  facts: DiagnosticFacts,
  offset: number,
): Hover | undefined {
  const place = placeAt(document.json.text, root, document.json.root, offset)
  if (place?.token === undefined || place.token.length === 0) return undefined
  const variables = variableFacts(document, facts)
  const context: Context = {
    place,
    document,
    facts,
    variables,
    paths: pathContextOf(variables),
    shownPaths: pathContextOf(variableFacts(document, shownFacts(facts))),
  }
  if (place.kind === 'key') return hoverKey(context)
  return hoverVariable(context) ?? hoverValue(context) ?? hoverName(context)
}

interface Context {
  readonly place: Place
  readonly document: LaunchDocument
  readonly facts: DiagnosticFacts
  readonly variables: VariableFacts
  readonly paths: PathContext
  /** The same without the secrets of the environment. */
  readonly shownPaths: PathContext
}

function shownFacts(facts: DiagnosticFacts): DiagnosticFacts {
  return { ...facts, host: { ...facts.host, env: shownEnvironment(facts.host.env) } }
}

function hoverKey(context: Context): Hover | undefined {
  const { place } = context
  const { attribute, token, path } = place
  if (token === undefined) return undefined
  if (attribute?.name === 'env' && path.at(-2) === 'env') {
    return { markdown: environmentText(context, String(token.value)), span: token }
  }
  const own = place.attributes.find(each => each.name === token.value)
  return own === undefined ? undefined : { markdown: attributeText(own), span: token }
}

/** An attribute as one explains it. */
export function attributeText(attribute: Attribute): string {
  const { conflicts, defaultNote, deprecated, documentation, readBy } = attribute
  const standard =
    defaultNote ?? (attribute.default === undefined ? undefined : `\`${jsonText(attribute.default)}\``)
  const values = allowedValues(attribute.shape).filter(each => each.documentation !== '')
  const facts = [
    `Takes ${shapeInWords(attribute.shape)}.`,
    ...(standard === undefined ? [] : [`Default: ${standard}.`]),
    ...(conflicts === undefined
      ? []
      : [`Not together with ${conflicts.map(each => `\`${each}\``).join(', ')}.`]),
    `Read by ${readBy.join(' and ')}.`,
  ]
  return [
    ...(deprecated === undefined ? [] : [`**Of an earlier debugger.** ${deprecated.message}`]),
    documentation,
    ...(values.length === 0
      ? []
      : [values.map(each => `- \`${jsonText(each.value)}\`: ${each.documentation}`).join('\n')]),
    facts.join(' '),
  ].join('\n\n')
}

function hoverVariable(context: Context): Hover | undefined {
  const { place, document, facts } = context
  const node = scalarNode(place)
  if (node === undefined || typeof node.value !== 'string') return undefined
  const index = indexInString(document.json.text, node, place.offset)
  const use = findVariables(node.value).find(
    each => index >= each.offset && index < each.offset + each.length,
  )
  if (use === undefined) return undefined
  const doc = VARIABLES.find(each => each.name === use.name)
  const span = spanInString(document.json.text, node, use.offset, use.length)
  if (doc === undefined) {
    return { markdown: `\`${use.text}\` is no variable: it stays as it is written.`, span }
  }
  const setting = goalOfSetting(place, facts, node.value)
  const where = setting === undefined ? '' : `Set in \`${setting.path}\`.`
  const markdown = [doc.documentation, valueText(context, use, facts), where].filter(Boolean).join('\n\n')
  return { markdown, span }
}

/** What the variable is now. */
function valueText({ variables, document }: Context, use: VariableUse, { host }: DiagnosticFacts): string {
  const value = evaluateVariable(use.inner, variables)
  if (use.name === 'input') {
    const input = (document.inputs ?? []).findLast(each => isObject(each) && each['id'] === use.argument)
    const described = inputDescription(input)
    return described === undefined
      ? `There is no input \`${use.argument ?? ''}\`: the start is refused.`
      : `Asked at the start: ${described.detail}`
  }
  if (value.kind === 'value') {
    if (use.name === 'env' && value.value === '')
      return `\`${use.argument}\` is not set here: nothing is inserted.`
    if (value.value === use.text) return 'Not known here: it stays as it is written.'
    const shown = shownValue(use.argument ?? '', value.value)
    return `Now: \`${shown}\`${host.platform === 'win32' && use.name === 'env' ? ' (names have no case)' : ''}`
  }
  return value.kind === 'error' && VARIABLES.find(each => each.name === use.name)?.ofEditor
    ? 'Known when there is a file in the editor.'
    : value.kind === 'error'
      ? value.message
      : ''
}

function hoverValue(context: Context): Hover | undefined {
  const { place, paths, shownPaths } = context
  const { attribute, shape, token } = place
  if (token === undefined || attribute === undefined || shape === undefined) return undefined
  const allowed = allowedValues(shape).find(each => each.value === token.value)
  if (allowed !== undefined && allowed.documentation !== '')
    return { markdown: allowed.documentation, span: token }
  const names = namesOf(shape)
  if (typeof token.value !== 'string' || names === undefined || !PATHS.has(names)) return undefined
  const cwd = place.configuration === undefined ? undefined : textOf(propertyOf(place.configuration, 'cwd'))
  const fromCwd = names === 'python file' || names === 'interpreter'
  const baseIn = (each: PathContext) => (fromCwd ? workingFolder(each, cwd) : each.folder)
  const path = absolutePath(paths, token.value, baseIn(paths))
  if (path === undefined || token.value === '') return undefined
  const kind = context.facts.files.kind(path)
  const what = kind === undefined ? 'does not exist' : kind === 'folder' ? 'a folder' : 'a file'
  const shown = absolutePath(shownPaths, token.value, baseIn(shownPaths)) ?? MASK
  return { markdown: `\`${shown}\` (${what})${envFileText(context, names, path)}`, span: token }
}

function hoverName({ place, document, facts }: Context): Hover | undefined {
  const markdown = nameText(place, document, facts)
  return markdown === undefined || place.token === undefined ? undefined : { markdown, span: place.token }
}

const PATHS: ReadonlySet<string> = new Set(['python file', 'file', 'folder', 'interpreter', 'env file'])

/** What an env file sets, by name alone. */
function envFileText({ facts }: Context, names: string, path: string): string {
  const text = names === 'env file' ? facts.files.read(path) : undefined
  if (text === undefined) return ''
  const keys = Object.keys(parseEnvFile(text, 'debugpy').value.variables)
  return `\n\nSets ${keys.length === 0 ? 'nothing' : keys.map(key => `\`${key}\``).join(', ')}.`
}

/** The value that the program will see, and where it comes from. */
function environmentText(context: Context, name: string): string {
  const { place, facts, paths, shownPaths } = context
  const configuration = place.configuration
  const env = configuration === undefined ? undefined : plainValue(propertyOf(configuration, 'env')?.value)
  const written = configuration === undefined ? undefined : textOf(propertyOf(configuration, 'envFile'))
  const path = absolutePath(paths, written ?? '${workspaceFolder}/.env', paths.folder)
  const text = path === undefined || written === '' ? undefined : facts.files.read(path)
  const launch = isObject(env) ? resolved(env, shownPaths) : {}
  const base: Record<string, string> = {}
  for (const [key, value] of Object.entries(launch))
    if (typeof value === 'string') base[key] = shownValue(key, value)
  const merged = mergeEnvironment({
    file: text === undefined ? undefined : shownEnvFile(text, 'debugpy', base),
    launch,
    process: shownEnvironment(facts.host.env),
    platform: facts.host.platform,
    internalConsole: false,
    gevent: false,
  }).get(name)
  if (merged === undefined) return `\`${name}\` is not set: an empty search path is left out.`
  if (merged.value === null) return `\`${name}\` is removed from the environment.`
  const value = typeof merged.value === 'string' ? merged.value : (JSON.stringify(merged.value) ?? '')
  const shown = shownValue(name, value)
  const sources = merged.sources.map(source => sourceText(source, path)).join(', then ')
  const hidden = hidesFile(text, name, merged.sources) ? `\n\nThe value in \`${path}\` is not used.` : ''
  return `The program sees \`${shown}\`, from ${sources}.${hidden}`
}

function resolved(env: Record<string, unknown>, paths: PathContext): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      typeof value === 'string' ? (paths.resolve(value) ?? value) : value,
    ]),
  )
}

function sourceText(source: VariableSource, path: string | undefined): string {
  switch (source.kind) {
    case 'file':
      return `\`${path}\`, line ${source.entry.line}`
    case 'launch':
      return 'this `env`'
    case 'process':
      return 'the environment of the editor'
    default:
      return 'the debugger'
  }
}

function hidesFile(text: string | undefined, name: string, sources: readonly VariableSource[]): boolean {
  if (text === undefined || sources.some(source => source.kind === 'file')) return false
  return Object.hasOwn(parseEnvFile(text, 'debugpy').value.variables, name)
}

function scalarNode({ container, token }: Place): Node | undefined {
  const children = (container?.children ?? []).map(child =>
    child.type === 'property' ? child.children?.[1] : child,
  )
  return children.find(child => child !== undefined && child.offset === token?.offset)
}
