import {
  type ClientCapabilities,
  type Connection,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type { Host, Store } from './core/host'
import { register as registerConfigurations } from './features/configurations'
import { type Context, createChanges, type Feature } from './features/context'
import { initialFolders, register as registerWorkspaceFiles } from './features/workspaceFiles'
import { createWorkspace } from './workspace/workspace'

export interface ServerOptions {
  readonly host: Host
  readonly store: Store
  readonly version: string
}

/** Builds the parts and registers the features on a connection that does not listen yet. */
export function createServer(connection: Connection, options: ServerOptions): void {
  const open = new TextDocuments(TextDocument)
  let client: ClientCapabilities = {}
  const context: Context = {
    connection,
    host: options.host,
    store: options.store,
    workspace: createWorkspace(open),
    changes: createChanges(),
    client: () => client,
    log: message => connection.console.error(message),
  }

  const files = registerWorkspaceFiles(context, open, () => [])
  const features: Feature[] = [files, registerConfigurations(context, () => [])]

  connection.onInitialize(params => {
    client = params.capabilities
    context.workspace.open(initialFolders(params), params.initializationOptions)
    return {
      capabilities: Object.assign(
        { positionEncoding: 'utf-16', textDocumentSync: TextDocumentSyncKind.Incremental },
        ...features.map(feature => feature.capabilities?.(client) ?? {}),
      ),
      serverInfo: { name: 'launch-ls', version: options.version },
    }
  })
  connection.onInitialized(() => files.initialized())
  connection.onShutdown(() => files.close())
  open.listen(connection)
}
