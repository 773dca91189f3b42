import type { LaunchingParts } from './machine'

/** Sessions that were started together. */
export interface Group {
  /** Another session of it is there; `id` as the broker knows it. */
  joined(id: string): void
  /** One is over: with `stopAll` the others end too. */
  ended(id: string): void
  /** The start came to nothing. */
  cancel(): Promise<void>
}

export function createGroup({ broker }: LaunchingParts, stopAll: boolean): Group {
  const ids = new Set<string>()
  return {
    joined: id => ids.add(id),
    ended(id) {
      ids.delete(id)
      if (!stopAll) return
      for (const other of ids) void broker().then(sessions => sessions.stop(other))
    },
    async cancel() {
      const sessions = await broker()
      for (const id of ids) sessions.cancel(id)
    },
  }
}
