import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { makeFolder } from '../../support/folder'
import type { Step } from '../conformance/scenarios'
import { runRig, stepsOf } from '../rig'
import { WORKSPACE } from '../workspace'

const here = import.meta.dirname
export const checkout = resolve(here, '../../..')
export const standIn = join(here, 'standin')
export const fakeServer = resolve(here, '../fakeServer.mjs')

/** nvim-dap's checkout: NVIM_DAP_DIR, else where Neovim's packages are. Undefined: it is not installed. */
export function nvimDap(): string | undefined {
  const named = process.env['NVIM_DAP_DIR']
  if (named !== undefined) return named
  const data = process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share')
  const packages = join(data, 'nvim/site/pack')
  const folders = existsSync(packages) ? readdirSync(packages) : []
  const places = folders.flatMap(name => ['start', 'opt'].map(kind => join(packages, name, kind, 'nvim-dap')))
  return places.find(place => existsSync(place))
}
export const WITHOUT_NVIM_DAP = "nvim-dap is not in NVIM_DAP_DIR nor on Neovim's package path"

export interface NeovimRig {
  readonly editor: string
  /** Name of a file in rigs/, without `.lua`. */
  readonly rig: string
  /** Folder of nvim-dap, or of what stands in for it; undefined: none. */
  readonly dap: string | undefined
  /** The server's command; null: none is installed; 'README': the user has the README's lines and this checkout. */
  readonly server?: readonly string[] | null | 'README'
  readonly files?: Readonly<Record<string, string>>
  /** What the user's init.lua says besides. */
  readonly init?: string
  readonly killedAfter?: string | undefined
  /** What the rig `conformance` plays. */
  readonly steps?: readonly Step[]
}

/** Runs a rig in a Neovim whose user has installed launch-ls and nvim-dap as packages, and has this init.lua. */
export async function runInNeovim({
  editor,
  rig,
  dap,
  server,
  files,
  init,
  killedAfter,
  steps,
}: NeovimRig): Promise<void> {
  const folder = makeFolder({ ...WORKSPACE, ...files, 'lsp.jsonl': '' })
  try {
    const packages = join(folder.path, 'data/nvim/site/pack/test/start')
    if (server !== 'README')
      cpSync(join(checkout, 'clients/neovim'), join(packages, 'launch-ls'), { recursive: true })
    if (dap !== undefined) cpSync(dap, join(packages, 'nvim-dap'), { recursive: true })
    const log = join(folder.path, 'lsp.jsonl')
    const config = folder.write(
      'init.lua',
      `${setupOf(server === undefined ? [process.execPath, fakeServer] : server)}\n${init ?? ''}\n`,
    )
    const played = stepsOf(folder, steps)
    const args = ['--headless', '-u', config, '-i', 'NONE', '-n', '-l', join(here, 'rigs', `${rig}.lua`)]
    await runRig({
      command: editor,
      args,
      folder: folder.path,
      killedAfter: killedAfter ?? played.killedAfter,
      env: {
        XDG_CONFIG_HOME: join(folder.path, 'config'),
        XDG_DATA_HOME: join(folder.path, 'data'),
        XDG_STATE_HOME: join(folder.path, 'state'),
        XDG_CACHE_HOME: join(folder.path, 'cache'),
        RIG_CHECKOUT: checkout,
        RIG_EDITOR: editor,
        RIG_INIT: config,
        RIG_LUA: join(here, 'rigs/rig.lua'),
        RIG_DEBUGGER: join(here, 'rigs/debugger.lua'),
        RIG_WS: join(folder.path, 'ws'),
        LAUNCH_LS_LOG: log,
        ...played.env,
      },
      logs: ['state/nvim/lsp.log', 'state/nvim/dap.log', 'lsp.jsonl'].map(file => join(folder.path, file)),
    })
  } finally {
    folder.remove()
  }
}

function setupOf(server: readonly string[] | null | 'README'): string {
  if (server === null) return ''
  if (server === 'README') return readmeLines()
  return `require('launch-ls').setup { cmd = { ${server.map(quote)} } }`
}

/** What the README tells Neovim's users to write, with the path of this checkout. */
function readmeLines(): string {
  const readme = readFileSync(join(checkout, 'README.md'), 'utf8')
  const [, lines] = /^Neovim .*:\n((?: {4}.*\n)+)/m.exec(readme) ?? []
  if (lines === undefined) throw new Error("The README has no lines for Neovim's users")
  return lines.replace('/path/to/launch-ls', checkout)
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
