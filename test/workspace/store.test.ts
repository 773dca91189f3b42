import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Host, Store } from '../../server/core/host'
import { cacheFolder, createStore, stateFolder } from '../../server/workspace/store'
import { makeFolder, type TestFolder } from '../support/folder'

let folder: TestFolder
let store: Store
beforeEach(() => {
  folder = makeFolder()
  store = createStore(join(folder.path, 'own'))
})
afterEach(() => folder.remove())

describe('files', () => {
  test('what is written is read, in folders that are made on the way', () => {
    store.write('a/b/c.json', '{}')
    store.write('a/b/c.json', '{"x":1}')
    store.append('log', 'one\n')
    store.append('log', 'two\n')
    expect(store.read('a/b/c.json')).toBe('{"x":1}')
    expect(store.read('log')).toBe('one\ntwo\n')
    expect(store.size('log')).toBe(8)
    expect(store.list('a/b')).toEqual(['c.json'])
  })

  test('an empty file is not a missing one', () => {
    store.write('empty', '')
    expect(store.read('empty')).toBe('')
    expect(store.read('missing')).toBeUndefined()
    expect(store.size('missing')).toBe(0)
    expect(store.list('missing')).toEqual([])
  })

  test.runIf(process.getuid)('nobody else can read them', () => {
    mkdirSync(store.folder, { mode: 0o755 })
    store.write('a/secret', 'x')
    store.append('log', 'x')
    const mode = (name: string) => (statSync(join(store.folder, name)).mode & 0o777).toString(8)
    expect(['', 'a', 'a/secret', 'log'].map(mode)).toEqual(['700', '700', '600', '600'])
  })

  test('a folder takes the place of another only when nothing is in its way', () => {
    store.write('new/file', 'new')
    store.write('old/file', 'old')
    expect(store.rename('new', 'old')).toBe(false)
    store.remove('old')
    expect(store.rename('new', 'old')).toBe(true)
    expect(store.read('old/file')).toBe('new')
    expect(store.rename('missing', 'x')).toBe(false)
    store.remove('missing')
  })

  test('a name that leads out of the folder is refused', () => {
    for (const name of ['../x', 'a/../../x'])
      expect(() => store.read(name)).toThrow('not a name inside the store')
  })

  test('in a place that cannot be written the store forgets, and says why it has no folder', async () => {
    const lost = createStore(join(folder.write('file', ''), 'own'))
    lost.write('a', 'x')
    lost.append('a', 'x')
    lost.remove('a')
    expect(lost.read('a')).toBeUndefined()
    expect(() => lost.makeFolder('f')).toThrow(/ENOTDIR.*own/)
    await expect(lost.lock('l')).rejects.toThrow(/ENOTDIR.*own/)
  })
})

describe('lock', () => {
  test('the second waits for the first, in one process too', async () => {
    const order: string[] = []
    const first = await store.lock('x')
    const second = store.lock('x').then(release => {
      order.push('second')
      release()
    })
    const other = await store.lock('y')
    other()
    order.push('first')
    first()
    await second
    expect(order).toEqual(['first', 'second'])
  })

  test('waiting can be given up', async () => {
    const release = await store.lock('x')
    const abort = new AbortController()
    const waiting = store.lock('x', abort.signal)
    abort.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
    release()
  })

  test('releasing twice does not release the next holder', async () => {
    const first = await store.lock('x')
    first()
    const second = await store.lock('x')
    first()
    await expect(store.lock('x', AbortSignal.timeout(100))).rejects.toThrow(/timeout/)
    second()
  })

  test('a lock that was never written to its end is taken over after a while', async () => {
    store.write('locks/x', '{"pi')
    await expect(store.lock('x', AbortSignal.timeout(100))).rejects.toThrow(/timeout/)
    const release = await store.lock('x')
    release()
  })

  test('a lock left by an earlier process with the same pid is taken over', async () => {
    const release = await store.lock('x')
    const text = store.read('locks/x') ?? ''
    release()
    store.write('locks/x', text.replace(/"started":"\d+"/, '"started":"1"'))
    // Without /proc the two cannot be told apart; there the pid alone counts.
    if (text.includes('"started":""')) return
    ;(await store.lock('x'))()
  })

  test('a holder on another machine is believed as long as it refreshes its lock', async () => {
    const lock = join(store.makeFolder('locks'), 'x')
    writeFileSync(lock, JSON.stringify({ pid: 1, started: '1', machine: 'elsewhere', id: 'a' }))
    await expect(store.lock('x', AbortSignal.timeout(100))).rejects.toThrow(/timeout/)
    const minutesAgo = new Date(Date.now() - 120_000)
    utimesSync(lock, minutesAgo, minutesAgo)
    ;(await store.lock('x'))()
  })
})

