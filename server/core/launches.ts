import type { Folder, LaunchSource } from './editor'
import type { Platform } from './host'
import { type JsonObject, nodeAt } from './json'
import type { LaunchDocument, LaunchEntry } from './launchDocument'
import { selectForPlatform } from './platformSection'
import { comparePresentations, type Presentation, presentationOf } from './presentation'

/** Where launch configurations can stand: a folder, the *.code-workspace file, or the user settings. */
export interface LaunchPlace {
  readonly source: LaunchSource
  /** launch.json, or `launch` of the workspace file or the user settings; undefined when there is none. */
  readonly document: LaunchDocument | undefined
  /** `launch` of the folder's settings.json: stands in for each list that launch.json does not have. */
  readonly settings?: LaunchDocument | undefined
}

/** One configuration or compound as the editor offers it. */
export interface Launch {
  readonly kind: 'configuration' | 'compound'
  readonly place: LaunchPlace
  /** The document that holds the entry. */
  readonly document: LaunchDocument
  readonly entry: LaunchEntry
  /** Starts it. As written, the second of a name as `name (1)`. */
  readonly name: string
  /** What VS Code's list shows: a platform section may hold another name, by which nothing is started. */
  readonly shown: string
  /** The entry under its `name`; a configuration with the platform's section spread over it (`selectForPlatform`). */
  readonly value: JsonObject
  /** As the list sees it; undefined when it has none. */
  readonly presentation: Presentation | undefined
  /** False for a compound without members: it is in no list, yet it can be named. */
  readonly listed: boolean
}

/** Everything that the places offer, place by place, in file order, configurations before compounds. */
export function launchesOf(places: readonly LaunchPlace[], platform: Platform): Launch[] {
  return places.flatMap(place => [
    ...entriesOf(place, 'configurations').map(found => configuration(place, found, platform)),
    ...entriesOf(place, 'compounds').map(found => compound(place, found)),
  ])
}

/** What the list of one place shows, in its order; hidden ones are left out. */
export function listed(launches: readonly Launch[], place: LaunchPlace): Launch[] {
  return sorted(launches.filter(launch => launch.place === place && launch.listed))
}

/**
 * The lists of all places as one, as VS Code's start menu shows them: each shown name is looked up again, so that a
 * name that only a platform section gives is missing, and a compound stands where its namesake would.
 */
export function startMenu(launches: readonly Launch[]): { place: LaunchPlace; name: string }[] {
  const rows = placesOf(launches).flatMap(place =>
    listed(launches, place).flatMap(({ shown }) => {
      const found = find(launches, place, 'configuration', shown) ?? find(launches, place, 'compound', shown)
      if (found === undefined) return []
      return [{ place, name: shown, presentation: presentationOf(found.value['presentation']) }]
    }),
  )
  return sorted(rows).map(({ place, name }) => ({ place, name }))
}

/** The first of the place with this name. */
export function find(
  launches: readonly Launch[],
  place: LaunchPlace,
  kind: Launch['kind'],
  name: unknown,
): Launch | undefined {
  return launches.find(launch => launch.place === place && launch.kind === kind && launch.name === name)
}

/** The places that offer anything, in their order. */
export function placesOf(launches: readonly Launch[]): LaunchPlace[] {
  return [...new Set(launches.map(({ place }) => place))]
}

/** The folder that `${workspaceFolder}` of a configuration means: outside of folders, the only one that is open. */
export function folderOf(source: LaunchSource, folders: readonly Folder[]): Folder | undefined {
  if (source.kind === 'folder') return source.folder
  return folders.length === 1 ? folders[0] : undefined
}

/**
 * The `inputs` that hold for a place's configurations: its own, else those of the folder, the workspace file and the
 * user settings, whichever comes first.
 */
export function inputsOf(place: LaunchPlace, places: readonly LaunchPlace[]): readonly unknown[] | undefined {
  const folders = places.flatMap(({ source }) => (source.kind === 'folder' ? [source.folder] : []))
  const folder = folderOf(place.source, folders)
  const others = [
    places.find(({ source }) => source.kind === 'folder' && source.folder === folder),
    places.find(({ source }) => source.kind === 'workspace'),
    places.find(({ source }) => source.kind === 'user'),
  ]
  for (const candidate of [place, ...others]) {
    const inputs = candidate && holderOf(candidate, 'inputs')?.inputs
    if (inputs !== undefined) return inputs
  }
  return undefined
}

interface Found {
  readonly document: LaunchDocument
  readonly entry: LaunchEntry
  readonly name: string
}

/** The entries of a list with the names that tell them apart: x, x (1), x (2). */
function entriesOf(place: LaunchPlace, list: 'configurations' | 'compounds'): Found[] {
  const document = holderOf(place, list)
  if (document === undefined) return []
  const seen = new Map<string, number>()
  return document[list].map(entry => {
    const before = seen.get(entry.name) ?? 0
    seen.set(entry.name, before + 1)
    return { document, entry, name: before === 0 ? entry.name : `${entry.name} (${before})` }
  })
}

/** launch.json and settings.json are merged list by list: launch.json has the word on each that it names. */
function holderOf(
  place: LaunchPlace,
  list: 'configurations' | 'compounds' | 'inputs',
): LaunchDocument | undefined {
  return nodeAt(place.document?.section, [list]) === undefined ? place.settings : place.document
}

function configuration(place: LaunchPlace, { document, entry, name }: Found, platform: Platform): Launch {
  const written: JsonObject = { ...entry.value, name }
  const selected = selectForPlatform(written, platform)
  // Without type and request, VS Code's list takes it for a compound, and those have no platform sections.
  const inList = 'type' in written && 'request' in written ? selected : written
  const shown = inList['name']
  return {
    kind: 'configuration',
    place,
    document,
    entry,
    name,
    shown: typeof shown === 'string' ? shown : name,
    value: selected,
    presentation: presentationOf(inList['presentation']),
    listed: true,
  }
}

function compound(place: LaunchPlace, { document, entry, name }: Found): Launch {
  const value: JsonObject = { ...entry.value, name }
  const members = value['configurations']
  return {
    kind: 'compound',
    place,
    document,
    entry,
    name,
    shown: name,
    value,
    presentation: presentationOf(value['presentation']),
    listed: (Array.isArray(members) || typeof members === 'string') && members.length > 0,
  }
}

function sorted<T extends { readonly presentation: Presentation | undefined }>(items: readonly T[]): T[] {
  return items
    .filter(({ presentation }) => !presentation?.hidden)
    .toSorted((first, second) => comparePresentations(first.presentation, second.presentation))
}
