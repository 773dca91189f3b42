import { type AdapterLink, within } from './adapterLink'
import { type Family, familyOf, type ProcessRow, type ProcessTable, signal, startOf } from './processTree'

export interface Ending {
  readonly link: AdapterLink
  readonly processes: ProcessTable
  readonly family: Family
  /**
   * 'now': whoever is left of the program is ended at once. 'exited': the program ended by itself, and its launcher
   * gets the time to end too. 'stays': it is not ours (attach), or the user keeps its children; only the adapter and
   * its launcher go.
   */
  readonly program: 'now' | 'exited' | 'stays'
}

/**
 * Ends a session's processes: the program's group first (without its launcher it would live on), then the adapter,
 * then the launcher and what escaped. Resolves when nothing is left that may be ended.
 */
export async function endProcesses({ link, processes, family, program }: Ending): Promise<void> {
  const rows = await processes()
  const since = startOf(rows, family.adapter)
  const mayEnd = (row: ProcessRow) => program !== 'stays' || row.group === family.adapter
  const left = async () => familyOf(await processes(), { ...family, since }).filter(mayEnd)
  if (program === 'now') {
    for (const row of familyOf(rows, family)) {
      if (row.group === family.adapter) continue
      signal(row.pid, row.group === family.program ? 'SIGKILL' : 'SIGTERM')
    }
  }
  await link.stop()
  if (family.adapter === undefined) return
  if ((await emptied(left, EXIT_GRACE)).length === 0) return
  for (const row of await left()) signal(row.pid, 'SIGTERM')
  // Whoever still forks meanwhile is met in the next round.
  for (let round = 0; round < ROUNDS; round += 1) {
    const rows = await emptied(left, SIGTERM_GRACE)
    if (rows.length === 0) return
    for (const row of rows) signal(row.pid, 'SIGKILL')
  }
}

/** What a program left behind when it exited: neither the adapter nor its launcher. */
export async function straysOf(
  processes: ProcessTable,
  family: Family,
  launcher: number | undefined,
): Promise<readonly ProcessRow[]> {
  const rows = familyOf(await processes(), family)
  return rows.filter(row => row.group !== family.adapter && row.pid !== launcher)
}

/** Ends these: asked first, forced after a moment. */
export async function endStrays(rows: readonly ProcessRow[]): Promise<void> {
  for (const row of rows) signal(row.pid, 'SIGTERM')
  await pause(SIGTERM_GRACE)
  for (const row of rows) signal(row.pid, 'SIGKILL')
}

/** Milliseconds. A launcher needs about 30 to end after its program. */
const EXIT_GRACE = 500
const SIGTERM_GRACE = 300
const LOOK_EVERY = 25
const ROUNDS = 5

async function emptied(
  left: () => Promise<readonly ProcessRow[]>,
  milliseconds: number,
): Promise<readonly ProcessRow[]> {
  const until = Date.now() + milliseconds
  for (;;) {
    const rows = await left()
    if (rows.length === 0 || Date.now() >= until) return rows
    await pause(LOOK_EVERY)
  }
}

function pause(milliseconds: number): Promise<unknown> {
  return within(milliseconds, new Promise(() => undefined))
}
