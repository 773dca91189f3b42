/** What an editor that takes words only is told to run, run as its terminal does. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { terminalWords } from '../../server/sessions/terminalShell'
import { makeFolder } from '../support/folder'

const HELIX_25 = { clientID: 'hx' }
const HELIX_26 = { clientID: 'hx', supportsProgressReporting: true }
const TELL =
  'console.log(JSON.stringify([process.argv.slice(2), process.cwd(), process.env.SAID, process.env.HOME ?? null]))'
const WORDS = [
  '',
  '$HOME',
  ';false',
  "it's",
  '"a  b"',
  '*',
  '\\',
  "\\'",
  'ä&|<>`id`',
  '~',
  'a\nb',
  '!!',
  '%n#',
]

const there = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0

describe.skipIf(process.platform === 'win32')('words', () => {
  test.each(['sh', 'bash', 'zsh', 'fish', 'no shell'].filter(shell => shell === 'no shell' || there(shell)))(
    'are taken as they are written by %s',
    shell => {
      const folder = makeFolder({ "it's =here $x/a=b/tell.js": TELL })
      const cwd = join(folder.path, "it's =here $x")
      folder.write("it's =here $x/a=b/node", `#!/bin/sh\nexec "${process.execPath}" "$@"\n`)
      spawnSync('chmod', ['+x', join(cwd, 'a=b/node')])
      const request = {
        args: [join(cwd, 'a=b/node'), 'a=b/tell.js', ...WORDS],
        cwd,
        env: { SAID: WORDS.join(' '), HOME: null },
      }
      const isShell = shell !== 'no shell'
      const words = terminalWords(request, isShell ? HELIX_25 : HELIX_26, 'linux')['args'] as string[]
      const [file = '', ...rest] = isShell ? [shell, '-c', words.join(' ')] : words
      const { stdout, stderr } = spawnSync(file, rest, { encoding: 'utf8' })
      expect(stderr).toBe('')
      expect(JSON.parse(stdout)).toEqual([WORDS, cwd, WORDS.join(' '), null])
      folder.remove()
    },
  )
})

test('other editors, and other shells, get them as debugpy says them', () => {
  const request = { args: ['python', 'a b'], cwd: '/ws', env: { A: 'b' } }
  expect(terminalWords(request, { clientID: 'neovim' }, 'linux')).toBe(request)
  expect(terminalWords(request, HELIX_25, 'win32')).toBe(request)
})
