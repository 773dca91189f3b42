import type { AdapterCommand, AdapterLink } from './adapterLink'

/**
 * Adapters that wait for the next start of the same command, environment and folder: their imports, and those of a
 * launcher beside them, are done. They hold no program and end with their stdin, so with the server.
 */
export interface SpareAdapters {
  /** One that waits; it is the caller's from now on. */
  take(adapter: AdapterCommand): AdapterLink | undefined
  /** A start like this has been: once it no longer needs the machine for itself, one is kept waiting for the next. */
  keep(adapter: AdapterCommand): void
  /** Ends those that wait. */
  close(): Promise<void>
}

export interface SpareTimes {
  /** Milliseconds from the last start to the spare one's. */
  readonly delay: number
  /** Milliseconds that one waits. */
  readonly life: number
}

export function spareAdapters(
  begin: (adapter: AdapterCommand) => AdapterLink,
  { delay, life }: SpareTimes = { delay: 1_000, life: 5 * 60_000 },
): SpareAdapters {
  const waiting = new Map<string, AdapterLink>()
  let isClosed = false
  let soon: NodeJS.Timeout | undefined

  const drop = async (key: string, link: AdapterLink) => {
    if (waiting.get(key) !== link) return
    waiting.delete(key)
    await link.stop()
  }
  const start = (key: string, adapter: AdapterCommand) => {
    const [oldest] = waiting
    if (waiting.has(key) || isClosed) return
    if (waiting.size >= MOST && oldest !== undefined) void drop(...oldest)
    const link = begin(adapter)
    waiting.set(key, link)
    setTimeout(() => void drop(key, link), life).unref()
    void link.ended.then(() => drop(key, link))
  }

  return {
    take: adapter => {
      const key = startKey(adapter)
      const link = waiting.get(key)
      waiting.delete(key)
      return link?.peer.isClosed === true ? undefined : link
    },
    keep: adapter => {
      clearTimeout(soon)
      soon = setTimeout(() => start(startKey(adapter), adapter), delay).unref()
    },
    close: async () => {
      isClosed = true
      clearTimeout(soon)
      await Promise.all([...waiting].map(([key, link]) => drop(key, link)))
    },
  }
}

/** The same text for commands that start the same process. */
export function startKey({ command, cwd, env }: AdapterCommand): string {
  const variables = Object.entries(env).filter(([, value]) => value !== undefined)
  return JSON.stringify([command, cwd, variables.sort()])
}

/** In all: each is two processes of about 25 MB. */
const MOST = 2
