/** The whole path in the real Neovim: its language client, the server, nvim-dap and debugpy. */
import { describe, test } from 'vitest'
import { serverBundle, testPython } from '../../support/lspClient'
import { attachable, attachedConfiguration } from '../attachable'
import { workspace } from '../conformance/workspace'
import { neovim } from '../editors'
import { type NeovimRig, nvimDap, runInNeovim, WITHOUT_NVIM_DAP } from './neovim'

const rows = [
  { rig: 'session', says: 'breakpoint, env file, restart, run again, stop, run without debugging' },
  { rig: 'family', says: 'a compound, and a child process' },
  { rig: 'asked', says: 'inputs asked and cancelled, commands, a refusal' },
  { rig: 'terminal', says: 'a program in the terminal' },
  { rig: 'leaves', says: 'Neovim is left while stopped' },
  { rig: 'killed', says: 'Neovim is killed while stopped', killedAfter: 'stopped' },
]

const program = `import os


def work(n, mode):
    label = "é" * 3
    total = n + 1
    return total, label, mode


print("result", work(int(os.environ.get("N", "41")), os.environ["MODE"])[0], os.environ["MODE"])
`
const family = `import multiprocessing


def child(square):
    print("child", square, flush=True)


if __name__ == "__main__":
    process = multiprocessing.get_context("spawn").Process(target=child, args=(49,))
    process.start()
    process.join()
    print("parent")
`

/** As people write it: with comments and trailing commas. */
function launchJson(): string {
  const python = JSON.stringify(testPython())
  const common = `"type": "debugpy", "request": "launch", "python": ${python}, "console": "internalConsole"`
  return `{
  // one for every test
  "version": "0.2.0",
  "configurations": [
    { "name": "app", ${common}, "program": "\${workspaceFolder}/app.py", "envFile": "\${workspaceFolder}/app.env", },
    { "name": "other", ${common}, "program": "app.py", "env": { "MODE": "x", "N": "42" } },
    { "name": "family", ${common}, "program": "family.py" },
    { "name": "asks", ${common}, "program": "app.py",
      "env": { "MODE": "\${input:the-mode.x} \${command:rig.name}" } },
    { "name": "terminal", ${common.replace('internalConsole', 'integratedTerminal')}, "program": "app.py",
      "env": { "MODE": "x" } },
    { "name": "lost", ${common}, "program": "\${workspaceFolder}/nowhere.py" },
  ],
  "compounds": [{ "name": "both", "configurations": ["app", "other"], "stopAll": true }],
  "inputs": [{ "id": "the-mode.x", "type": "promptString", "description": "Which mode?", "default": "none" }],
}
`
}

const dap = nvimDap()
for (const editor of [neovim('0.10'), neovim('0.12')]) {
  const run = (rig: string, more: Partial<NeovimRig>) =>
    runInNeovim({
      editor: 'command' in editor ? editor.command : '',
      rig,
      dap,
      server: [process.execPath, serverBundle(), '--stdio'],
      files: { 'ws/.vscode/launch.json': launchJson(), 'ws/app.py': program, 'ws/family.py': family },
      init: "require('launch-ls').setup { commands = { ['rig.name'] = function() return 'n-command' end } }",
      ...more,
    })
  const missing = 'missing' in editor ? editor.missing : undefined
  describe.skipIf(missing)(reasoned(editor.name, missing), () => {
    test('launch.json is checked while it is edited, and resolved', () =>
      run('documents', { dap: undefined }))
  })
  const withoutDap = missing ?? (dap === undefined ? WITHOUT_NVIM_DAP : undefined)
  describe.skipIf(withoutDap)(reasoned(`${editor.name} and nvim-dap`, withoutDap), () => {
    for (const { rig, says, killedAfter } of rows) test(says, () => run(rig, { killedAfter }))

    test('a program that ran before lives on when its session is stopped', async () => {
      const program = await attachable()
      const configurations = [attachedConfiguration(program.port)]
      await run('attached', { files: workspace({ configurations }) })
      await program.livesOn()
    })

    test('of two folders with the same name, the chosen one is started', () =>
      run('folders', { files: twoFolders(), init: IN_WORKSPACE_FILE }))

    test("the README's lines are enough", () => run('readme', { server: 'README', init: '' }))
  })
}

const IN_WORKSPACE_FILE =
  "require('launch-ls').setup { settings = { workspaceFile = vim.env.RIG_WS .. '/all.code-workspace' } }"

function twoFolders(): Record<string, string> {
  const common = {
    type: 'debugpy',
    request: 'launch',
    program: '${workspaceFolder}/m.py',
    python: testPython(),
  }
  const same = { name: 'same', console: 'internalConsole', ...common }
  const launch = (...configurations: object[]) => JSON.stringify({ configurations })
  return {
    'ws/all.code-workspace': JSON.stringify({ folders: [{ path: 'a' }, { path: 'b' }] }),
    'ws/a/.vscode/launch.json': launch(same),
    'ws/b/.vscode/launch.json': launch(same, { ...same, name: 'alone' }),
    'ws/a/m.py': 'print("this is a")\n',
    'ws/b/m.py': 'print("this is b")\n',
  }
}

function reasoned(title: string, missing: string | undefined): string {
  return missing === undefined ? title : `${title} (skipped: ${missing})`
}
