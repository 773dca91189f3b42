import { serverBundle } from '../../support/lspClient'
import type { Client } from '../conformance/client'
import { workspace } from '../conformance/workspace'
import { neovim } from '../editors'
import { nvimDap, runInNeovim, WITHOUT_NVIM_DAP } from './neovim'

export function neovimClients(): readonly Client[] {
  const dap = nvimDap()
  return ['0.10', '0.12'].map(version => {
    const editor = neovim(version)
    const missing = 'missing' in editor ? editor.missing : dap === undefined ? WITHOUT_NVIM_DAP : undefined
    return {
      name: `${editor.name}, nvim-dap`,
      missing,
      cannot: {},
      play: steps =>
        runInNeovim({
          editor: 'command' in editor ? editor.command : '',
          rig: 'conformance',
          dap,
          server: [process.execPath, serverBundle(), '--stdio'],
          files: workspace(),
          steps,
        }),
    }
  })
}
