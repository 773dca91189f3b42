import type { Step } from './scenarios'

/** A client in its real editor, with one of the debuggers it serves. */
export interface Client {
  /** The editor, its version, and the debugger, as the table shows them. */
  readonly name: string
  /** Why it cannot be run here. */
  readonly missing?: string | undefined
  /** Names of scenarios that the editor or its debugger cannot do, and why. */
  readonly cannot: Readonly<Record<string, string>>
  /** Plays the steps in an editor of its own, on the workspace; fails with the step that failed. */
  readonly play: (steps: readonly Step[]) => Promise<void>
}
