import { type ChildProcess, spawn } from 'node:child_process'

const wards = new Map<ChildProcess, () => void>()

/**
 * This process may be ended before it has closed its sessions: an editor that leaves waits for nobody. `kill` is what
 * can be done for a child then, at once and without looking.
 */
export function endWithUs(child: ChildProcess, kill: () => void): void {
  if (wards.size === 0) process.on('exit', endAll)
  wards.set(child, kill)
  child.once('exit', () => {
    wards.delete(child)
    if (wards.size === 0) process.off('exit', endAll)
  })
}

function endAll(): void {
  for (const kill of wards.values()) kill()
}

/**
 * The group of a process on Unix, whose leader it is, ends with this process whatever ends that: a shell reads from us
 * until we are gone.
 */
export function endGroupWithUs(leader: ChildProcess): void {
  const { pid } = leader
  if (pid === undefined) return
  const guard = spawn('/bin/sh', ['-c', 'read -r _; kill -s KILL -- "-$1"', 'sh', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // What ends our group shall not end it before it has done this.
    detached: true,
  })
  guard.on('error', () => undefined)
  guard.stdin.on('error', () => undefined)
  guard.unref()
  leader.once('exit', () => guard.kill('SIGKILL'))
}
