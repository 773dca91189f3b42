import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { eventually } from '../../support/eventually'
import type { Step } from '../conformance/scenarios'
import { atScreen, playSteps, type Screen } from '../screen'

const checkout = resolve(import.meta.dirname, '../../..')
const LOG = 'helix.log'

/** Helix with the languages.toml that we give, as a user at its keys. */
export interface Helix {
  readonly screen: Screen
  readonly act: (step: Step) => Promise<void>
  /** Starts a template; answers are typed at its prompts. */
  launch(template: string, ...answers: readonly string[]): Promise<void>
}

interface OutputEvent {
  readonly body: { readonly output: string }
}

export async function inHelix(
  command: string,
  files: Readonly<Record<string, string>>,
  play: (helix: Helix) => Promise<void>,
): Promise<void> {
  const languages = readFileSync(join(checkout, 'clients/helix/languages.toml'), 'utf8')
  const options = {
    files: { ...files, 'config/helix/languages.toml': languages, 'config/helix/config.toml': '' },
    command: ({ path }: { path: string }) => [command, '-vv', '--log', join(path, LOG)],
    log: LOG,
  }
  await atScreen(options, screen => play(helixAt(screen)))
}

export const playInHelix = (
  command: string,
  files: Readonly<Record<string, string>>,
  steps: readonly Step[],
): Promise<void> => inHelix(command, files, ({ act }) => playSteps(steps, act))

function helixAt(screen: Screen): Helix {
  let stopsSeen = 0
  /** Helix shows what happens in one line that the next thing takes: its log keeps what it has shown. */
  const shown = (what: RegExp) => [...screen.file(LOG).matchAll(new RegExp(what, 'g'))]
  const stops = () => shown(/editor status: Thread \S+ stopped because of/).length
  const starts = () => shown(/"command":"launch","arguments":\{"configuration":"([^"]*)"/)
  const ends = () => shown(/-> DAP \{[^\n]*"command":"disconnect"/).length

  /** Escape and what comes next would be one key, so it is pressed where it shows. */
  async function leaveMenus(): Promise<void> {
    for (let before = await screen.read(); MENUS.test(before); before = await screen.read()) {
      await screen.press('Escape')
      await eventually('a menu closes', async () => (await screen.read()) !== before)
    }
  }

  /** It comes in pieces, and each takes the line of the one before. */
  const output = () =>
    shown(/<- DAP (\{.*"event": ?"output".*\})/)
      .map(([, message = '']) => String((JSON.parse(message) as OutputEvent).body.output))
      .join('')

  async function debug(key: string): Promise<void> {
    await leaveMenus()
    await screen.press('Space')
    await screen.shows('Open file picker')
    await screen.press('G')
    await screen.shows('Launch debug target')
    await screen.press(key)
  }

  async function launch(template: string, ...answers: readonly string[]): Promise<void> {
    const before = starts().length
    await debug('l')
    await screen.shows('debug with an answer to its question')
    await screen.type(template)
    await screen.shows(new RegExp(`> ${template}`))
    await screen.press('Enter')
    for (const [index, answer] of answers.entries()) {
      await screen.shows(PROMPTS[template]?.[index] ?? PROMPTS['debug']?.[0] ?? '')
      await screen.type(answer)
      await screen.press('Enter')
    }
    await eventually('the launch', () => starts().length > before)
  }

  async function variable(name: string, value: string): Promise<void> {
    const line = new RegExp(`\\b${name}: \\S+ = ${literally(value)}(?: |$)`, 'm')
    await eventually(
      `${name} = ${value}`,
      async () => {
        await debug('v')
        await screen.shows('Locals')
        const isIt = line.test(await screen.read())
        await leaveMenus()
        return isIt
      },
      15_000,
    )
  }

  async function act(step: Step): Promise<void> {
    switch (step[0]) {
      case 'open':
        await screen.shows('[scratch]')
        await screen.type(`:open ${step[1]}`)
        await screen.press('Enter')
        await screen.shows(new RegExp(`NOR +${step[1]}`))
        return
      case 'breakpoint': {
        const [, line, more] = step
        await screen.type(`:${line}`)
        await screen.press('Enter')
        await screen.shows(new RegExp(` ${line}:1$`, 'm'))
        await debug('b')
        await screen.shows(new RegExp(`^[●◯] +${line} `, 'm'))
        if (more !== undefined) throw new Error('Helix has no such breakpoints')
        return
      }
      case 'start':
        return await launch('debug', step[1])
      case 'run':
        return await launch('run without debugging', step[1])
      case 'stopped':
        await eventually('a stop', () => stops() > stopsSeen, 20_000)
        stopsSeen = stops()
        await screen.shows(new RegExp(`^ ?▶ +${step[2]} `, 'm'))
        await screen.shows(new RegExp(`NOR +\\S*${step[1]}`))
        return
      case 'variable':
        return await variable(step[1], step[2])
      case 'next':
      case 'continue':
      case 'restart':
      case 'stop':
        return await debug(KEYS[step[0]])
      case 'sessions': {
        const running = starts().slice(ends())
        const names = running.map(([, name]) => name)
        if (names.join() !== step.slice(1).join()) throw new Error(`there are ${names.join(', ') || 'none'}`)
        return
      }
      case 'output':
        return void (await eventually(`output '${step[1]}'`, () => output().includes(step[1]), 20_000))
      case 'terminal':
        await eventually(`a terminal shows '${step[1]}'`, async () =>
          (await screen.readOthers()).includes(step[1]),
        )
        return
      case 'shown':
        return await screen.shows(step[1])
      case 'write':
        writeFileSync(join(screen.folder.path, 'ws', step[1]), step[2])
        return
      case 'ended':
        await eventually('no session', () => ends() === starts().length, 20_000)
        return
      case 'kill':
        return await screen.kill()
      default:
        throw new Error('Helix has no such thing')
    }
  }

  return { screen, act, launch }
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

const MENUS = /Debug \(experimental\)|Open file picker|▸ Locals/
const KEYS = { next: 'n', continue: 'c', restart: 'r', stop: 't' } as const
const PROMPTS: Readonly<Record<string, readonly string[]>> = {
  debug: ['Configuration of launch.json:'],
  'debug with an answer to its question': ['Configuration of launch.json:', 'Answer, as ID=VALUE:'],
  'debug with this file in the editor': ['Configuration of launch.json:', 'File:'],
}
