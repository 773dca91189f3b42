import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Files, Platform } from '../../server/core/host'
import type { Answer } from '../../server/core/substitution'
import { parseTaskDocument } from '../../server/core/taskDocument'
import { findTask } from '../../server/core/taskPlan'
import { type TaskFacts, taskToProcess } from '../../server/core/taskProcess'
import type { TerminalProfile } from '../../server/core/terminalProfile'

interface Machine {
  readonly platform?: Platform
  readonly shell?: TerminalProfile
  readonly env?: Record<string, string>
  readonly folder?: string
  readonly homeDir?: string
  readonly files?: readonly string[]
  readonly answers?: Record<string, Answer>
}

const CMD = { path: 'C:\\Windows\\System32\\cmd.exe' }

function start(file: object, machine: Machine = {}) {
  const { platform = 'linux', env = {}, files = [], homeDir = '/home/u' } = machine
  const path = machine.folder ?? (platform === 'win32' ? 'C:\\w' : '/w')
  const folder = { name: 'w', path }
  const disk: Files = {
    read: () => undefined,
    kind: name => (files.includes(name) ? 'file' : undefined),
    list: () => [],
  }
  const facts: TaskFacts = {
    variables: {
      host: { platform, env, homeDir, cwd: '/' },
      folders: [folder],
      folder,
      editor: undefined,
      settings: () => undefined,
      execPath: undefined,
      extensions: {},
      contributed: { defaultBuildTask: 'build it' },
      inputs: [{ id: 'x', type: 'promptString', description: 'of launch.json' }],
      commandAliases: { pickProcess: 'debugpy.pickLocalProcess' },
    },
    shell: machine.shell ?? { path: '/bin/bash' },
    files: disk,
  }
  const task = findTask([parseTaskDocument(JSON.stringify(file), { platform })], 't')
  if (task === undefined) throw new Error('no task t')
  return taskToProcess(task, facts, new Map(Object.entries(machine.answers ?? {})))
}

const shell = (rest: object) => ({ tasks: [{ label: 't', type: 'shell', command: 'x', ...rest }] })
const process = (rest: object) => ({ tasks: [{ label: 't', type: 'process', command: 'x', ...rest }] })

describe('the arguments before the command line', () => {
  test.each<[string, TerminalProfile, object, readonly string[]]>([
    ['of the profile', { path: '/bin/bash', args: ['-l'] }, {}, ['-l', '-c', 'x']],
    ['a flag that is there already', { path: '/bin/bash', args: ['-c'] }, {}, ['-c', 'x']],
    ['a flag with others behind it', { path: '/bin/bash', args: ['-C', '-l'] }, {}, ['-C', '-l', 'x']],
    ['a flag with a word behind it', { path: '/bin/bash', args: ['-c', 'w'] }, {}, ['-c', 'w', '-c', 'x']],
    ['of the profile as one text', { path: '/bin/bash', args: '-l -e' }, {}, ['-l -e', '-c', 'x']],
    ['none for a shell of the task', { path: '/bin/bash', args: ['-l'] }, { executable: 'sh' }, ['x']],
    [
      "the profile's, for a shell of the task that is the same",
      { path: '/bin/bash', args: ['-l'] },
      { executable: '/bin/bash' },
      ['-l', 'x'],
    ],
    ["the task's own", { path: '/bin/bash', args: ['-l'] }, { args: ['-e'] }, ['-e', '-c', 'x']],
  ])('%s', (_, profile, own, args) => {
    expect(start(shell({ options: { shell: own } }), { shell: profile })).toMatchObject({ args })
  })

  test.each([
    ['cmd.exe', '/d /c x'],
    ['C:\\Tools\\tcc.exe', '/d /c x'],
    ['POWERSHELL.EXE', '-Command x'],
    ['pwsh.exe', '-Command x'],
    ['wsl.exe', '-e x'],
    ['nu.exe', '-c x'],
    ['C:/Git/bin/bash.exe', ['-c', 'x']],
    ['zsh.exe', ['-c', 'x']],
  ])('of %s on Windows', (path, args) => {
    expect(start(shell({}), { platform: 'win32', shell: { path } })).toMatchObject({ args })
  })
})

describe('the folder it runs in', () => {
  test.each<[string, Platform, unknown, string | undefined]>([
    ["the file's own folder", 'linux', undefined, '/w'],
    ['below it', 'linux', './sub/../other', '/w/other'],
    ['absolute', 'linux', '/x/../y', '/x/../y'],
    ['by a variable', 'linux', '${env:D}/z', '/d/z'],
    ['empty', 'linux', '', undefined],
    ['no text', 'linux', 5, '/w'],
    ['the drive in lower case', 'win32', undefined, 'c:\\w'],
    ['below it on Windows', 'win32', 'a/b', 'c:\\w\\a\\b'],
    ['absolute on Windows', 'win32', 'D:/a', 'd:\\a'],
    ['a share', 'win32', '\\\\server\\share\\X', '\\\\server\\share\\X'],
  ])('%s', (_, platform, cwd, expected) => {
    const result = start(process({ options: { cwd } }), { platform, env: { D: '/d' } })
    expect('cwd' in result ? result.cwd : undefined).toBe(expected)
  })

  test.each([
    ['as the cwd', { options: { cwd: '\\\\server\\share' } }, 'C:\\Users\\u'],
    ['as the home directory of an empty cwd', { options: { cwd: '' } }, '\\\\server\\home'],
  ])('cmd.exe refuses a share %s', (_, rest, homeDir) => {
    expect(start(shell(rest), { platform: 'win32', shell: CMD, homeDir })).toEqual({
      kind: 'error',
      message: "Can't execute a shell command on an UNC drive using cmd.exe.",
    })
  })
})

