import type { Environment } from '../core/host'
import type { StartError } from '../protocol'

/**
 * What a token stands for. `features/startDebug` makes one a session; the broker asks it for debugpy's arguments each
 * time an editor sends `launch` or `attach` with the token, so that a restart reads launch.json and env files afresh.
 */
export interface LaunchPlan {
  readonly name: string
  /** As the editor knows the adapter: the configuration's `type`. */
  readonly type: string
  readonly request: 'launch' | 'attach'
  /** Known before resolution is complete, so that the adapter starts beside it. */
  readonly adapter: AdapterChoice
  /** The first call may be answered from what `startDebug` resolved already; each later one resolves anew. */
  resolve(restart: boolean): Promise<Resolution>
  /**
   * Resolves when the editor is told the token: prompts and a preLaunchTask may take minutes before that, and the
   * time it has to connect counts from then. Absent: from now.
   */
  readonly answered?: Promise<unknown>
  /** Called once, when the session (not a child of it) is over: postDebugTask, stopAll. */
  ended?(): void
}

export type Resolution =
  | {
      readonly kind: 'resolved'
      readonly arguments: Readonly<Record<string, unknown>>
      readonly adapter: AdapterChoice
    }
  | { readonly kind: 'refused'; readonly error: StartError }

/** How the broker reaches a debug adapter. */
export type AdapterChoice =
  /** Start one and speak to it on stdio. */
  | {
      readonly kind: 'spawn'
      readonly command: readonly string[]
      readonly env: Environment
      readonly cwd: string
      /**
       * The same adapter without the fast start. When `isFastStartFailure` (sessions/debugpyAdapter.ts) says so of a
       * failed start, it is tried once with this choice, and the user is told; a second failure is reported as it is.
       */
      readonly fallback?: AdapterChoice
    }
  /** `attach` with `connect`: the adapter lives beside the program; one connection, opened when the editor attaches. */
  | { readonly kind: 'connect'; readonly host: string; readonly port: number }
