import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Platform } from '../../server/core/host'
import { parseTaskDocument, type TaskDocument } from '../../server/core/taskDocument'

function read(file: unknown, platform: Platform = 'linux'): TaskDocument {
  return parseTaskDocument(typeof file === 'string' ? file : JSON.stringify(file), { platform })
}

function commandOf(file: unknown, platform?: Platform) {
  return read(file, platform).tasks[0]?.command
}

const task = (rest: object) => ({ tasks: [{ label: 't', type: 'shell', command: 'make', ...rest }] })

describe('labels', () => {
  test.each([
    [
      'in the order of the file',
      {
        tasks: [
          { label: 'b', command: 'x' },
          { label: 'a', command: 'x' },
        ],
      },
      ['b', 'a'],
    ],
    ['by the old name', { tasks: [{ taskName: 'old', command: 'x' }] }, ['old']],
    ['of a contributed task', { tasks: [{ type: 'npm', script: 'build' }] }, ['npm: build']],
    ['of one with a label', { tasks: [{ type: 'gulp', task: 'x', label: 'mine' }] }, ['mine']],
    ['of one nobody knows', { tasks: [{ type: 'cargo', command: 'build' }] }, ['cargo']],
    ['of what only waits', { tasks: [{ label: 'all', dependsOn: ['a'] }] }, ['all']],
    ['of a file that is one task', { command: 'make', args: ['x'], tasks: [] }, ['make']],
    ['not of tasks without a command', { tasks: [{ label: 'a' }, { label: 'b', command: 'x' }] }, ['b']],
    ['not of tasks without a label', { tasks: [{ command: 'x' }, null, 5, [], 'x'] }, []],
    ['a broken end', '{"tasks": [{"label": "a", "command": "x"}, {"label": "b", "comm', ['a']],
    [
      'comments, a trailing comma and a BOM',
      '\uFEFF{"tasks": [/**/ {"label": "a", "command": "x"},]}',
      ['a'],
    ],
    ['nothing', '', []],
    ['odd types', { tasks: { label: 'a' }, inputs: 5, linux: [], options: null, declares: {} }, []],
  ])('%s', (_, file, labels) => {
    expect(read(file).tasks.map(({ label }) => label)).toEqual(labels)
  })

  test('tasks of the platform stand in for those with their label', () => {
    const linux = {
      tasks: [
        { label: 'new', command: 'n' },
        { label: 'a', command: 'l' },
      ],
    }
    const file = {
      tasks: [
        { label: 'a', command: 'x' },
        { label: 'b', command: 'x' },
      ],
      linux,
    }
    expect(read(file).tasks.map(({ label, command }) => [label, command?.name])).toEqual([
      ['a', 'l'],
      ['b', 'x'],
      ['new', 'n'],
    ])
  })

  test('tasks of a workspace file', () => {
    const text = JSON.stringify({ folders: [], tasks: task({}) })
    expect(parseTaskDocument(text, { platform: 'linux', path: ['tasks'] }).tasks).toHaveLength(1)
  })
})

describe('the section of the platform', () => {
  test.each<[string, object, object]>([
    [
      'replaces command and arguments',
      { args: ['a'], linux: { command: 'gmake', args: ['b'] } },
      { name: 'gmake', args: ['b'] },
    ],
    [
      'keeps what it does not name',
      { args: ['a'], linux: { command: 'gmake' } },
      { name: 'gmake', args: ['a'] },
    ],
    [
      'counts as none when its arguments are empty',
      { args: ['a'], linux: { args: [] } },
      { name: 'make', args: ['a'] },
    ],
    ['changes the type', { linux: { type: 'process' } }, { runtime: 'process' }],
    [
      'adds to env key by key',
      { options: { cwd: '/t', env: { A: '1', B: '1' } }, linux: { options: { env: { B: '2' } } } },
      { options: { cwd: '/t', env: { A: '1', B: '2' } } },
    ],
    [
      'replaces the parts of the shell it names',
      {
        options: { shell: { executable: 'a', args: ['1'] } },
        linux: { options: { shell: { args: ['2'] } } },
      },
      { options: { shell: { executable: 'a', args: ['2'] } } },
    ],
    [
      'of another platform does nothing',
      { osx: { command: 'no' }, windows: { command: 'no' } },
      { name: 'make' },
    ],
    ['that is no object does nothing', { linux: 'x' }, { name: 'make' }],
  ])('%s', (_, rest, expected) => {
    expect(commandOf(task(rest))).toMatchObject(expected)
  })
})

