import type { ChildProcess } from 'node:child_process'

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
