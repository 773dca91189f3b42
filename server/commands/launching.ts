import { isWanted } from '../core/log'
import type { LaunchingParts } from '../launching/machine'
import { createParts } from '../launching/parts'
import type { DidChangeSession } from '../protocol'
import type { Workspace } from '../workspace/workspace'
import type { Machine } from './command'

/** What a start needs, without a language client. `close` ends every session. */
export function launchingParts(
  machine: Machine,
  workspace: Workspace,
  onSession: (change: DidChangeSession) => void = () => undefined,
): LaunchingParts & { close(): Promise<void> } {
  return createParts(machine, workspace, {
    log: (level, message) => {
      if (isWanted(level, workspace.settings.own().logLevel)) machine.error.write(`${message}\n`)
    },
    onSession,
  })
}
