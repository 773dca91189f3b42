import { basename, dirname, sep } from 'node:path'
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
  let byPath: ReadonlyMap<string, Folder> = new Map()
  const set = (changed: readonly Folder[]) => {
    byPath = new Map(changed.toReversed().map(folder => [folder.path, folder]))
    folders = changed.filter(folder => byPath.get(folder.path) === folder)
  }
  return {
    list: () => folders,
    add: added => set([...folders, ...added.map(toFolder)]),
    remove(uris) {
      const gone = new Set(uris.map(uri => withoutTrailingSlash(pathOf(uri))))
      set(folders.filter(folder => !gone.has(folder.path)))
    },
    owning(path) {
      let at = path
      while (!byPath.has(at) && dirname(at) !== at) at = dirname(at)
      return byPath.get(at)
    },
    byUri: uri => byPath.get(withoutTrailingSlash(pathOf(uri))),
  }
}

function toFolder({ uri, name }: { uri: string; name?: string }): Folder {
  const path = withoutTrailingSlash(pathOf(uri))
  // Neovim names a folder by its whole path; VS Code, and `${workspaceFolder:NAME}` with it, by the last part.
  const shown = name === undefined || name === '' || /[\\/]/.test(name) ? basename(path) : name
  return { name: shown, path }
}

function withoutTrailingSlash(path: string): string {
  return path.length > 1 && path.endsWith(sep) && !/^[A-Za-z]:[\\/]$/.test(path) ? path.slice(0, -1) : path
}
