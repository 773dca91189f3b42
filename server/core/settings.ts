import type { Settings } from './editor'
import { isObject, type JsonObject } from './json'

/**
 * Several settings files read as one, as VS Code reads them: dots in a name are levels, a later file wins, objects are
 * merged, lists replaced. `a.b.c` finds what stands inside an object.
 */
export function settingsOf(files: readonly (JsonObject | undefined)[]): Settings {
  let tree: JsonObject = {}
  for (const file of files) tree = merged(tree, levels(file ?? {}))
  return key => lookUp(tree, key.split('.'))
}

function levels(file: JsonObject): JsonObject {
  const tree = emptyLevel()
  for (const [key, value] of Object.entries(file)) {
    const path = key.split('.')
    const name = path.pop() ?? ''
    const level = makeLevel(tree, path)
    if (level !== undefined) level[name] = value
  }
  return tree
}

/** Undefined where a value stands in the way: VS Code ignores the longer name then. */
function makeLevel(tree: JsonObject, path: readonly string[]): JsonObject | undefined {
  let level = tree
  for (const name of path) {
    const next = level[name] === undefined ? emptyLevel() : level[name]
    if (!isObject(next)) return undefined
    // A copy, so that the file's own object is not written to.
    const copy = Object.assign(emptyLevel(), next)
    level[name] = copy
    level = copy
  }
  return level
}

function merged(base: JsonObject, over: JsonObject): JsonObject {
  const result = Object.assign(emptyLevel(), base)
  for (const [key, value] of Object.entries(over)) {
    const below = result[key]
    result[key] = isObject(below) && isObject(value) ? merged(below, value) : value
  }
  return result
}

function lookUp(tree: JsonObject, path: readonly string[]): unknown {
  let found: unknown = tree
  for (const name of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined
    found = (found as JsonObject)[name]
  }
  return found
}

/** Without a prototype, so that `__proto__` is a name like any other. */
function emptyLevel(): JsonObject {
  return Object.create(null) as JsonObject
}
