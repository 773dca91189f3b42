import type { ClientCapabilities, Connection, ServerCapabilities } from 'vscode-languageserver'
import type { Host, Store } from '../core/host'
import type { Log } from '../core/log'
import type { Workspace } from '../workspace/workspace'

/** The parts that `server.ts` built, as each feature gets them. */
export interface Context {
  readonly connection: Connection
  readonly host: Host
  readonly store: Store
  readonly workspace: Workspace
  readonly changes: Changes
  /** What the client can do; complete after `initialize`. */
  client(): ClientCapabilities
  /** For what a client does otherwise than its capabilities say. */
  clientName(): string | undefined
  readonly log: Log
}

/** What a feature gives back for the answer to `initialize`. */
export interface Feature {
  readonly capabilities?: (client: ClientCapabilities) => ServerCapabilities
}

/**
 * Something that features show has changed: an open document, a file on disk, the folders, the settings. `uris` are
 * the documents known to have changed; undefined: anything may have.
 */
export interface Changes {
  subscribe(listener: (uris: ReadonlySet<string> | undefined) => void): void
  /** Told together, when the messages that came with it are handled: of many edits only the newest counts. */
  announce(uri?: string): void
}

export function createChanges(): Changes {
  const listeners: ((uris: ReadonlySet<string> | undefined) => void)[] = []
  let pending = false
  let uris = new Set<string>()
  let everything = false
  /** Turns of the event loop since the first announcement, and since the last one. */
  let waited = 0
  let quiet = 0
  const wait = () => {
    waited += 1
    quiet += 1
    if (quiet >= QUIET_TURNS || waited >= MOST_TURNS) tell()
    else setImmediate(wait)
  }
  const tell = () => {
    const told = everything ? undefined : uris
    pending = false
    waited = 0
    uris = new Set()
    everything = false
    for (const listener of listeners) listener(told)
  }
  return {
    subscribe: listener => listeners.push(listener),
    announce(uri) {
      if (uri === undefined) everything = true
      else uris.add(uri)
      quiet = 0
      if (!pending) setImmediate(wait)
      pending = true
    },
  }
}

/** One message is handled a turn: a request that came with an edit is answered before what the edit changes is told. */
const QUIET_TURNS = 3
const MOST_TURNS = 200
