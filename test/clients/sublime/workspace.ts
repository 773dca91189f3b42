import { testPython } from '../../support/lspClient'

const program = `import os


def work(n, mode):
    label = "é" * 3
    total = n + 1
    return total, label, mode


print("result", work(int(os.environ.get("N", "41")), os.environ["MODE"])[0], os.environ["MODE"])
`
// Each line in one write: two sessions tell the output of a child, and what they tell in pieces gets mixed.
const family = `import multiprocessing


def child(square):
    print(f"child {square}\\n", end="", flush=True)


if __name__ == "__main__":
    process = multiprocessing.get_context("spawn").Process(target=child, args=(49,))
    process.start()
    process.join()
    print("parent\\n", end="")
`

/** The workspace of the rigs; its launch.json is as people write them, with comments and trailing commas. */
export function workspace(): Record<string, string> {
  return {
    'ws/app.py': program,
    'ws/family.py': family,
    'ws/app.env': 'MODE=dev\n',
    'ws/notes.txt': '',
    'ws/.vscode/launch.json': launchJson(),
    'ws/.vscode/tasks.json': `{
  "version": "2.0.0",
  "tasks": [
    { "label": "fails", "type": "shell", "command": "printf 'bad \\\\033[31mluck\\\\033[0m\\\\n'; exit 3" },
  ]
}
`,
    'outside/.vscode/launch.json': launchJson(),
    'outside/app.py': program,
    'outside/app.env': 'MODE=outside\n',
    'alone.py': '',
  }
}

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
      "env": { "MODE": "\${input:the-mode.x} \${input:pick} \${input:secret} \${selectedText}" } },
    { "name": "lost", ${common}, "program": "\${workspaceFolder}/nowhere.py" },
    { "name": "task", ${common}, "program": "app.py", "preLaunchTask": "fails" },
    { "name": "hidden", ${common}, "program": "app.py", "presentation": { "hidden": true } },
    { "name": "with \${file}", ${common}, "program": "app.py", "env": { "MODE": "odd" } },
    { "name": "browser", "type": "chrome", "request": "launch" },
  ],
  "compounds": [{ "name": "both", "configurations": ["app", "other"], "stopAll": true }],
  "inputs": [
    { "id": "the-mode.x", "type": "promptString", "description": "Which mode?", "default": "none" },
    { "id": "pick", "type": "pickString", "description": "Pick one", "options": ["a", "b"], "default": "b" },
    { "id": "secret", "type": "promptString", "description": "Token", "password": true },
  ],
}
`
}
