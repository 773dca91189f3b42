import type { Machine } from './command'

/** What an output that cannot be written makes of a command. */
export interface OutputFailure {
  /** The exit code in place of the command's own; undefined while all is well. */
  code(): number | undefined
}

/** A reader that went away ends a command without a word, as SIGPIPE ends other tools; a full disk is told once. */
export function watchOutput({ output, error }: Machine): OutputFailure {
  let code: number | undefined
  output.on('error', failure => {
    if (code !== undefined) return
    code = isGone(failure) ? ENDED_BY_SIGPIPE : 1
    if (code === 1) error.write(`launch-ls: The output cannot be written: ${failure.message}\n`)
    process.exitCode = code
  })
  error.on('error', () => undefined)
  return { code: () => code }
}

function isGone(failure: Error): boolean {
  return 'code' in failure && (failure.code === 'EPIPE' || failure.code === 'ECONNRESET')
}

const ENDED_BY_SIGPIPE = 141
