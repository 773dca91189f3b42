import { basename, dirname, join, resolve } from 'node:path'
import type { Folder } from '../core/editor'
import type { Files } from '../core/host'
import { isObject, parseJson, plainValue } from '../core/json'
import { type LaunchDocument, parseLaunchDocument } from '../core/launchDocument'
import type { LaunchPlace } from '../core/launches'
import { isFileUri, listedFolders } from '../core/workspaceFolders'
import { pathOf } from './paths'

/** The files that may hold configurations, as they are now (open documents over the disk). */
export interface LaunchFiles {
  /** In VS Code's order: each folder's launch.json, the *.code-workspace file, the user settings. */
  places(): readonly LaunchPlace[]
  of(folder: Folder): LaunchPlace
  /** A file's text as a launch section, parsed once a text: keystrokes elsewhere cost nothing. */
  parse(path: string, text: string, section: readonly string[]): LaunchDocument
  /** The file a document was read from; undefined for settings that the editor gave, which are in no file we know. */
  pathOf(document: LaunchDocument): string | undefined
}

export function createLaunchFiles(parts: {
  files: Files
  folders: () => readonly Folder[]
  workspaceFile: () => string | undefined
  userSettings: () => unknown
}): LaunchFiles {
  const parsed = new Map<string, LaunchDocument>()
  const paths = new WeakMap<LaunchDocument, string>()

  const parse = (path: string, text: string, section: readonly string[]): LaunchDocument => {
    const known = parsed.get(path)
    if (known?.json.text === text) return known
    const document = parseLaunchDocument(text, section)
    parsed.set(path, document)
    if (path !== '') paths.set(document, path)
    return document
  }
  const read = (path: string, section: readonly string[]): LaunchDocument | undefined => {
    const text = parts.files.read(path)
    return text === undefined ? undefined : parse(path, text, section)
  }
  const of = (folder: Folder): LaunchPlace => {
    const settings = read(settingsPath(folder), ['launch'])
    return {
      source: { kind: 'folder', folder },
      document: read(launchPath(folder), []),
      settings: settings?.section === undefined ? undefined : settings,
    }
  }

  return {
    of,
    parse,
    places() {
      const found = parts.folders().map(of)
      const workspace = parts.workspaceFile()
      if (workspace !== undefined) {
        found.push({ source: { kind: 'workspace' }, document: read(workspace, ['launch']) })
      }
      const user = parts.userSettings()
      if (isObject(user) && isObject(user['launch'])) {
        const text = JSON.stringify({ launch: user['launch'] })
        found.push({ source: { kind: 'user' }, document: parse('', text, ['launch']) })
      }
      return found
    },
    pathOf: document => paths.get(document),
  }
}

export function launchPath(folder: Folder): string {
  return join(folder.path, '.vscode', 'launch.json')
}

export function tasksPath(folder: Folder): string {
  return join(folder.path, '.vscode', 'tasks.json')
}

export function settingsPath(folder: Folder): string {
  return join(folder.path, '.vscode', 'settings.json')
}

/** The folders and settings of a *.code-workspace file; relative paths start at the file. */
export function readWorkspaceFile(files: Files, path: string): { folders: Folder[]; settings: unknown } {
  const content = plainValue(parseJson(files.read(path) ?? '').root)
  const folders = listedFolders(content).flatMap(({ name, path: written, uri }): Folder[] => {
    if (written === undefined && (uri === undefined || !isFileUri(uri))) return []
    const folder = written === undefined ? pathOf(String(uri)) : resolve(dirname(path), written)
    return [{ name: name ?? basename(folder), path: folder }]
  })
  return { folders, settings: isObject(content) ? content['settings'] : undefined }
}
