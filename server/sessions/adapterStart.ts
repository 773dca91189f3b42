import type { JsonObject } from '../core/json'
import type { StartError } from '../protocol'
import type { AdapterLink } from './adapterLink'
import type { DapResponse } from './dapMessage'
import { type ClientCapabilities, initializeArguments } from './debugpyArguments'
import { correction } from './debugpyCapabilities'
import { adapterGone, adapterSilent, attachSilent } from './sessionErrors'

export interface AdapterStart {
  readonly link: AdapterLink
  readonly request: 'launch' | 'attach'
  readonly arguments: JsonObject
  readonly capabilities: ClientCapabilities
  /** Milliseconds for the answer to `initialize`. */
  readonly timeout: number
  /** `initialize` was answered; what the adapter can may differ from what the editor was told. */
  initialized(corrected: JsonObject | undefined): void
  /** The answer to `launch` or `attach`, in its place among the adapter's messages. */
  answered(response: DapResponse): void
  failed(error: StartError): void
}

/**
 * Speaks `initialize` and `launch` or `attach` to an adapter in one go. One of `answered` and `failed` is called
 * once, except after the returned function was.
 */
export function startAdapter(start: AdapterStart): () => void {
  const { link, capabilities } = start
  let isOver = false
  const finish = () => {
    isOver = true
    clearTimeout(silence)
  }
  const fail = (error: StartError) => {
    if (isOver) return
    finish()
    start.failed(error)
  }
  const silence = setTimeout(() => fail(silent(link, start.timeout)), start.timeout)
  void link.ended.then(end => fail(adapterGone(nameOf(link), end)))
  link.peer.ask('initialize', initializeArguments(capabilities), ({ success, body }) => {
    if (!success || isOver) return
    clearTimeout(silence)
    start.initialized(correction(body))
  })
  link.peer.ask(start.request, start.arguments, response => {
    // When the connection is closed, the answer is none of the adapter's: `ended` says more.
    if (isOver || link.peer.isClosed) return
    finish()
    start.answered(response)
  })
  return finish
}

function silent(link: AdapterLink, timeout: number): StartError {
  const seconds = timeout / 1000
  if (link.address === undefined) return adapterSilent(nameOf(link), seconds)
  return attachSilent(link.address.host, link.address.port, seconds)
}

function nameOf({ spawned, address }: AdapterLink): readonly string[] {
  return spawned?.command ?? [`${address?.host}:${address?.port}`]
}
