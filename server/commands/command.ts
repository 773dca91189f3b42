import type { Readable, Writable } from 'node:stream'
import type { Host, Store } from '../core/host'

/** What every subcommand gets from `cli.ts`. */
export interface Machine {
  readonly host: Host
  /** Cache and state of launch-ls itself. */
  readonly store: Store
  readonly version: string
  /** How this very program is started: Node and the bundle. */
  readonly self: readonly string[]
  /** Through which debugpy is begun for the fast start; stands beside the bundle. */
  readonly bootFile: string
  readonly pid: number
  readonly input: Readable & { readonly isTTY?: boolean }
  readonly output: Writable & { readonly isTTY?: boolean; readonly columns?: number }
  readonly error: NodeJS.WritableStream & { readonly isTTY?: boolean }
}

/** A subcommand: its arguments in, the exit code out (0 fine, 1 problems or failure, 2 wrong use). */
export type Command = (args: readonly string[], machine: Machine) => Promise<number>

/** Wrong use of the command line: said on stderr, exit code 2. */
export class UsageError extends Error {}
