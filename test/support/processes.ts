import { readdirSync, readFileSync } from 'node:fs'
import { eventually } from './eventually'

/** Command lines of running processes that name the folder, this test's own aside. Linux; elsewhere empty. */
export function processesNaming(folder: string): string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').flatMap(pid => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return []
    try {
      const state = /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
      // A zombie has ended; only its parent has not looked yet.
      return state !== 'Z' && line.includes(folder) ? [`${pid}: ${line}`] : []
    } catch {
      return []
    }
  })
}

/** Fails with their command lines when a process that names the folder outlives the deadline. */
export async function nothingRemains(folder: string, milliseconds = 10_000): Promise<void> {
  let left: string[] = []
  try {
    await eventually(
      '',
      () => {
        left = processesNaming(folder)
        return left.length === 0
      },
      milliseconds,
    )
  } catch {
    throw new Error(`still running:\n${left.join('\n')}`)
  }
}
