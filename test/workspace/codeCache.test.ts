import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { runWithCodeCache } from '../../server/workspace/codeCache'
import { createStore } from '../../server/workspace/store'
import { makeFolder, type TestFolder } from '../support/folder'
import { serverBundle, startLspClient } from '../support/lspClient'

let folder: TestFolder
beforeEach(() => {
  folder = makeFolder()
})
afterEach(() => folder.remove())

const environment = () => ({ XDG_CACHE_HOME: join(folder.path, 'cache') })
const kept = () => join(folder.path, 'cache', 'launch-ls', 'code')
const keptFile = () => join(kept(), readdirSync(kept())[0] ?? '')

/** The server from its start to its end, with a document checked; whether the kept code was written anew. */
async function start(): Promise<boolean> {
  const before = stamp()
  const editor = await startLspClient({ folders: [folder.path], env: environment() })
  const path = join(folder.path, '.vscode', 'launch.json')
  editor.open(path, '{ "configurations": [{ "name": "a", "type": "debugpy", "request": "lunch" }] }')
  await editor.diagnostics(path, found => found.length > 0)
  expect(await editor.stop()).toBe(0)
  return stamp() !== before
}

function stamp(): string {
  try {
    const { ino, mtimeMs } = statSync(keptFile())
    return `${ino} ${mtimeMs}`
  } catch {
    return ''
  }
}

describe('the code of the server', () => {
  test('is kept for its owner alone at the first start, and used by the next', async () => {
    expect(await start()).toBe(true)
    expect(readdirSync(kept())).toEqual([expect.stringMatching(/^serve-[0-9a-f]{12}$/)])
    expect(statSync(keptFile()).mode & 0o077).toBe(0)
    expect(await start()).toBe(false)
  })

  test.each([
    ['a byte of it is wrong', (bytes: Buffer) => bytes.fill(0, bytes.length - 9, bytes.length - 1)],
    ['it was not written to its end', (bytes: Buffer) => bytes.subarray(0, 5_000)],
    ['it is empty', () => Buffer.alloc(0)],
  ])('is written anew when %s', async (_, spoil) => {
    await start()
    writeFileSync(keptFile(), spoil(readFileSync(keptFile())))
    expect(await start()).toBe(true)
    expect(await start()).toBe(false)
  })

  test('of another Node, or under other flags, is written anew', async () => {
    const run = (...flags: string[]) => {
      const { status, stdout } = spawnSync(process.execPath, [...flags, serverBundle(), 'list', '--json'], {
        cwd: folder.path,
        encoding: 'utf8',
        env: { ...process.env, ...environment() },
      })
      return { status, stdout, stamp: stamp() }
    }
    folder.write('.vscode/launch.json', '{ "configurations": [] }')
    const first = run()
    const flagged = run('--no-opt')
    expect(flagged).toMatchObject({ status: first.status, stdout: first.stdout })
    expect(flagged.stamp).not.toBe(first.stamp)
  })

  test('is not needed: without a place to keep it all works', async () => {
    folder.write('cache', 'a file')
    await start()
    expect(readFileSync(join(folder.path, 'cache'), 'utf8')).toBe('a file')
  })

  test('is not kept of a start that did nothing', () => {
    for (const args of [['--version'], ['--help'], ['nonsense']]) {
      spawnSync(process.execPath, [serverBundle(), ...args], { env: { ...process.env, ...environment() } })
    }
    expect(stamp()).toBe('')
  })
})

test('a stack trace names functions, files and lines', () => {
  const text = `exports.value = require('./other.cjs')\nfunction fails() {\n  throw new Error(__filename)\n}\nexports.fails = fails`
  const path = folder.write('program.cjs', text)
  folder.write('other.cjs', 'module.exports = 42')
  const store = createStore(join(folder.path, 'store'))
  const program = runWithCodeCache({ path, build: 'a', name: 'x', keeps: false }, store) as {
    value: number
    fails(): void
  }
  expect(program.value).toBe(42)
  let thrown: unknown
  try {
    program.fails()
  } catch (error) {
    thrown = error
  }
  expect((thrown as Error).message).toBe(path)
  expect((thrown as Error).stack).toContain(`fails (${path}:3:9)`)
})

test('old code is cleared away before it piles up', () => {
  const path = folder.write('program.cjs', '')
  const store = createStore(join(folder.path, 'store'))
  for (let index = 0; index < 16; index += 1) store.write(`code/serve-${index}`, 'old')
  vi.useFakeTimers()
  try {
    runWithCodeCache({ path, build: 'a', name: 'x', keeps: true }, store)
    expect(store.list('code')).toHaveLength(16)
    vi.advanceTimersByTime(5_000)
  } finally {
    vi.useRealTimers()
  }
  expect(store.list('code')).toEqual([expect.stringMatching(/^x-/)])
})