describe("the file's defaults", () => {
  test.each<[string, object, object]>([
    [
      'options for a task that has none',
      { options: { cwd: '/f', env: { F: '1' } } },
      { options: { cwd: '/f', env: { F: '1' } } },
    ],
    [
      'not the type of a task that has one',
      { type: 'process', command: 'x' },
      { runtime: 'shell', name: 'make' },
    ],
    [
      'with the section of the platform over them',
      { options: { cwd: '/f' }, linux: { options: { cwd: '/l' } } },
      { options: { cwd: '/l' } },
    ],
  ])('%s', (_, defaults, expected) => {
    expect(commandOf({ ...defaults, ...task({}) })).toMatchObject(expected)
  })

  test.each<[string, object, object, object]>([
    ['env goes whole: the task has one', { env: { F: '1' } }, { env: { T: '1' } }, { env: { T: '1' } }],
    ['piece by piece', { cwd: '/f', env: { F: '1' } }, { cwd: '/t' }, { cwd: '/t', env: { F: '1' } }],
    [
      'the shell piece by piece',
      { shell: { executable: 'sh', args: ['-f'] } },
      { shell: { executable: 'bash' } },
      { shell: { executable: 'bash', args: ['-f'] } },
    ],
  ])('options: %s', (_, options, own, expected) => {
    expect(commandOf({ options, ...task({ options: own }) })?.options).toEqual(expected)
  })

  test.each<[string, object, object, object | undefined]>([
    [
      'command and arguments',
      { command: 'npm', args: ['run'] },
      { args: ['x'] },
      { name: 'npm', args: ['run', 'x'], runtime: 'process' },
    ],
    ['with the type of the file', { command: 'npm', type: 'shell' }, {}, { name: 'npm', runtime: 'shell' }],
    ['and the label behind them', { command: 'npm', suppressTaskName: false }, {}, { args: ['t'] }],
    [
      'with its selector',
      { command: 'npm', suppressTaskName: false, taskSelector: '/t:' },
      {},
      { args: ['/t:t'] },
    ],
    ['not for what only waits', { command: 'npm' }, { dependsOn: 'x' }, undefined],
  ])('of a task without a command: %s', (_, defaults, rest, expected) => {
    const command = commandOf({ ...defaults, tasks: [{ label: 't', ...rest }] })
    if (expected === undefined) expect(command).toBeUndefined()
    else expect(command).toMatchObject(expected)
  })
})

describe('type and arguments', () => {
  test.each<[string, object, object]>([
    ['no type is a process', { tasks: [{ label: 't', command: 'x' }] }, { runtime: 'process' }],
    [
      'an old shell command',
      { tasks: [{ label: 't', command: 'x', isShellCommand: true }] },
      { runtime: 'shell' },
    ],
    [
      'words of a list are one text',
      task({ command: ['my', 'tool'], args: [['a', 'b']] }),
      { name: 'my tool', args: ['a b'] },
    ],
    [
      'quotes',
      task({ args: [{ value: 'a', quoting: 'Weak' }, { value: 'b' }, { value: ['c', 'd'], quoting: 5 }] }),
      {
        args: [
          { value: 'a', quoting: 'weak' },
          { value: 'b', quoting: 'strong' },
          { value: 'c d', quoting: 'strong' },
        ],
      },
    ],
    [
      'arguments that are none are left out',
      task({ args: [5, null, {}, { value: '' }, 'x'] }),
      { args: ['x'] },
    ],
    ['a text is one argument a character', task({ args: 'ab' }), { args: ['a', 'b'] }],
  ])('%s', (_, file, expected) => {
    expect(commandOf(file)).toMatchObject(expected)
  })
})

describe('what it says', () => {
  test.each<[string, string, object, string, string]>([
    [
      'no command',
      'task-without-command',
      { tasks: [{ label: 't' }] },
      '{"label":"t"}',
      'The task \'t\' is ignored: it needs a "command" or a "dependsOn".',
    ],
    [
      'no label',
      'task-without-label',
      { tasks: [{ command: 'x' }] },
      '{"command":"x"}',
      'A task without a label is ignored: add "label".',
    ],
    [
      'no type',
      'task-without-type',
      { tasks: [{ type: '' }] },
      '{"type":""}',
      'A task with an empty type is ignored: use "shell" or "process".',
    ],
    [
      "an extension's type",
      'task-type-unknown',
      { tasks: [{ type: 'cargo' }] },
      '"cargo"',
      'Tasks of type \'cargo\' belong to an extension and cannot be run here: use "shell" or "process".',
    ],
    [
      'an argument',
      'task-argument-invalid',
      task({ args: [5] }),
      '[5]',
      'The argument 5 is left out: write a text, or {"value": …, "quoting": …}.',
    ],
    [
      'a platform section of tasks',
      'tasks-in-section',
      { linux: task({}) },
      '[{"label":"t","type":"shell","command":"make"}]',
      'Tasks in a platform section are deprecated: give the task itself a platform section with its command.',
    ],
  ])('%s', (_, code, file, place, message) => {
    const { problems, json } = read(file)
    const places = problems.map(({ span }) => json.text.slice(span.offset, span.offset + span.length))
    expect(problems.map(problem => [problem.code, problem.message])).toEqual([[code, message]])
    expect(places).toEqual([place])
  })

  test('nothing of the kinds that come with VS Code', () => {
    expect(read({ tasks: [{ type: 'npm', script: 'build' }] }).problems).toEqual([])
  })
})

test('no file makes it fail', () => {
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom('shell', 'process', 'npm', 't', '${x', '('))
  const task = fc.dictionary(
    fc.constantFrom(
      ...['label', 'type', 'command', 'args', 'options', 'linux', 'dependsOn', 'problemMatcher', 'group'],
    ),
    value,
  )
  const file = fc.record({
    tasks: fc.oneof(fc.array(fc.oneof(task, value)), value),
    linux: task,
    options: value,
  })
  fc.assert(
    fc.property(file, contents => {
      const { tasks } = read(contents)
      expect(tasks.every(({ label }) => typeof label === 'string')).toBe(true)
    }),
  )
})
