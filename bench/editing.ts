import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node'
import { launchJson } from './language'
import { type Bench, quantile, type Row } from './row'

/** What an editor waits for: the server's start, its memory, diagnostics behind the keys, many folders. */
export const bench: Bench = async ({ smoke }) => {
  const folder = mkdtempSync(join(tmpdir(), 'launch-ls-bench-'))
  try {
    return [
      ...(await starts(folder, smoke)),
      ...(await keystrokes(folder, smoke ? 20 : 300)),
      await manyFolders(folder, smoke ? 1 : 9),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const OURS = [process.env['LAUNCH_LS_SERVER'] ?? join('out', 'launch-ls.cjs'), '--stdio']

/**
 * From spawn to the answers, and peak memory, beside vscode-json-language-server; a 2 KB file with five entries. Once
 * as every start is, and once as the first start of a version, which finds no compiled code.
 */
async function starts(folder: string, smoke: boolean): Promise<Row[]> {
  const theirs = smoke ? undefined : jsonServer()
  const kept = join(folder, 'cache')
  await startOnce(folder, OURS, kept)
  const later: Started[] = []
  const first: Started[] = []
  const others: Started[] = []
  for (let run = 0; run < (smoke ? 2 : 25); run += 1) {
    later.push(await startOnce(folder, OURS, kept))
    if (theirs !== undefined) others.push(await startOnce(folder, theirs, kept))
    first.push(await startOnce(folder, OURS, join(folder, `cache-${run}`)))
  }
  const row = (
    name: string,
    ours: readonly Started[],
    key: keyof Started,
    unit: string,
    goal?: number,
  ): Row => ({
    name: `${name}${theirs === undefined ? '' : ' ÷ vscode-json-language-server'}`,
    ours: ours.map(each => each[key]),
    ...(theirs === undefined ? {} : { theirs: others.map(each => each[key]) }),
    ...(theirs === undefined || goal === undefined ? {} : { goal }),
    unit,
  })
  return [
    row('spawn to initialize', later, 'initialized', 'ms', 0.7),
    row('spawn to the first completion', later, 'completed', 'ms', 0.7),
    row('peak memory', later, 'memory', 'MiB', 1),
    row('spawn to initialize, first start of a version', first, 'initialized', 'ms'),
    row('spawn to the first completion, first start of a version', first, 'completed', 'ms'),
    row('peak memory, first start of a version', first, 'memory', 'MiB'),
  ]
}

interface Started {
  readonly initialized: number
  readonly completed: number
  readonly memory: number
}

async function startOnce(folder: string, command: readonly string[], cache: string): Promise<Started> {
  const begun = performance.now()
  const server = startServer(command, cache)
  await initialize(server.connection, [folder])
  const initialized = performance.now() - begun
  const text = launchJson(5)
  const uri = open(server.connection, folder, text)
  const before = text.slice(0, text.indexOf('"console"') + 4).split('\n')
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
  await server.connection.sendRequest('textDocument/completion', { textDocument: { uri }, position })
  const completed = performance.now() - begun
  const memory = peakMemory(server.process.pid)
  await stop(server)
  return { initialized, completed, memory }
}

/** From a key to the diagnostics of the new text, in a file of 50 KB. */
async function keystrokes(folder: string, keys: number): Promise<Row[]> {
  mkdirSync(join(folder, 'src'), { recursive: true })
  for (let i = 0; i < 50; i += 1) writeFileSync(join(folder, 'src', `app${i}.py`), '')
  const server = startServer(OURS)
  await initialize(server.connection, [folder])
  let heard: () => void = () => undefined
  server.connection.onNotification('textDocument/publishDiagnostics', () => heard())
  const text = launchJson(124)
  const uri = open(server.connection, folder, text)
  const ours: number[] = []
  for (let key = 0; key < keys; key += 1) {
    // One more letter in an unknown attribute each time: the diagnostic moves, so it is told again.
    const edited = text.replace('"justMyCode"', `"justMyCod${'x'.repeat(key + 2)}"`)
    const told = new Promise<void>(resolve => {
      heard = resolve
    })
    const begun = performance.now()
    await server.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: key + 2 },
      contentChanges: [{ text: edited }],
    })
    await told
    ours.push(performance.now() - begun)
  }
  await stop(server)
  const warm = ours.slice(Math.floor(keys / 10))
  return [
    { name: 'keystroke to diagnostics in 50 KB, median', ours: warm, unit: 'ms', goal: 16 },
    { name: 'keystroke to diagnostics in 50 KB, p99', ours: [quantile(warm, 0.99)], unit: 'ms', goal: 16 },
  ]
}

