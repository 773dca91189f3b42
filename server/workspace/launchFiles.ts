import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import type { Folder, LaunchSource } from '../core/editor'
import type { Files } from '../core/host'
import { isObject, parseJson, plainValue } from '../core/json'
import { type LaunchDocument, parseLaunchDocument } from '../core/launchDocument'

/** One file that may hold configurations, as it is now (open document over disk). */
export interface LaunchFile {
  readonly source: LaunchSource
  /** Absolute path; '' for settings that the editor gave, which are in no file we know. */
  readonly path: string
  readonly document: LaunchDocument
}

export interface LaunchFiles {
  /**
   * In VS Code's order: each folder's launch.json (whether it exists or not), the *.code-workspace file, the user
   * settings. A folder's settings.json may hold `launch` too; `folderSettings` gives it.
   */
  all(): readonly LaunchFile[]
  of(folder: Folder): LaunchFile
  folderSettings(folder: Folder): unknown
}

export function createLaunchFiles(parts: {
  files: Files
  folders: () => readonly Folder[]
  workspaceFile: () => string | undefined
  userSettings: () => unknown
}): LaunchFiles {
  const parsed = new Map<string, LaunchDocument>()

  /** Parsed once a text: keystrokes elsewhere cost nothing. */
  const parse = (key: string, text: string, path: readonly string[]): LaunchDocument => {
    const known = parsed.get(key)
    if (known?.json.text === text) return known
    const document = parseLaunchDocument(text, path)
    parsed.set(key, document)
    return document
  }

  const of = (folder: Folder): LaunchFile => {
    const path = launchPath(folder)
    return {
      source: { kind: 'folder', folder },
      path,
      document: parse(path, parts.files.read(path) ?? '', []),
    }
  }

  return {
    of,
    all() {
      const found = parts.folders().map(of)
      const workspace = parts.workspaceFile()
      if (workspace !== undefined) {
        const text = parts.files.read(workspace) ?? ''
        found.push({
          source: { kind: 'workspace' },
          path: workspace,
          document: parse(workspace, text, ['launch']),
        })
      }
      const user = parts.userSettings()
      const launch = isObject(user) ? user['launch'] : undefined
      const text = JSON.stringify({ launch: launch ?? {} })
      found.push({ source: { kind: 'user' }, path: '', document: parse('', text, ['launch']) })
      return found
    },
    folderSettings(folder) {
      const settings = plainValue(parseJson(parts.files.read(settingsPath(folder)) ?? '').root)
      return isObject(settings) ? settings['launch'] : undefined
    },
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
  if (!isObject(content)) return { folders: [], settings: undefined }
  const listed = Array.isArray(content['folders']) ? content['folders'] : []
  const folders = listed.flatMap((entry): Folder[] => {
    if (!isObject(entry) || typeof entry['path'] !== 'string') return []
    const folder = isAbsolute(entry['path']) ? entry['path'] : resolve(dirname(path), entry['path'])
    return [{ name: typeof entry['name'] === 'string' ? entry['name'] : basename(folder), path: folder }]
  })
  return { folders, settings: content['settings'] }
}
