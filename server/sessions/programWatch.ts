import { type Family, type ProcessTable, signal } from './processTree'
import { endStrays, straysOf } from './sessionEnd'

export interface ProgramWatch {
  readonly processes: ProcessTable
  readonly family: Family
  readonly program: number
  /** The program is gone, and so many processes that it had left behind were ended. */
  swept(strays: number): void
}

/**
 * debugpy tells of a program's end only when nobody holds its output any more: a daemon that it left behind keeps
 * the session open for ever. So we look for ourselves, and end what was left, as debugpy does when the program runs in
 * a terminal; then debugpy tells the rest. Returns how to stop looking.
 */
export function watchProgram(watch: ProgramWatch): () => void {
  const { processes, program } = watch
  let launcher: number | undefined
  void processes().then(rows => {
    launcher = rows.find(row => row.pid === program)?.parent
  })
  let goneFor = 0
  let timer = setTimeout(look, LOOK_EVERY)
  function look(): void {
    timer = setTimeout(look, LOOK_EVERY).unref()
    if (signal(program, 0)) return
    goneFor += LOOK_EVERY
    if (goneFor < OUTPUT_GRACE) return
    goneFor = 0
    void sweep()
  }
  async function sweep(): Promise<void> {
    const strays = await straysOf(processes, watch.family, launcher)
    if (strays.length === 0) return
    await endStrays(strays)
    watch.swept(strays.length)
  }
  timer.unref()
  return () => clearTimeout(timer)
}

/** Milliseconds. */
const LOOK_EVERY = 500
/** For what the program said last to be read. */
const OUTPUT_GRACE = 1_500
