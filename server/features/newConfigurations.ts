import { insertEntry, newLaunchFile } from '../core/insertEntry'
import type { LaunchDocument } from '../core/launchDocument'
import { type NewEntry, newConfigurations } from '../core/newConfigurations'
import { type ConfigurationsParams, type NewConfiguration, requests } from '../protocol'
import { launchPath } from '../workspace/launchFiles'
import { pathOf } from '../workspace/paths'
import type { Context, Feature } from './context'
import { guard } from './guard'
import type { LanguageFiles } from './languageFiles'
import { LSPErrorCodes, ResponseError } from './library'
import { toWorkspaceEdit } from './workspaceEdits'

/** `debug/newConfigurations`: templates for a folder, detected ones first, each with the edit that adds it. */
export function register(context: Context, files: LanguageFiles): Feature {
  const answer = (params: ConfigurationsParams | null): NewConfiguration[] => {
    const folder = wantedFolder(context, params ?? {})
    if (folder === undefined) return []
    const path = launchPath(folder)
    const document = files.launch(path)?.document
    const names = document?.configurations.map(({ name }) => name) ?? []
    const entries = newConfigurations(context.workspace.documents, context.host, folder.path, names)
    const found = entries.flatMap(entry => toTemplate(context, path, document, entry))
    if (found.length === 0) throw new ResponseError(LSPErrorCodes.RequestFailed, tooBroken(path, document))
    return found
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

function tooBroken(path: string, document: LaunchDocument | undefined): string {
  const [error] = document?.json.errors ?? []
  const line = document?.json.text.slice(0, error?.span.offset ?? 0).split('\n').length ?? 1
  const reason = error === undefined ? 'It holds no object.' : `Line ${line}: ${error.message}`
  return `Nothing can be added to ${path} as it is. ${reason}`
}

function toTemplate(
  context: Context,
  path: string,
  document: LaunchDocument | undefined,
  { kind, label, detail, detected, body }: NewEntry,
): NewConfiguration[] {
  const list = kind === 'compound' ? 'compounds' : 'configurations'
  const edits =
    document === undefined
      ? [{ span: { offset: 0, length: 0 }, newText: newLaunchFile({ [list]: [body] }) }]
      : insertEntry(document, list, body)
  if (edits === undefined) return []
  return [{ label, detail, detected, body, edit: toWorkspaceEdit(context, [{ path, edits }]) }]
}
