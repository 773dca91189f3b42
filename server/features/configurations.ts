import type { Platform } from '../core/host'
import { find, type Launch, launchesOf, startMenu } from '../core/launches'
import type { Problem } from '../core/problem'
import { type ConfigurationItem, type ConfigurationsParams, requests } from '../protocol'
import { pathOf, uriOf } from '../workspace/paths'
import type { Workspace } from '../workspace/workspace'
import type { Context, Feature } from './context'
import { guard } from './guard'
import { locationIn } from './locations'

/** Problems of a file, as its diagnostics show them. */
export type ProblemsOf = (path: string) => readonly Problem[]

/** `debug/configurations`: what the editor offers to start. */
export function register(context: Context, problemsOf: ProblemsOf): Feature {
  const answer = (params: ConfigurationsParams | null) => ({
    items: listConfigurations(context.workspace, context.host.platform, problemsOf, params ?? {}),
  })
  context.connection.onRequest(requests.configurations, guard(requests.configurations, context.log, answer))
  return {}
}

/**
 * What VS Code's start menu shows, in its order, then the hidden ones, which can be started by name. `folder` and
 * `textDocument` narrow it to one folder; what stands in the workspace file or the user settings belongs to all.
 */
export function listConfigurations(
  workspace: Workspace,
  platform: Platform,
  problemsOf: ProblemsOf,
  params: ConfigurationsParams,
): ConfigurationItem[] {
  const launches = launchesOf(workspace.launchFiles.places(), platform)
  const visible = startMenu(launches).flatMap(
    ({ place, name }) =>
      find(launches, place, 'compound', name) ?? find(launches, place, 'configuration', name) ?? [],
  )
  const hidden = launches.filter(({ listed, presentation }) => listed && presentation?.hidden === true)
  const wanted = wantedFolder(workspace, params)
  return [...visible, ...hidden]
    .filter(
      ({ place: { source } }) =>
        source.kind !== 'folder' || wanted === undefined || source.folder.path === wanted,
    )
    .map(launch => toItem(workspace, problemsOf, launch))
}

function wantedFolder(
  workspace: Workspace,
  { folder, textDocument }: ConfigurationsParams,
): string | undefined {
  if (folder !== undefined) return workspace.folders.byUri(folder)?.path ?? pathOf(folder)
  return textDocument === undefined ? undefined : workspace.folders.owning(pathOf(textDocument.uri))?.path
}

function toItem(workspace: Workspace, problemsOf: ProblemsOf, launch: Launch): ConfigurationItem {
  const { value, place, presentation, entry, document } = launch
  const path = workspace.launchFiles.pathOf(document) ?? ''
  const within = path === '' ? [] : problemsOf(path)
  const { offset, length } = entry.node
  return {
    name: launch.name,
    type: launch.kind === 'compound' ? 'compound' : textOr(value['type'], ''),
    ...(typeof value['request'] === 'string' ? { request: value['request'] } : {}),
    kind: launch.kind,
    folder: place.source.kind === 'folder' ? uriOf(place.source.folder.path) : '',
    location: locationIn(workspace.documents, path, entry.node),
    ...(presentation?.group ? { group: presentation.group } : {}),
    ...(presentation?.order !== undefined ? { order: presentation.order } : {}),
    hidden: presentation?.hidden === true,
    problems: within.filter(
      ({ span, severity }) =>
        (severity === 'error' || severity === 'warning') &&
        span.offset >= offset &&
        span.offset + span.length <= offset + length,
    ).length,
  }
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise
}
