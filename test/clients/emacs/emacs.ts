import { cpSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { makeFolder } from '../../support/folder'
import { type Editor, inEditors, onPath, versionOf } from '../editors'
import { runRig } from '../rig'
import { WORKSPACE } from '../workspace'

const here = import.meta.dirname
const checkout = resolve(here, '../../..')
const fakeServer = resolve(here, '../fakeServer.mjs')

/** An Emacs of a major version: `emacs28` in LAUNCH_LS_EDITORS, else `emacs` on PATH when it is of that version. */
export function emacs(version: string): Editor {
  const name = `Emacs ${version}`
  const installed = inEditors(`emacs${version}`)
  if (installed !== undefined) return { name, command: installed }
  const found = onPath('emacs')
  if (found !== undefined && versionOf(found).startsWith(`GNU Emacs ${version}.`))
    return { name, command: found }
  return { name, missing: `no ${name} in LAUNCH_LS_EDITORS nor on PATH` }
}

export interface EmacsRig {
  readonly editor: string
  /** Names of files in rigs/, without `.el`, loaded in this order after rig.el. */
  readonly rigs: readonly string[]
  readonly server?: readonly string[]
  readonly files?: Readonly<Record<string, string>>
  /** Lisp that comes first: what the user's init file says. */
  readonly init?: string
  readonly killedAfter?: string | undefined
}

/** Runs rigs in an Emacs whose user has the client on the load path. */
export async function runInEmacs({
  editor,
  rigs,
  server,
  files,
  init,
  killedAfter,
}: EmacsRig): Promise<void> {
  const folder = makeFolder({ ...WORKSPACE, ...files, 'lsp.jsonl': '' })
  try {
    const client = join(folder.path, 'client')
    cpSync(join(checkout, 'clients/emacs'), client, { recursive: true })
    const command = (server ?? [process.execPath, fakeServer]).map(word => JSON.stringify(word)).join(' ')
    const config = folder.write('init.el', `(setq launch-ls-command '(${command}))\n${init ?? ''}\n`)
    const log = join(folder.path, 'lsp.jsonl')
    const loads = ['rig', ...rigs].flatMap(name => ['-l', join(here, 'rigs', `${name}.el`)])
    await runRig({
      command: editor,
      args: ['-Q', '--batch', '-L', client, '-l', config, ...loads],
      folder: folder.path,
      killedAfter,
      env: {
        RIG_WS: join(folder.path, 'ws'),
        LAUNCH_LS_LOG: log,
        XDG_CACHE_HOME: join(folder.path, 'cache'),
      },
      logs: [log],
    })
  } finally {
    folder.remove()
  }
}
