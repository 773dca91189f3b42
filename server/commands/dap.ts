import { pipeTo } from '../sessions/endpointPipe'
import { parse } from './arguments'
import { type Command, type Machine, UsageError } from './command'
import { serveEditor } from './dapDoor'
import { stopOnSignal } from './signals'

/** `launch-ls dap`: a whole debug adapter on stdio, or with `--connect` a pipe to the endpoint of a server. */
export const dap: Command = async (args, machine) => {
  const { values, positionals } = parse(args, { connect: { type: 'string' } })
  if (positionals.length > 0) {
    throw new UsageError(
      `dap takes no name: the editor tells it in the arguments of launch ("configuration").`,
    )
  }
  if (values.connect !== undefined) return await connect(values.connect, machine)
  const served = serveEditor(machine, values)
  const stop = stopOnSignal(served.close, machine)
  try {
    await served.ended
    return 0
  } finally {
    stop.forget()
  }
}

async function connect(address: string, machine: Machine): Promise<number> {
  const [, host, port] = /^(.+):(\d+)$/.exec(address) ?? []
  if (host === undefined || port === undefined)
    throw new UsageError(`--connect takes HOST:PORT, not '${address}'.`)
  const error = await pipeTo(host, Number(port), machine.input, machine.output)
  if (error === undefined) return 0
  machine.error.write(
    `launch-ls: ${address} cannot be reached (${error}). Is the language server still running?\n`,
  )
  return 1
}
