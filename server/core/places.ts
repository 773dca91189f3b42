import { findNodeAtLocation, getLocation, type Node } from 'jsonc-parser'
import {
  type Attribute,
  configurationAttributes,
  elementShape,
  INPUTS,
  LAUNCH_FILE,
  objectShape,
  PLATFORM_SECTIONS,
  type Request,
  type Shape,
} from './attributes'
import { VSCODE_CONFIGURATION } from './attributeTable'
import { tooDeepAt } from './json'
import { closingQuote } from './jsonStrings'
import type { LaunchDocument } from './launchDocument'
import type { Span } from './problem'
import { isPythonType, propertyOf, textOf } from './properties'
import { NPM_TASK, TASK_FILE } from './taskAttributes'

export type PathSegment = string | number

/** What the cursor is at, in a JSON file whose shape is known. */
export interface Place {
  readonly text: string
  readonly offset: number
  /** A name is (to be) written here, or a value. */
  readonly kind: 'key' | 'value'
  /** From the section; the last segment of a key that is not there yet is ''. */
  readonly path: readonly PathSegment[]
  /** The key or value under the cursor, as written; undefined where there is none. */
  readonly token: Token | undefined
  /** The object whose key this is, or the object or list that holds the value. */
  readonly container: Node | undefined
  /** The configuration that it all belongs to. */
  readonly configuration: Node | undefined
  /** What the table knows of the value; for a key: of the value that the key would have. */
  readonly attribute: Attribute | undefined
  readonly shape: Shape | undefined
  /** Attributes that `container` may have, if it is an object. */
  readonly attributes: readonly Attribute[]
  /** A value stands before the cursor and no comma. */
  readonly needsComma: boolean
}

export interface Token extends Span {
  readonly isText: boolean
  readonly value: unknown
  /** Without its quotes; the same as the token for what has none. */
  readonly content: Span
}

/** The shape of a whole file, by path. */
export interface Root {
  /** Leads to the section: [] for launch.json, ['launch'] for settings. */
  readonly path: readonly string[]
  readonly shape: Shape
  /** The attributes of an object depend on what it says: its type, its request. */
  attributesOf(
    node: Node | undefined,
    owner: Attribute | undefined,
    path: readonly PathSegment[],
  ): readonly Attribute[] | undefined
}

/** Undefined outside of the section, and in comments. */
export function placeAt(text: string, root: Root, tree: Node | undefined, offset: number): Place | undefined {
  if (isInComment(text, offset) || isTooDeep(text, tree)) return undefined
  const location = getLocation(text, offset)
  const before = location.previousNode
  const isToken = before !== undefined && isOn(text, before, offset) && !isBehindText(text, before, offset)
  const token = before !== undefined && isToken ? readToken(text, before, offset) : bareToken(text, offset)
  // Behind a value of an object, and its comma is missing: the next key.
  const isBehind = !isToken && before !== undefined && before.type !== 'property' && offset > before.offset
  const path = pathBelow(root, location.path)
  if (path === undefined) return undefined
  const inObject = typeof path.at(-1) === 'string'
  // A key without a comma before it is one, too, though the parser no longer expects it.
  const isKeyToken = isToken && before?.type === 'property'
  const held = inObject && !location.isAtPropertyKey ? at(tree, location.path) : undefined
  if (token === undefined && held !== undefined && isJustBefore(text, offset, held)) return undefined
  const isNext = inObject && (isBehind || (!isToken && isListBefore(held, offset)))
  // Behind an empty object of a list the parser still expects a name of that object.
  const kind = inObject && (location.isAtPropertyKey || isKeyToken || isNext) ? 'key' : 'value'
  const full = isNext ? [...path.slice(0, -1), ''] : path
  return describe({ text, offset, kind, path: full, token, root, tree })
}

function pathBelow(root: Root, path: readonly PathSegment[]): readonly PathSegment[] | undefined {
  return root.path.every((segment, index) => path[index] === segment)
    ? path.slice(root.path.length)
    : undefined
}

