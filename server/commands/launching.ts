import type { LaunchingParts } from '../launching/machine'
import { startBroker } from '../sessions/broker'
import { TaskRunner } from '../sessions/taskRunner'
import type { Workspace } from '../workspace/workspace'
import type { Machine } from './command'

/** What a start needs, without a language client. `close` ends every session. */
export function launchingParts(
  machine: Machine,
  workspace: Workspace,
): LaunchingParts & { close(): Promise<void> } {
  let started: ReturnType<typeof startBroker> | undefined
  const log = (message: string) => void machine.error.write(`${message}\n`)
  const broker = () => {
    started ??= startBroker({
      host: machine.host,
      files: workspace.documents,
      nodeCommand: machine.self,
      store: machine.store,
      log,
      onSession: () => undefined,
      trace: workspace.settings.own().trace,
    })
    return started
  }
  const tasks = new TaskRunner()
  return {
    ...machine,
    workspace,
    files: workspace.documents,
    tasks,
    broker,
    log,
    async close() {
      await tasks.dispose()
      await (await started)?.close()
    },
  }
}
