import { createConnection, ProposedFeatures } from 'vscode-languageserver/node'
import { createServer } from '../server'
import { type Machine, UsageError } from './command'

const TRANSPORT = /^--(stdio|node-ipc|socket|pipe)(=|$)/
/** What the library would not complain of, or in words of its own. */
const SOCKET = /^--socket=(?!([1-9]\d{0,4})$)/

/**
 * The language server on the transport that the arguments name, stdio by default. Answers at once; the process lives
 * until the editor says `exit` or goes away (vscode-languageserver ends it then).
 */
export function serve(args: readonly string[], machine: Machine): void {
  const wrong = args.find(
    argument => SOCKET.test(argument) || argument === '--pipe=' || argument === '--socket',
  )
  if (wrong !== undefined) throw new UsageError(`${wrong}: write --socket=PORT or --pipe=NAME.`)
  // With a flag, vscode-languageserver reads argv itself: --socket=PORT, --pipe=NAME, --node-ipc, --clientProcessId.
  const connection = args.some(argument => TRANSPORT.test(argument))
    ? createConnection(ProposedFeatures.all)
    : createConnection(ProposedFeatures.all, machine.input, machine.output)
  createServer(connection, machine)
  // A forgotten promise is a bug of ours, and no reason to take the editor's sessions down.
  process.on('unhandledRejection', reason => {
    connection.console.error(`unhandled: ${reason instanceof Error ? reason.stack : String(reason)}`)
  })
  // Ended this way, its adapters and tasks still end with it: on 'exit'.
  for (const [name, number] of Object.entries(ENDING)) process.once(name, () => process.exit(128 + number))
  connection.listen()
}

const ENDING = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }
