import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { eventually } from '../../support/eventually'
import type { TestFolder } from '../../support/folder'
import type { Step } from '../conformance/scenarios'
import { atScreen, playSteps, type Screen } from '../screen'

const checkout = resolve(import.meta.dirname, '../../..')
const LOG = '.vimspector.log'

/** vimspector's checkout: VIMSPECTOR_DIR. Undefined: it is not installed. */
export function vimspector(): string | undefined {
  const named = process.env['VIMSPECTOR_DIR']
  return named !== undefined && existsSync(join(named, 'plugin/vimspector.vim')) ? named : undefined
}
export const WITHOUT_VIMSPECTOR = 'vimspector is not in VIMSPECTOR_DIR'

/** Vim with vimspector and launch-ls, as a user at its keys. */
export interface Vim {
  readonly screen: Screen
  readonly act: (step: Step) => Promise<void>
  /** Types a command. */
  command(text: string): Promise<void>
  /** vimspector's list has exactly these. */
  offers(...names: readonly string[]): Promise<void>
}

export async function inVim(
  command: string,
  files: Readonly<Record<string, string>>,
  play: (vim: Vim) => Promise<void>,
  debuggerFolder = vimspector() ?? '',
): Promise<void> {
  const options = {
    files: { ...files, '.vimrc': vimrc(debuggerFolder) },
    command: () => [command, '-i', 'NONE', '-n'],
    log: LOG,
  }
  await atScreen(options, async screen => {
    await screen.shows('VIM - Vi IMproved')
    await play(vimAt(screen))
  })
}

export const playInVim = (
  command: string,
  files: Readonly<Record<string, string>>,
  steps: readonly Step[],
): Promise<void> => inVim(command, files, ({ act }) => playSteps(steps, act))

function vimAt(screen: Screen): Vim {
  let stopsSeen = 0
  const answers: (string | null)[] = []
  const stops = () => [...screen.file(LOG).matchAll(/Message received: .*'event': 'stopped'/g)].length
  const sessions = () => screen.file('sessions').split('\n').filter(Boolean)
  const lineOf = ({ path }: TestFolder, file: string, line: number) =>
    readFileSync(join(path, 'ws', file), 'utf8').split('\n')[line - 1] ?? ''

  async function command(text: string): Promise<void> {
    await screen.type(`:${text}`)
    await screen.shows(`:${text}`)
    await screen.press('Enter')
  }

  async function act(step: Step): Promise<void> {
    switch (step[0]) {
      case 'open': {
        const [, file, line = 1] = step
        await command(`edit +${line} ${file}`)
        await screen.shows(lineOf(screen.folder, file, line))
        return
      }
      case 'breakpoint': {
        const [, line, more] = step
        await command(`${line}`)
        if (more === undefined) await screen.press('F9')
        else await command(`call vimspector#ToggleBreakpoint(${JSON.stringify(more)})`)
        await screen.shows(/^ ?[●◆◈⊘?LCl]|●|◆|◇/m)
        return
      }
      case 'answer':
        answers.push(...step.slice(1))
        return
      case 'start':
        return await command(`LaunchDebug ${step[1]}`)
      case 'run':
        return await command(`LaunchRun ${step[1]}`)
      case 'pick':
        return await pick(step[1])
      case 'stopped':
        await eventually('a stop', () => stops() > stopsSeen, 20_000)
        stopsSeen = stops()
        await screen.shows(new RegExp(`▶ *${literally(lineOf(screen.folder, step[1], step[2]).trim())}`))
        return
      case 'variable':
        return await screen.shows(new RegExp(`- ${step[1]}: ${literally(step[2])}(?: |$)`, 'm'))
      case 'next':
      case 'continue':
      case 'restart':
      case 'stop':
        return await screen.press(KEYS[step[0]])
      case 'sessions':
        await eventually(
          `the sessions ${step.slice(1).join(', ')}`,
          () => sessions().sort().join() === step.slice(1).sort().join(),
        )
        return
      case 'output':
        return void (await eventually(
          `output '${step[1]}'`,
          () => screen.file('console').includes(step[1]),
          20_000,
        ))
      case 'terminal':
      case 'shown':
        return await screen.shows(step[1], 20_000)
      case 'asked':
        await screen.shows(step[1])
        return await answer(answers.shift() ?? null)
      case 'write':
        writeFileSync(join(screen.folder.path, 'ws', step[1]), step[2])
        return
      case 'ended':
        await eventually('no session', () => sessions().length === 0, 20_000)
        return
      case 'kill':
        return await screen.kill()
    }
  }

  const offered = () => screen.file('offered').split('\n').filter(Boolean).sort()

  async function offers(...names: readonly string[]): Promise<void> {
    await eventually(`${names.join(', ')} are offered`, () => offered().join() === names.join())
  }

  /** F5 shows the list once launch.json has been read. */
  async function pick(name: string): Promise<void> {
    await eventually(`${name} is offered`, () => offered().includes(name))
    await screen.press('F5')
    await screen.shows('Which launch configuration?')
    await screen.type(String(offered().indexOf(name) + 1))
    await screen.press('Enter')
  }

  async function answer(text: string | null): Promise<void> {
    if (text === null) return await screen.press('Escape')
    await screen.press('C-u')
    await screen.type(text)
    await screen.press('Enter')
  }

  return { screen, act, command, offers }
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

const KEYS = { next: 'F10', continue: 'F5', restart: 'F4', stop: 'F3' } as const

/** vimspector, and what the README tells Vim's users to write, with the path of this checkout. */
function readmeLines(): string {
  const readme = readFileSync(join(checkout, 'README.md'), 'utf8')
  const [, lines] = /^Vim 9.*:\n((?: {4}.*\n)+)/m.exec(readme) ?? []
  if (lines === undefined) throw new Error("The README has no lines for Vim's users")
  return lines.replace('/path/to/launch-ls', checkout)
}

/** A timer writes down what no part of the screen shows. */
const vimrc = (debuggerFolder: string) => `set nocompatible
set runtimepath^=${debuggerFolder}
${readmeLines()}
filetype plugin indent on

def g:Tell(_: number)
  const live = '[s.Name() for s in _vimspector_session_man.sessions.values() if s.Connection()]'
  var names: list<string>
  try
    names = py3eval(live)
  catch
  endtry
  writefile(names, $HOME .. '/sessions')
  # vimspector begins a line for each piece of the output.
  const consoles = getbufinfo()->filter((_, each) => each.name =~ 'vimspector.Console')
  writefile([consoles->mapnew((_, each) => getbufline(each.bufnr, 1, '$')->join(''))->join('')], $HOME .. '/console')
  writefile(get(g:, 'vimspector_configurations', {})->keys(), $HOME .. '/offered')
enddef
call timer_start(50, function('g:Tell'), {'repeat': -1})
`
