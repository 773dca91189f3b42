import type { Folder, LaunchSource } from '../core/editor'
import type { Platform } from '../core/host'
import type { JsonObject } from '../core/json'
import { folderOf, inputsOf, type Launch, type LaunchPlace, launchesOf } from '../core/launches'
import { startOf } from '../core/launchStart'
import { nearest } from '../core/nearest'
import type { StartDebugParams, StartError } from '../protocol'
import { launchPath } from '../workspace/launchFiles'
import { pathOf } from '../workspace/paths'
import type { Workspace } from '../workspace/workspace'

/** One configuration that is to start. */
export interface Member {
  readonly name: string
  /** As written, under the name that starts it. */
  readonly configuration: JsonObject
  readonly source: LaunchSource
  readonly folder: Folder | undefined
  readonly inputs: readonly unknown[] | undefined
  /** Where it stands; undefined for an inline one. */
  readonly launch: Launch | undefined
}

export interface Starting {
  readonly name: string
  readonly members: readonly Member[]
  readonly stopAll: boolean
  /** A compound's own task, run before all. */
  readonly preLaunchTask: unknown
  /** Members that could not be found: the others start all the same, as in VS Code. */
  readonly missing: StartError | undefined
}

/** What the name (or the inline configuration) starts now, or why nothing does. */
export function findMembers(
  workspace: Workspace,
  platform: Platform,
  params: StartDebugParams,
): Starting | StartError {
  if (typeof params.configuration !== 'string') return inline(workspace, params, params.configuration)
  const name = params.configuration
  const places = workspace.launchFiles.places()
  const launches = launchesOf(places, platform)
  const start = startOf(launches, preferredPlace(workspace, launches, params, name), name)
  const missing = start.error === undefined ? undefined : notFound(workspace, launches, name, start.error)
  if (missing !== undefined && start.configurations.length === 0) return missing
  return {
    name,
    members: start.configurations.map(launch => ({
      name: launch.name,
      configuration: { ...launch.entry.value, name: launch.name },
      source: launch.place.source,
      folder: folderOf(launch.place.source, workspace.folders.list()),
      inputs: inputsOf(launch.place, places),
      launch,
    })),
    stopAll: start.stopAll,
    preLaunchTask: start.preLaunchTask,
    missing,
  }
}

function inline(workspace: Workspace, params: StartDebugParams, configuration: JsonObject): Starting {
  const folder = folderOfParams(workspace, params)
  const place = folder === undefined ? undefined : workspace.launchFiles.of(folder)
  const name = typeof configuration['name'] === 'string' ? configuration['name'] : 'debug'
  const member: Member = {
    name,
    configuration: { ...configuration, name },
    source: folder === undefined ? { kind: 'user' } : { kind: 'folder', folder },
    folder,
    inputs: place === undefined ? undefined : inputsOf(place, workspace.launchFiles.places()),
    launch: undefined,
  }
  return { name, members: [member], stopAll: false, preLaunchTask: undefined, missing: undefined }
}

/** The named folder, the one of the file in the editor, or the first. */
function folderOfParams(workspace: Workspace, { folder, editor }: StartDebugParams): Folder | undefined {
  if (folder !== undefined) {
    const path = pathOf(folder)
    return workspace.folders.byUri(folder) ?? { name: path.replace(/^.*[\\/]/, ''), path }
  }
  const ofFile = editor?.file === undefined ? undefined : workspace.folders.owning(editor.file)
  return ofFile ?? workspace.folders.list()[0]
}

/** Where several places have the name: the folder that the editor names, or the one its file is in. */
function preferredPlace(
  workspace: Workspace,
  launches: readonly Launch[],
  params: StartDebugParams,
  name: string,
): LaunchPlace | undefined {
  if (params.folder === undefined && params.editor?.file === undefined) return undefined
  const folder = folderOfParams(workspace, params)
  return launches.find(
    ({ name: has, place: { source } }) =>
      has === name && source.kind === 'folder' && source.folder.path === folder?.path,
  )?.place
}

function notFound(
  workspace: Workspace,
  launches: readonly Launch[],
  name: string,
  message: string,
): StartError {
  const names = [...new Set(launches.map(launch => launch.name))]
  const holding = launches.filter(launch => launch.name === name)
  const remedies = [...brokenFiles(workspace), holding.length > 1 ? WHICH_FOLDER : whatInstead(name, names)]
  const files = holding.length > 0 ? holding.map(pathOfLaunch(workspace)) : searchedFiles(workspace)
  // VS Code's text is about a file that is not there.
  const empty = launches.length === 0 ? writtenFiles(workspace) : []
  const told = empty.length > 0 ? `There is no configuration in ${empty.join(' or ')}.` : message
  return { kind: 'noConfiguration', message: told, remedy: remedies.join(' '), tried: files }
}

const WHICH_FOLDER = 'Say which: `folder` of startDebug, or --folder with that one alone.'

function whatInstead(name: string, names: readonly string[]): string {
  const near = nearest(name, names)
  if (near !== undefined) return `Did you mean '${near}'?`
  if (names.length === 0) return 'Add a configuration to .vscode/launch.json.'
  return `There are: ${names.slice(0, MOST_NAMES).join(', ')}${names.length > MOST_NAMES ? ', …' : ''}.`
}

const MOST_NAMES = 12

const pathOfLaunch = (workspace: Workspace) => (launch: Launch) =>
  workspace.launchFiles.pathOf(launch.document) ?? 'the settings of the editor'

/** Files that have a place for configurations, with or without any. */
function writtenFiles(workspace: Workspace): string[] {
  const { places, pathOf } = workspace.launchFiles
  return places().flatMap(({ document }) => (document === undefined ? [] : (pathOf(document) ?? [])))
}

function searchedFiles(workspace: Workspace): string[] {
  const { workspaceFile } = workspace.settings.own()
  const files = workspace.folders.list().map(launchPath)
  return workspaceFile === undefined ? files : [...files, workspaceFile]
}

/** A name is often missing because the file breaks before it. */
function brokenFiles(workspace: Workspace): string[] {
  return workspace.launchFiles.places().flatMap(({ document }) => {
    const [error] = document?.json.errors ?? []
    if (document === undefined || error === undefined) return []
    const line = document.json.text.slice(0, error.span.offset).split('\n').length
    return `${workspace.launchFiles.pathOf(document) ?? 'launch'} cannot be read beyond line ${line}: ${error.message}`
  })
}
