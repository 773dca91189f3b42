import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { makeFolder } from '../../support/folder'
import type { Step } from '../conformance/scenarios'
import { type Editor, inEditors, onPath, versionOf } from '../editors'
import { runRig, stepsOf } from '../rig'
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

export type Debug = 'dap-mode' | 'dape'
export type Language = 'eglot' | 'lsp-mode'

/** The debuggers of Emacs, in the versions of Emacs that they are tested in. */
export const DEBUGGERS: readonly { readonly version: string; readonly debug: Debug }[] = [
  { version: '28', debug: 'dap-mode' },
  { version: '30', debug: 'dap-mode' },
  { version: '30', debug: 'dape' },
]

/** A debugger in an Emacs of a major version; `missing` says why it cannot be run here. */
export function debuggerIn(version: string, debug: Debug) {
  const found = emacs(version)
  const editor = 'command' in found ? found.command : ''
  const missing = 'missing' in found ? found.missing : lacking(editor, debug)
  return { name: `${found.name}, ${debug}`, editor, missing }
}

/** Why a package is not there; undefined: it is. */
export function lacking(editor: string, library: string): string | undefined {
  const script = `(kill-emacs (if (locate-library "${library}") 0 1))`
  const { status } = spawnSync(editor, ['-Q', '--batch', '--eval', script])
  return status === 0 ? undefined : `no ${library} among the packages of this Emacs`
}

export interface EmacsRig {
  readonly editor: string
  /** Names of files in rigs/, without `.el`, loaded in this order after rig.el. */
  readonly rigs: readonly string[]
  /** The user's debugger: rigs/debugger.el loads it. */
  readonly debug?: Debug
  /** The user's language client: rigs/language.el loads it. */
  readonly language?: Language
  /** The server's command; 'README' or 'manual': the user has the lines of one of them, and this checkout. */
  readonly server?: readonly string[] | 'README' | 'manual'
  readonly files?: Readonly<Record<string, string>>
  /** Lisp that comes first: what the user's init file says. */
  readonly init?: string
  /** The client is compiled first. */
  readonly compiled?: boolean
  readonly killedAfter?: string | undefined
  /** What the rig `conformance` plays. */
  readonly steps?: readonly Step[]
}

/** Runs rigs in an Emacs whose user has the client on the load path. */
export async function runInEmacs({
  editor,
  rigs,
  debug,
  language,
  server,
  files,
  init,
  compiled,
  killedAfter,
  steps,
}: EmacsRig): Promise<void> {
  const folder = makeFolder({ ...WORKSPACE, ...files, 'lsp.jsonl': '' })
  try {
    const client = join(folder.path, 'client')
    cpSync(join(checkout, 'clients/emacs'), client, { recursive: true })
    const lines = setupOf(server ?? [process.execPath, fakeServer])
    const config = folder.write('init.el', `${compiled ? COMPILE : ''}${lines}\n${init ?? ''}\n`)
    const loadPath = typeof server === 'string' ? [] : ['-L', client]
    const log = join(folder.path, 'lsp.jsonl')
    const loads = ['rig', ...rigs].flatMap(name => ['-l', join(here, 'rigs', `${name}.el`)])
    const played = stepsOf(folder, steps)
    await runRig({
      command: editor,
      args: ['-Q', '--batch', ...loadPath, '-l', config, ...loads],
      folder: folder.path,
      killedAfter: killedAfter ?? played.killedAfter,
      env: {
        RIG_WS: join(folder.path, 'ws'),
        RIG_DEBUGGER: debug ?? '',
        RIG_LANGUAGE_CLIENT: language ?? '',
        RIG_NODE: process.execPath,
        RIG_EDITOR: editor,
        RIG_INIT: config,
        RIG_CLIENT: client,
        RIG_OTHER_SERVER: fakeServer,
        LAUNCH_LS_LOG: log,
        ...played.env,
        XDG_CACHE_HOME: join(folder.path, 'cache'),
      },
      logs: [log],
    })
  } finally {
    folder.remove()
  }
}

const COMPILE = '(byte-recompile-directory (getenv "RIG_CLIENT") 0)\n'

function setupOf(server: readonly string[] | 'README' | 'manual'): string {
  if (server === 'README') return linesIn('README.md', /^Emacs .*:\n((?: {4}.*\n)+)/m)
  if (server === 'manual') return linesIn('clients/emacs/README.md', /^```elisp\n([^`]*)```/m)
  const command = server.map(word => JSON.stringify(word)).join(' ')
  return `(setq launch-ls-command '(${command}))\n(require 'launch-ls)\n(launch-ls-setup)`
}

/** What users are told to write, with the path of this checkout. */
function linesIn(file: string, pattern: RegExp): string {
  const [, lines] = pattern.exec(readFileSync(join(checkout, file), 'utf8')) ?? []
  if (lines === undefined) throw new Error(`${file} has no lines for users of Emacs`)
  return lines.replace('/path/to/launch-ls', checkout)
}
