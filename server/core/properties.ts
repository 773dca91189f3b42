import type { Node } from 'jsonc-parser'

export interface Property {
  readonly name: string
  /** The whole of `"name": value`. */
  readonly node: Node
  readonly key: Node
  /** Undefined in a text that is being typed. */
  readonly value: Node | undefined
}

export function propertiesOf(node: Node | undefined): ReadonlyMap<string, Property> {
  if (node?.type !== 'object') return NO_PROPERTIES
  const found = new Map<string, Property>()
  for (const child of node.children ?? []) {
    const key = child.children?.[0]
    if (key === undefined || typeof key.value !== 'string') continue
    found.set(key.value, { name: key.value, node: child, key, value: child.children?.[1] })
  }
  return found
}

const NO_PROPERTIES: ReadonlyMap<string, Property> = new Map()

/** One property of an object; of two with the name the last, as JSON has it. */
export function propertyOf(object: Node, name: string): Property | undefined {
  const node = object.children?.findLast(child => child.children?.[0]?.value === name)
  const key = node?.children?.[0]
  return node === undefined || key === undefined ? undefined : { name, node, key, value: node.children?.[1] }
}

export function textOf(property: Property | undefined): string | undefined {
  const value = property?.value
  return value?.type === 'string' && typeof value.value === 'string' ? value.value : undefined
}

/** The texts of a list; other elements are left out. */
export function stringNodes(node: Node | undefined): readonly Node[] {
  return node?.type === 'array' ? (node.children ?? []).filter(each => each.type === 'string') : []
}

/** Calls `visit` for a value and everything below it that is a text, with the path from the value. */
export function visitTexts(
  node: Node | undefined,
  visit: (text: string, node: Node, isKey: boolean) => void,
): void {
  if (node?.type === 'string') visit(String(node.value), node, false)
  if (node?.children === undefined) return
  for (const child of node.children) {
    if (child.type !== 'property') visitTexts(child, visit)
    else {
      const key = child.children?.[0]
      if (key !== undefined) visit(String(key.value), key, true)
      visitTexts(child.children?.[1], visit)
    }
  }
}

/** VS Code finds a debugger whatever the case of its type. */
export function isPythonType(type: string): boolean {
  const lower = type.toLowerCase()
  return lower === 'debugpy' || lower === 'python'
}
