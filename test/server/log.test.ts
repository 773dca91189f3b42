import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type LogMessageParams, MessageType } from 'vscode-languageserver'
import type { StartDebugResult } from '../../server/protocol'
import { connectDap, startSession } from '../support/dapClient'
import { eventually } from '../support/eventually'
import { makeFolder, type TestFolder } from '../support/folder'
import { type LspClient, startLspClient, testPython } from '../support/lspClient'
import { nothingRemains } from '../support/processes'

const SECRET = 'hunter2-of-the-test'

let folder: TestFolder
let editor: LspClient
beforeEach(() => {
  folder = makeFolder({
    'app.py': 'import os; print(os.environ["PASSWORD"], flush=True)\n',
    '.env': `FROM_FILE=${SECRET}\n`,
    '.vscode/launch.json': JSON.stringify({
      configurations: [
        {
          name: 'app',
          type: 'debugpy',
          request: 'launch',
          program: '${workspaceFolder}/app.py',
          console: 'internalConsole',
          args: ['${input:secret}', SECRET],
          env: { PASSWORD: SECRET, TOKEN: '${env:OF_THE_EDITOR}' },
        },
      ],
      inputs: [{ id: 'secret', type: 'promptString', description: 'Secret', password: true }],
    }),
  })
})
afterEach(async () => {
  await editor.stop()
  await nothingRemains(folder.path)
  folder.remove()
})

async function start(settings: object): Promise<void> {
  editor = await startLspClient({
    folders: [folder.path],
    settings: { 'python.defaultInterpreterPath': testPython(), ...settings },
    env: { XDG_STATE_HOME: join(folder.path, 'state'), OF_THE_EDITOR: SECRET },
  })
}

/** A whole session, and a start that is refused. */
async function work(): Promise<void> {
  const { sessions } = await editor.request<StartDebugResult>('startDebug', {
    configuration: 'app',
    inputs: { secret: SECRET },
  })
  const [session] = sessions
  if (session === undefined) throw new Error('no session')
  const debug = await connectDap(session.endpoint)
  await startSession(debug, { ...session.configuration })
  await debug.waitFor('terminated')
  debug.end()
  await eventually('the end', () =>
    editor.heard('debug/didChangeSession').some(change => (change as { state: string }).state === 'ended'),
  )
  await editor.request('startDebug', { configuration: 'gone' }).catch(() => undefined)
}

const logged = () => editor.heard('window/logMessage') as LogMessageParams[]
const texts = () => logged().map(({ message }) => message)

test('by default nothing is said of what goes well', async () => {
  await start({})
  await work()
  expect(logged()).toEqual([])
})

test('info: what serves, what runs with what, how sessions and starts end', async () => {
  await start({ 'log.level': 'info' })
  await work()
  expect(texts()).toEqual([
    expect.stringMatching(/^launch-ls \d.* for .*launch-ls-/),
    expect.stringMatching(/^app: .*python.*, debugpy \d/),
    expect.stringMatching(/^session \w+: starting$/),
    expect.stringMatching(/^session \w+: running$/),
    expect.stringMatching(/^session \w+: ended, exit code 0$/),
    'startDebug: refused, noConfiguration',
  ])
  expect(new Set(logged().map(({ type }) => type))).toEqual(new Set([MessageType.Info]))
})

test('debug: how long each request took, and never a secret', async () => {
  await start({ log: { level: 'debug' } })
  await work()
  expect(texts()).toContainEqual(expect.stringMatching(/^startDebug: \d+\.\d ms$/))
  expect(logged().find(({ message }) => message.endsWith(' ms'))?.type).toBe(MessageType.Log)
  expect(texts().join('\n')).not.toContain(SECRET)
})

test('the level changes with the settings', async () => {
  await start({ 'log.level': 'debug' })
  await editor.request('debug/configurations', {})
  expect(texts().some(text => text.startsWith('debug/configurations'))).toBe(true)
  const before = logged().length
  editor.notify('workspace/didChangeConfiguration', { settings: { 'launch-ls': { 'log.level': 'error' } } })
  await editor.request('debug/configurations', {})
  await editor.request('debug/configurations', {})
  expect(logged().length).toBe(before)
})
