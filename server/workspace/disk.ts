import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import type { Files } from '../core/host'

/**
 * The disk as it is now. Whatever cannot be read (no permission, a loop of links, too large for a text) is answered
 * as if it were not there.
 */
export const diskFiles: Files = {
  read: path =>
    // A pipe or device would make the server wait, perhaps for ever.
    quietly(() => (statSync(path).isFile() ? readFileSync(path, 'utf8') : undefined), undefined),
  kind: path => quietly(() => kindOf(path), undefined),
  list: path => quietly(() => readdirSync(path), []),
  stamp: path =>
    quietly(() => {
      const { mtimeMs, size, ino } = statSync(path)
      return `${mtimeMs}-${size}-${ino}`
    }, undefined),
  real: path => quietly(() => realpathSync.native(path), undefined),
}

function kindOf(path: string): 'file' | 'folder' | undefined {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return undefined
  return stats.isDirectory() ? 'folder' : 'file'
}

function quietly<T>(ask: () => T, otherwise: T): T {
  try {
    return ask()
  } catch {
    return otherwise
  }
}
