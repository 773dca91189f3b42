import { once } from 'node:events'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { attachUnreachable } from './sessionErrors'
import { StartRefused } from './startError'

/**
 * Joins a pair of streams to an endpoint until either side closes. Resolves with the reason when the endpoint cannot
 * be reached, else with undefined.
 */
export function pipeTo(
  host: string,
  port: number,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<string | undefined> {
  return new Promise(resolve => {
    const socket = connect({ host, port, noDelay: true })
    socket.once('error', error => resolve(error.message))
    socket.once('close', () => resolve(undefined))
    input.pipe(socket)
    // stdout stays open: what was written must still get out.
    socket.pipe(output, { end: false })
  })
}

/**
 * A connection to an endpoint, of this or of another process.
 * @throws StartRefused
 */
export async function joinEndpoint(host: string, port: number): Promise<Duplex> {
  const socket = connect({ host, port, noDelay: true })
  try {
    await once(socket, 'connect')
    return socket
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartRefused(attachUnreachable(host, port, reason))
  }
}