export const LAUNCH_ROOT: Root = {
  path: [],
  shape: { is: 'object', attributes: LAUNCH_FILE },
  attributesOf(node, owner, path) {
    if (path[0] === 'configurations' && path.length === 2) return attributesOfConfiguration(node)
    if (owner !== undefined && PLATFORM_SECTIONS.some(name => name === owner.name)) {
      const outer = node?.parent?.parent
      return attributesOfConfiguration(outer).filter(each => !OUTSIDE_ONLY.has(each.name))
    }
    return path[0] === 'inputs' && path.length === 2 ? attributesOfInput(node) : undefined
  },
}

/** tasks.json, or `tasks` of a workspace file. */
export function taskRoot(path: readonly string[]): Root {
  return {
    path,
    shape: { is: 'object', attributes: TASK_FILE },
    attributesOf(node, _, walked) {
      if (walked.length !== 2 || node === undefined) return undefined
      if (walked[0] === 'inputs') return attributesOfInput(node)
      return walked[0] === 'tasks' && textOf(propertyOf(node, 'type')) === 'npm' ? NPM_TASK : undefined
    },
  }
}

export function launchRoot(path: readonly string[]): Root {
  return { ...LAUNCH_ROOT, path }
}

const OUTSIDE_ONLY: ReadonlySet<string> = new Set(['name', 'type', 'request', ...PLATFORM_SECTIONS])

function attributesOfConfiguration(node: Node | undefined): readonly Attribute[] {
  const type = node === undefined ? undefined : textOf(propertyOf(node, 'type'))
  if (type !== undefined && !isPythonType(type)) return VSCODE_CONFIGURATION
  const request = node === undefined ? undefined : textOf(propertyOf(node, 'request'))
  return configurationAttributes(isRequest(request) ? request : undefined)
}

function isRequest(text: string | undefined): text is Request {
  return text === 'launch' || text === 'attach'
}

function attributesOfInput(node: Node | undefined): readonly Attribute[] {
  const type = node === undefined ? undefined : textOf(propertyOf(node, 'type'))
  if (type === 'promptString' || type === 'pickString' || type === 'command') return INPUTS[type].attributes
  const all = Object.values(INPUTS).flatMap(shape => shape.attributes)
  return all.filter((each, index) => all.findIndex(other => other.name === each.name) === index)
}

/** Walks from the section to the place: at each object by the attribute's name, at each list by its elements. */
function describe(found: {
  text: string
  offset: number
  kind: 'key' | 'value'
  path: readonly PathSegment[]
  token: Token | undefined
  root: Root
  tree: Node | undefined
}): Place {
  const { path, root, tree } = found
  let shape: Shape | undefined = root.shape
  let attribute: Attribute | undefined
  let attributes: readonly Attribute[] = []
  let container: Node | undefined
  let node = at(tree, root.path)
  let configuration: Node | undefined
  for (const [index, segment] of path.entries()) {
    container = node
    if (typeof segment === 'number') {
      shape = shape === undefined ? undefined : elementShape(shape)
    } else {
      const walked = path.slice(0, index)
      const known = shape === undefined ? undefined : objectShape(shape)
      attributes = root.attributesOf(node, attribute, walked) ?? known?.attributes ?? []
      const others: Shape | undefined = known?.others
      const owner: Attribute | undefined = attributes.find(each => each.name === segment)
      shape = owner?.shape ?? others
      if (owner !== undefined) attribute = owner
    }
    node = node === undefined ? undefined : at(node, [segment])
    if (index === 1 && path[0] === 'configurations') configuration = node ?? container
  }
  const needsComma = isCommaMissing(found, container)
  return { ...found, container, configuration, attribute, shape, attributes, needsComma }
}

