import { isObject } from './json'

/** How a configuration or compound stands in the editor's list. */
export interface Presentation {
  /** Left out of the lists; it can still be started by name and by compounds. */
  readonly hidden: boolean
  /** '' for none. */
  readonly group: string
  readonly order: number | undefined
}

/** Reads a `presentation` attribute; undefined when there is none (null, false, 0 and '' are none). */
export function presentationOf(value: unknown): Presentation | undefined {
  if (!value) return undefined
  if (!isObject(value)) return { hidden: false, group: '', order: undefined }
  const { group, order } = value
  return {
    hidden: Boolean(value['hidden']),
    group: group && typeof group !== 'object' ? String(group) : '',
    order: typeof order === 'number' ? order : undefined,
  }
}

/**
 * VS Code's order: with a presentation before without, with a group before without, groups by the alphabet, then by
 * `order`, those without one last. Equal ones keep their places.
 */
export function comparePresentations(
  first: Presentation | undefined,
  second: Presentation | undefined,
): number {
  if (first === undefined || second === undefined) return present(second) - present(first)
  if (first.group === '' || second.group === '') {
    if (first.group !== second.group) return first.group === '' ? 1 : -1
  } else if (first.group !== second.group) {
    return first.group.localeCompare(second.group)
  }
  return compareOrders(first.order, second.order)
}

function compareOrders(first: number | undefined, second: number | undefined): number {
  if (first === undefined || second === undefined) return present(second) - present(first)
  return first - second
}

function present(value: unknown): number {
  return value === undefined ? 0 : 1
}
