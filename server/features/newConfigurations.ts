import { insertEntry, newLaunchFile } from '../core/insertEntry'
import { type NewEntry, newConfigurations } from '../core/newConfigurations'
import { type ConfigurationsParams, type NewConfiguration, requests } from '../protocol'
import { launchPath } from '../workspace/launchFiles'
import { pathOf } from '../workspace/paths'
import type { Context, Feature } from './context'
import { guard } from './guard'
import type { LanguageFiles } from './languageFiles'
import { toWorkspaceEdit } from './workspaceEdits'

/** `debug/newConfigurations`: templates for a folder, detected ones first, each with the edit that adds it. */
export function register(context: Context, files: LanguageFiles): Feature {
  const answer = (params: ConfigurationsParams | null): NewConfiguration[] => {
    const folder = wantedFolder(context, params ?? {})
    if (folder === undefined) return []
    const path = launchPath(folder)
    const names = files.launch(path)?.document.configurations.map(({ name }) => name) ?? []
    return newConfigurations(context.workspace.documents, context.host, folder.path, names).flatMap(entry =>
      toTemplate(context, files, path, entry),
    )
  }
  context.connection.onRequest(
    requests.newConfigurations,
    guard(requests.newConfigurations, context.log, answer),
  )
  return {}
}

function wantedFolder(context: Context, { folder, textDocument }: ConfigurationsParams) {
  const { folders } = context.workspace
  if (folder !== undefined) return folders.byUri(folder) ?? { name: '', path: pathOf(folder) }
  return (textDocument && folders.owning(pathOf(textDocument.uri))) ?? folders.list()[0]
}

function toTemplate(
  context: Context,
  files: LanguageFiles,
  path: string,
  { kind, label, detail, detected, body }: NewEntry,
): NewConfiguration[] {
  const list = kind === 'compound' ? 'compounds' : 'configurations'
  const document = files.launch(path)?.document
  const edits =
    document === undefined
      ? [{ span: { offset: 0, length: 0 }, newText: newLaunchFile({ [list]: [body] }) }]
      : insertEntry(document, list, body)
  if (edits === undefined) return []
  return [{ label, detail, detected, body, edit: toWorkspaceEdit(context, [{ path, edits }]) }]
}
