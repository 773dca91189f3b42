import { serverBundle } from '../../support/lspClient'
import type { Client } from '../conformance/client'
import { workspace } from '../conformance/workspace'
import { DEBUGGERS, debuggerIn, runInEmacs } from './emacs'

export function emacsClients(): readonly Client[] {
  return DEBUGGERS.map(({ version, debug }) => {
    const { name, editor, missing } = debuggerIn(version, debug)
    return {
      name,
      missing,
      cannot: {},
      play: steps =>
        runInEmacs({
          editor,
          rigs: ['debugger', 'conformance'],
          debug,
          server: [process.execPath, serverBundle(), '--stdio'],
          files: workspace(),
          steps,
        }),
    }
  })
}
