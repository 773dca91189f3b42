import { expect, test } from 'vitest'
import { violations } from '../support/dapSchema'

test.each([
  [{ seq: 1, type: 'event', event: 'initialized' }, []],
  [{ seq: 1, type: 'event', event: 'exited', body: { exitCode: 0 } }, []],
  [{ seq: 1, type: 'event', event: 'exited' }, ['ExitedEvent.body is missing']],
  [{ seq: 1, type: 'event', event: 'exited', body: {} }, ['ExitedEvent.body.exitCode is missing']],
  [
    { seq: 1, type: 'event', event: 'exited', body: { exitCode: '0' } },
    ['ExitedEvent.body.exitCode: number wanted, "0" found'],
  ],
  [{ type: 'event', event: 'terminated' }, ['TerminatedEvent.seq is missing']],
  [
    { seq: 1, type: 'event', event: 'telemetry' },
    ['no event telemetry: no event telemetry is not of the protocol'],
  ],
  [
    {
      seq: 1,
      type: 'response',
      request_seq: 1,
      success: true,
      command: 'threads',
      body: { threads: [{ id: 1, name: 'a' }] },
    },
    [],
  ],
  [
    {
      seq: 1,
      type: 'response',
      request_seq: 1,
      success: true,
      command: 'threads',
      body: { threads: [{ id: 1 }] },
    },
    ['ThreadsResponse.body.threads[0].name is missing'],
  ],
  [
    { seq: 1, type: 'response', request_seq: 1, success: false, command: 'threads', message: 'no', body: {} },
    [],
  ],
  [
    { seq: 1, type: 'response', success: false, command: 'threads', body: {} },
    ['ErrorResponse.request_seq is missing'],
  ],
  [
    {
      seq: 1,
      type: 'request',
      command: 'runInTerminal',
      arguments: { cwd: '/', args: ['a'], env: { A: 'b', B: null } },
    },
    [],
  ],
])('%j', (message, wrong) => {
  expect(violations(message)).toEqual(wrong)
})
