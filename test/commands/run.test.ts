import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeFolder, type TestFolder } from '../support/folder'
import { serverBundle, testPython } from '../support/lspClient'
import { nothingRemains } from '../support/processes'

/** Line 1 is no code, 4 is none inside of f, and behind 11 there is nothing. */
const APP = `# comment
import os, sys
def f():
    """doc"""
    x = 1

    return x

f()
if len(sys.argv) > 1: os.kill(os.getpid(), int(sys.argv[1]))
print("done")
`
const app = (more: object) => ({
  name: 'app',
  type: 'debugpy',
  request: 'launch',
  program: '${workspaceFolder}/app.py',
  console: 'internalConsole',
  ...more,
})

let folder: TestFolder
beforeEach(() => {
  folder = makeFolder({
    'one/app.py': APP,
    'one/.vscode/launch.json': JSON.stringify({
      configurations: [
        app({}),
        app({ name: 'killed', args: ['9'] }),
        app({ name: 'exits', program: '${workspaceFolder}/exits.py' }),
        app({ name: 'warns', envFile: '${workspaceFolder}/gone.env' }),
      ],
      compounds: [{ name: 'both', configurations: ['app', 'warns'] }],
    }),
    'one/exits.py': 'import sys; sys.exit(247)\n',
    'two/.vscode/launch.json': JSON.stringify({ configurations: [app({})] }),
    'none/.vscode/launch.json': '{ "configurations": [] }',
  })
})
afterEach(async () => {
  await nothingRemains(folder.path)
  folder.remove()
})

function launchLs(args: readonly string[], place = 'one') {
  const { stdout, stderr, status } = spawnSync(process.execPath, [serverBundle(), ...args], {
    cwd: join(folder.path, place),
    encoding: 'utf8',
    input: '',
    env: { ...process.env, XDG_STATE_HOME: join(folder.path, 'state') },
  })
  return { stdout, stderr, status }
}
const run = (name: string, ...args: string[]) => launchLs(['run', name, '--python', testPython(), ...args])

describe('breakpoints', () => {
  test('one that stands elsewhere than it was asked for is told', () => {
    const { stdout, stderr, status } = run(
      'app',
      ...['1', '7', '6', '99'].flatMap(line => ['--break', `app.py:${line}`]),
    )
    expect(stderr.split('\n')).toEqual([
      '○ app.py:1: there is no code to stop at.',
      '○ app.py:6: there is no code to stop at; the breakpoint stands at line 5.',
      '○ app.py:99: there is no code to stop at; the breakpoint stands at line 11.',
      '',
    ])
    expect(stdout.match(/^● app.py:\d+/gm)).toEqual(['● app.py:5', '● app.py:7', '● app.py:11'])
    expect(status).toBe(0)
  })

  test('a file that is not there is a wrong use', () => {
    const { stderr, status } = run('app', '--break', 'ap.py:1')
    expect(stderr).toContain(`there is no file ${join(folder.path, 'one', 'ap.py')}`)
    expect(status).toBe(2)
  })

  test('without debugging none is set', () => {
    const { stdout, stderr, status } = run('app', '--no-debug', '--break', 'app.py:7')
    expect(stdout).toBe('done\n')
    expect(stderr).toBe('--no-debug: nothing stops at a --break.\n')
    expect(status).toBe(0)
  })
})

describe.skipIf(process.platform === 'win32')('the end by a signal', () => {
  test.each([[[]], [['--no-debug']]])('is told in words, with the exit code of shells %j', options => {
    const { stderr, status } = run('killed', ...options)
    expect(stderr).toBe('Ended by signal 9 (SIGKILL).\n')
    expect(status).toBe(128 + 9)
  })

  test('is not what a program says of itself', () => {
    const { stderr, status } = run('exits')
    expect(stderr).toBe('')
    expect(status).toBe(247)
  })
})

test('what resolve warns of is told before the start, by name where there are several', () => {
  const line = /^warning .*gone\.env.*\[missing-env-file\]$/m
  expect(launchLs(['resolve', 'warns']).stdout.replace(/^ +/gm, '')).toMatch(line)
  const { stdout, stderr, status } = run('warns')
  expect(stderr).toMatch(line)
  expect([stdout, status]).toEqual(['done\n', 0])
  expect(run('both').stderr).toMatch(/^warns: warning .*\[missing-env-file\]$/m)
})

describe('what cannot be found', () => {
  test.each(['run', 'resolve'])('%s of a name that no configuration has: nothing to work on', command => {
    const { stderr, status } = launchLs([command, 'ap'])
    expect(stderr).toContain("Configuration 'ap' is missing in 'launch.json'.")
    expect(stderr).toContain("Did you mean 'app'?")
    expect(status).toBe(2)
  })

  test('a launch.json without configurations is there', () => {
    const { stderr, status } = launchLs(['run', 'app'], 'none')
    const file = join(folder.path, 'none', '.vscode', 'launch.json')
    expect(stderr).toContain(`There is no configuration in ${file}.`)
    expect(stderr).not.toContain('does not exist')
    expect(status).toBe(2)
  })

  test('a name that several folders have: which is said with --folder', () => {
    const folders = ['one', 'two'].flatMap(name => ['--folder', join(folder.path, name)])
    const { stderr, status } = launchLs(['resolve', 'app', ...folders], '.')
    expect(stderr).toContain('--folder with that one alone')
    expect(status).toBe(2)
    expect(launchLs(['resolve', 'app', ...folders.slice(0, 2)], '.').status).toBe(0)
  })
})