describe('the environment', () => {
  test.each<[string, object, TerminalProfile, object | undefined]>([
    [
      'of the profile, the task over it',
      shell({ options: { env: { A: 1 } } }),
      { path: 's', env: { A: 'p', B: null } },
      { A: '1', B: null },
    ],
    ['nothing for a shell', shell({}), { path: 's' }, {}],
    ['not of the profile for a process', process({}), { path: 's', env: { A: 'p' } }, undefined],
    [
      'objects and lists',
      process({ options: { env: { O: {}, L: [1, 2], N: null } } }),
      { path: 's' },
      { O: '[object Object]', L: '1,2', N: 'null' },
    ],
  ])('%s', (_, file, profile, env) => {
    const result = start(file, { shell: profile })
    expect('env' in result ? result.env : undefined).toEqual(env)
  })
})

describe('variables', () => {
  test.each<[string, string, string]>([
    ['end at the first brace', '${env:K${env:J}}', '${env:Kj}'],
    ['hold variables', '${env:DEEP}', 'j'],
    ['nobody knows', '${nothing} $X ${', '${nothing} $X ${'],
    ['of other parts', '${defaultBuildTask}', 'build it'],
    ['over two lines are none', '${env:\nJ}', '${env:\nJ}'],
  ])('%s', (_, argument, expected) => {
    const env = { J: 'j', DEEP: '${env:J}' }
    expect(start(process({ args: [argument] }), { env })).toMatchObject({ args: [expected] })
  })

  const asking = {
    ...process({ args: ['${input:x}', '${env:}'] }),
    inputs: [{ id: 'x', type: 'promptString', description: 'Which?' }],
  }
  const fine = { ...asking, tasks: process({ command: '${input:x}', args: ['${input:x}'] }).tasks }
  test('errors come before questions', () => {
    expect(start(asking)).toEqual({
      kind: 'error',
      message: 'Variable ${env:} can not be resolved because no environment variable name is given.',
    })
  })

  test("the questions are those of the task's own file, each once", () => {
    expect(start(fine)).toMatchObject({ kind: 'ask', question: { id: 'input:x', title: 'Which?' } })
    expect(start(fine, { answers: { 'input:x': 'go' } })).toMatchObject({ executable: 'go', args: ['go'] })
    expect(start(fine, { answers: { 'input:x': null } })).toEqual({ kind: 'cancelled' })
  })

  test("commands have no names of the debugger's own", () => {
    const question = { kind: 'command', id: 'command:pickProcess', command: 'pickProcess' }
    expect(start(process({ args: ['${command:pickProcess}'] }))).toEqual({ kind: 'ask', question })
  })
})

describe('a process on Windows is looked for', () => {
  const env = { Path: 'C:\\bin;D:\\tools', PATHEXT: '.COM;.EXE' }
  test.each<[string, string, object, string]>([
    ['along PATH with every ending', 'tool', {}, 'D:\\tools\\tool.EXE'],
    ["along the task's own PATH", 'tool', { options: { env: { PATH: 'E:\\own' } } }, 'E:\\own\\tool.COM'],
    ['with its ending', 'tool.EXE', {}, 'D:\\tools\\tool.EXE'],
    ["else in the task's folder", 'gone', {}, 'C:\\w\\gone'],
    ['in a folder below', 'bin\\tool', {}, 'C:\\w\\bin\\tool'],
    ['not when its path is whole', 'X:\\tool', {}, 'X:\\tool'],
  ])('%s', (_, command, rest, executable) => {
    const files = ['D:\\tools\\tool.EXE', 'E:\\own\\tool.COM']
    expect(start(process({ command, ...rest }), { platform: 'win32', env, files })).toMatchObject({
      executable,
    })
  })
})

test('what only waits starts nothing', () => {
  expect(start({ tasks: [{ label: 't', dependsOn: ['a'] }] })).toEqual({ kind: 'nothing' })
})

test.each([
  [{ script: 'build' }, 'npm run build', '/w'],
  [{ script: 'install', path: 'web' }, 'npm install', '/w/web'],
  [{ script: 'a b', options: { cwd: '/x' } }, "npm run 'a b'", '/x'],
])('npm %j', (rest, commandLine, cwd) => {
  expect(start({ tasks: [{ label: 't', type: 'npm', ...rest }] })).toMatchObject({ commandLine, cwd })
})

test('no task makes it fail', () => {
  const text = fc.constantFrom('a', 'a b', '${env:J}', '${input:x}', '${', '"', '')
  const value = fc.oneof(text, fc.jsonValue(), fc.record({ value: text, quoting: text }), fc.array(text))
  const options = fc.record({
    cwd: value,
    env: value,
    shell: fc.record({ executable: value, args: value, quoting: value }),
  })
  const task = fc.record({
    command: value,
    args: value,
    options,
    linux: value,
    windows: fc.record({ options }),
  })
  const platform = fc.constantFrom<Platform>('linux', 'darwin', 'win32')
  fc.assert(
    fc.property(task, fc.constantFrom('shell', 'process', 'npm'), platform, (rest, type, on) => {
      const other = { label: 't', command: 'spare' }
      const result = start(
        { tasks: [other, { label: 't', type, ...rest }] },
        { platform: on, env: { J: '${env:J} j' } },
      )
      expect(['process', 'nothing', 'ask', 'error']).toContain(result.kind)
    }),
  )
})
