/** The client in the real Emacs, with a server and a debugger that stand in. */
import { describe, test } from 'vitest'
import { emacs, runInEmacs } from './emacs'

const rows = [
  { rig: 'commands', says: "a start takes the editor's state along, and gives the debugger the session" },
  { rig: 'prompts', says: 'prompts are answered and cancelled' },
  { rig: 'twins', says: 'choices of one label are told apart by their details' },
  { rig: 'elsewhere', says: 'a start from a buffer that is no file is about the last file' },
  { rig: 'functions', says: 'a function of the user that fails or is left ends the start' },
  {
    rig: 'refusals',
    says: 'a refusal is shown with its remedy and its place, a failed task with its output',
  },
  { rig: 'cancel', says: 'a start shows its progress and is cancelled; sessions are stopped' },
  {
    rig: 'lint',
    says: 'the package compiles without a warning; checkdoc and package-lint have no complaint',
  },
  { rig: 'stranger', says: 'what is missing, elsewhere or dead is told in words that help' },
  { rig: 'silent', says: 'of a server that never answers nothing is left' },
  { rig: 'missing', says: 'a debugger that is not there is told before anything runs' },
  { rig: 'pages', says: 'resolve, new configuration, marks in launch.json' },
]

/** More folders: one inside the other, and one without a launch.json. */
const FOLDERS = { 'ws/inner/.vscode/launch.json': '{}\n', 'ws/inner/deep/app.py': '', 'empty/app.py': '' }

for (const editor of [emacs('28'), emacs('30')]) {
  const missing = 'missing' in editor ? editor.missing : undefined
  const title = missing === undefined ? editor.name : `${editor.name} (skipped: ${missing})`
  describe.skipIf(missing !== undefined)(title, () => {
    const command = 'command' in editor ? editor.command : ''
    for (const { rig, says } of rows)
      test(says, () => runInEmacs({ editor: command, rigs: [rig], files: FOLDERS }))
  })
}
