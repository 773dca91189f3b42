import type { DapEvent, DapRequest } from './dapMessage'

/**
 * Requests of the protocol for which debugpy has no handler and no answer: after one of them every later request of
 * the session hangs, `disconnect` too (https://github.com/microsoft/debugpy/issues/556). `restart` and `cancel` are
 * among them; those two we do ourselves.
 */
export const UNANSWERED_REQUESTS: ReadonlySet<string> = new Set([
  'breakpointLocations',
  'cancel',
  'dataBreakpointInfo',
  'disassemble',
  'loadedSources',
  'readMemory',
  'restart',
  'restartFrame',
  'reverseContinue',
  'runInTerminal',
  'setDataBreakpoints',
  'setInstructionBreakpoints',
  'startDebugging',
  'stepBack',
  'terminateThreads',
  'writeMemory',
])

/** Where a session is, as far as the meaning of a request depends on it. */
export interface StartProgress {
  /** `initialized` was sent: breakpoints are welcome. */
  readonly isInitialized: boolean
  readonly isConfigured: boolean
  /** `launch` or `attach` is answered. */
  readonly isStarted: boolean
}

export type Verdict =
  | { readonly kind: 'forward'; readonly bytes: Buffer }
  | { readonly kind: 'answer' }
  | { readonly kind: 'refuse'; readonly message: string }

/** What to do with a request that debugpy may be harmed by. */
export function judgeRequest(request: DapRequest, bytes: Buffer, progress: StartProgress): Verdict {
  const { command } = request
  if (UNANSWERED_REQUESTS.has(command)) return refuse(`debugpy does not support ${command}.`)
  switch (command) {
    case 'initialize':
      return refuse('The session is initialized already.')
    case 'launch':
    case 'attach':
      return refuse('The session is started already.')
    case 'configurationDone':
      // At any other moment, and in `noDebug`, debugpy fails and its adapter exits.
      if (!progress.isInitialized || progress.isConfigured || progress.isStarted) return { kind: 'answer' }
  }
  return { kind: 'forward', bytes }
}

/** Events that are no business of an editor's: telemetry, and the ports debugpy listens on. */
export function isHiddenEvent({ event, body }: DapEvent): boolean {
  return event === 'debugpySockets' || (event === 'output' && body['category'] === 'telemetry')
}

function refuse(message: string): Verdict {
  return { kind: 'refuse', message }
}
