import { createHash } from 'node:crypto'
import type { Store } from '../core/host'
import { isObject } from '../core/json'

/** The interpreter that the user chose for a workspace folder; undefined when there was no choice. */
export function rememberedInterpreter(store: Store, folder: string): string | undefined {
  try {
    const value: unknown = JSON.parse(store.read(nameFor(folder)) ?? 'null')
    return isObject(value) && typeof value['python'] === 'string' ? value['python'] : undefined
  } catch {
    return undefined
  }
}

/** Keeps the choice for later sessions, as VS Code does; undefined forgets it. */
export function rememberInterpreter(store: Store, folder: string, python: string | undefined): void {
  if (python === undefined) store.remove(nameFor(folder))
  else store.write(nameFor(folder), JSON.stringify({ folder, python }))
}

/** A file for each folder, so that two servers never overwrite each other's choices. */
function nameFor(folder: string): string {
  return `interpreters/${createHash('sha256').update(folder).digest('hex').slice(0, 16)}.json`
}
