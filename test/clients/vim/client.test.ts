/** The plugin for Vim, with vimspector and without. */
import { describe, test } from 'vitest'
import { eventually } from '../../support/eventually'
import { testPython } from '../../support/lspClient'
import { workspace } from '../conformance/workspace'
import { vim } from '../editors'
import { inVim, vimspector, WITHOUT_VIMSPECTOR } from './vim'

const editor = vim('9.1')
const absent = 'missing' in editor ? editor.missing : undefined
const missing = absent ?? (vimspector() === undefined ? WITHOUT_VIMSPECTOR : undefined)
const command = 'command' in editor ? editor.command : ''

const common = { type: 'debugpy', request: 'launch', python: testPython(), console: 'internalConsole' }
const launchJson = (...configurations: object[]) => ({
  'ws/.vscode/launch.json': JSON.stringify({ configurations, inputs: INPUTS }),
})
const INPUTS = [
  { id: 'who', type: 'promptString', description: 'Who?' },
  { id: 'level', type: 'pickString', description: 'How much?', options: ['little', 'much'] },
  { id: 'secret', type: 'promptString', description: 'The secret?', password: true },
]

describe.skipIf(missing !== undefined)(`${editor.name}, vimspector${missing ? ` (${missing})` : ''}`, () => {
  test('without a name one chooses, and a name is completed', () =>
    inVim(command, workspace(), async vim => {
      const { screen, act } = vim
      await act(['open', 'app.py'])
      await act(['breakpoint', 7])
      await screen.type(':LaunchDebug ap\t')
      await screen.shows(':LaunchDebug app')
      await screen.press('C-u')
      await screen.type('LaunchDebug')
      await screen.press('Enter')
      await screen.shows(/\d+: app\b/)
      const [, number = ''] = /(\d+): app\b/.exec(await screen.read()) ?? []
      await screen.type(number)
      await screen.press('Enter')
      await act(['stopped', 'app.py', 7])
      await vim.command('LaunchRestart')
      await act(['stopped', 'app.py', 7])
      await vim.command('LaunchStop')
      await act(['ended'])
    }))

  test('names with blanks are completed', () => {
    const names = ['empty', 'empty env', 'empty env 2']
    const files = launchJson(...names.map(name => ({ ...common, name, program: 'app.py' })))
    return inVim(command, { ...workspace(), ...files }, async ({ screen, act }) => {
      await act(['open', 'app.py'])
      for (const [typed, completed] of [
        ['empty e', 'empty env'],
        ['empty env 2', 'empty env 2'],
        ['em', 'empty'],
      ]) {
        await screen.type(`:LaunchDebug ${typed}\t`)
        await screen.shows(new RegExp(`^:LaunchDebug ${completed}$`, 'm'))
        await screen.press('C-u', 'Escape')
      }
    })
  })

  test('a launch-ls that cannot debug: one is told', () =>
    inVim(
      command,
      {
        ...workspace(),
        'ws/old':
          '#!/bin/sh\n[ "$1" = dap ] || exec launch-ls "$@"\necho "unknown command: $1" >&2\nexit 2\n',
      },
      async vim => {
        await vim.command("call setfperm('old', 'rwx------')")
        await vim.command("let g:launch_ls_command = [getcwd() .. '/old']")
        await vim.command('edit app.py')
        await vim.offers('app', 'asks', 'both', 'family', 'loop', 'lost', 'other', 'terminal')
        await vim.command('LaunchDebug app')
        await vim.screen.shows(/old dap" has ended at once, with status 2\./)
        await vim.command('VimspectorReset')
        await vim.command("let g:launch_ls_command = ['launch-ls']")
        await vim.act(['start', 'app'])
        await vim.act(['output', 'result 42 dev'])
        await vim.act(['ended'])
      },
    ))

  test('the list follows launch.json, and keeps what is not ours', () =>
    inVim(command, workspace(), async vim => {
      const { screen, act } = vim
      await vim.command(
        `let g:vimspector_configurations = {'mine': {'adapter': 'none', 'configuration': {}}}`,
      )
      await act(['open', 'app.py'])
      await vim.offers('app', 'asks', 'both', 'family', 'loop', 'lost', 'mine', 'other', 'terminal')
      await act(['open', '.vscode/launch.json'])
      await vim.command('%s/"loop"/"loops"/ | write')
      await vim.offers('app', 'asks', 'both', 'family', 'loops', 'lost', 'mine', 'other', 'terminal')
      await screen.press('F5')
      await screen.shows('mine')
    }))

  test('questions with choices and for passwords; what looks like a variable of vimspector is none', () => {
    const args = ['${input:level}', '${input:secret}', '${fileBasename}', '${lineNumber}']
    const asks = { ...common, name: 'a $HOME of $$ 1', program: 'argv.py', args }
    const files = { ...workspace(), ...launchJson(asks), 'ws/argv.py': 'import sys\nprint(sys.argv[1:])\n' }
    return inVim(command, files, async ({ screen, act }) => {
      await act(['open', 'loop.py', 2])
      await act(['start', 'a $HOME of $$ 1'])
      await screen.shows('2: much')
      await screen.type('2')
      await screen.press('Enter')
      await screen.shows('The secret?')
      await screen.type('shh')
      await screen.shows('The secret? ***')
      await screen.press('Enter')
      await act(['output', "['much', 'shh', 'loop.py', '2']"])
      await act(['ended'])
    })
  })

  test('one key is enough at a question', () => {
    const args = ['${input:who}', '${input:secret}']
    const files = {
      ...workspace(),
      ...launchJson(
        { ...common, name: 'ask', program: 'argv.py', args },
        { ...common, name: 'pick', program: 'argv.py', args: ['${input:level}'] },
      ),
      'ws/argv.py': 'import sys\nprint(sys.argv[1:])\n',
    }
    return inVim(command, files, async vim => {
      const { screen, act } = vim
      await act(['open', 'argv.py'])
      await vim.command('call timer_stopall()')
      for (const [name, question] of [
        ['ask', 'Who?'],
        ['pick', '2: much'],
      ] as const) {
        await act(['start', name])
        await screen.shows(question)
        await screen.press('Escape')
        await screen.shows('was cancelled')
        await screen.shows(/^(?!.*(Who\?|2: much))/s)
        await screen.shows(new RegExp(`session ${name} \\(\\d+\\) Failed`))
        await vim.command('VimspectorReset')
        await screen.shows(/^(?!.*vimspector\.)/s)
      }
      await act(['start', 'pick'])
      await screen.shows('2: much')
      await screen.press('2', 'Enter')
      await screen.shows("['much']")
    })
  })

  test('two folders: the list is that of the window', () => {
    const asks = (name: string) => JSON.stringify({ configurations: [{ ...common, name, program: 'x.py' }] })
    const files = {
      'ws/plain/.vscode/launch.json': asks('first'),
      'ws/plain/app.py': 'print(1)\n',
      'ws/other ü/.vscode/launch.json': asks('second'),
      'ws/other ü/app.py': 'print(2)\n',
    }
    return inVim(command, files, async vim => {
      await vim.act(['open', 'plain/app.py'])
      await vim.offers('first')
      await vim.command('vsplit other\\ ü/app.py')
      await vim.offers('second')
      for (const name of ['first', 'second', 'first']) {
        await vim.command('wincmd w')
        await vim.offers(name)
      }
    })
  })

  test("F5 tells file and line, also from a window of vimspector's", () => {
    const args = ['${fileBasename}', '${lineNumber}']
    const files = {
      ...workspace(),
      ...launchJson({ ...common, name: 'here', program: 'argv.py', args }),
      'ws/argv.py': 'import sys\nprint(sys.argv[1:])\n',
    }
    return inVim(command, files, async vim => {
      const { screen, act } = vim
      await act(['open', 'loop.py', 2])
      await vim.offers('here')
      await screen.press('F5')
      await act(['output', "['loop.py', '2']"])
      await act(['ended'])
      await vim.command('call win_execute(g:vimspector_session_windows.code, 1)')
      await vim.command('call win_gotoid(g:vimspector_session_windows.output)')
      await act(['start', 'here'])
      await act(['output', "['loop.py', '1']"])
      await act(['ended'])
      await vim.command('LaunchRestart')
      await eventually(
        'the same once more',
        () => screen.file('console').split("['loop.py', '1']").length > 2,
      )
      await act(['ended'])
    })
  })

  test('a refusal says what is missing, and the next start works', () =>
    inVim(command, workspace(), async vim => {
      const { act } = vim
      await act(['open', 'app.py'])
      await act(['start', 'ap'])
      await act(['shown', "Did you mean 'app'?"])
      await vim.command('VimspectorReset')
      await act(['ended'])
      await act(['start', 'app'])
      await act(['output', 'result 42 dev'])
      await act(['ended'])
    }))

  test('without launch-ls one is told', () =>
    inVim(command, workspace(), async vim => {
      await vim.command("let g:launch_ls_command = ['nowhere']")
      await vim.act(['open', 'app.py'])
      await vim.command('LaunchDebug app')
      await vim.act(['shown', 'there is no "nowhere"'])
    }))

  test('a launch-ls that does not work: one is told what it said', () =>
    inVim(
      command,
      { ...workspace(), 'ws/broken': '#!/bin/sh\necho "no node here" >&2\nexit 127\n' },
      async vim => {
        await vim.command("call setfperm('broken', 'rwx------')")
        await vim.command("let g:launch_ls_command = [getcwd() .. '/broken']")
        await vim.command('edit app.py')
        await vim.screen.shows(/broken" cannot be started: no node here *║/)
        await vim.command('call popup_clear()')
        for (const start of ['LaunchDebug app', 'LaunchDebug']) {
          await vim.command(start)
          await vim.screen.shows(/^launch-ls: .*broken" cannot be started: no node here/m)
          await vim.command('echo "next"')
          await vim.screen.shows(/^next/m)
        }
      },
    ))
})

test.skipIf(absent !== undefined)(`${editor.name} without vimspector: one is told`, () =>
  inVim(
    command,
    workspace(),
    async vim => {
      await vim.act(['open', 'app.py'])
      await vim.command('LaunchDebug app')
      await vim.act(['shown', 'vimspector is not installed'])
    },
    '',
  ),
)
