/** An editor that leaves waits for nobody: whatever the server has begun ends with it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StartDebugResult } from '../../server/protocol'
import { connectDap, NVIM_DAP } from '../support/dapClient'
import { eventually } from '../support/eventually'
import { makeFolder, type TestFolder } from '../support/folder'
import type { LspClient } from '../support/lspClient'
import { nothingRemains, processesNaming } from '../support/processes'
import { startEditor } from '../support/startDebug'

let folder: TestFolder
let editor: LspClient

beforeEach(() => {
  folder = makeFolder({
    'app.py': '',
    // Its Python takes long to start: debugpy waits for its connection.
    'slow/sitecustomize.py': `open(${JSON.stringify('begun')}, "w").close()\nimport time\ntime.sleep(300)\n`,
    'task.py': 'open("begun", "w").close()\nimport time\ntime.sleep(300)\n',
    '.vscode/launch.json': JSON.stringify({
      configurations: [
        {
          ...{ name: 'slow', type: 'debugpy', request: 'launch', console: 'internalConsole' },
          ...{ program: '${workspaceFolder}/app.py', env: { PYTHONPATH: '${workspaceFolder}/slow' } },
        },
        {
          ...{ name: 'after a task', type: 'debugpy', request: 'launch', console: 'internalConsole' },
          ...{ program: '${workspaceFolder}/app.py', preLaunchTask: 'wait' },
        },
      ],
    }),
    '.vscode/tasks.json': JSON.stringify({
      version: '2.0.0',
      tasks: [{ label: 'wait', type: 'process', command: 'python3', args: ['${workspaceFolder}/task.py'] }],
    }),
  })
})
afterEach(async () => {
  editor.process.kill('SIGKILL')
  await nothingRemains(folder.path)
  folder.remove()
})

/** Up to where a start waits. */
async function begin(configuration: string): Promise<void> {
  editor = await startEditor(folder.path)
  const asked = editor.request<StartDebugResult>('startDebug', { configuration })
  asked.catch(() => undefined)
  if (configuration === 'slow') {
    const [session] = (await asked).sessions
    if (session === undefined) throw new Error('no session')
    const client = await connectDap(session.endpoint)
    await client.request('initialize', NVIM_DAP)
    client.ask('launch', { ...session.configuration }).catch(() => undefined)
  }
  await eventually('the program begins', () => existsSync(join(folder.path, 'begun')))
  expect(processesNaming(folder.path)).not.toEqual([])
}

describe.each(['slow', 'after a task'])('%s', configuration => {
  test.each<[string, () => void]>([
    ['the editor is gone', () => editor.process.stdin?.destroy()],
    ['a signal', () => editor.process.kill('SIGTERM')],
    ['it is killed', () => editor.process.kill('SIGKILL')],
    [
      'the editor says goodbye and does not wait',
      () => {
        editor.connection.sendRequest('shutdown').catch(() => undefined)
        setImmediate(() => editor.process.stdin?.end())
      },
    ],
  ])('%s', async (_, leave) => {
    await begin(configuration)
    leave()
    await nothingRemains(folder.path, 8_000)
  })
})
