export type LogLevel = 'error' | 'warning' | 'info' | 'debug'

/**
 * Says what the server does, to whoever set `log.level` so far. Names, paths and states; never a value of a variable,
 * an environment, an argument, or what a program printed.
 */
export type Log = (level: LogLevel, message: string) => void

/** Whether a message of this level is wanted by who asked for `wanted`. */
export function isWanted(level: LogLevel, wanted: LogLevel): boolean {
  return LEVELS.indexOf(level) <= LEVELS.indexOf(wanted)
}

const LEVELS: readonly LogLevel[] = ['error', 'warning', 'info', 'debug']
