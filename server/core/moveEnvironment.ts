import { createScanner, type Node } from 'jsonc-parser'
import type { Action } from './actions'
import { absolutePath, type PathContext, pathContextOf } from './configurationPaths'
import { type DiagnosticFacts, variableFacts } from './diagnostics/diagnose'
import { parseEnvFile } from './envFile'
import { envLine, setsInBoth } from './envFileWrite'
import { insertProperty, jsonText, removeChild, removeChildren, type TextEdit } from './jsonEdit'
import type { LaunchDocument } from './launchDocument'
import { isPythonType, type Property, propertiesOf, propertyOf, textOf } from './properties'
import { pathsOf } from './staticText'

/** Plain values of `env` go to the env file; what holds variables of launch.json stays. */
export function moveEnvironment(
  document: LaunchDocument,
  facts: DiagnosticFacts,
  configuration: Node,
): readonly Action[] {
  if (document.json.errors.length > 0) return []
  const paths = pathContextOf(variableFacts(document, facts))
  const path = envFileOf(paths, configuration)
  const own = plainOf(configuration)
  const movable = own.filter(isMovable)
  if (path === undefined || movable.length === 0) return []
  const base = pathsOf(facts.host).basename(path)
  const stay = own.filter(property => !isMovable(property)).map(({ name }) => name)
  const title = `Move the variables to ${base}${stayText(stay)}`
  const groups = sharing(document, paths, path, { configuration, movable })
  const shared = `Move the variables that ${groups.length} configurations share to ${base}`
  return [
    ...move(document, facts, path, [{ configuration, movable }], title),
    ...(groups.length > 1 ? move(document, facts, path, groups, shared) : []),
  ]
}

/** Variables of a configuration that go to its env file. */
interface Group {
  readonly configuration: Node
  readonly movable: readonly Property[]
}

/** The configuration and those that set some of its variables to the same, with the same env file. */
function sharing(document: LaunchDocument, paths: PathContext, path: string, own: Group): readonly Group[] {
  const list = propertiesOf(document.section).get('configurations')?.value?.children ?? []
  const isSame = (one: Property) => (other: Property) =>
    one.name === other.name && textOf(one) === textOf(other)
  const others = list
    .filter(node => node !== own.configuration && node.type === 'object')
    .filter(node => isPythonType(textOf(propertyOf(node, 'type')) ?? ''))
    .filter(node => envFileOf(paths, node) === path)
    .map(configuration => ({
      configuration,
      movable: plainOf(configuration).filter(each => own.movable.some(isSame(each))),
    }))
    .filter(({ movable }) => movable.length > 0)
  const shared = own.movable.filter(each => others.some(({ movable }) => movable.some(isSame(each))))
  return [{ ...own, movable: shared }, ...others]
}

function move(
  document: LaunchDocument,
  facts: DiagnosticFacts,
  path: string,
  groups: readonly Group[],
  title: string,
): readonly Action[] {
  const before = facts.files.read(path) ?? ''
  const known = parseEnvFile(before, 'debugpy').value.variables
  const movable = groups[0]?.movable ?? []
  // What the file says otherwise would change other configurations.
  if (movable.some(({ name }) => Object.hasOwn(known, name))) return []
  const start = before === '' || before.endsWith('\n') ? '' : '\n'
  const comments = commentsOf(document, groups)
  const lines = movable.flatMap(each => [...(comments.get(each.name) ?? []), lineOf(each)])
  const added = start + lines.map(line => `${line}\n`).join('')
  // An open quote further up would swallow the lines.
  if (movable.some(each => !setsInBoth(before + added, each.name, textOf(each) ?? ''))) return []
  return [
    {
      title,
      kind: 'refactor.extract',
      edits: [
        { path: '', edits: groups.flatMap(group => takenOut(document.json.text, group)) },
        { path, edits: [{ span: { offset: before.length, length: 0 }, newText: added }] },
      ],
    },
  ]
}

/** The variables go from the configuration, which names the env file. */
function takenOut(text: string, { configuration, movable }: Group): readonly TextEdit[] {
  const env = propertyOf(configuration, 'env')
  if (env === undefined) return []
  const written = textOf(propertyOf(configuration, 'envFile'))
  const [name, value] = ['envFile', '${workspaceFolder}/.env']
  if (!isWhole({ configuration, movable })) {
    const gone = removeChildren(
      text,
      movable.map(({ node }) => node),
    )
    return written ? gone : [...gone, insertProperty(text, configuration, name, value, env.node)]
  }
  if (written) return removeChild(text, env.node)
  const { offset, length } = env.node
  return [{ span: { offset, length }, newText: `${jsonText(name)}: ${jsonText(value)}` }]
}

/** Nothing of `env` stays. */
function isWhole({ configuration, movable }: Group): boolean {
  return propertiesOf(propertyOf(configuration, 'env')?.value).size === movable.length
}

/** What is said of a variable where all of `env` goes, as lines of an env file. */
function commentsOf(
  { json }: LaunchDocument,
  groups: readonly Group[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const group of groups) {
    const env = propertyOf(group.configuration, 'env')?.value
    if (env === undefined || !isWhole(group)) continue
    const end = env.offset + env.length
    const scanner = createScanner(json.text.slice(0, end))
    scanner.setPosition(env.offset)
    while (scanner.getPosition() < end) {
      scanner.scan()
      const offset = scanner.getTokenOffset()
      const comment = json.text.slice(offset, offset + scanner.getTokenLength())
      if (!/^\/[/*]/.test(comment)) continue
      const { name } = ownerOf(json.text, group.movable, offset) ?? { name: '' }
      const known = found.get(name) ?? []
      found.set(name, [...new Set([...known, ...commentLines(comment)])])
    }
  }
  return found
}

/** What stands before it on its line, or else what follows it. */
function ownerOf(text: string, properties: readonly Property[], offset: number): Property | undefined {
  const before = properties.findLast(({ node }) => node.offset < offset)
  if (before !== undefined && !text.slice(before.node.offset, offset).includes('\n')) return before
  return properties.find(({ node }) => node.offset > offset) ?? before
}

function commentLines(comment: string): readonly string[] {
  const inner = comment.startsWith('//') ? comment.slice(2) : comment.slice(2).replace(/\*\/$/, '')
  return inner
    .split('\n')
    .map(line => line.trim().replace(/^\*\s?/, ''))
    .filter(line => line !== '')
    .map(line => `# ${line}`)
}

function envFileOf(paths: PathContext, configuration: Node): string | undefined {
  const written = textOf(propertyOf(configuration, 'envFile'))
  return absolutePath(paths, written || '${workspaceFolder}/.env', paths.folder)
}

/** Without variables of launch.json, which an env file does not know. */
function plainOf(configuration: Node): readonly Property[] {
  return [...propertiesOf(propertyOf(configuration, 'env')?.value).values()].filter(property => {
    const text = textOf(property)
    return text !== undefined && !text.includes('${')
  })
}

function isMovable(property: Property): boolean {
  return envLine(property.name, textOf(property) ?? '') !== undefined
}

function lineOf(property: Property): string {
  return envLine(property.name, textOf(property) ?? '') ?? ''
}

function stayText(names: readonly string[]): string {
  if (names.length === 0) return ''
  return ` (${names.join(', ')} cannot be written there, and ${names.length === 1 ? 'stays' : 'stay'})`
}
