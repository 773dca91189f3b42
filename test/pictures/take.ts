/**
 * `npm run pictures`: each editor at a breakpoint, through launch-ls, as a terminal shows it; drawn into
 * docs/pictures. What of the editors is not here keeps the picture it has.
 */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type Editor, helix, neovim, vim } from '../clients/editors'
import { emacs } from '../clients/emacs/emacs'
import { nvimDap } from '../clients/neovim/neovim'
import { atScreen, type Screen } from '../clients/screen'
import { vimspector } from '../clients/vim/vim'
import type { TestFolder } from '../support/folder'
import { testPython } from '../support/lspClient'
import { svgOf } from './svg'

const checkout = resolve(import.meta.dirname, '../..')
const pictures = join(checkout, 'docs/pictures')

interface Picture {
  readonly name: string
  readonly title: string
  readonly editor: Editor
  /** The folder of its debugger, where that is a package of its own. */
  readonly debugger?: string | undefined
  readonly config: (debuggerFolder: string) => Readonly<Record<string, string>>
  readonly command: (editor: string, folder: TestFolder) => readonly string[]
  readonly play: (screen: Screen) => Promise<void>
}

/** The lines that the README has for an editor. */
function readmeLines(editor: string): string {
  const readme = readFileSync(join(checkout, 'README.md'), 'utf8')
  const [, lines] = new RegExp(`^${editor} .*:\\n((?: {4}.*\\n)+)`, 'm').exec(readme) ?? []
  if (lines === undefined) throw new Error(`The README has no lines for ${editor}`)
  return lines.replaceAll(/^ {4}/gm, '').replaceAll('/path/to/launch-ls', checkout)
}

/** Its modules have no files, and so no paths of this machine. */
const APP = `"""Greets as many people as it is told."""

import sys


def greet(name, excitement):
    marks = "!" * excitement
    text = f"Hello, {name}{marks}"
    return text


def main():
    for excitement, name in enumerate(sys.argv[1:], start=1):
        print(greet(name, excitement))


if __name__ == "__main__":
    main()
`
const LAUNCH_JSON = `{
  "version": "0.2.0",
  "configurations": [
    {
      "name": "Greet",
      "type": "debugpy",
      "request": "launch",
      "program": "\${workspaceFolder}/app.py",
      "console": "internalConsole",
      "args": ["Ada", "Grace"],
    },
    { "name": "Test", "type": "debugpy", "request": "launch", "module": "pytest" },
  ],
}
`
/** `return text` */
const LINE = 9
const LOCALS = 'Hello, Ada!'

const PICTURES: readonly Picture[] = [
  {
    name: 'neovim',
    title: 'Neovim with nvim-dap, stopped at a breakpoint, with the locals beside it',
    editor: neovim('0.12'),
    debugger: nvimDap() ?? '',
    config: folder => ({
      'init.lua': `vim.opt.runtimepath:prepend('${folder}')\n${readmeLines('Neovim')}
vim.o.number = true
vim.o.signcolumn = 'yes'
vim.o.termguicolors = true
vim.keymap.set('n', 's', function()
  local widgets = require('dap.ui.widgets')
  widgets.sidebar(widgets.scopes, { width = 46 }).open()
end)
`,
    }),
    command: (editor, { path }) => [editor, '-u', `${path}/init.lua`, '-i', 'NONE', '-n', 'app.py'],
    play: async screen => {
      await screen.shows('def greet')
      await screen.type(`${LINE}G`)
      await screen.press('F9')
      await screen.shows(/B +9/)
      await screen.press('F5')
      await screen.shows(/\d: Greet/)
      await screen.type('1')
      await screen.press('Enter')
      await screen.shows(/→ +9/)
      await screen.type('s')
      await screen.shows('Locals')
    },
  },
  {
    name: 'emacs',
    title: 'Emacs with dape, stopped at a breakpoint',
    editor: emacs('30'),
    config: () => ({
      'init.el': `(setq inhibit-startup-screen t ring-bell-function #'ignore launch-ls-debugger 'dape)
(menu-bar-mode -1)
(global-display-line-numbers-mode 1)
(load-theme 'modus-vivendi t)
(require 'dape)
${readmeLines('Emacs')}(global-set-key (kbd "<f9>") #'dape-breakpoint-toggle)
`,
    }),
    command: (editor, { path }) => [editor, '-nw', '-Q', '-l', join(path, 'init.el'), 'app.py'],
    play: async screen => {
      await screen.shows('def greet')
      await screen.press('M-g', 'g')
      await screen.type(String(LINE))
      await screen.press('Enter', 'F9', 'F5')
      await screen.shows('Debug (default Greet)')
      await screen.press('Enter')
      await screen.shows(LOCALS)
    },
  },
  {
    name: 'vim',
    title: 'Vim with vimspector, stopped at a breakpoint',
    editor: vim('9.1'),
    debugger: vimspector() ?? '',
    config: folder => ({
      '.vimrc': `set nocompatible number termguicolors background=dark
set runtimepath^=${folder}
${readmeLines('Vim')}filetype plugin indent on
syntax on
`,
    }),
    command: editor => [editor, '-i', 'NONE', '-n', 'app.py'],
    play: async screen => {
      await screen.shows('def greet')
      await screen.type(`${LINE}G`)
      await screen.press('F9')
      await screen.shows(/● +9/)
      await screen.type(':LaunchDebug Greet')
      await screen.press('Enter')
      await screen.shows(LOCALS)
    },
  },
  {
    name: 'helix',
    title: 'Helix, stopped at a breakpoint, with the variables of the frame',
    editor: helix('25'),
    config: () => ({
      'config/helix/languages.toml': readFileSync(join(checkout, 'clients/helix/languages.toml'), 'utf8'),
      'config/helix/config.toml': 'theme = "onedark"\n\n[editor]\ntrue-color = true\n',
    }),
    command: editor => [editor, 'app.py'],
    play: async screen => {
      await screen.shows('def greet')
      await screen.type(`:${LINE}`)
      await screen.press('Enter')
      await screen.type(' Gb')
      await screen.shows(/[●◯] +9/)
      await screen.press('Escape')
      await screen.type(' Gl')
      await screen.shows('debug with an answer')
      await screen.press('Enter')
      await screen.shows('Configuration of launch.json:')
      await screen.type('Greet')
      await screen.press('Enter')
      await screen.shows(/▶ +9/)
      await screen.press('Escape')
      await screen.type(' Gv')
      await screen.shows('Locals')
    },
  },
]

mkdirSync(pictures, { recursive: true })
for (const { name, title, editor, debugger: debuggerFolder = '-', config, command, play } of PICTURES) {
  if ('missing' in editor || debuggerFolder === '') {
    console.log(`${name}: skipped (${'missing' in editor ? editor.missing : 'its debugger is not here'})`)
    continue
  }
  const options = {
    files: {
      'ws/app.py': APP,
      'ws/.vscode/launch.json': LAUNCH_JSON,
      ...config(debuggerFolder),
    },
    size: { columns: 120, lines: 34 },
    env: { COLORTERM: 'truecolor' },
    command: (folder: TestFolder) => {
      symlinkSync(dirname(dirname(testPython())), join(folder.path, 'ws/.venv'))
      return command(editor.command, folder)
    },
  }
  await atScreen(options, async screen => {
    await play(screen)
    writeFileSync(
      join(pictures, `${name}.svg`),
      svgOf((await screen.readColoured()).replaceAll(screen.folder.path, '/home/ada'), title),
    )
  })
  console.log(`${name}: docs/pictures/${name}.svg`)
}
