/** The whole path in the real Emacs: the server, dap-mode or dape, and debugpy. */
import { describe, test } from 'vitest'
import { serverBundle, testPython } from '../../support/lspClient'
import { workspace } from '../conformance/workspace'
import { DEBUGGERS, debuggerIn, type EmacsRig, lacking, runInEmacs } from './emacs'

const LANGUAGES = ['eglot', 'lsp-mode'] as const

const COMMANDS = '(setq launch-ls-commands (list (cons "rig.name" (lambda (_) "n-command"))))'

const rows = [
  {
    rig: 'session',
    says: 'breakpoint, env file, restart, picked from the list, stop, run without debugging',
  },
  { rig: 'family', says: 'a compound, and a child process' },
  { rig: 'parent', says: "when a child has ended, the debugger's commands are for its parent" },
  { rig: 'asked', says: 'inputs asked and cancelled, commands, a refusal and its place' },
  { rig: 'task', says: 'a task before the program: its output, and a refusal when it fails' },
  { rig: 'terminal', says: 'a program in a terminal of Emacs' },
  { rig: 'literal', says: 'what a program in a terminal is given is given literally' },
  { rig: 'leaves', says: 'Emacs is left while stopped' },
  { rig: 'killed', says: 'Emacs is killed while stopped', killedAfter: 'stopped' },
]

const asks = `import os
from pathlib import Path

mode = os.environ["MODE"]
Path("mode.txt").write_text(mode)
`

/** What a shell would make something else of; the last would make a file. */
const ODD = [
  'a b',
  '',
  '"q" \'r\'',
  '$HOME ${HOME} `id`',
  'back\\slash\\',
  'é 😀',
  '*',
  '~',
  '{command} {display}',
  'line\nbreak',
  '--x=y;z&|<>#!',
  'q;touch${IFS}pwned',
  'x; touch pwned',
]

const literal = `import json, os, sys
from pathlib import Path

told = json.loads(Path("odd.json").read_text("utf-8"))
print("args", sys.argv[1:] == told, sys.argv[1:])
print("env", os.environ["ODD"] == told[3], "LAUNCH_LS_SESSION" in os.environ)
print("cwd", Path.cwd().name, sorted(path.name for path in Path.cwd().iterdir()))
`

const FRESH = {
  'fresh/main.py': '',
  'left/main.py': '',
  'broken/main.py': '',
  'broken/.vscode/launch.json': '[1, 2\n',
}

/** Two folders, each with a configuration of the same name. */
const TWO_FOLDERS = {
  'word.txt': 'first',
  'two.code-workspace': '{ "folders": [{ "path": "a" }, { "path": "b" }] }\n',
  'a/.vscode/launch.json': launchOf('same', 'alone'),
  'a/m.py': mainOf('a'),
  'b/.vscode/launch.json': launchOf('same'),
  'b/m.py': mainOf('b'),
}

function launchOf(...names: readonly string[]): string {
  const common = { type: 'debugpy', request: 'launch', program: '${workspaceFolder}/m.py' }
  const more = { console: 'internalConsole', python: testPython() }
  return JSON.stringify({ configurations: names.map(name => ({ name, ...common, ...more })) }, undefined, 2)
}

function mainOf(folder: string): string {
  const place = 'os.path.basename(os.getcwd())'
  return `import os\nprint('of ${folder} in', ${place}, open('../word.txt').read(), flush=True)\n`
}

