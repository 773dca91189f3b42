import type { Files, Host, Store } from '../core/host'
import type { Log } from '../core/log'
import type { OutputEvent } from '../protocol'
import type { Broker } from '../sessions/broker'
import type { TaskRunner } from '../sessions/taskRunner'
import type { Workspace } from '../workspace/workspace'
import type { Ask, RunCommand } from './answers'

/** What every start needs, built once a server. */
export interface LaunchingParts {
  readonly host: Host
  readonly store: Store
  readonly workspace: Workspace
  readonly files: Files
  /** The server's own process, which no one attaches to. */
  readonly pid: number
  /** Through which debugpy is begun for the fast start; stands beside the bundle. */
  readonly bootFile: string
  /** Runs tasks; one a server, disposed with it. */
  readonly tasks: TaskRunner
  /** Started when it is first needed, one a server. */
  broker(): Promise<Broker>
  readonly log: Log
}

/** The user, as far as one start can reach them. */
export interface Ui {
  readonly ask: Ask
  readonly runCommand: RunCommand
  progress(message: string): void
  output(event: OutputEvent): void
}
