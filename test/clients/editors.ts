import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** An editor that can be run, or why it cannot: tests that need it are skipped with that reason. */
export type Editor =
  | { readonly name: string; readonly command: string }
  | { readonly name: string; readonly missing: string }

/**
 * A Neovim of a version such as '0.10': `nvim10` in the folder that LAUNCH_LS_EDITORS names (scripts/install-editors.sh
 * makes one), else `nvim` on PATH when it is of that version.
 */
export function neovim(version: string): Editor {
  const name = `Neovim ${version}`
  const installed = inEditors(`nvim${version.split('.')[1]}`)
  if (installed !== undefined) return { name, command: installed }
  const found = onPath('nvim')
  if (found !== undefined && versionOf(found).startsWith(`NVIM v${version}.`)) return { name, command: found }
  return { name, missing: `no ${name} in LAUNCH_LS_EDITORS nor on PATH` }
}

/** Helix of a year, such as '25': `hx25` in LAUNCH_LS_EDITORS, else `hx` on PATH. It needs tmux around it. */
export function helix(year: string): Editor {
  const name = `Helix ${year}`
  const found =
    inEditors(`hx${year}`) ?? onPathOf('hx', `helix ${year}.`) ?? onPathOf('helix', `helix ${year}.`)
  return inTmux(name, found)
}

/** Vim of a version such as '9.1' with Python: `vim91` in LAUNCH_LS_EDITORS, else `vim` on PATH. */
export function vim(version: string): Editor {
  const found = inEditors(`vim${version.replace('.', '')}`) ?? onPathOf('vim', `Vi IMproved ${version} `)
  const hasPython = found !== undefined && /\+python3/.test(versionOf(found))
  return inTmux(`Vim ${version}`, hasPython ? found : undefined)
}

export function tmux(): string | undefined {
  return inEditors('tmux') ?? onPath('tmux')
}

function inTmux(name: string, command: string | undefined): Editor {
  if (command === undefined) return { name, missing: `no ${name} in LAUNCH_LS_EDITORS nor on PATH` }
  if (tmux() === undefined) return { name, missing: 'no tmux in LAUNCH_LS_EDITORS nor on PATH' }
  return { name, command }
}

function onPathOf(command: string, version: string): string | undefined {
  const found = onPath(command)
  return found !== undefined && versionOf(found).includes(version) ? found : undefined
}

export function inEditors(command: string): string | undefined {
  const folder = process.env['LAUNCH_LS_EDITORS']
  const path = folder === undefined ? undefined : join(folder, 'bin', command)
  return path !== undefined && existsSync(path) ? path : undefined
}

export function onPath(command: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.map(folder => join(folder, command)).find(path => existsSync(path))
}

export function versionOf(command: string): string {
  return spawnSync(command, ['--version'], { encoding: 'utf8' }).stdout ?? ''
}
