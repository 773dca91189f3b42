import { createConnection, ProposedFeatures } from 'vscode-languageserver/node'
import { createServer } from '../server'
import type { Machine } from './command'

const TRANSPORT = /^--(stdio|node-ipc|socket|pipe)(=|$)/

/**
 * The language server on the transport that the arguments name, stdio by default. Answers at once; the process lives
 * until the editor says `exit` or goes away (vscode-languageserver ends it then).
 */
export function serve(args: readonly string[], machine: Machine): void {
  // With a flag, vscode-languageserver reads argv itself: --socket=PORT, --pipe=NAME, --node-ipc, --clientProcessId.
  const connection = args.some(argument => TRANSPORT.test(argument))
    ? createConnection(ProposedFeatures.all)
    : createConnection(ProposedFeatures.all, machine.input, machine.output)
  createServer(connection, machine)
  // A forgotten promise is a bug of ours, and no reason to take the editor's sessions down.
  process.on('unhandledRejection', reason => {
    connection.console.error(`unhandled: ${reason instanceof Error ? reason.stack : String(reason)}`)
  })
  connection.listen()
}
