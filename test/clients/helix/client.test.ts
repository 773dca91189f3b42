/** The languages.toml that we give, in the real Helix. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { eventually } from '../../support/eventually'
import { testPython } from '../../support/lspClient'
import { workspace } from '../conformance/workspace'
import { helix } from '../editors'
import { inHelix } from './helix'

const editor = helix('25')
const WRONG = `{ "configurations": [{ "name": "app", "type": "debugpy", "request": "launch", "program": "app.py",
  "console": "nowhere" }] }
`

describe.skipIf('missing' in editor)(
  `${editor.name}${'missing' in editor ? ` (${editor.missing})` : ''}`,
  () => {
    const command = 'command' in editor ? editor.command : ''

    test('launch.json is checked while it is edited', () =>
      inHelix(command, { ...workspace(), 'ws/.vscode/launch.json': WRONG }, async ({ screen, act }) => {
        await act(['open', '.vscode/launch.json'])
        await screen.shows(/^● *2 /m)
        await screen.press('Space')
        await screen.shows('Open diagnostic picker')
        await screen.press('d')
        await screen.shows('"console" is one of')
      }))

    test('a question is answered at the prompt of a template', () =>
      inHelix(command, workspace(), async ({ act, launch }) => {
        await act(['open', 'app.py'])
        await act(['breakpoint', 7])
        await launch('debug with an answer to its question', 'asks', 'the-mode.x=50%1 off')
        await act(['stopped', 'app.py', 7])
        await act(['variable', 'mode', "'50%1 off'"])
        await act(['stop'])
        await act(['ended'])
      }))

    test('a question without an answer is refused, and the next start works', () =>
      inHelix(command, workspace(), async ({ act, launch }) => {
        await act(['open', 'app.py'])
        await launch('debug', 'asks')
        await act(['shown', '${input:the-mode.x} needs an answer'])
        await act(['ended'])
        await act(['start', 'app'])
        await act(['output', 'result 42 dev'])
        await act(['ended'])
      }))

    test('an answer without its question is refused in words of the template', () =>
      inHelix(command, workspace(), async ({ act, launch }) => {
        await act(['open', 'app.py'])
        await launch('debug with an answer to its question', 'asks', 'noequals')
        await act(['shown', String.raw`inputs\" takes ID=VALUE, not 'noequals'.`])
        await act(['ended'])
      }))

    test('without a name one is told the names', () =>
      inHelix(command, workspace(), async ({ act, launch }) => {
        await act(['open', 'app.py'])
        await launch('debug', '')
        await act(['shown', 'There are: app'])
        await act(['ended'])
      }))

    test('the file that a configuration means is chosen at the prompt of a template', () => {
      const launchJson = `{ "configurations": [{ "name": "this", "type": "debugpy", "request": "launch",
      "program": "\${file}", "console": "internalConsole", "python": ${JSON.stringify(testPython())} }] }`
      return inHelix(
        command,
        { ...workspace(), 'ws/.vscode/launch.json': launchJson },
        async ({ act, launch }) => {
          await act(['open', 'app.py'])
          await launch('debug with this file in the editor', 'this', 'loop.py')
          await act(['output', 'turn 3'])
          await act(['ended'])
        },
      )
    })

    test('a program in a terminal gets its words, its folder and its environment as they are written', () => {
      const cwd = "it's 100% über"
      const tell = {
        name: 'tell',
        program: '${workspaceFolder}/wörk späce/tell.py',
        console: 'integratedTerminal',
        cwd: `\${workspaceFolder}/${cwd}`,
        env: { SAID: '$HOME `date` "\'\\' },
        args: HOSTILE,
      }
      const files = {
        ...workspace({ configurations: [tell] }),
        'ws/wörk späce/tell.py': TELL,
        [`ws/${cwd}/.keep`]: '',
      }
      return inHelix(command, files, async ({ screen, act }) => {
        await act(['open', 'app.py'])
        await act(['start', 'tell'])
        await act(['ended'])
        await eventually('the program tells', () => screen.file(TOLD).endsWith('\n'))
        const ws = join(screen.folder.path, 'ws')
        expect(JSON.parse(screen.file(TOLD))).toEqual([HOSTILE, join(ws, cwd), tell.env.SAID])
        expect(existsSync(join(ws, cwd, 'INJECTED'))).toBe(false)
      })
    })
  },
)

const HOSTILE = [
  '$HOME',
  'x;touch INJECTED',
  "it's",
  '"two  words"',
  '',
  '*',
  '\\',
  'ä&b|c>d',
  '~',
  'a\nb',
  '!!',
  '#',
]
const TOLD = 'ws/told.json'
const TELL = `import json, os, sys
with open("../told.json", "w") as file:
    file.write(json.dumps([sys.argv[1:], os.getcwd(), os.environ["SAID"]]) + "\\n")
`
