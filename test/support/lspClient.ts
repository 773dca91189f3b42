import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node'
import type { Diagnostic, InitializeResult, PublishDiagnosticsParams } from 'vscode-languageserver'
import { eventually } from './eventually'

/** A language client for tests: the real server as a process, spoken to as an editor does. */
export interface LspClient {
  readonly connection: MessageConnection
  readonly process: ChildProcess
  readonly initialized: InitializeResult
  /** Notifications heard, by method, in order. */
  heard(method: string): readonly unknown[]
  request<R>(method: string, params: unknown): Promise<R>
  notify(method: string, params: unknown): void
  open(path: string, text: string, languageId?: string): void
  /** Replaces the whole text of an open document. */
  change(path: string, text: string): void
  /** The newest pushed diagnostics of a file that satisfy a condition. */
  diagnostics(
    path: string,
    condition: (found: readonly Diagnostic[]) => boolean,
  ): Promise<readonly Diagnostic[]>
  /** shutdown, exit, and the end of the process; its exit code. */
  stop(): Promise<number | null>
}

export interface LspClientOptions {
  readonly folders: readonly string[]
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly capabilities?: object
  /** Of the editor, as `clientInfo` has it. */
  readonly name?: string
  readonly settings?: unknown
  /** Answers to requests of the server, by method. */
  readonly answers?: Readonly<Record<string, (params: never) => unknown>>
  readonly args?: readonly string[]
}

export function serverBundle(): string {
  const bundle = process.env['LAUNCH_LS_SERVER']
  if (bundle === undefined) throw new Error('LAUNCH_LS_SERVER is not set: run the tests by npm test')
  return bundle
}

export function testPython(): string {
  const python = process.env['LAUNCH_LS_TEST_PYTHON']
  if (python === undefined) throw new Error('LAUNCH_LS_TEST_PYTHON is not set: run the tests by npm test')
  return python
}

export const uriOf = (path: string) => pathToFileURL(path).href

export async function startLspClient(options: LspClientOptions): Promise<LspClient> {
  const child = spawn(process.execPath, [serverBundle(), ...(options.args ?? ['--stdio'])], {
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  )
  const heard = new Map<string, unknown[]>()
  connection.onNotification((method, params) => {
    heard.set(method, [...(heard.get(method) ?? []), params])
  })
  connection.onRequest((method, params) => options.answers?.[method]?.(params as never) ?? null)
  connection.listen()
  const initialized: InitializeResult = await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: options.folders[0] === undefined ? null : uriOf(options.folders[0]),
    workspaceFolders: options.folders.map(path => ({ uri: uriOf(path), name: path.replace(/^.*[\\/]/, '') })),
    capabilities: options.capabilities ?? {},
    initializationOptions: options.settings,
    ...(options.name === undefined ? {} : { clientInfo: { name: options.name } }),
  })
  await connection.sendNotification('initialized', {})
  let version = 0
  const client: LspClient = {
    connection,
    process: child,
    initialized,
    heard: method => heard.get(method) ?? [],
    request: (method, params) => connection.sendRequest(method, params),
    notify: (method, params) => void connection.sendNotification(method, params),
    open(path, text, languageId = 'json') {
      const textDocument = { uri: uriOf(path), languageId, version: ++version, text }
      void connection.sendNotification('textDocument/didOpen', { textDocument })
    },
    change(path, text) {
      const textDocument = { uri: uriOf(path), version: ++version }
      void connection.sendNotification('textDocument/didChange', { textDocument, contentChanges: [{ text }] })
    },
    diagnostics: (path, condition) =>
      eventually(`diagnostics of ${path}; heard ${JSON.stringify(heard.get(PUBLISH))}`, () => {
        const told = (heard.get(PUBLISH) ?? []) as PublishDiagnosticsParams[]
        const newest = told.findLast(({ uri }) => uri === uriOf(path))?.diagnostics
        return newest !== undefined && condition(newest) ? newest : undefined
      }),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      const exited = once(child, 'exit')
      await connection.sendRequest('shutdown')
      await connection.sendNotification('exit')
      const [code]: (number | null)[] = await exited
      connection.dispose()
      return code ?? null
    },
  }
  return client
}

const PUBLISH = 'textDocument/publishDiagnostics'
