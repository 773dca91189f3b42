import { execFile } from 'node:child_process'
import type { Files, Host } from '../core/host'

/** In the environment of an adapter and of all that it starts: how what escaped its group is found again. */
export const MARKER = 'LAUNCH_LS_SESSION'

/** A process that runs. `start` tells it from a later one with the same pid. */
export interface ProcessRow {
  readonly pid: number
  readonly parent: number
  readonly group: number
  readonly session: number
  readonly start: string
  /** Whether its environment has `MARKER` with this value. Read on demand. */
  isMarked(marker: string): boolean
}

/** All processes of the machine as they are now. */
export type ProcessTable = () => Promise<readonly ProcessRow[]>

/** From /proc on Linux, from `ps` on macOS; empty on Windows, where the launcher's job object ends the program. */
export function processTable(host: Host, files: Files): ProcessTable {
  switch (host.platform) {
    case 'linux':
      return async () => linuxRows(files)
    case 'darwin':
      return () => psRows()
    case 'win32':
      return async () => []
  }
}

export interface Family {
  /** Value of `MARKER`. */
  readonly marker: string
  /** The adapter: leader of a session and a group of its own. */
  readonly adapter: number | undefined
  /** `start` of the adapter, for when it is gone: what is older cannot be of its family, and is not looked into. */
  readonly since?: string | undefined
  /** Leader of the program's group. */
  readonly program: number | undefined
}

/**
 * What belongs to a session: the adapter's process session, the program's group, whoever carries the marker, and
 * what any of these started.
 */
export function familyOf(rows: readonly ProcessRow[], family: Family): ProcessRow[] {
  const { marker, adapter, program } = family
  const since = Number(family.since ?? startOf(rows, adapter) ?? 0)
  const members = new Set<number>()
  for (const row of rows) {
    if (Number(row.start) < since) continue
    const isKin =
      (adapter !== undefined && (row.pid === adapter || row.session === adapter)) ||
      (program !== undefined && row.group === program)
    if (isKin || row.isMarked(marker)) members.add(row.pid)
  }
  for (let size = -1; size !== members.size; ) {
    size = members.size
    for (const row of rows) if (members.has(row.parent)) members.add(row.pid)
  }
  return rows.filter(row => members.has(row.pid))
}

export function startOf(rows: readonly ProcessRow[], pid: number | undefined): string | undefined {
  return rows.find(row => row.pid === pid)?.start
}

/** Sends a signal; false when there is no such process. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, name)
    return true
  } catch (error) {
    // EPERM: it lives, but as somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Ends a process group at once, where there are such. */
export function killGroup(leader: number): void {
  if (leader > 1) signal(-leader, 'SIGKILL')
}

function linuxRows(files: Files): ProcessRow[] {
  const rows: ProcessRow[] = []
  for (const name of files.list('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = files.read(`/proc/${name}/stat`)
    // `pid (name) state parent group session …`; the name may hold anything, also `)`.
    const [state = '', parent, group, session, ...rest] =
      stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
    if (state === '' || state === 'Z' || state === 'X') continue
    rows.push({
      pid: Number(name),
      parent: Number(parent),
      group: Number(group),
      session: Number(session),
      start: rest[STARTTIME] ?? '0',
      isMarked: marker =>
        `\0${files.read(`/proc/${name}/environ`) ?? ''}`.includes(`\0${MARKER}=${marker}\0`),
    })
  }
  return rows
}

/** Field 22 of proc(5)'s stat, counted from behind the fourth after the name. */
const STARTTIME = 22 - 7

function psRows(): Promise<ProcessRow[]> {
  return new Promise(resolve => {
    // -E: with the environment, of processes of the same user.
    const args = ['-axEww', '-o', 'pid=,ppid=,pgid=,lstart=,command=']
    execFile('ps', args, { maxBuffer: 64 * 1024 * 1024 }, (_, text) => resolve(parsePs(text)))
  })
}

/** `ps -axEww -o pid=,ppid=,pgid=,lstart=,command=`. */
export function parsePs(text: string): ProcessRow[] {
  const rows: ProcessRow[] = []
  for (const line of text.split('\n')) {
    const found = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/.exec(line)
    if (found === null) continue
    const [, pid, parent, group, start = '', command = ''] = found
    rows.push({
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      session: 0,
      start: String(Date.parse(start)),
      isMarked: marker => `${command} `.includes(` ${MARKER}=${marker} `),
    })
  }
  return rows
}
