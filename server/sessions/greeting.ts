import type { Readable, Writable } from 'node:stream'
import type { DapRequest } from './dapMessage'
import { openPeer } from './dapPeer'
import { FRAME_LIMITS } from './dapStream'
import type { ClientCapabilities } from './debugpyArguments'
import { CAPABILITIES } from './debugpyCapabilities'
import type { Session } from './session'

/** The answer to a token. */
export type Claim =
  | {
      readonly kind: 'claimed'
      readonly session: Session
      /** What stands in the way is gone. */
      readonly ready: Promise<void>
    }
  | { readonly kind: 'refused'; readonly message: string }

export interface GreetingOptions {
  claim(token: string): Claim
}

/**
 * Serves a connection until it has said which session it wants. Nothing but `initialize` is answered before `launch`
 * or `attach` with a known token; who says anything else for it, or nothing, is let go.
 */
export function greet(readable: Readable, writable: Writable, { claim }: GreetingOptions): void {
  let capabilities: ClientCapabilities | undefined
  const patience = setTimeout(() => peer.destroy(), PATIENCE)
  patience.unref()
  const peer = openPeer(readable, writable, {
    onRequest: hear,
    onResponse: () => undefined,
    onEvent: () => undefined,
    onDrain: () => undefined,
    onClosed: () => {
      clearTimeout(patience)
      peer.destroy()
    },
  })
  peer.setLimits(GREETING_LIMITS)

  function hear(request: DapRequest): void {
    switch (request.command) {
      case 'initialize':
        initialize(request)
        break
      case 'launch':
      case 'attach':
        if (capabilities === undefined) peer.refuse(request, 'Send initialize first.')
        else start(request, capabilities)
        break
      case 'disconnect':
      case 'terminate':
        peer.respond(request)
        peer.end()
        break
      default:
        peer.refuse(request, 'Send launch or attach first.')
    }
  }

  function initialize(request: DapRequest): void {
    const { pathFormat = 'path' } = request.arguments
    if (capabilities !== undefined) peer.refuse(request, 'The connection is initialized already.')
    else if (pathFormat !== 'path') peer.refuse(request, 'debugpy knows "pathFormat": "path" only.')
    else {
      capabilities = request.arguments
      peer.respond(request, CAPABILITIES)
    }
  }

  function start(request: DapRequest, client: ClientCapabilities): void {
    clearTimeout(patience)
    const { token } = request.arguments
    const claimed: Claim = typeof token === 'string' ? claim(token) : { kind: 'refused', message: NO_TOKEN }
    if (claimed.kind === 'refused') {
      const { message } = claimed
      peer.refuse(request, message, { error: { id: 2, format: message, showUser: true } })
      peer.end()
      return
    }
    peer.setLimits(FRAME_LIMITS)
    claimed.session.start(peer, request, client, claimed.ready)
  }
}

const NO_TOKEN =
  'launch-ls needs the "token" that its answer to startDebug holds. Start the configuration from the editor.'
/** Milliseconds that a connection may say nothing. */
const PATIENCE = 30_000
const GREETING_LIMITS = { header: 8 * 1024, body: 1024 * 1024 }
