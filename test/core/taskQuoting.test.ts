import { describe, expect, test } from 'vitest'
import type { Platform } from '../../server/core/host'
import type { CommandText } from '../../server/core/taskCommand'
import { buildCommandLine } from '../../server/core/taskQuoting'

const escaped = (value: string): CommandText => ({ value, quoting: 'escape' })
const strong = (value: string): CommandText => ({ value, quoting: 'strong' })
const weak = (value: string): CommandText => ({ value, quoting: 'weak' })

function line(shell: string, platform: Platform, [command = '', ...args]: readonly CommandText[]): string {
  return buildCommandLine({ shell, platform, original: command, command, args })
}

describe('only a blank outside of quotes is quoted', () => {
  test.each([
    ['bash', 'linux', ['echo', 'a', 'a;b', '$X', 'tab\there'], 'echo a a;b $X tab\there'],
    ['bash', 'linux', ['echo', 'a b', 'it is'], "echo 'a b' 'it is'"],
    [
      'bash',
      'linux',
      ['echo', "it's here", '"a b"', 'x"a b"y', "' '"],
      'echo it\'s here "a b" x"a b"y \' \'',
    ],
    ['bash', 'linux', ['echo', 'a\\ b', 'x ', '"'], "echo 'a\\ b' 'x ' \""],
    ['bash', 'linux', ['echo', '', 'x'], 'echo  x'],
    ['cmd', 'win32', ['echo', "'a b'", 'say "x y"z w'], 'echo "\'a b\'" "say "x y"z w"'],
    ['powershell', 'win32', ['echo', 'a`b c', "it's here"], "echo 'a`b c' it's here"],
  ] as const)('%s on %s: %j', (shell, platform, words, expected) => {
    expect(line(shell, platform, words)).toBe(expected)
  })
})

describe('a kind of quotes that is asked for', () => {
  test.each([
    ['bash', 'linux', [escaped('a b$"\'')], 'x a\\ b$\\"\\\''],
    ['zsh', 'darwin', [strong('plain'), weak('$a b')], 'x \'plain\' "$a b"'],
    ['fish', 'linux', [escaped("it's, a")], "x it\\'s\\,\\ a"],
    ['cmd', 'win32', [escaped('a b'), strong('a'), weak('a b')], 'x a b "a" a b'],
    ['powershell', 'win32', [escaped('a (b)"\'$')], 'x a` `(b`)`"`\'$'],
    ['pwsh', 'linux', [escaped('a b')], 'x a\\ b'],
  ] as const)('%s on %s: %j', (shell, platform, args, expected) => {
    expect(line(shell, platform, ['x', ...args])).toBe(expected)
  })
})

describe('a quoted command on Windows', () => {
  test.each([
    ['cmd', ['my tool', 'a'], '"my tool" a'],
    ['cmd', ['my tool', 'a b'], '""my tool" "a b""'],
    ['cmd', ['tool', 'a b'], 'tool "a b"'],
    ['powershell', ['my tool', 'a'], "& 'my tool' a"],
    ['pwsh', [weak('my tool')], '& "my tool"'],
    ['powershell', ['tool', 'a b'], "tool 'a b'"],
    ['wsl', ['my tool', 'a b'], "'my tool' 'a b'"],
  ] as const)('%s: %j', (shell, words, expected) => {
    expect(line(shell, 'win32', words)).toBe(expected)
  })
})

describe('a command without arguments', () => {
  test.each([
    ['is a whole line', './my tool', './my tool', './my tool'],
    ['is quoted when a variable brings in the blank', '$D/run', '/my app/run', "'/my app/run'"],
    ['is left alone when it held a blank before', '$D/run now', '/my app/run now', '/my app/run now'],
  ])('%s', (_, original, command, expected) => {
    expect(buildCommandLine({ shell: 'bash', platform: 'linux', original, command, args: [] })).toBe(expected)
  })
})

describe('quotes of the task itself', () => {
  const all = ['a b', escaped('a b,"'), weak('c')]
  test.each([
    [{ strong: '|', weak: '~', escape: { escapeChar: '^', charsToEscape: ' "' } }, 'x |a b| a^ b^,^" ~c~'],
    [{ strong: '|', escape: '^' }, 'x |a b| a^ b," c'],
    [{}, 'x a b a b," c'],
    [{ strong: 5, weak: null, escape: [] }, 'x a b a b," c'],
  ])('%j', (quoting, expected) => {
    const asked = {
      shell: 'bash',
      platform: 'linux',
      original: 'x',
      command: 'x',
      args: all,
      quoting,
    } as const
    expect(buildCommandLine(asked)).toBe(expected)
  })

  test('an escape that is one character hides a blank behind it', () => {
    const quoting = { strong: "'", escape: '^' }
    const asked = {
      shell: 'x',
      platform: 'linux',
      original: 'x',
      command: 'x',
      args: ['a^ b'],
      quoting,
    } as const
    expect(buildCommandLine(asked)).toBe('x a^ b')
  })
})
