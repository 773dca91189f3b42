import { spawn } from 'node:child_process'
import { expect, onTestFinished, test } from 'vitest'
import { MARKER, processTable, startOf } from '../../server/sessions/processTree'
import { reap, stateFile } from '../../server/sessions/stateFile'
import { diskFiles } from '../../server/workspace/disk'
import { createStore } from '../../server/workspace/store'
import { HOST, programFolder } from '../support/debugSession'
import { eventually } from '../support/eventually'

const processes = processTable(HOST, diskFiles)

test('written when an adapter starts, gone when none is left, for its owner alone', async () => {
  const store = createStore(programFolder({}))
  const state = stateFile(store, processes)
  const child = sleeper('one')
  await state.started('one', child.pid)
  const start = startOf(await processes(), child.pid)
  const name = `sessions/${process.pid}.json`
  expect(JSON.parse(store.read(name) ?? '')).toEqual({
    server: startOf(await processes(), process.pid),
    sessions: [{ marker: 'one', adapter: child.pid, start, keepsChildren: false }],
  })
  state.ended('one')
  expect(store.list('sessions')).toEqual([])
})

test('a session that ends before it is written down is not written down', async () => {
  const store = createStore(programFolder({}))
  const state = stateFile(store, processes)
  const written = state.started('one', sleeper('one').pid)
  state.ended('one')
  await written
  expect(store.list('sessions')).toEqual([])
})

test.each([
  ['a server that is gone: what it left is ended', '1', {}, true],
  ['a server whose pid is another process now', String(process.pid), { server: '12345' }, true],
  ['children that the user keeps', '1', { keepsChildren: true }, false],
  ['no state at all', '1', { text: '' }, false],
  ['no JSON', '1', { text: '{"sessions": [{"marker": "x"' }, false],
  ['other JSON', '1', { text: '[{"sessions": {"marker": 7}}]' }, false],
  ['a marker that is none', '1', { marker: '' }, false],
])(
  '%s',
  async (_, server, change: {
    server?: string
    keepsChildren?: boolean
    text?: string
    marker?: string
  }, isEnded) => {
    const store = createStore(programFolder({}))
    const child = sleeper('left')
    const rows = await processes()
    const session = {
      marker: change.marker ?? 'left',
      adapter: 999_999,
      start: startOf(rows, child.pid),
      keepsChildren: change.keepsChildren ?? false,
    }
    const state = change.text ?? JSON.stringify({ server: change.server ?? '7', sessions: [session] })
    store.write(`sessions/${server}.json`, state)
    expect(await reap(store, processes)).toBe(isEnded ? 1 : 0)
    if (isEnded) await child.exited
    else expect(child.hasExited()).toBe(false)
    expect(store.list('sessions')).toEqual([])
  },
)

test('a server that lives keeps what it has', async () => {
  const store = createStore(programFolder({}))
  const [server, child] = [sleeper('server'), sleeper('left')]
  const rows = await processes()
  const sessions = [
    { marker: 'left', adapter: 999_999, start: startOf(rows, child.pid), keepsChildren: false },
  ]
  store.write(`sessions/${server.pid}.json`, JSON.stringify({ server: startOf(rows, server.pid), sessions }))
  expect(await reap(store, processes)).toBe(0)
  expect(store.list('sessions')).toEqual([`${server.pid}.json`])
})

/** A process that carries the marker. */
function sleeper(marker: string) {
  const child = spawn('sleep', ['60'], { env: { ...process.env, [MARKER]: marker } })
  onTestFinished(() => void child.kill('SIGKILL'))
  let hasExited = false
  const exited = eventually('it ends', () => hasExited)
  exited.catch(() => undefined)
  child.once('exit', () => {
    hasExited = true
  })
  return { pid: child.pid ?? 0, exited, hasExited: () => hasExited }
}
