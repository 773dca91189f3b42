import { emacsClients } from '../emacs/driver'
import { neovimClients } from '../neovim/driver'
import type { Client } from './client'

/** Every editor that launch-ls is tried in: the columns of the table. */
export const CLIENTS: readonly Client[] = [...neovimClients(), ...emacsClients()]
