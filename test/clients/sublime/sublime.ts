import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { environment } from '../../../scripts/setup.mjs'
import { makeFolder } from '../../support/folder'
import { serverBundle, testPython } from '../../support/lspClient'
import type { Step } from '../conformance/scenarios'
import { runRig, stepsOf } from '../rig'

const here = import.meta.dirname
export const checkout = resolve(here, '../../..')
export const sublimePackage = join(checkout, 'clients/sublime')

/** The folder with checkouts of LSP and Debugger, or why there is none. */
export function sublimePackages(): { readonly folder: string } | { readonly missing: string } {
  const folder = process.env['SUBLIME_PACKAGES_DIR'] ?? join(homedir(), '.config/sublime-text/Packages')
  const lacking = ['LSP/stubs', 'Debugger/modules'].filter(name => !existsSync(join(folder, name)))
  if (lacking.length === 0) return { folder }
  return { missing: `no ${lacking.join(', ')} in SUBLIME_PACKAGES_DIR nor in Sublime Text's own packages` }
}

/** Sublime Text runs packages in Python 3.8: that one where it is installed, else the one of the tests. */
export function sublimePython(): string {
  const pyenv = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions')
  const versions = existsSync(pyenv) ? readdirSync(pyenv).filter(name => name.startsWith('3.8.')) : []
  const candidates = ['python3.8', ...versions.map(version => join(pyenv, version, 'bin/python3.8'))]
  return candidates.find(each => spawnSync(each, ['--version']).status === 0) ?? testPython()
}

const REAL = ['LSP', 'Debugger']

/** What LSP and Debugger import that is not their own; mdpopups is in no registry, and only draws. */
const NEEDED = [
  'bracex==2.5.post1',
  'orjson==3.10.15',
  'psutil==7.2.2',
  'typing_extensions==4.13.2',
  'wcmatch==10.0',
]

export interface RealPackages {
  readonly folder: string
  readonly python: string
}

/** The packages LSP and Debugger with all that they need, or why they cannot be run here. */
export function realPackages(): RealPackages | { readonly missing: string } {
  const found = sublimePackages()
  if ('missing' in found) return found
  try {
    return { ...found, python: environment('sublime', NEEDED, sublimePython()) }
  } catch (error) {
    return { missing: `what LSP needs cannot be installed: ${String(error).split('\n').at(-1)}` }
  }
}

export interface SublimeRig {
  /** Name of a file in rigs/, without `.py`. */
  readonly rig: string
  /** The real packages LSP and Debugger; without them our stand-ins. */
  readonly real?: RealPackages | undefined
  readonly files?: Readonly<Record<string, string>>
  /** What runs as `launch-ls`; null: nothing of that name is installed; 'README': the package is as the README says. */
  readonly server?: string | null | 'README'
  readonly env?: Readonly<Record<string, string>>
  /** What the rig `conformance` plays. */
  readonly steps?: readonly Step[]
}

/** Runs a rig where our package is linked into Sublime Text's packages, and `launch-ls` is on PATH. */
export async function runInSublime({ rig, real, files, server, env, steps }: SublimeRig): Promise<void> {
  const folder = makeFolder(files)
  try {
    const packages = join(folder.path, '.config/sublime-text/Packages')
    mkdirSync(packages, { recursive: true })
    install(folder.path)
    folder.write('.config/sublime-text/Packages/Terminus/Terminus.sublime-settings', '{}')
    for (const name of real === undefined ? [] : REAL)
      symlinkSync(join(real?.folder ?? '', name), join(packages, name))
    const script = folder.write(
      'bin/launch-ls',
      `#!/bin/sh\nexec "${process.execPath}" "${server ?? serverBundle()}" "$@"\n`,
    )
    chmodSync(script, server === null || server === 'README' ? 0o600 : 0o700)
    const played = stepsOf(folder, steps)
    await runRig({
      command: real?.python ?? sublimePython(),
      // Sublime Text runs packages without their assertions; one of Debugger's is wrong.
      args: ['-B', ...(real === undefined ? [] : ['-O']), join(here, 'rigs', `${rig}.py`)],
      folder: folder.path,
      killedAfter: played.killedAfter,
      env: {
        PATH: [join(folder.path, 'bin'), process.env['PATH']].join(delimiter),
        PYTHONPATH: join(here, 'rigs'),
        XDG_CACHE_HOME: join(folder.path, 'cache'),
        RIG_PACKAGES: packages,
        RIG_WORLD: real === undefined ? 'world' : 'real',
        RIG_WS: join(folder.path, 'ws'),
        ...env,
        ...played.env,
      },
    })
  } finally {
    folder.remove()
  }
}

/** As the README tells: a link to this checkout, whose server is used then. */
function install(home: string): void {
  const [link] = readmeLines()
  const line = String(link).replace('/path/to/launch-ls', checkout)
  const { status, stderr } = spawnSync('sh', ['-c', line], {
    env: { ...process.env, HOME: home },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${line}\n${stderr}`)
}

/** What the README tells Sublime Text's users to do: a command, and keys. */
export function readmeLines(): readonly string[] {
  const readme = readFileSync(join(checkout, 'README.md'), 'utf8')
  const [, lines] = /^Sublime Text .*:\n((?: {4}.*\n)+)/m.exec(readme) ?? []
  if (lines === undefined) throw new Error("The README has no lines for Sublime Text's users")
  return lines.trim().split(/\n */)
}
