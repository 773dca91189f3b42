// Stands in for launch-ls: speaks its contract by a script, so that a client is tested without Python or a debugger.
// LAUNCH_LS_LOG names a file that gets each message it hears, a line of JSON each. The sessions that it starts cannot be
// connected to: they are for debuggers that stand in.
import { appendFileSync } from 'node:fs'
import {
  createMessageConnection,
  ErrorCodes,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node'

/** The configurations of every folder, whatever its launch.json says. */
const ITEMS = [
  { name: 'app', type: 'debugpy' },
  { name: 'my app', type: 'debugpy' },
  { name: 'asks', type: 'python' },
  { name: 'refused', type: 'debugpy' },
  { name: 'task fails', type: 'debugpy' },
  { name: 'slow', type: 'debugpy' },
  { name: 'secret', type: 'debugpy', hidden: true },
  { name: 'browser', type: 'chrome' },
  { name: 'pair', type: '', kind: 'compound' },
]

const QUESTIONS = [
  { kind: 'text', title: 'Port', value: '8000', password: false },
  { kind: 'text', title: 'Token', password: true },
  {
    kind: 'pick',
    title: 'Mode',
    items: [
      { label: 'fast', value: 'f' },
      { label: 'slow', detail: 'safe', value: 's' },
    ],
  },
]

/** What each configuration does before its sessions start; a thrown StartError refuses it. */
const SCRIPTS = {
  asks: async () => {
    const answers = []
    for (const question of QUESTIONS) {
      const answer = await connection.sendRequest('debug/prompt', question)
      answers.push(answer?.value ?? null)
      hear({ method: 'answered', params: answers })
      if (answer === null) throw { kind: 'cancelled', message: 'Cancelled.' }
    }
  },
  refused: async () => {
    throw {
      kind: 'interpreterNotFound',
      message: "There is no interpreter at 'nowhere/python'.",
      remedy: "Set 'python' to an interpreter.",
      tried: ['nowhere/python', '.venv/bin/python'],
      location: locationOf(2),
    }
  },
  'task fails': async () => {
    for (const text of ['\u001b[32mbuil', 'ding\u001b[0m\r\nno luck\r\n'])
      connection.sendNotification('debug/output', { task: 'build', stream: 'stdout', text })
    throw { kind: 'taskFailed', message: "The task 'build' ended with code 2.", output: 'no luck' }
  },
  slow: async ({ workDoneToken: token }, cancellation) => {
    const value = { kind: 'begin', title: 'app', message: 'Installing debugpy', percentage: 40 }
    connection.sendNotification('$/progress', { token, value })
    await new Promise(resolve => cancellation.onCancellationRequested(resolve))
    hear({ method: 'was cancelled' })
    throw { kind: 'cancelled', message: 'Cancelled.' }
  },
}

let folder = ''
let count = 0

const handlers = {
  initialize: ({ workspaceFolders, rootUri }) => {
    folder = workspaceFolders?.[0]?.uri ?? rootUri
    return { capabilities: { textDocumentSync: 1, codeLensProvider: {} } }
  },
  exit: () => process.exit(0),
  'debug/configurations': () => ({
    items: ITEMS.map(item => ({
      kind: 'configuration',
      request: 'launch',
      hidden: false,
      problems: 0,
      folder,
      location: { uri: locationOf(2).uri, range: { start: rangeOf(2).start, end: rangeOf(3).start } },
      ...item,
    })),
  }),
  'debug/resolve': ({ configuration, reveal }) => ({
    items: [
      {
        name: configuration,
        configuration: { program: '/ws/app.py', env: { MODE: reveal ? 'dev' : '••••' }, args: ['-v', 2] },
        origins: [
          { path: ['env', 'MODE'], kind: 'envFile', location: locationOf(0, 'app.env') },
          { path: ['args', 1], kind: 'launch.json', location: locationOf(4) },
          { path: ['program'], kind: 'default' },
        ],
        problems: [
          { code: 'missingFile', message: 'There is no app.py.', severity: 2, location: locationOf(3) },
        ],
      },
    ],
  }),
  'debug/newConfigurations': () => [
    {
      label: 'Python File',
      detail: 'the current file',
      detected: false,
      body: {},
      edit: { changes: { [locationOf(0).uri]: [{ range: rangeOf(0), newText: '// new\n' }] } },
    },
  ],
  'textDocument/codeLens': () => [
    {
      range: rangeOf(2),
      command: {
        title: '▶ debug',
        command: 'launch-ls.start',
        arguments: [{ configuration: 'my app', noDebug: true }],
      },
    },
  ],
  startDebug: async (params, cancellation) => {
    const name = typeof params.configuration === 'string' ? params.configuration : params.configuration.name
    try {
      await SCRIPTS[name]?.(params, cancellation)
    } catch (error) {
      throw error.kind ? new ResponseError(-32803, error.message, error) : error
    }
    const names = name === 'pair' ? ['app', 'my app'] : [name]
    return { name, stopAll: names.length > 1, sessions: names.map(newSession) }
  },
}

const connection = createMessageConnection(
  new StreamMessageReader(process.stdin),
  new StreamMessageWriter(process.stdout),
)
connection.onRequest((method, params, cancellation) => {
  hear({ method, params })
  if (process.env.LAUNCH_LS_IS_OLD && /^(debug\/|startDebug)/.test(method))
    return new ResponseError(ErrorCodes.MethodNotFound, `Unhandled method ${method}`)
  return handlers[method]?.(params, cancellation) ?? null
})
connection.onNotification((method, params) => {
  hear({ method, params })
  handlers[method]?.(params)
})
connection.onClose(() => process.exit(0))
connection.listen()

function newSession(name) {
  const { type } = ITEMS.find(item => item.name === name) ?? { type: 'debugpy' }
  const configuration = { type, request: 'launch', name, token: `token-${count++}` }
  return {
    id: `session-${count++}`,
    name,
    endpoint: { host: '127.0.0.1', port: 9 },
    command: [],
    configuration,
  }
}

function locationOf(line, file = '.vscode/launch.json') {
  return { uri: `${folder}/${file}`, range: rangeOf(line) }
}

function rangeOf(line) {
  return { start: { line, character: 0 }, end: { line, character: 0 } }
}

function hear(message) {
  appendFileSync(process.env.LAUNCH_LS_LOG, `${JSON.stringify(message)}\n`)
}