describe('several processes', () => {
  let program: string
  beforeEach(async () => {
    program = join(folder.path, 'store.cjs')
    const entry = join(__dirname, '../../server/workspace/store.ts')
    await build({ entryPoints: [entry], outfile: program, bundle: true, platform: 'node', format: 'cjs' })
  })

  /** Node with `store` and `fs` at hand. */
  function run(script: string): ChildProcess {
    const start = `const fs = require('fs'); const { createStore } = require(${JSON.stringify(program)});
      const store = createStore(${JSON.stringify(store.folder)});`
    return spawn(process.execPath, ['-e', `${start} (async () => { ${script} })()`], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
  }

  /** Counts up 50 times; ends with 1 when another process was inside at the same time. */
  const COUNT = `for (let i = 0; i < 50; i++) {
    const release = await store.lock('x')
    fs.writeFileSync(store.folder + '/inside', '', { flag: 'wx' })
    const count = Number(store.read('count') ?? 0)
    await new Promise(setImmediate)
    store.write('count', String(count + 1))
    fs.rmSync(store.folder + '/inside')
    release()
  }`

  test('only one is inside at a time, also when they find the lock of a dead one together', async () => {
    const dying = run(`await store.lock('x'); console.log('held'); setInterval(() => {}, 1000)`)
    await once(dying.stdout ?? dying, 'data')
    dying.kill('SIGKILL')
    await once(dying, 'exit')
    expect(store.list('locks')).toEqual(['x'])

    const codes = await Promise.all([1, 2, 3, 4].map(async () => (await once(run(COUNT), 'exit'))[0]))
    expect(codes).toEqual([0, 0, 0, 0])
    expect(store.read('count')).toBe('200')
    expect(store.list('locks')).toEqual([])
  })
})

describe('places', () => {
  const host = (platform: Host['platform'], env: Host['env'] = {}, homeDir = '/home/ann'): Host => ({
    platform,
    env,
    homeDir,
    cwd: '/',
  })
  const windowsHome = String.raw`C:\Users\Ann`
  test.each([
    [host('linux'), '/home/ann/.cache/launch-ls', '/home/ann/.local/state/launch-ls'],
    [host('linux', { XDG_CACHE_HOME: '/c', XDG_STATE_HOME: '/s' }), '/c/launch-ls', '/s/launch-ls'],
    [
      host('linux', { XDG_CACHE_HOME: 'relative', XDG_STATE_HOME: '' }),
      '/home/ann/.cache/launch-ls',
      '/home/ann/.local/state/launch-ls',
    ],
    [host('linux', {}, ''), '/tmp/.cache/launch-ls', '/tmp/.local/state/launch-ls'],
    [
      host('darwin', {}, '/Users/ann'),
      '/Users/ann/Library/Caches/launch-ls',
      '/Users/ann/Library/Application Support/launch-ls',
    ],
    [
      host('win32', { LOCALAPPDATA: String.raw`D:\Local` }, windowsHome),
      String.raw`D:\Local\launch-ls\Cache`,
      String.raw`D:\Local\launch-ls\State`,
    ],
    [
      host('win32', {}, windowsHome),
      String.raw`C:\Users\Ann\AppData\Local\launch-ls\Cache`,
      String.raw`C:\Users\Ann\AppData\Local\launch-ls\State`,
    ],
  ])('%o', (machine, cache, state) => {
    expect(cacheFolder(machine)).toBe(cache)
    expect(stateFolder(machine)).toBe(state)
  })
})

test.runIf(process.platform === 'linux')(
  'where folders cannot be made, and a recursive mkdir of Node never ends',
  () => {
    const store = createStore('/proc/launch-ls/state')
    store.write('a.json', '{}')
    expect(store.read('a.json')).toBe(undefined)
  },
)
