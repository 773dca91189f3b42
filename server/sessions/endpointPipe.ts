import { connect, type NetConnectOpts, type Socket } from 'node:net'
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

/** A connection that stands. @throws Error with the system's reason, also for a port that is none */
export function connectionTo(target: NetConnectOpts): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(target)
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      resolve(socket)
    })
  })
}

/**
 * A connection to an endpoint, of this or of another process.
 * @throws StartRefused
 */
export async function joinEndpoint(host: string, port: number): Promise<Socket> {
  try {
    return await connectionTo({ host, port, noDelay: true })
  } catch (error) {
    throw new StartRefused(
      attachUnreachable(host, port, error instanceof Error ? error.message : String(error)),
    )
  }
}
