import type { DapRequest } from './dapMessage'
import type { DapPeer } from './dapPeer'

/** What was asked and not answered when the session ends; `reason` is for people. */
export function answerAtEnd(client: DapPeer, request: DapRequest, reason: string): void {
  if (DONE_WITH_THE_END.includes(request.command)) client.respond(request)
  else client.refuse(request, reason)
}

/** What the editor wanted with them has happened, or is no matter any more. */
const DONE_WITH_THE_END = [
  'disconnect',
  'terminate',
  'configurationDone',
  'continue',
  'next',
  'stepIn',
  'stepOut',
]

/** Editors ask on when the program has ended meanwhile, and some never close. */
export function answerAfterEnd(client: DapPeer, request: DapRequest): void {
  if (request.command === 'threads') client.respond(request, { threads: [] })
  else answerAtEnd(client, request, 'The session has ended.')
  if (request.command === 'disconnect') client.end()
}
