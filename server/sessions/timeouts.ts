/** Milliseconds that the broker waits for others. Tests wait less. */
export interface Timeouts {
  /** For an editor, from when it has a token to its `launch` or `attach`. */
  readonly token: number
  /** For a connection to say which session it wants. */
  readonly stranger: number
  /** For an adapter to answer `initialize`. */
  readonly adapter: number
  /** For the editor's terminal to begin the program. */
  readonly terminal: number
  /** For the editor to attach to a child. */
  readonly child: number
  /** For an editor to close its connection when its session is over. */
  readonly close: number
}

export const TIMEOUTS: Timeouts = {
  token: 30_000,
  stranger: 30_000,
  adapter: 15_000,
  terminal: 30_000,
  child: 5_000,
  close: 5_000,
}