/** The workspace of the scenarios, and a configuration with all kinds of questions. */
function files(): Record<string, string> {
  const common = workspace()
  const configuration = `{
      "name": "asks more", "type": "debugpy", "request": "launch", "program": "asks.py", "console": "internalConsole",
      "python": ${JSON.stringify(testPython())},
      "env": { "MODE": "\${input:the-mode.x} \${command:rig.name} \${input:word} \${input:speed}" }
    },
    {
      "name": "built", "type": "debugpy", "request": "launch", "program": "app.py", "console": "internalConsole",
      "python": ${JSON.stringify(testPython())}, "env": { "MODE": "x" }, "preLaunchTask": "build"
    },
    {
      "name": "not built", "type": "debugpy", "request": "launch", "program": "app.py",
      "python": ${JSON.stringify(testPython())}, "preLaunchTask": "fail"
    },`
  const odd = {
    name: 'literal',
    type: 'debugpy',
    request: 'launch',
    program: '${workspaceFolder}/an $odd folder/literal.py',
    cwd: '${workspaceFolder}/an $odd folder',
    console: 'integratedTerminal',
    python: testPython(),
    args: ODD,
    env: { ODD: ODD[3] },
  }
  const outside = { ...odd, name: 'literal outside', console: 'externalTerminal' }
  const inputs = `
    { "id": "word", "type": "promptString", "description": "Password", "password": true },
    { "id": "speed", "type": "pickString", "description": "How fast?",
      "options": [{ "label": "fast", "value": "f" }, { "label": "slow", "value": "s" }] },`
  const launchJson = (common['ws/.vscode/launch.json'] ?? '')
    .replace(
      '"configurations": [',
      start => `${start}\n    ${configuration}\n    ${JSON.stringify(odd)}, ${JSON.stringify(outside)},`,
    )
    .replace('"inputs": [', start => start + inputs)
  const tasksJson = `{
  // one that works, one that does not
  "version": "2.0.0",
  "tasks": [
    { "label": "build", "type": "shell", "command": "echo building", },
    { "label": "fail", "type": "shell", "command": "echo no luck; exit 3", },
  ],
}
`
  return {
    ...common,
    'ws/.vscode/launch.json': launchJson,
    'ws/.vscode/tasks.json': tasksJson,
    'ws/asks.py': asks,
    'é 😀/.vscode/launch.json':
      '{ "configurations": [{ "name": "a", "type": "debugpy", "request": "lunch" }] }\n',
    'ws/an $odd folder/literal.py': literal,
    'ws/an $odd folder/odd.json': JSON.stringify(ODD),
  }
}

for (const { version, debug } of DEBUGGERS) {
  const { name, editor, missing } = debuggerIn(version, debug)
  const run = (rig: string, more: Partial<EmacsRig> = {}) =>
    runInEmacs({
      editor,
      rigs: ['debugger', rig],
      debug,
      server: [process.execPath, serverBundle(), '--stdio'],
      files: files(),
      ...more,
    })
  const title = `${name}${missing === undefined ? '' : ` (skipped: ${missing})`}`
  // About once in fifty runs with a child, a session's last output or stop does not reach Emacs' buffers; it reaches a
  // client of DAP each time. Until the reason is known, a row has a second chance.
  describe.skipIf(missing)(title, { retry: 1 }, () => {
    for (const { rig, says, killedAfter } of rows) test(says, () => run(rig, { killedAfter }))

    test('compiled, as a package manager installs it', () => run('family', { compiled: true }))

    test('prompts and names are typed at a screen', () =>
      run('typed', { rigs: ['typed'], init: `(setq launch-ls-debugger '${debug})\n${COMMANDS}` }))

    test('without a server, or with an old one, the list of the debugger is there', () => run('unserved'))

    test('configurations of one name are told apart by their folders', () =>
      run('same', { files: { ...files(), ...TWO_FOLDERS } }))

    test.skipIf(debug !== 'dape')('what a buffer has in dape-configs by itself stays', () => run('configs'))

    test('a new configuration, and none in a broken launch.json', () =>
      run('fresh', { files: { ...files(), ...FRESH } }))

    test.skipIf(debug !== 'dap-mode')("dap-mode's marks are seen without more lines", () =>
      run('marked', { rigs: ['marked'] }),
    )

    test("the README's lines are enough", () => run('keys', { server: 'README' }))
    // use-package is part of Emacs from 29 on.
    test.skipIf(Number(version) < 29)("the manual's lines are enough", () =>
      run('keys', { server: 'manual' }),
    )

    for (const language of LANGUAGES) {
      const without = missing ?? lacking(editor, language)
      describe.skipIf(without)(`${language}${without === undefined ? '' : ` (skipped: ${without})`}`, () => {
        const beside = (rig: string) => run(rig, { rigs: ['debugger', 'language', rig], language })
        test('a session beside another server of Python', () => beside('beside'))
        test('launch.json is checked while it is edited, and started from', () => beside('documents'))
        test('launch.json is checked in a folder whose name is not ASCII', () => beside('accents'))
      })
    }
  })
}
