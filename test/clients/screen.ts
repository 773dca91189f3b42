import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { eventually } from '../support/eventually'
import { makeFolder, type TestFolder } from '../support/folder'
import { serverBundle } from '../support/lspClient'
import type { Step } from './conformance/scenarios'
import { tmux } from './editors'
import { nothingLeft } from './rig'

/** An editor at a screen of its own, which is read and typed at. */
export interface Screen {
  readonly folder: TestFolder
  /** The text of the editor's screen. */
  read(): Promise<string>
  /** The text of what else is beside it: terminals that the editor opened by tmux. */
  readOthers(): Promise<string>
  /** Keys as tmux names them: `Escape`, `F9`, `C-c`, `g`. */
  press(...keys: readonly string[]): Promise<void>
  type(text: string): Promise<void>
  /** Waits until the screen shows it. */
  shows(what: string | RegExp, milliseconds?: number): Promise<void>
  /** A file that the editor writes, in the folder. */
  file(name: string): string
  kill(): Promise<void>
}

export interface ScreenOptions {
  readonly files: Readonly<Record<string, string>>
  /** The editor's command, in the folder `ws`; files of its configuration are written before. */
  command(folder: TestFolder): readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** A file of the folder to show when it fails. */
  readonly log?: string
}

/**
 * Runs an editor in tmux, with HOME in a folder of its own and a `launch-ls` on PATH that is this checkout's. Afterwards
 * nothing of it may run. A failure says what the screen showed.
 */
export async function atScreen(
  options: ScreenOptions,
  play: (screen: Screen) => Promise<void>,
): Promise<void> {
  const folder = makeFolder(options.files)
  const bin = join(folder.path, 'bin')
  folder.write('bin/launch-ls', `#!/bin/sh\nexec "${process.execPath}" "${serverBundle()}" "$@"\n`)
  await run('chmod', ['+x', join(bin, 'launch-ls')])
  const socket = join(folder.path, 'tmux')
  const conf = folder.write('tmux.conf', TMUX_CONF)
  const env = {
    ...options.env,
    HOME: folder.path,
    LANG: 'C.UTF-8',
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    SHELL: '/bin/sh',
    TERM: 'xterm-256color',
    TMUX_TMPDIR: folder.path,
    XDG_CONFIG_HOME: join(folder.path, 'config'),
    XDG_STATE_HOME: join(folder.path, 'state'),
    XDG_CACHE_HOME: join(folder.path, 'cache'),
  }
  const ask = async (...args: readonly string[]) =>
    (await run(tmux() ?? 'tmux', ['-S', socket, '-f', conf, ...args], { env })).stdout
  const screen: Screen = {
    folder,
    read: () => ask('capture-pane', '-p', '-t', EDITOR),
    readOthers: async () => {
      const panes = (await ask('list-panes', '-s', '-F', '#{pane_id}')).split('\n').slice(1)
      return (
        await Promise.all(panes.filter(Boolean).map(pane => ask('capture-pane', '-p', '-t', pane)))
      ).join('')
    },
    press: async (...keys) => void (await ask('send-keys', '-t', EDITOR, ...keys)),
    type: async text => void (await ask('send-keys', '-t', EDITOR, '-l', '--', text)),
    shows: async (what, milliseconds = 15_000) => {
      const isThere = (text: string) => (typeof what === 'string' ? text.includes(what) : what.test(text))
      await eventually(`the screen shows ${what}`, async () => isThere(await screen.read()), milliseconds)
    },
    file: name => {
      try {
        return readFileSync(join(folder.path, name), 'utf8')
      } catch {
        return ''
      }
    },
    kill: async () => {
      const [pid] = (await ask('list-panes', '-s', '-F', '#{pane_pid}')).split('\n')
      process.kill(Number(pid), 'SIGKILL')
    },
  }
  try {
    await ask(
      'new-session',
      '-d',
      '-x',
      '180',
      '-y',
      '50',
      '-c',
      join(folder.path, 'ws'),
      ...options.command(folder),
    )
    await play(screen)
  } catch (error) {
    const shown = await screen.read().catch(() => '')
    const log = options.log === undefined ? '' : screen.file(options.log).slice(-4000)
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${shown.trimEnd()}\n${log}`)
  } finally {
    await ask('kill-server').catch(() => undefined)
    await nothingLeft(folder.path)
    folder.remove()
  }
}

/** Plays the steps in order; a failure names the step. */
export async function playSteps(steps: readonly Step[], act: (step: Step) => Promise<void>): Promise<void> {
  for (const step of steps) {
    try {
      await act(step)
    } catch (error) {
      throw new Error(`${JSON.stringify(step)}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
}

const run = promisify(execFile)
/** The first pane. */
const EDITOR = '%0'
/** What has ended can still be read. Escape is one key at once. */
const TMUX_CONF = `set -g remain-on-exit on
set -g escape-time 0
set -g status off
set -g history-limit 2000
`
