import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node'
import { makeFolder, type TestFolder } from '../support/folder'
import { serverBundle } from '../support/lspClient'

/** With --socket and --pipe the editor listens and the server connects, as vscode-languageclient does. */
let folder: TestFolder
let listener: Server
beforeEach(() => {
  folder = makeFolder()
  listener = createServer()
})
afterEach(() => {
  listener.close()
  folder.remove()
})

test('--socket=PORT', async () => {
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  await speaks(`--socket=${typeof address === 'object' ? address?.port : ''}`)
})

test.skipIf(process.platform === 'win32')('--pipe=NAME', async () => {
  const path = join(folder.path, 'pipe')
  listener.listen(path)
  await once(listener, 'listening')
  await speaks(`--pipe=${path}`)
})

test('--node-ipc', async () => {
  const server = spawn(process.execPath, [serverBundle(), '--node-ipc'], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const answered = once(server, 'message')
  server.send({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: null, capabilities: {} } })
  const [answer] = (await answered) as [{ result: { serverInfo: { name: string } } }]
  expect(answer.result.serverInfo.name).toBe('launch-ls')
  const exited = once(server, 'exit')
  server.send({ jsonrpc: '2.0', method: 'exit' })
  expect(await exited).toEqual([1, null])
})

test('nothing is said on stdout but the protocol, and an unknown command is a wrong use', async () => {
  const server = spawn(process.execPath, [serverBundle(), 'nonsense'], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  server.stderr.on('data', chunk => {
    said += chunk
  })
  server.stdout.on('data', chunk => {
    said += `stdout ${chunk}`
  })
  const [code] = await once(server, 'close')
  expect(code).toBe(2)
  expect(said).toMatch(/^launch-ls: There is no command 'nonsense'/)
})

async function speaks(transport: string): Promise<void> {
  const connected = once(listener, 'connection')
  const server = spawn(process.execPath, [serverBundle(), transport], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const exited = once(server, 'exit')
  const [socket] = (await connected) as [Socket]
  const connection = createMessageConnection(new StreamMessageReader(socket), new StreamMessageWriter(socket))
  connection.listen()
  const { serverInfo } = await connection.sendRequest<{ serverInfo: { name: string } }>('initialize', {
    processId: process.pid,
    capabilities: {},
  })
  expect(serverInfo.name).toBe('launch-ls')
  await connection.sendRequest('shutdown')
  await connection.sendNotification('exit')
  expect(await exited).toEqual([0, null])
  connection.dispose()
}
