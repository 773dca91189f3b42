import { basename, sep } from 'node:path'
import type { Folder } from '../core/editor'
import { pathOf } from './paths'

/** The open workspace folders, in the editor's order. */
export interface Folders {
  list(): readonly Folder[]
  add(folders: readonly { uri: string; name?: string }[]): void
  remove(uris: readonly string[]): void
  /** The innermost folder that holds the path. */
  owning(path: string): Folder | undefined
  byUri(uri: string): Folder | undefined
}

export function createFolders(): Folders {
  let folders: readonly Folder[] = []
  return {
    list: () => folders,
    add(added) {
      const fresh = added.map(toFolder).filter(folder => !folders.some(known => known.path === folder.path))
      folders = [...folders, ...fresh]
    },
    remove(uris) {
      const gone = new Set(uris.map(uri => withoutTrailingSlash(pathOf(uri))))
      folders = folders.filter(folder => !gone.has(folder.path))
    },
    owning(path) {
      const holding = folders.filter(
        folder => path === folder.path || path.startsWith(withSlash(folder.path)),
      )
      return holding.sort((a, b) => b.path.length - a.path.length)[0]
    },
    byUri(uri) {
      const path = withoutTrailingSlash(pathOf(uri))
      return folders.find(folder => folder.path === path)
    },
  }
}

function toFolder({ uri, name }: { uri: string; name?: string }): Folder {
  const path = withoutTrailingSlash(pathOf(uri))
  // Neovim names a folder by its whole path; VS Code, and `${workspaceFolder:NAME}` with it, by the last part.
  const shown = name === undefined || name === '' || /[\\/]/.test(name) ? basename(path) : name
  return { name: shown, path }
}

function withSlash(path: string): string {
  return path.endsWith(sep) ? path : path + sep
}

function withoutTrailingSlash(path: string): string {
  return path.length > 1 && path.endsWith(sep) && !/^[A-Za-z]:[\\/]$/.test(path) ? path.slice(0, -1) : path
}
