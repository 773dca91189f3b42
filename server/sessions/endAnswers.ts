import type { JsonObject } from '../core/json'
import type { DapRequest } from './dapMessage'
import type { DapPeer } from './dapPeer'

/** What was asked and not answered when the session ends; `reason` is for people. */
export function answerAtEnd(client: DapPeer, request: DapRequest, reason: string): void {
  const { command } = request
  // Of all of them, the protocol wants a body only here.
  if (command === 'continue') client.respond(request, {})
  else if (DONE_WITH_THE_END.includes(command)) client.respond(request)
  else client.refuse(request, reason)
}

/** What the editor wanted with them has happened, or is no matter any more. */
const DONE_WITH_THE_END = ['disconnect', 'terminate', 'configurationDone', 'next', 'stepIn', 'stepOut']

/**
 * Editors ask on when the program has ended meanwhile, and some never close. They even configure the session of a
 * short program that has ended before: nothing of that is a failure to tell the user.
 */
export function answerAfterEnd(client: DapPeer, request: DapRequest): void {
  const body = emptyAnswer(request)
  if (body === undefined) answerAtEnd(client, request, 'The session has ended.')
  else client.respond(request, body)
  if (request.command === 'disconnect') client.end()
}

function emptyAnswer({ command, arguments: { breakpoints } }: DapRequest): JsonObject | undefined {
  switch (command) {
    case 'threads':
      return { threads: [] }
    case 'setExceptionBreakpoints':
      return {}
    case 'setBreakpoints':
    case 'setFunctionBreakpoints':
      return { breakpoints: Array.isArray(breakpoints) ? breakpoints.map(() => ({ verified: false })) : [] }
  }
  return undefined
}
