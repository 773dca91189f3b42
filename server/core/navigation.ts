import { isSameName, type NamedKind, type NamedPlace, nameAt, refusesName, writtenName } from './namedPlaces'
import type { Span } from './problem'

/** A file of the workspace with the names in it. */
export interface NamedFile {
  readonly path: string
  /** Name of the workspace folder that it belongs to; undefined for the workspace file. */
  readonly folder: string | undefined
  readonly places: readonly NamedPlace[]
}

export interface Found {
  readonly path: string
  readonly span: Span
}

/** Where the name at a place is defined. */
export function definitionsAt(files: readonly NamedFile[], path: string, offset: number): readonly Found[] {
  const asked = placeAt(files, path, offset)
  if (asked === undefined) return []
  return matches(files, asked)
    .filter(({ place }) => place.role === 'definition')
    .map(toFound)
}

/** Every place of the name, definitions among them if wanted. */
export function referencesAt(
  files: readonly NamedFile[],
  path: string,
  offset: number,
  withDefinitions: boolean,
): readonly Found[] {
  const asked = placeAt(files, path, offset)
  if (asked === undefined) return []
  return matches(files, asked)
    .filter(({ place }) => withDefinitions || place.role === 'reference')
    .map(toFound)
}

/** The name under the cursor, if it can be changed. */
export function renameTarget(
  files: readonly NamedFile[],
  path: string,
  offset: number,
): { readonly span: Span; readonly name: string } | undefined {
  const asked = placeAt(files, path, offset)
  if (asked === undefined) return undefined
  const all = matches(files, asked)
  // What is defined nowhere is a mistake to repair, not a name to change.
  return all.some(({ place }) => place.role === 'definition') ? asked.place : undefined
}

export type Rename =
  | { readonly kind: 'edits'; readonly edits: readonly (Found & { readonly newText: string })[] }
  | { readonly kind: 'refused'; readonly message: string }

/** The edits in every file that names it. */
export function renameAt(files: readonly NamedFile[], path: string, offset: number, name: string): Rename {
  const asked = placeAt(files, path, offset)
  if (asked === undefined || renameTarget(files, path, offset) === undefined) {
    return { kind: 'refused', message: 'There is no name here that can be changed.' }
  }
  const { kind } = asked.place
  const refusal = refusesName(kind, name)
  if (refusal !== undefined) return { kind: 'refused', message: refusal }
  const taken = takenBy(files, asked, name)
  if (asked.place.name !== name && taken !== undefined) {
    return { kind: 'refused', message: `There is another ${taken} named "${name}": take a name of its own.` }
  }
  const newText = writtenName(kind, name)
  return { kind: 'edits', edits: matches(files, asked).map(each => ({ ...toFound(each), newText })) }
}

/** The kind of what has the name already, and could no longer be told from what gets it. */
function takenBy(files: readonly NamedFile[], asked: Located, name: string): NamedKind | undefined {
  const { kind } = asked.place
  const kinds: readonly NamedKind[] = STARTED.includes(kind) ? [kind, ...STARTED] : [kind]
  return kinds.find(each =>
    matches(files, { ...asked, place: { ...asked.place, kind: each, name } }).some(isDefinition),
  )
}

/** Started by name alone: of two, the compound. */
const STARTED: readonly NamedKind[] = ['configuration', 'compound']

interface Located {
  readonly file: NamedFile
  readonly place: NamedPlace
}

function placeAt(files: readonly NamedFile[], path: string, offset: number): Located | undefined {
  const file = files.find(each => each.path === path)
  const place = file === undefined ? undefined : nameAt(file.places, offset)
  return file === undefined || place === undefined ? undefined : { file, place }
}

/** All places that mean the same: in the folder that the asked one means. */
function matches(files: readonly NamedFile[], asked: Located): readonly Located[] {
  const all = files.flatMap(file => file.places.map(place => ({ file, place })))
  const same = all.filter(each => isSameName(each.place, asked.place))
  const folder = meantFolder(same, asked)
  return same.filter(each => meantFolder(same, each) === folder)
}

/**
 * The folder whose thing is meant. A member of a compound may name another folder, or none at all and mean the only
 * folder that has the configuration. A task may be one of the workspace file, whose tasks may be those of a folder.
 */
function meantFolder(same: readonly Located[], { file, place }: Located): string | undefined {
  if (place.folder !== undefined) return place.folder
  if (place.role === 'definition' || !REACHES_OUT.has(place.kind)) return file.folder
  const holders = [...new Set(same.filter(isDefinition).map(each => each.file.folder))]
  if (holders.includes(file.folder)) return file.folder
  if (place.kind === 'task' && holders.includes(undefined)) return undefined
  return place.kind === 'task' && file.folder !== undefined ? file.folder : only(holders, file.folder)
}

const REACHES_OUT: ReadonlySet<NamedPlace['kind']> = new Set(['configuration', 'task'])

function only(holders: readonly (string | undefined)[], otherwise: string | undefined): string | undefined {
  return holders.length === 1 ? holders[0] : otherwise
}

function isDefinition({ place }: Located): boolean {
  return place.role === 'definition'
}

function toFound({ file, place }: Located): Found {
  return { path: file.path, span: place.span }
}
