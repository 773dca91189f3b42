// A launch-ls of a time before there were sessions: it can be initialized, and knows nothing else.
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node'

const connection = createMessageConnection(
  new StreamMessageReader(process.stdin),
  new StreamMessageWriter(process.stdout),
)
connection.onRequest('initialize', () => ({ capabilities: {} }))
connection.onClose(() => process.exit(0))
connection.listen()
