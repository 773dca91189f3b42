import type { LaunchDocument, LaunchEntry } from './launchDocument'
import type { Span } from './problem'
import { isPythonType } from './properties'

/** Something that can be started, with the line it stands above. */
export interface Startable {
  /** By which it is started: the second of a name is `name (1)`. */
  readonly name: string
  readonly kind: 'configuration' | 'compound'
  readonly span: Span
}

/** Python configurations, and compounds: what ▶ Debug and Run stand above. */
export function startables(document: LaunchDocument): readonly Startable[] {
  const configurations = numbered(document.configurations.map(entry => entry.name))
  const compounds = numbered(document.compounds.map(entry => entry.name))
  return [
    ...document.configurations.flatMap((entry, index): Startable[] => {
      const { type } = entry.value
      if (typeof type !== 'string' || !isPythonType(type)) return []
      return [{ name: configurations[index] ?? entry.name, kind: 'configuration', span: spanOf(entry.node) }]
    }),
    ...document.compounds.flatMap((entry, index): Startable[] => {
      if (isOfOthers(document, entry)) return []
      return [{ name: compounds[index] ?? entry.name, kind: 'compound', span: spanOf(entry.node) }]
    }),
  ]
}

/** A compound of nothing but other debuggers' configurations is not ours to start. */
function isOfOthers({ configurations }: LaunchDocument, { value }: LaunchEntry): boolean {
  const members: readonly unknown[] = Array.isArray(value['configurations']) ? value['configurations'] : []
  const types = members.map(member => configurations.find(each => each.name === member)?.value['type'])
  return types.length > 0 && types.every(type => typeof type === 'string' && !isPythonType(type))
}

function numbered(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>()
  return names.map(name => {
    const before = seen.get(name) ?? 0
    seen.set(name, before + 1)
    return before === 0 ? name : `${name} (${before})`
  })
}

function spanOf({ offset, length }: Span): Span {
  return { offset, length }
}
