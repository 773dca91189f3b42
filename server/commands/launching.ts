import type { LaunchingParts } from '../launching/machine'
import { createParts } from '../launching/parts'
import type { Workspace } from '../workspace/workspace'
import type { Machine } from './command'

/** What a start needs, without a language client. `close` ends every session. */
export function launchingParts(
  machine: Machine,
  workspace: Workspace,
): LaunchingParts & { close(): Promise<void> } {
  return createParts(machine, workspace, {
    log: message => void machine.error.write(`${message}\n`),
    onSession: () => undefined,
  })
}
