import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(__dirname, '..', '..')

function fuzz(...args: string[]) {
  return spawnSync(process.execPath, [join(root, 'scripts', 'run.mjs'), 'test/fuzz/run.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
  })
}

test('npm run fuzz is one command for both parts', () => {
  const { status, stdout, stderr } = fuzz('--messages', '300', '--documents', '20', '--seed', '7')
  expect(stderr).toBe('')
  expect(stdout).toMatch(/^seed 7$/m)
  expect(stdout).toMatch(/messages from the editor.*: 0 crashes, 0 hangs/)
  expect(stdout).toMatch(/^20 documents.*: 0 crashes/m)
  expect(status).toBe(0)
})

test('a count that is none is refused', () => {
  expect(fuzz('--documents', 'many')).toMatchObject({ status: 2, stderr: expect.stringContaining('many') })
})
