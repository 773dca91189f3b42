/** The client in the real Neovim, with a server and (where it matters not) an nvim-dap that stand in. */
import { describe, test } from 'vitest'
import { workspace } from '../conformance/workspace'
import { neovim, tmux } from '../editors'
import { atScreen } from '../screen'
import { checkout, fakeServer, runInNeovim, standIn } from './neovim'

const rows = [
  {
    rig: 'buffers',
    says: 'the server gets launch.json, tasks.json, env files and Python below a launch.json',
  },
  { rig: 'names', says: 'names are completed, and listed by dap.continue()' },
  { rig: 'editor', says: "a start takes the editor's state along, and gives nvim-dap the stub" },
  { rig: 'adapters', says: "a user's own adapter keeps what is not ours" },
  { rig: 'compounds', says: 'a compound starts all its members' },
  { rig: 'prompts', says: 'prompts are answered and cancelled' },
  { rig: 'typed', says: 'prompts and names are typed at a screen' },
  { rig: 'headless', says: 'without a screen prompts are cancelled' },
  {
    rig: 'refusals',
    says: 'a refusal is shown with its remedy and its place, a failed task with its output',
  },
  { rig: 'cancel', says: 'a start shows its progress and is cancelled; sessions are stopped' },
  { rig: 'servers', says: 'wrong options, a server that is too old, and one that never answers' },
  { rig: 'pages', says: 'resolve, new configuration, code lens, health and help' },
]

const CONFIGURED = `vim.lsp.config('launch_ls', { cmd = { '${process.execPath}', '${fakeServer}' } })`

for (const editor of [neovim('0.10'), neovim('0.12')]) {
  if ('missing' in editor) {
    describe.skip(`${editor.name} (skipped: ${editor.missing})`, () => {
      for (const { says } of rows) test(says, () => undefined)
    })
    continue
  }
  describe(editor.name, () => {
    for (const { rig, says } of rows)
      test(says, () => runInNeovim({ editor: editor.command, rig, dap: standIn }))

    test.skipIf(editor.name.includes('0.10'))('the command of vim.lsp.config is the one', () =>
      runInNeovim({
        editor: editor.command,
        rig: 'configured',
        dap: standIn,
        server: null,
        init: CONFIGURED,
      }),
    )

    test.skipIf(tmux() === undefined)('a user at a screen', async () => {
      const command = [editor.command, '--cmd', `set runtimepath^=${checkout}/clients/neovim`, 'app.py']
      await atScreen({ files: workspace(), command: () => command }, async screen => {
        await screen.shows('def work(n, mode):')
        await screen.type(':LaunchResolve! app')
        await screen.press('Enter')
        await screen.shows('"MODE": "dev"')
      })
    })

    test('without nvim-dap and without the server one is told what is missing', () =>
      runInNeovim({ editor: editor.command, rig: 'absent', dap: undefined, server: null }))
  })
}
