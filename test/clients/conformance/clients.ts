import { emacsClients } from '../emacs/driver'
import { helixClients } from '../helix/driver'
import { neovimClients } from '../neovim/driver'
import { sublimeClients } from '../sublime/driver'
import { vimClients } from '../vim/driver'
import type { Client } from './client'

/** Every editor that launch-ls is tried in: the columns of the table. */
export const CLIENTS: readonly Client[] = [
  ...neovimClients(),
  ...emacsClients(),
  ...sublimeClients(),
  ...helixClients(),
  ...vimClients(),
]
