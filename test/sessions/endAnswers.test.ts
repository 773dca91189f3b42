import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import type { DapRequest } from '../../server/sessions/dapMessage'
import { type DapPeer, openPeer } from '../../server/sessions/dapPeer'
import { encodeFrame, FRAME_LIMITS, frameReader } from '../../server/sessions/dapStream'
import { answerAfterEnd, answerAtEnd } from '../../server/sessions/endAnswers'
import { COMMANDS, violations } from '../support/dapSchema'

const WANTED_AT_THE_END = [
  'disconnect',
  'terminate',
  'configurationDone',
  'continue',
  'next',
  'stepIn',
  'stepOut',
]

test.each(COMMANDS)('%s is answered at and after the end as the protocol wants it', async command => {
  const atEnd = await answerTo(command, endNow)
  const afterEnd = await answerTo(command, answerAfterEnd)
  expect([...violations(atEnd), ...violations(afterEnd)]).toEqual([])
  expect(atEnd['success']).toBe(WANTED_AT_THE_END.includes(command))
  if (atEnd['success'] !== true) expect(atEnd['message']).toBe('It ended.')
})

test('each breakpoint set after the end has its answer', async () => {
  expect(await answerTo('setBreakpoints', answerAfterEnd)).toMatchObject({
    success: true,
    body: { breakpoints: [{ verified: false }, { verified: false }] },
  })
})

type Answer = (client: DapPeer, request: DapRequest) => void

const nothing = () => undefined

function endNow(client: DapPeer, request: DapRequest): void {
  answerAtEnd(client, request, 'It ended.')
}

async function answerTo(command: string, answer: Answer): Promise<Record<string, unknown>> {
  const fromEditor = new PassThrough()
  const toEditor = new PassThrough()
  const client: DapPeer = openPeer(fromEditor, toEditor, {
    onRequest: request => answer(client, request),
    onResponse: nothing,
    onEvent: nothing,
    onDrain: nothing,
    onClosed: nothing,
  })
  fromEditor.write(
    encodeFrame({ seq: 7, type: 'request', command, arguments: { breakpoints: [{ line: 1 }, { line: 2 }] } }),
  )
  const [bytes] = await once(toEditor, 'data')
  client.destroy()
  const bodies: string[] = []
  frameReader(
    () => FRAME_LIMITS,
    ({ body }) => bodies.push(String(body)),
  )(bytes)
  expect(bodies).toHaveLength(1)
  return JSON.parse(bodies.join())
}
