import { statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fileTracer } from '../../server/sessions/trace'
import { createStore } from '../../server/workspace/store'
import { frame } from '../support/dapClient'
import { programFolder } from '../support/debugSession'

test.each([
  [
    { command: 'launch', arguments: { program: 'a.py', env: { A: 'b' }, args: ['x'] } },
    { command: 'launch', arguments: { program: 'a.py', env: '••••', args: '••••' } },
  ],
  [
    { arguments: { name: 'a', token: 'xyz', connect: { port: 1 } } },
    { arguments: { name: 'a', token: '••••', connect: { port: 1 } } },
  ],
  [{ body: { result: "'s3cret' and s3cret" } }, { body: { result: "'••••' and ••••" } }],
  [{ body: [{ value: 's3cret-longer' }, 7, null, true] }, { body: [{ value: '••••' }, 7, null, true] }],
  [{ body: { output: 'x'.repeat(3_000) } }, { body: { output: `${'x'.repeat(2_000)}… (3000 characters)` } }],
])('%j', (message, written) => {
  expect(lines(message)).toEqual([{ ms: 0, name: 'editor 1', way: 'sent', message: written }])
})

test('what is no JSON is counted, not copied', () => {
  const { store, tracer } = traced()
  tracer.of('editor 1')('received', Buffer.from('Content-Length: 9\r\n\r\ns3cret ab'))
  tracer.flush()
  expect(store.read('trace/broker.jsonl')).toContain('9 bytes that are no JSON')
})

test('two files, neither larger than it may be, for their owner alone', () => {
  const { store, tracer } = traced()
  const trace = tracer.of('editor 1')
  const message = frame({ body: Array.from({ length: 20 }, () => 'x'.repeat(1_900)) })
  for (let count = 0; count < 400; count += 1) trace('sent', message)
  tracer.flush()
  expect([...store.list('trace')].sort()).toEqual(['broker.1.jsonl', 'broker.jsonl'])
  for (const name of store.list('trace')) {
    const { size, mode } = statSync(`${store.folder}/trace/${name}`)
    expect(size).toBeLessThan(14 * 1024 * 1024)
    expect(mode & 0o777).toBe(0o600)
  }
})

function traced() {
  const store = createStore(programFolder({}))
  const tracer = fileTracer(store, () => 0)
  for (const secret of ['s3cret', 's3cret-longer', 'no', '']) tracer.hide(secret)
  return { store, tracer }
}

function lines(message: unknown): unknown[] {
  const { store, tracer } = traced()
  tracer.of('editor 1')('sent', frame(message))
  tracer.flush()
  return (store.read('trace/broker.jsonl') ?? '')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
}
