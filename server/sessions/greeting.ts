import type { Readable, Writable } from 'node:stream'
import type { DapRequest } from './dapMessage'
import { type DapPeer, openPeer, type Trace } from './dapPeer'
import { FRAME_LIMITS, type FrameLimits } from './dapStream'
import type { ClientCapabilities } from './debugpyArguments'
import { CAPABILITIES } from './debugpyCapabilities'
import { answerAtEnd } from './endAnswers'
import type { Session } from './session'
import { errorBody, textOf } from './sessionErrors'

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
  /** Later, when an earlier connection has the session and may be gone. */
  claim(token: string): Claim | Promise<Claim>
  /** Milliseconds that it may say nothing. */
  readonly patience: number
  /** It is no stranger any more: it has a session, or it is gone. Called once. */
  known(): void
  readonly trace?: Trace
}

/**
 * Serves a connection until it has said which session it wants. Nothing but `initialize` is answered before `launch`
 * or `attach` with a known token; who says anything else for it, or nothing, is let go.
 */
export function greet(readable: Readable, writable: Writable, options: GreetingOptions): void {
  let capabilities: ClientCapabilities | undefined
  let isStarting = false
  let hasLeft = false
  const patience = setTimeout(() => peer.destroy(), options.patience)
  patience.unref()
  const peer = openPeer(
    readable,
    writable,
    {
      onRequest: hear,
      onResponse: ignore,
      onEvent: ignore,
      onDrain: () => peer.resume(),
      onClosed: () => {
        clearTimeout(patience)
        peer.destroy()
      },
    },
    options.trace,
  )
  peer.setLimits(STRANGER_LIMITS)
  let tellKnown = () => {
    tellKnown = ignore
    options.known()
  }
  void peer.closed.then(() => tellKnown())

  function hear(request: DapRequest): void {
    switch (request.command) {
      case 'initialize':
        capabilities = welcome(peer, request, capabilities)
        break
      case 'launch':
      case 'attach':
        if (capabilities === undefined) peer.refuse(request, 'Send initialize first.')
        else if (isStarting) peer.refuse(request, 'The session is started already.')
        else start(request, capabilities)
        break
      case 'disconnect':
      case 'terminate':
        hasLeft = true
        for (const open of [...peer.unanswered.values()]) answerAtEnd(peer, open, 'The editor disconnected.')
        peer.end()
        break
      default:
        peer.refuse(request, 'Send launch or attach first.')
    }
    if (peer.isFull) peer.pause()
  }

  function start(request: DapRequest, client: ClientCapabilities): void {
    isStarting = true
    clearTimeout(patience)
    const { token } = request.arguments
    const claim =
      typeof token === 'string' ? options.claim(token) : ({ kind: 'refused', message: NO_TOKEN } as const)
    // At once where that can be: what comes in the same breath is the session's already.
    if (claim instanceof Promise) void claim.then(later => begin(request, client, later))
    else begin(request, client, claim)
  }

  function begin(request: DapRequest, client: ClientCapabilities, claim: Claim): void {
    if (claim.kind === 'refused') {
      const refused = { kind: 'untrusted', message: claim.message } as const
      peer.refuse(request, textOf(refused), errorBody(refused))
      peer.end()
    } else if (hasLeft || peer.isClosed) void claim.session.end('The editor closed the connection.')
    else {
      tellKnown()
      peer.setLimits(FRAME_LIMITS)
      claim.session.start(peer, request, client, claim.ready)
    }
  }
}

/** Answers `initialize`; what the client can do is `known` when it has said so before. */
export function welcome(
  peer: DapPeer,
  request: DapRequest,
  known: ClientCapabilities | undefined,
): ClientCapabilities | undefined {
  const { pathFormat = 'path' } = request.arguments
  if (known !== undefined) peer.refuse(request, 'The connection is initialized already.')
  else if (pathFormat !== 'path') peer.refuse(request, 'debugpy knows "pathFormat": "path" only.')
  else {
    peer.respond(request, CAPABILITIES)
    return request.arguments
  }
  return known
}

const NO_TOKEN =
  'launch-ls needs the "token" that its answer to startDebug holds. Start the configuration from the editor.'
const STRANGER_LIMITS: FrameLimits = { header: 8 * 1024, body: 1024 * 1024 }

function ignore(): void {
  // nothing to do
}
