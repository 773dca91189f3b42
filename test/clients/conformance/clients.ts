import { neovimClients } from '../neovim/driver'
import { sublimeClients } from '../sublime/driver'
import type { Client } from './client'

/** Every editor that launch-ls is tried in: the columns of the table. */
export const CLIENTS: readonly Client[] = [...neovimClients(), ...sublimeClients()]