/** Whether the sibling before the place has no comma behind it. */
function isCommaMissing(
  { text, kind, path, token, offset: cursor }: Pick<Place, 'text' | 'kind' | 'path' | 'token' | 'offset'>,
  container: Node | undefined,
): boolean {
  // What stands before a value of an object is its own name.
  if (kind === 'value' && typeof path.at(-1) !== 'number') return false
  const offset = token?.offset ?? cursor
  const before = container?.children?.findLast(child => child.offset + child.length <= offset)
  if (before === undefined) return false
  const between = text.slice(before.offset + before.length, offset)
  return !between.replaceAll(/\/\/.*|\/\*[\s\S]*?\*\//g, '').includes(',')
}

function at(node: Node | undefined, path: readonly PathSegment[]): Node | undefined {
  return node === undefined ? undefined : findNodeAtLocation(node, [...path])
}

function isTooDeep(text: string, tree: Node | undefined): boolean {
  return tree === undefined && tooDeepAt(text) !== undefined
}

/** Whether at most spaces are between the place and a value that is already there, and not the next key. */
function isJustBefore(text: string, offset: number, value: Node): boolean {
  if (offset > value.offset || !/^[ \t]*$/.test(text.slice(offset, value.offset))) return false
  return !/^\s*:/.test(text.slice(endOf(value)))
}

/** The parser tells of no object or list that ends before the cursor. */
function isListBefore(node: Node | undefined, offset: number): boolean {
  return (node?.type === 'object' || node?.type === 'array') && endOf(node) <= offset
}

function endOf({ offset, length }: Node): number {
  return offset + length
}

function readToken(text: string, node: Node, offset: number): Token {
  const isText = text[node.offset] === '"'
  const start = node.offset + 1
  if (!isText)
    return {
      ...span(node.offset, node.length),
      isText,
      value: node.value,
      content: span(node.offset, node.length),
    }
  const quote = closingQuote(text, node)
  const isClosed =
    quote < node.offset + node.length &&
    !text.slice(start, quote).includes('\n') &&
    !isOpeningQuote(text, quote, offset)
  // An open text runs to the end of its line; what is meant ends where the word does.
  const end = isClosed ? quote : offset + (/^[\w.-]*/.exec(text.slice(offset))?.[0].length ?? 0)
  return {
    ...span(node.offset, end + (isClosed ? 1 : 0) - node.offset),
    isText,
    value: node.value,
    content: span(start, Math.max(0, end - start)),
  }
}

/** What seems to close a text just begun is the quote of the next one: a word stands right behind it. */
function isOpeningQuote(text: string, quote: number, offset: number): boolean {
  return /^[\s,]+$/.test(text.slice(offset, quote)) && /[\w$./-]/.test(text[quote + 1] ?? '')
}

/** A text that is not closed may run over line ends; the cursor is on it in its first line only. */
function isOn(text: string, node: Span, offset: number): boolean {
  const { offset: start, length } = node
  return offset >= start && offset <= start + length && !text.slice(start, offset).includes('\n')
}

/** Right behind the closing quote of a value; a name there is still the same name. */
function isBehindText(text: string, node: Node, offset: number): boolean {
  if (node.type === 'property' || offset !== node.offset + node.length) return false
  const token = readToken(text, node, offset)
  return token.isText && token.content.offset + token.content.length < offset
}

/** A word without quotes, as one writes it before one has thought of them. */
function bareToken(text: string, offset: number): Token | undefined {
  let start = offset
  while (/[\w$.-]/.test(text[start - 1] ?? '')) start--
  const end = offset + (/^[\w$.-]*/.exec(text.slice(offset))?.[0].length ?? 0)
  if (end === start) return undefined
  const word = span(start, end - start)
  return { ...word, isText: false, value: text.slice(start, end), content: word }
}

function span(offset: number, length: number): Span {
  return { offset, length }
}

/** Whether a comment of the line, or a long one, holds the place. */
export function isInComment(text: string, offset: number): boolean {
  const long = text.lastIndexOf('/*', offset - 1)
  const end = long < 0 ? 0 : text.indexOf('*/', long + 2)
  if (long >= 0 && (end < 0 || end + 2 > offset) && !isInText(text, long)) return true
  const line = text.lastIndexOf('\n', offset - 1) + 1
  let inText = false
  for (let i = line; i < offset; i++) {
    if (text[i] === '\\' && inText) i++
    else if (text[i] === '"') inText = !inText
    else if (!inText && text[i] === '/' && (text[i + 1] === '/' || i === offset - 1)) return true
  }
  return false
}

function isInText(text: string, offset: number): boolean {
  const line = text.lastIndexOf('\n', offset - 1) + 1
  return (text.slice(line, offset).match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1
}

/** The document's place; see `placeAt`. */
export function launchPlaceAt(
  document: LaunchDocument,
  path: readonly string[],
  offset: number,
): Place | undefined {
  return placeAt(document.json.text, launchRoot(path), document.json.root, offset)
}
