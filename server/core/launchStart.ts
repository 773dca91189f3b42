import { isObject } from './json'
import { find, type Launch, type LaunchPlace, placesOf } from './launches'

/** What starting a name comes to. */
export interface Start {
  /** The configurations to start; those of a compound all at once. */
  readonly configurations: readonly Launch[]
  readonly compound: Launch | undefined
  /** The end of one ends the others. */
  readonly stopAll: boolean
  /** The compound's own task, run once before all; undefined when it has none. Variables are not replaced in it. */
  readonly preLaunchTask: unknown
  /** VS Code's text. What stands in `configurations` and `preLaunchTask` is started all the same. */
  readonly error?: string
  /** False when a member was left out: a compound does not start itself. */
  readonly complete: boolean
}

/**
 * What the name starts. A compound goes before a configuration of the same name. Without a place, the only place that
 * has the name is taken; a place that offers nothing is the same as none.
 */
export function startOf(launches: readonly Launch[], place: LaunchPlace | undefined, name: string): Start {
  const places = place === undefined ? placesOf(launches).filter(one => offers(launches, one, name)) : [place]
  const [chosen, ...others] = places
  if (others.length > 0) return nothing(several(name))
  if (chosen === undefined) {
    return nothing(
      launches.length === 0
        ? "'launch.json' does not exist for passed workspace folder."
        : `Configuration '${name}' is missing in 'launch.json'.`,
    )
  }
  const compound = find(launches, chosen, 'compound', name)
  if (compound !== undefined) return startCompound(launches, compound)
  const configuration = find(launches, chosen, 'configuration', name)
  if (configuration === undefined) return nothing(`Configuration '${name}' is missing in 'launch.json'.`)
  return { ...nothing(), configurations: [configuration], complete: true }
}

function startCompound(launches: readonly Launch[], compound: Launch): Start {
  const members = compound.value['configurations']
  if (!members) {
    return {
      ...nothing(
        'Compound must have "configurations" attribute set in order to start multiple configurations.',
      ),
      compound,
    }
  }
  const started: Launch[] = []
  const start = {
    configurations: started,
    compound,
    stopAll: Boolean(compound.value['stopAll']),
    preLaunchTask: compound.value['preLaunchTask'] || undefined,
  }
  if (!Array.isArray(members)) {
    const error = `"configurations" of compound '${compound.name}' is no list. Write the names in brackets.`
    return { ...start, error, complete: false }
  }
  let complete = true
  for (const member of members) {
    if (memberName(member) === compound.name) {
      complete = false
      continue
    }
    const found = findMember(launches, compound, member)
    if (typeof found === 'string') return { ...start, error: found, complete: false }
    started.push(found)
  }
  return { ...start, complete }
}

/** The configuration that a member names, or the text that says why there is none. */
export function findMember(launches: readonly Launch[], compound: Launch, member: unknown): Launch | string {
  if (typeof member === 'string') return findByName(launches, compound.place, member)
  if (isObject(member) && member['folder']) return findInFolder(launches, compound, member)
  const name = memberName(member)
  return (
    `A member of compound '${compound.name}' names no folder: ` +
    `write "${typeof name === 'string' ? name : 'name'}" alone, or add "folder".`
  )
}

/** The only place that has it, else the compound's own. */
function findByName(launches: readonly Launch[], own: LaunchPlace, name: string): Launch | string {
  const found = placesOf(launches).flatMap(place => find(launches, place, 'configuration', name) ?? [])
  const [first, ...others] = found
  if (first === undefined) return `Could not find launch configuration '${name}' in the workspace.`
  if (others.length === 0) return first
  return found.find(({ place }) => place === own) ?? several(name)
}

function findInFolder(
  launches: readonly Launch[],
  compound: Launch,
  { name, folder }: Readonly<Record<string, unknown>>,
): Launch | string {
  const found = placesOf(launches).flatMap(place => {
    const { source } = place
    if (source.kind !== 'folder' || source.folder.name !== folder) return []
    return find(launches, place, 'configuration', name) ?? []
  })
  const [first, ...others] = found
  if (first !== undefined && others.length === 0) return first
  return (
    `Can not find folder with name '${plain(folder)}' for configuration '${plain(name)}' ` +
    `in compound '${compound.name}'.`
  )
}

function memberName(member: unknown): unknown {
  return isObject(member) ? member['name'] : member
}

function offers(launches: readonly Launch[], place: LaunchPlace, name: string): boolean {
  return launches.some(launch => launch.place === place && launch.name === name)
}

function nothing(error?: string): Start {
  return {
    configurations: [],
    compound: undefined,
    stopAll: false,
    preLaunchTask: undefined,
    ...(error === undefined ? {} : { error }),
    complete: false,
  }
}

function several(name: string): string {
  return (
    `There are multiple launch configurations '${name}' in the workspace. ` +
    'Use folder name to qualify the configuration.'
  )
}

function plain(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}
