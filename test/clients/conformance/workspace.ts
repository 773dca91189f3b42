import { testPython } from '../../support/lspClient'

const app = `import os


def work(n, mode):
    label = "é" * 3
    total = n + 1
    return total, label, mode


print("result", work(int(os.environ.get("N", "41")), os.environ["MODE"])[0], os.environ["MODE"])
`
const loop = `for turn in range(4):
    print("turn", turn)
`
// One child only: multiprocessing would have a second, its resource tracker. Each line in one write: two sessions tell
// the output of a child, and what they tell in pieces gets mixed.
const family = `import subprocess, sys


def child(square):
    print(f"child {square}\\n", end="", flush=True)


if len(sys.argv) > 1:
    child(49)
else:
    subprocess.run([sys.executable, __file__, "child"])
    print("parent\\n", end="")
`

/** More for launch.json: configurations (of debugpy, when they do not say), and inputs. */
export interface More {
  readonly configurations?: readonly object[]
  readonly inputs?: readonly object[]
}

/** The workspace that sessions of real debugpy run in, in the folder `ws`. */
export function workspace(more: More = {}): Record<string, string> {
  return {
    'ws/.vscode/launch.json': launchJson(more),
    'ws/app.py': app,
    'ws/loop.py': loop,
    'ws/family.py': family,
    'ws/app.env': 'MODE=dev\n',
  }
}

/** As people write it: with comments and trailing commas. */
function launchJson({ configurations = [], inputs = [] }: More): string {
  const python = testPython()
  const shared = { type: 'debugpy', request: 'launch', python, console: 'internalConsole' }
  const common = JSON.stringify(shared).slice(1, -1)
  const lines = (items: readonly object[]) => items.map(item => `    ${JSON.stringify(item)},\n`).join('')
  return `{
  // one for every test
  "version": "0.2.0",
  "configurations": [
    { "name": "app", ${common}, "program": "\${workspaceFolder}/app.py", "envFile": "\${workspaceFolder}/app.env", },
    { "name": "other", ${common}, "program": "app.py", "env": { "MODE": "x", "N": "42" } },
    { "name": "loop", ${common}, "program": "loop.py" },
    { "name": "family", ${common}, "program": "family.py" },
    { "name": "asks", ${common}, "program": "app.py", "env": { "MODE": "\${input:the-mode.x}" } },
    { "name": "terminal", ${common.replace('internalConsole', 'integratedTerminal')}, "program": "app.py",
      "env": { "MODE": "x" } },
    { "name": "lost", ${common}, "program": "\${workspaceFolder}/nowhere.py" },
${lines(configurations.map(each => ({ ...shared, ...each })))}  ],
  "compounds": [{ "name": "both", "configurations": ["app", "other"], "stopAll": true }],
  "inputs": [
    { "id": "the-mode.x", "type": "promptString", "description": "Which mode?", "default": "none" },
${lines(inputs)}  ],
}
`
}
