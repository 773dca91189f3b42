import { requests, type SessionInfo, type StopParams } from '../protocol'
import type { Broker } from '../sessions/broker'
import type { Context, Feature } from './context'
import { guard } from './guard'

/** `debug/sessions`, `debug/stop`, `debug/restart`. */
export function register(context: Context, broker: () => Promise<Broker>): Feature {
  const { connection, log } = context
  const list = async (): Promise<{ sessions: readonly SessionInfo[] }> => ({
    sessions: (await broker()).sessions(),
  })
  const stop = async (params: StopParams) => {
    if ('all' in params) await (await broker()).stopAll()
    else await (await broker()).stop(params.id)
    return null
  }
  const restart = async ({ id }: { readonly id: string }) => {
    await (await broker()).restart(id)
    return null
  }
  connection.onRequest(requests.restart, guard(requests.restart, log, restart))
  connection.onRequest(requests.sessions, guard(requests.sessions, log, list))
  connection.onRequest(requests.stop, guard(requests.stop, log, stop))
  return {}
}
