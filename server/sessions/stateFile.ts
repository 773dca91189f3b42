import type { Store } from '../core/host'
import { isObject, parseJson, plainValue } from '../core/json'
import { familyOf, type ProcessRow, type ProcessTable, startOf } from './processTree'
import { endStrays } from './sessionEnd'

/**
 * What runs in the name of this server, written down so that after a crash the next one can end what is left: an
 * adapter ends by itself with its server, unless something that its program started holds its output.
 */
export interface StateFile {
  started(marker: string, adapter: number): Promise<void>
  /** What the program starts may outlive it. */
  keepsChildren(marker: string): void
  ended(marker: string): void
}

interface Entry {
  readonly marker: string
  readonly adapter: number
  readonly start: string
  keepsChildren: boolean
}

const FOLDER = 'sessions'

export function stateFile(store: Store, processes: ProcessTable): StateFile {
  const entries = new Map<string, Entry>()
  const name = `${FOLDER}/${process.pid}.json`
  let server = ''
  const save = () => {
    if (entries.size === 0) store.remove(name)
    else store.write(name, JSON.stringify({ server, sessions: [...entries.values()] }))
  }
  return {
    started: async (marker, adapter) => {
      const entry = { marker, adapter, start: '', keepsChildren: false }
      entries.set(marker, entry)
      const rows = await processes()
      server = startOf(rows, process.pid) ?? ''
      if (entries.get(marker) !== entry) return
      entries.set(marker, { ...entry, start: startOf(rows, adapter) ?? '' })
      save()
    },
    keepsChildren: marker => {
      const entry = entries.get(marker)
      if (entry === undefined) return
      entry.keepsChildren = true
      save()
    },
    ended: marker => {
      if (entries.delete(marker)) save()
    },
  }
}

/** Ends what servers that are gone have left; how many processes that were. */
export async function reap(store: Store, processes: ProcessTable): Promise<number> {
  const names = store.list(FOLDER)
  if (names.length === 0) return 0
  const rows = await processes()
  const left = new Map<number, ProcessRow>()
  for (const name of names) {
    const pid = Number(name.replace('.json', ''))
    const { server, sessions } = readState(store.read(`${FOLDER}/${name}`) ?? '')
    if (server !== '' && startOf(rows, pid) === server) continue
    for (const session of sessions) for (const row of leftOf(rows, session)) left.set(row.pid, row)
    store.remove(`${FOLDER}/${name}`)
  }
  if (left.size > 0) await endStrays([...left.values()])
  return left.size
}

function leftOf(rows: readonly ProcessRow[], { marker, adapter, start, keepsChildren }: Entry): ProcessRow[] {
  // Its pid may be somebody else's by now.
  const isAlive = start !== '' && startOf(rows, adapter) === start
  const family = familyOf(rows, {
    marker,
    adapter: isAlive ? adapter : undefined,
    since: start === '' ? undefined : start,
    program: undefined,
  })
  return keepsChildren ? family.filter(row => isAlive && row.group === adapter) : family
}

function readState(text: string): { server: string; sessions: Entry[] } {
  const state = plainValue(parseJson(text).root)
  if (!isObject(state) || !Array.isArray(state['sessions'])) return { server: '', sessions: [] }
  const sessions: Entry[] = []
  for (const entry of state['sessions'].filter(isObject)) {
    const { marker, adapter, start, keepsChildren } = entry
    if (typeof marker !== 'string' || !/^[\w-]+$/.test(marker) || typeof adapter !== 'number') continue
    sessions.push({ marker, adapter, start: String(start ?? ''), keepsChildren: keepsChildren === true })
  }
  return { server: String(state['server'] ?? ''), sessions }
}
