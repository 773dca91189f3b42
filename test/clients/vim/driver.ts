import type { Client } from '../conformance/client'
import { workspace } from '../conformance/workspace'
import { vim } from '../editors'
import { playInVim, vimspector, WITHOUT_VIMSPECTOR } from './vim'

export function vimClients(): readonly Client[] {
  const editor = vim('9.1')
  const missing = 'missing' in editor ? editor.missing : undefined
  return [
    {
      name: `${editor.name}, vimspector`,
      missing: missing ?? (vimspector() === undefined ? WITHOUT_VIMSPECTOR : undefined),
      cannot: {},
      play: steps => playInVim('command' in editor ? editor.command : '', workspace(), steps),
    },
  ]
}
