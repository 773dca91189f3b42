import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeFolder, type TestFolder } from '../support/folder'
import { type LspClient, startLspClient } from '../support/lspClient'

const attach = (name: string, rest: object) => ({ name, type: 'debugpy', request: 'attach', ...rest })

let folder: TestFolder
let editor: LspClient
beforeEach(async () => {
  folder = makeFolder({
    '.vscode/launch.json': JSON.stringify({
      configurations: [
        attach('far', {
          connect: { host: 'build.example.org', port: 5678 },
          pathMappings: [{ localRoot: '${workspaceFolder}/src', remoteRoot: '/app' }],
        }),
        attach('near', { connect: { host: 'localhost', port: 5679 } }),
        attach('waits', { listen: { host: '127.0.0.1', port: 5680 } }),
        { name: 'launches', type: 'debugpy', request: 'launch', module: 'm' },
      ],
    }),
  })
  editor = await startLspClient({ folders: [folder.path] })
})
afterEach(async () => {
  await editor.stop()
  folder.remove()
})

test.each([
  [
    'far',
    {
      debugpy: 'python -m debugpy --listen 127.0.0.1:5678 --wait-for-client PROGRAM.py',
      ssh: 'ssh -N -L 5678:127.0.0.1:5678 build.example.org',
    },
  ],
  ['near', { debugpy: 'python -m debugpy --listen localhost:5679 --wait-for-client PROGRAM.py' }],
  ['waits', { debugpy: 'python -m debugpy --connect 127.0.0.1:5680 PROGRAM.py' }],
])('what to run for %s', async (configuration, expected) => {
  expect(await editor.request('debug/commandLine', { configuration })).toEqual(expected)
})

test('a launch has no other side', async () => {
  const asked = editor.request('debug/commandLine', { configuration: 'launches' })
  await expect(asked).rejects.toMatchObject({ data: { kind: 'invalidConfiguration' } })
})

test('the mappings of the session', async () => {
  expect(await editor.request('debug/pathMappings', { configuration: 'far' })).toEqual({
    pathMappings: [{ localRoot: `${folder.path}/src`, remoteRoot: '/app' }],
  })
})