/** The start in 1,000 folders of which 10 have a launch.json, beside that in those 10 alone. */
async function manyFolders(folder: string, runs: number): Promise<Row> {
  const folders = Array.from({ length: 1_000 }, (_, i) => join(folder, `project${i}`))
  for (const each of folders) mkdirSync(each, { recursive: true })
  const ten = folders.filter((_, i) => i % 100 === 0)
  for (const each of ten) {
    mkdirSync(join(each, '.vscode'), { recursive: true })
    writeFileSync(join(each, '.vscode', 'launch.json'), launchJson(5))
  }
  const ours: number[] = []
  const theirs: number[] = []
  for (let run = 0; run < runs; run += 1) {
    ours.push(await untilListed(folders))
    theirs.push(await untilListed(ten))
  }
  return { name: 'start with 1,000 folders ÷ with the 10 that matter', ours, theirs, unit: 'ms', goal: 2 }
}

async function untilListed(folders: readonly string[]): Promise<number> {
  const begun = performance.now()
  const server = startServer(OURS)
  await initialize(server.connection, folders)
  const { items } = await server.connection.sendRequest<{ items: unknown[] }>('debug/configurations', {})
  if (items.length !== 50) throw new Error(`${items.length} configurations are listed, not 50`)
  const took = performance.now() - begun
  await stop(server)
  return took
}

interface Server {
  readonly process: ChildProcess
  readonly connection: MessageConnection
}

function startServer(command: readonly string[], cache?: string): Server {
  const child = spawn(process.execPath, [...command], {
    stdio: ['pipe', 'pipe', 'ignore'],
    ...(cache === undefined ? {} : { env: { ...process.env, XDG_CACHE_HOME: cache } }),
  })
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  )
  connection.onRequest(() => null)
  connection.listen()
  return { process: child, connection }
}

async function initialize(connection: MessageConnection, folders: readonly string[]): Promise<void> {
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: folders.map(path => ({ uri: pathToFileURL(path).href, name: path })),
    capabilities: {},
    initializationOptions: { provideFormatter: true },
  })
  await connection.sendNotification('initialized', {})
}

function open(connection: MessageConnection, folder: string, text: string): string {
  const uri = pathToFileURL(join(folder, '.vscode', 'launch.json')).href
  void connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'jsonc', version: 1, text },
  })
  return uri
}

async function stop({ connection, process: child }: Server): Promise<void> {
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  await connection.sendRequest('shutdown')
  await connection.sendNotification('exit')
  await ended
  connection.dispose()
}

/** On Linux, in MiB; NaN elsewhere. */
function peakMemory(pid: number | undefined): number {
  const status = `/proc/${pid}/status`
  const found = existsSync(status) ? /^VmHWM:\s+(\d+)/m.exec(readFileSync(status, 'utf8'))?.[1] : undefined
  return found === undefined ? Number.NaN : Number(found) / 1024
}

const JSON_SERVER = 'vscode-langservers-extracted@4.10.0'

/** The registry's server, installed into the cache once. */
function jsonServer(): readonly string[] {
  const folder = join('.cache', 'json-server')
  const program = join(folder, 'node_modules', '.bin', 'vscode-json-language-server')
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true })
    spawnSync('npm', ['install', '--prefix', folder, '--no-save', '--silent', JSON_SERVER], {
      stdio: 'inherit',
    })
  }
  return [program, '--stdio']
}
