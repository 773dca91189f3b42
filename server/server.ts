import type { ClientCapabilities, Connection } from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { withoutNulls } from './core/json'
import { isWanted, type LogLevel } from './core/log'
import { APPLY_EDIT, applyEdit, register as registerCodeActions } from './features/codeActions'
import { SHOW_COMMAND_LINE, showCommandLine } from './features/commandLine'
import { register as registerCommands } from './features/commands'
import { register as registerCompletion } from './features/completion'
import { register as registerConfigurations } from './features/configurations'
import { type Context, createChanges, type Feature } from './features/context'
import { register as registerDecorations } from './features/decorations'
import { register as registerDiagnostics } from './features/diagnostics'
import { register as registerFormatting } from './features/formatting'
import { register as registerHover } from './features/hover'
import { createLanguageFiles } from './features/languageFiles'
import { TextDocumentSyncKind, TextDocuments } from './features/library'
import { register as registerNavigation } from './features/navigation'
import { register as registerNewConfigurations } from './features/newConfigurations'
import { createProblems } from './features/problems'
import { createAsk } from './features/prompts'
import { SELECT_INTERPRETER, selectInterpreter } from './features/selectInterpreter'
import { register as registerSessions } from './features/sessions'
import { register as registerStartCommands } from './features/startCommands'
import { register as registerStartDebug } from './features/startDebug'
import { register as registerStructure } from './features/structure'
import { initialFolders, register as registerWorkspaceFiles } from './features/workspaceFiles'
import { interpretersFor } from './launching/facts'
import { createLauncher } from './launching/launcher'
import { createParts, type Program } from './launching/parts'
import { clientMessages, type DidChangeSession } from './protocol'
import { createWorkspace } from './workspace/workspace'

const SYNC = { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } }

export interface ServerOptions extends Program {
  readonly version: string
}

/** Builds the parts and registers the features on a connection that does not listen yet. */
export function createServer(connection: Connection, options: ServerOptions): void {
  const open = new TextDocuments(TextDocument)
  let client: ClientCapabilities = {}
  let clientName: string | undefined
  const context: Context = {
    connection,
    host: options.host,
    store: options.store,
    workspace: createWorkspace(open),
    changes: createChanges(),
    client: () => client,
    clientName: () => clientName,
    log: (level, message) => {
      if (isWanted(level, context.workspace.settings.own().logLevel)) say(connection, level, message)
    },
  }

  const parts = createParts(options, context.workspace, {
    log: context.log,
    onSession: change => {
      context.log('info', `session ${change.id}: ${change.state}${exitOf(change)}`)
      void connection.sendNotification(clientMessages.didChangeSession, change)
    },
  })
  const launcher = createLauncher(parts)
  const ask = createAsk(connection, context.client)

  const languageFiles = createLanguageFiles(context.workspace, options.host, interpretersFor(parts))
  const problems = createProblems(languageFiles)
  const files = registerWorkspaceFiles(context, open, languageFiles.envFiles)
  const features: Feature[] = [
    files,
    registerDiagnostics(context, problems, open),
    registerCompletion(context, languageFiles),
    registerHover(context, languageFiles),
    registerNavigation(context, languageFiles),
    registerStructure(context, languageFiles),
    registerDecorations(context, languageFiles),
    registerStartCommands(context, languageFiles),
    registerCodeActions(context, languageFiles, problems),
    registerFormatting(context, languageFiles),
    registerNewConfigurations(context, languageFiles),
    registerConfigurations(context, problems.of),
    registerStartDebug(context, launcher, ask),
    registerCommands(context, {
      [SELECT_INTERPRETER]: args => selectInterpreter(context, parts, ask, args),
      [APPLY_EDIT]: args => applyEdit(context, args),
      [SHOW_COMMAND_LINE]: args => showCommandLine(context, launcher, args),
    }),
    registerSessions(context, parts.broker),
  ]

  connection.onInitialize(params => {
    client = withoutNulls(params.capabilities)
    clientName = params.clientInfo?.name
    context.workspace.open(initialFolders(params), params.initializationOptions)
    return {
      capabilities: Object.assign(
        { positionEncoding: 'utf-16', textDocumentSync: SYNC },
        ...features.map(feature => feature.capabilities?.(client) ?? {}),
      ),
      serverInfo: { name: 'launch-ls', version: options.version },
    }
  })
  connection.onInitialized(() => {
    const { host, workspace } = context
    const folders = workspace.folders.list().map(({ path }) => path)
    context.log(
      'info',
      `launch-ls ${options.version} on ${host.platform}, for ${folders.join(', ') || 'no folder'}`,
    )
    files.initialized()
  })
  connection.onShutdown(async () => {
    files.close()
    await parts.close()
  })
  open.listen(connection)
}

function say({ console }: Connection, level: LogLevel, message: string): void {
  const ways = {
    error: console.error,
    warning: console.warn,
    info: console.info,
    debug: console.log,
  } as const
  ways[level].call(console, message)
}

function exitOf({ exitCode }: DidChangeSession): string {
  return exitCode === undefined ? '' : `, exit code ${exitCode}`
}
