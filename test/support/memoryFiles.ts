import { posix, win32 } from 'node:path'
import type { Files, Platform } from '../../server/core/host'

/** A link that leads nowhere: it is listed, but nothing stands there. */
export const DEAD_LINK = Symbol('a link that leads nowhere')

/** A disk made of absolute paths and texts; the folders above them are there too. `links` are followed by `real`. */
export function memoryFiles(
  platform: Platform,
  texts: Readonly<Record<string, string | typeof DEAD_LINK>>,
  links: Readonly<Record<string, string>> = {},
): Files {
  const paths = platform === 'win32' ? win32 : posix
  const files = new Map(Object.entries(texts).map(([path, text]) => [paths.normalize(path), text]))
  const folders = new Map<string, Set<string>>()
  for (const path of files.keys()) {
    for (let at = path; at !== paths.dirname(at); at = paths.dirname(at)) {
      const names = folders.get(paths.dirname(at)) ?? new Set()
      folders.set(paths.dirname(at), names.add(paths.basename(at)))
    }
  }
  const real = (path: string) => links[path] ?? path
  const text = (path: string) => files.get(real(path))
  return {
    read: path => {
      const found = text(path)
      return typeof found === 'string' ? found : undefined
    },
    kind: path =>
      typeof text(path) === 'string'
        ? 'file'
        : folders.has(paths.normalize(real(path)))
          ? 'folder'
          : undefined,
    list: path => [...(folders.get(paths.normalize(real(path))) ?? [])],
    real,
  }
}
