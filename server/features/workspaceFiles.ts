import type { DidChangeConfigurationParams, InitializeParams, TextDocuments } from 'vscode-languageserver'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import { isObject } from '../core/json'
import { clientMessages } from '../protocol'
import { launchPath, settingsPath, tasksPath } from '../workspace/launchFiles'
import { pathOf, uriOf } from '../workspace/paths'
import { Watcher } from '../workspace/watcher'
import type { Context, Feature } from './context'
import { DidChangeConfigurationNotification } from './library'

/**
 * Keeps folders, settings and documents as the editor has them, watches the files that matter, and announces each
 * change. `named` gives the other files that configurations name (env files).
 */
export function register(
  context: Context,
  open: TextDocuments<TextDocument>,
  named: () => readonly string[],
): Feature & { initialized(): void; close(): void } {
  const { connection, changes } = context
  const { folders, settings } = context.workspace
  const watcher = new Watcher(paths => {
    for (const path of paths) changes.announce(uriOf(path))
  })
  const watch = () => watcher.watch([...targets(context), ...named()])

  open.onDidChangeContent(({ document }) => changes.announce(document.uri))
  open.onDidClose(({ document }) => changes.announce(document.uri))
  // Editors that watch for us, and editors that only tell what they saved.
  connection.onDidChangeWatchedFiles(({ changes: told }) => {
    for (const { uri } of told) changes.announce(uri)
  })
  open.onDidSave(({ document }) => changes.announce(document.uri))
  connection.onDidChangeConfiguration(async (params: DidChangeConfigurationParams) => {
    settings.update((await askForSettings(context)) ?? params.settings)
    changes.announce()
  })
  changes.subscribe(uris => {
    watch()
    tellClient(context, uris)
  })

  return {
    capabilities: client => ({
      workspace: {
        workspaceFolders: {
          supported: client.workspace?.workspaceFolders === true,
          changeNotifications: true,
        },
      },
    }),
    initialized() {
      const { workspace } = context.client()
      if (workspace?.workspaceFolders === true) {
        connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
          folders.remove(removed.map(({ uri }) => uri))
          folders.add(added)
          changes.announce()
        })
      }
      if (workspace?.didChangeConfiguration?.dynamicRegistration === true) {
        void connection.client.register(DidChangeConfigurationNotification.type, { section: 'launch-ls' })
      }
      void askForSettings(context).then(given => {
        if (given !== undefined) settings.update(given)
        changes.announce()
      })
    },
    close: () => watcher.close(),
  }
}

/** The folders that `initialize` names, in each of its three spellings. */
export function initialFolders(params: InitializeParams): { uri: string; name?: string }[] {
  if (params.workspaceFolders != null && params.workspaceFolders.length > 0) return params.workspaceFolders
  if (params.rootUri != null) return [{ uri: params.rootUri }]
  return params.rootPath != null ? [{ uri: uriOf(params.rootPath) }] : []
}

function targets(context: Context): string[] {
  const { folders, settings } = context.workspace
  const ofFolders = folders.list().flatMap(each => [launchPath(each), tasksPath(each), settingsPath(each)])
  const { workspaceFile } = settings.own()
  return workspaceFile === undefined ? ofFolders : [...ofFolders, workspaceFile]
}

async function askForSettings(context: Context): Promise<unknown> {
  if (context.client().workspace?.configuration !== true) return undefined
  const given: unknown = await context.connection.workspace
    .getConfiguration('launch-ls')
    .catch(() => undefined)
  // An editor without such a section answers null: what initializationOptions said stays.
  return isObject(given) && Object.keys(given).length > 0 ? given : undefined
}

function tellClient(context: Context, uris: ReadonlySet<string> | undefined): void {
  const { folders } = context.workspace
  const owners = uris === undefined ? undefined : new Set([...uris].map(uri => folders.owning(pathOf(uri))))
  const changed = folders.list().filter(each => owners === undefined || owners.has(each))
  for (const folder of changed) {
    void context.connection.sendNotification(clientMessages.didChangeConfigurations, {
      folder: uriOf(folder.path),
    })
  }
}
