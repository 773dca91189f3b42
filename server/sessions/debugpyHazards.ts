import { isUtf8 } from 'node:buffer'
import type { JsonObject } from '../core/json'
import type { DapEvent, DapRequest } from './dapMessage'
import { encodeFrame } from './dapStream'

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

/** What is evaluated in the program must be a text: for anything else debugpy fails without an answer. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  completions: ['text'],
  evaluate: ['expression'],
  setExpression: ['expression', 'value'],
  setVariable: ['name', 'value'],
}

/** Where a session is, as far as the meaning of a request depends on it. */
export interface StartProgress {
  /** `initialized` was sent: breakpoints are welcome. */
  readonly isInitialized: boolean
  readonly isConfigured: boolean
  /** `launch` or `attach` is answered. */
  readonly isStarted: boolean
  /** The program has stopped, and was not told to go on since. */
  readonly isStopped: boolean
  /** debugpy's default: all threads stop and go on together (`steppingResumesAllThreads`). */
  readonly stopsAsOne: boolean
  /** The program runs without debugging: debugpy has no server in it that could be asked. */
  readonly isDebugged: boolean
}

export type Verdict =
  | { readonly kind: 'forward'; readonly bytes: Buffer }
  | { readonly kind: 'answer'; readonly body: JsonObject }
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
      if (!progress.isInitialized || progress.isConfigured || progress.isStarted) return answer({})
      break
    case 'continue':
      // While the program runs, pydevd answers it with its next stop, and until then nothing else.
      if (progress.isStarted && progress.stopsAsOne && !progress.isStopped) {
        return answer({ allThreadsContinued: true })
      }
  }
  if (!progress.isDebugged && command !== 'terminate') return withoutDebugging(request)
  for (const name of TEXTS[command] ?? []) {
    if (typeof request.arguments[name] !== 'string') return refuse(`"${name}" of ${command} must be a text.`)
  }
  if (isDeeper(request.arguments, DEPTH_LIMIT)) return refuse(`${command} is nested too deeply.`)
  return { kind: 'forward', bytes: readable(request, bytes) }
}

/** debugpy's "Server is not available" would be shown as an error for what every editor sends. */
function withoutDebugging({ command, arguments: { breakpoints } }: DapRequest): Verdict {
  const message = 'The program runs without debugging.'
  switch (command) {
    case 'setBreakpoints':
    case 'setFunctionBreakpoints': {
      const count = Array.isArray(breakpoints) ? breakpoints.length : 0
      return answer({ breakpoints: Array.from({ length: count }, () => ({ verified: false, message })) })
    }
    case 'setExceptionBreakpoints':
      return answer({})
    case 'threads':
      return answer({ threads: [] })
    case 'modules':
      return answer({ modules: [] })
    default:
      return refuse(message)
  }
}

/**
 * The request as debugpy's reader can bear it: bytes that are no UTF-8, a `seq` like 1.0 or arguments that are no
 * object end its adapter, so these are written anew.
 */
function readable({ seq, command, arguments: args, isWhole }: DapRequest, bytes: Buffer): Buffer {
  if (isWhole && isUtf8(bytes) && PLAIN_SEQ.test(bytes.toString('latin1'))) return bytes
  return encodeFrame({ seq, type: 'request', command, arguments: args })
}

const PLAIN_SEQ = /"seq"\s*:\s*\d+\s*[,}]/

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return depth === 0 || Object.values(value).some(item => isDeeper(item, depth - 1))
}

/** Python's recursion ends at 1000; debugpy uses several for one level. */
const DEPTH_LIMIT = 100

/** Requests after which the program runs. */
export const RESUMING: ReadonlySet<string> = new Set(['continue', 'next', 'stepIn', 'stepOut', 'goto'])

/** Events that are no business of an editor's: telemetry, and the ports debugpy listens on. */
export function isHiddenEvent({ event, body }: DapEvent): boolean {
  return event === 'debugpySockets' || (event === 'output' && body['category'] === 'telemetry')
}

function answer(body: JsonObject): Verdict {
  return { kind: 'answer', body }
}

function refuse(message: string): Verdict {
  return { kind: 'refuse', message }
}
