import type { Node } from 'jsonc-parser'
import { isObject, type JsonDocument, type JsonObject, nodeAt, parseJson, plainValue } from './json'

/** One element of `configurations` or `compounds`, as written, with its place. */
export interface LaunchEntry {
  /** As written; the list may show it as `name (1)`, see `launches.ts`. */
  readonly name: string
  readonly value: JsonObject
  readonly node: Node
}

/**
 * The launch section of one file: a launch.json, or `launch` inside a *.code-workspace or settings.json. A broken
 * file still yields every entry that can be read.
 */
export interface LaunchDocument {
  readonly json: JsonDocument
  /** The object that holds `configurations`. */
  readonly section: Node | undefined
  /** Entries that VS Code would list: objects whose name is a text. */
  readonly configurations: readonly LaunchEntry[]
  readonly compounds: readonly LaunchEntry[]
  /** `inputs` as written; undefined when there is none. */
  readonly inputs: readonly unknown[] | undefined
}

/** `path` leads to the launch section: [] for launch.json, ['launch'] for settings and workspace files. */
export function parseLaunchDocument(text: string, path: readonly string[] = []): LaunchDocument {
  const json = parseJson(text)
  const section = nodeAt(json.root, path)
  const inputs = plainValue(nodeAt(section, ['inputs']))
  return {
    json,
    section,
    configurations: entries(nodeAt(section, ['configurations'])),
    compounds: entries(nodeAt(section, ['compounds'])),
    inputs: Array.isArray(inputs) ? inputs : undefined,
  }
}

function entries(list: Node | undefined): LaunchEntry[] {
  if (list?.type !== 'array') return []
  return (list.children ?? []).flatMap(node => {
    const name = nodeAt(node, ['name'])?.value
    return typeof name === 'string' ? [new Entry(name, node)] : []
  })
}

/**
 * The value is made when it is asked for: a file is read at each keystroke, and most entries are looked at by node. A
 * class, because a getter in a literal is a hidden class of each object, in which V8 holds all texts of the last keys.
 */
class Entry implements LaunchEntry {
  readonly name: string
  readonly node: Node
  #value: JsonObject | undefined

  constructor(name: string, node: Node) {
    this.name = name
    this.node = node
  }

  get value(): JsonObject {
    this.#value ??= objectOf(this.node)
    return this.#value
  }
}

function objectOf(node: Node): JsonObject {
  const value = plainValue(node)
  return isObject(value) ? value : {}
}
