import { type Connection, createConnection, ProposedFeatures } from 'vscode-languageserver/node'
import { createServer } from '../server'
import { connectionTo } from '../sessions/endpointPipe'
import { type Machine, UsageError } from './command'

/**
 * The language server on the transport that the arguments name, stdio by default. Answers when it serves; the process
 * lives until the editor says `exit` or goes away (vscode-languageserver ends it then).
 */
export async function serve(args: readonly string[], machine: Machine): Promise<void> {
  const connection = await connectionOf(args, machine)
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

/** With a socket or a pipe the editor listens, and the server connects. */
async function connectionOf(args: readonly string[], { input, output }: Machine): Promise<Connection> {
  const flag = args.find(argument => /^--(socket|pipe)(=|$)/.test(argument))
  if (flag !== undefined) {
    const socket = await dial(flag)
    return createConnection(ProposedFeatures.all, socket, socket)
  }
  // These two the library reads from argv itself, as --clientProcessId.
  return args.includes('--stdio') || args.includes('--node-ipc')
    ? createConnection(ProposedFeatures.all)
    : createConnection(ProposedFeatures.all, input, output)
}

async function dial(flag: string) {
  const [, kind, address = ''] = /^--(socket|pipe)(?:=(.*))?$/.exec(flag) ?? []
  const isPort = /^[1-9]\d{0,4}$/.test(address) && Number(address) < 65_536
  if (kind === 'socket' ? !isPort : address === '') {
    throw new UsageError(`${flag}: write --socket=PORT or --pipe=NAME.`)
  }
  const target = kind === 'socket' ? { host: '127.0.0.1', port: Number(address) } : { path: address }
  try {
    return await connectionTo(target)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(
      `${flag}: nobody listens there (${reason}). The editor listens, and launch-ls connects.`,
    )
  }
}
