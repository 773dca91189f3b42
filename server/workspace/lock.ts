import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * Waits until nobody holds the lock file at `path`, then holds it until the returned function is called. Rejects with
 * the signal's reason when aborted, and with Node's error when the file cannot be made.
 *
 * A lock is a file that exists: making one exclusively is atomic everywhere, also on network disks.
 */
export async function acquire(path: string, signal?: AbortSignal): Promise<() => void> {
  const holder: Holder = {
    pid: process.pid,
    started: startTime(process.pid) ?? '',
    machine: hostname(),
    id: randomBytes(6).toString('hex'),
  }
  for (;;) {
    signal?.throwIfAborted()
    if (create(path, JSON.stringify(holder))) return hold(path, holder.id)
    if (isStale(path)) breakLock(path)
    else await delay(POLL_MS, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
  }
}

interface Holder {
  readonly pid: number
  /** Tells the holder from a later process with its pid; '' where the system does not say it in a file. */
  readonly started: string
  readonly machine: string
  /** Tells two holders in one process apart. */
  readonly id: string
}

const POLL_MS = 25
/** How long a lock without text is taken for one that is being written. */
const WRITING_MS = 2_000
/** A holder on another machine (a home on a network disk, a container) cannot be asked whether it lives. */
const FOREIGN_MS = 60_000
const REFRESH_MS = 10_000

/** False when the file exists. */
function create(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    // Windows answers EPERM while a removed file is still open somewhere.
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EEXIST' || (code === 'EPERM' && exists(path))) return false
    throw error
  }
}

/** Keeps the lock fresh for waiters on other machines; returns what gives it back. */
function hold(path: string, id: string): () => void {
  const isMine = () => readHolder(path)?.id === id
  const refresh = setInterval(() => {
    if (isMine()) quietly(() => utimesSync(path, new Date(), new Date()))
  }, REFRESH_MS)
  refresh.unref()
  return () => {
    clearInterval(refresh)
    if (isMine()) quietly(() => rmSync(path, { force: true }))
  }
}

function isStale(path: string): boolean {
  const holder = readHolder(path)
  if (holder === undefined) return age(path) > WRITING_MS
  if (holder.machine !== hostname()) return age(path) > FOREIGN_MS
  return !isAlive(holder)
}

/**
 * Removes the lock of a dead holder. Only who has made the second file may do so, and looks again before: otherwise
 * one of two waiters could remove the lock that the other has just taken.
 */
function breakLock(path: string): void {
  const guard = `${path}.break`
  if (!create(guard, '')) {
    if (age(guard) > WRITING_MS) rmSync(guard, { force: true })
    return
  }
  try {
    if (isStale(path)) rmSync(path, { force: true })
  } finally {
    rmSync(guard, { force: true })
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return isHolder(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null && typeof (value as Holder).pid === 'number'
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  const now = startTime(pid)
  return now === undefined || started === '' || now === started
}

/**
 * When a process began, in the kernel's ticks since boot; 'dead' for one that is only waiting to be collected,
 * undefined where there is no /proc. Field 22 of proc_pid_stat(5), field 2 may hold spaces and brackets.
 */
function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? 'dead' : fields[19]
  } catch {
    return undefined
  }
}

function quietly(act: () => void): void {
  try {
    act()
  } catch {
    // The file is gone or open elsewhere; a lock that stays is stale as soon as this process ends.
  }
}

/** Milliseconds since the file was written; 0 when it is gone. */
function age(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats === undefined ? 0 : Date.now() - stats.mtimeMs
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}
