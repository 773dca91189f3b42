/**
 * All that runs of vscode-languageserver beside its connection, imported here alone: of a CommonJS package the bundle
 * makes a copy of all exports for each module that imports it, a tenth of the start with twenty of them.
 */
export {
  CancellationTokenSource,
  CompletionTriggerKind,
  DidChangeConfigurationNotification,
  LSPErrorCodes,
  ResponseError,
  SemanticTokensBuilder,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver'
