import type { Folder } from '../../server/core/editor'
import type { JsonObject } from '../../server/core/json'
import { type LaunchDocument, parseLaunchDocument } from '../../server/core/launchDocument'
import { type LaunchPlace, launchesOf, listed, startMenu } from '../../server/core/launches'
import { startOf } from '../../server/core/launchStart'
import { type Verdict, verdict } from './verdict'

interface CompoundsCase {
  readonly folders: readonly (Folder & { readonly launch?: unknown; readonly settings?: JsonObject })[]
  readonly workspaceFile?: { readonly launch?: unknown }
  readonly userLaunch?: unknown
  readonly names: Readonly<Record<string, readonly string[]>>
  readonly all: readonly unknown[]
  readonly start?: { readonly launch: string; readonly name: string }
  readonly started?: readonly unknown[]
  readonly tasks?: readonly unknown[]
  readonly success?: boolean
  readonly error?: string
  readonly crash?: true
}

export function check(testCase: unknown): Verdict {
  const given = testCase as CompoundsCase
  const places = placesOf(given)
  const launches = launchesOf(places, 'linux')
  const names = Object.fromEntries(
    places.map(place => [labelOf(place), listed(launches, place).map(({ shown }) => shown)]),
  )
  const all = startMenu(launches).map(({ place, name }) => ({ launch: labelOf(place), name }))
  if (given.start === undefined) return verdict({ names: [names, given.names], all: [all, given.all] })
  const { launch, name } = given.start
  const start = startOf(
    launches,
    places.find(place => labelOf(place) === launch),
    name,
  )
  const started = start.configurations.map(({ place, value }) => ({
    launch: labelOf(place),
    configuration: value['name'],
    ...(start.stopAll ? { stopAll: true } : {}),
  }))
  return verdict({
    names: [names, given.names],
    all: [all, given.all],
    started: [started, given.started],
    tasks: [start.preLaunchTask === undefined ? [] : [start.preLaunchTask], given.tasks ?? []],
    success: [start.error === undefined ? start.complete : undefined, given.success],
    // Where VS Code crashes, the wording is ours.
    error: given.crash ? [start.error !== undefined, true] : [start.error, given.error],
  })
}

function placesOf(given: CompoundsCase): LaunchPlace[] {
  const folders = given.folders.map(
    ({ name, path, launch, settings }): LaunchPlace => ({
      source: { kind: 'folder', folder: { name, path } },
      document: launchDocument(launch),
      settings: settings && parseLaunchDocument(JSON.stringify(settings), ['launch']),
    }),
  )
  const workspace: LaunchPlace[] =
    given.workspaceFile === undefined
      ? []
      : [{ source: { kind: 'workspace' }, document: launchDocument(given.workspaceFile.launch) }]
  return [...folders, ...workspace, { source: { kind: 'user' }, document: launchDocument(given.userLaunch) }]
}

/** A launch section given as an object, or as the text of a launch.json. */
function launchDocument(launch: unknown): LaunchDocument | undefined {
  if (launch === undefined) return undefined
  return parseLaunchDocument(typeof launch === 'string' ? launch : JSON.stringify(launch))
}

/** As VS Code calls the place. */
function labelOf({ source }: LaunchPlace): string {
  if (source.kind === 'folder') return source.folder.name
  return source.kind === 'workspace' ? 'workspace' : 'user settings'
}
