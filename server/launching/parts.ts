import type { Host, Store } from '../core/host'
import type { Log } from '../core/log'
import type { DidChangeSession } from '../protocol'
import { startBroker } from '../sessions/broker'
import { TaskRunner } from '../sessions/taskRunner'
import type { Workspace } from '../workspace/workspace'
import type { LaunchingParts } from './machine'

/** The program itself, as `cli.ts` knows it. */
export interface Program {
  readonly host: Host
  readonly store: Store
  readonly pid: number
  /** How it is started. */
  readonly self: readonly string[]
  readonly bootFile: string
}

export interface Listeners {
  readonly log: Log
  onSession(change: DidChangeSession): void
}

/** What starts need, for the language server and for the command line. `close` ends every task and session. */
export function createParts(
  program: Program,
  workspace: Workspace,
  { log, onSession }: Listeners,
): LaunchingParts & { close(): Promise<void> } {
  const { host, store, pid, bootFile, self } = program
  const files = workspace.documents
  const tasks = new TaskRunner()
  let started: ReturnType<typeof startBroker> | undefined
  const broker = () => {
    started ??= startBroker({
      host,
      files,
      nodeCommand: self,
      store,
      log,
      onSession,
      trace: workspace.settings.own().trace,
    })
    return started
  }
  return {
    host,
    store,
    pid,
    bootFile,
    workspace,
    files,
    tasks,
    broker,
    log,
    async close() {
      await tasks.dispose()
      await (await started)?.close()
    },
  }
}
