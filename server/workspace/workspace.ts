import { diskFiles } from './disk'
import { type Documents, type OpenDocuments, overlay } from './documents'
import { createFolders, type Folders } from './folders'
import { createLaunchFiles, type LaunchFiles, readWorkspaceFile } from './launchFiles'
import { uriOf } from './paths'
import { createSettings, type SettingsStore } from './settings'

/** All that is on disk and open, as one value: what the server and the command line share. */
export interface Workspace {
  readonly documents: Documents
  readonly folders: Folders
  readonly settings: SettingsStore
  readonly launchFiles: LaunchFiles
  /**
   * Begins with what the editor said. When its settings name a *.code-workspace file, that file's folders join the
   * editor's, as they do when VS Code opens it.
   */
  open(folders: readonly { uri: string; name?: string }[], settings: unknown): void
}

export function createWorkspace(open: OpenDocuments): Workspace {
  const documents = overlay(open, diskFiles)
  const folders = createFolders()
  const workspaceFile = () => settings.own().workspaceFile
  const settings: SettingsStore = createSettings(documents, () => {
    const path = workspaceFile()
    return path === undefined ? undefined : readWorkspaceFile(documents, path).settings
  })
  return {
    documents,
    folders,
    settings,
    launchFiles: createLaunchFiles({
      files: documents,
      folders: folders.list,
      workspaceFile,
      userSettings: settings.client,
    }),
    open(given, client) {
      settings.update(client)
      folders.add(given)
      const path = workspaceFile()
      if (path === undefined) return
      folders.add(
        readWorkspaceFile(documents, path).folders.map(({ name, path }) => ({ name, uri: uriOf(path) })),
      )
    },
  }
}
