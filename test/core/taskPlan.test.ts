import { describe, expect, test } from 'vitest'
import { parseTaskDocument } from '../../server/core/taskDocument'
import { defaultBuildTask, findTask, type PlannedTask, planTask } from '../../server/core/taskPlan'

const read = (tasks: readonly object[]) => parseTaskDocument(JSON.stringify({ tasks }), { platform: 'linux' })

const task = (label: string, rest: object = {}) => ({ label, command: 'x', ...rest })

describe('a task is found', () => {
  const file = read([
    task('a'),
    task('twice', { command: 'first' }),
    task('twice', { command: 'last' }),
    task('b', { identifier: 'the-b' }),
    { type: 'npm', script: 'build', label: 'mine' },
    { type: 'gulp', task: 'x', file: 'g.js' },
    { type: 'cargo', command: 'test', args: ['-q'] },
  ])
  test.each([
    ['by its label', 'a', 'a'],
    ['by the deprecated identifier', 'the-b', 'b'],
    ['by kind and keys', { type: 'npm', script: 'build', problemMatcher: [] }, 'mine'],
    ['by the keys of its kind only', { type: 'gulp', task: 'x', file: 'g.js' }, 'gulp: x'],
    ['by all keys of a kind nobody knows', { type: 'cargo', command: 'test', args: ['-q'] }, 'cargo'],
    ['as a script of package.json', 'npm: lint', 'npm: lint'],
    ['as a script by kind and key', { type: 'npm', script: 'lint', path: 'web' }, 'npm: lint - web'],
  ])('%s', (_, reference, label) => {
    expect(findTask([file], reference)?.label).toBe(label)
  })

  test.each([
    ['a name nobody has', 'nothing'],
    ['a name in another case', 'A'],
    ['other keys', { type: 'gulp', task: 'x' }],
    ['a task of a file is no kind', { type: 'shell', task: 'a' }],
    ['nothing', ''],
  ])('not by %s', (_, reference) => {
    expect(findTask([file], reference)).toBeUndefined()
  })

  test('the last of equals', () => {
    expect(findTask([file], 'twice')?.command?.name).toBe('last')
  })

  test('in the first file that has it', () => {
    const user = read([task('a', { command: 'of the user' }), task('u')])
    expect(findTask([file, user], 'a')?.command?.name).toBe('x')
    expect(findTask([file, user], 'u')?.label).toBe('u')
  })
})

/** `a(b(d) c)`: a waits for b and c, b for d. */
function shape({ task: { label }, dependencies, missing }: PlannedTask): string {
  const parts = [...dependencies.map(shape), ...missing.map(name => `?${name}`)]
  return parts.length === 0 ? label : `${label}(${parts.join(' ')})`
}

describe('what a task waits for', () => {
  test.each([
    ['nothing', [task('a')], 'a'],
    ['one', [task('a', { dependsOn: 'b' }), task('b')], 'a(b)'],
    [
      'several',
      [task('a', { dependsOn: ['b', 'c'] }), task('b', { dependsOn: ['c'] }), task('c')],
      'a(b(c) c)',
    ],
    ['a contributed one', [task('a', { dependsOn: { type: 'npm', script: 'x' } })], 'a(npm: x)'],
    ['one that is missing', [task('a', { dependsOn: ['z', 'b', 5, null] }), task('b')], 'a(b ?z)'],
    ['no command of its own', [{ label: 'a', dependsOn: ['b'] }, task('b')], 'a(b)'],
  ])('%s', (_, tasks, expected) => {
    const plan = planTask([read(tasks)], 'a')
    expect(plan.kind === 'plan' && shape(plan.root)).toBe(expected)
  })

  test('a task that several wait for is one', () => {
    const plan = planTask(
      [read([task('a', { dependsOn: ['b', 'npm: x'] }), task('b', { dependsOn: ['npm: x'] })])],
      'a',
    )
    const [b, npm] = plan.kind === 'plan' ? plan.root.dependencies : []
    expect(npm).toBeDefined()
    expect(b?.dependencies[0]).toBe(npm)
  })
})

describe('a plan is refused', () => {
  test.each([
    [
      'without such a task',
      [task('b'), task('c')],
      "Could not find the task 'a'.",
      "Use the label of a task in tasks.json ('b', 'c'), or add the task there.",
    ],
    [
      'without any task',
      [],
      "Could not find the task 'a'.",
      'Add it to .vscode/tasks.json, or remove it from the configuration.',
    ],
    [
      'when tasks wait for one another',
      [task('a', { dependsOn: 'b' }), task('b', { dependsOn: 'c' }), task('c', { dependsOn: 'b' })],
      'There is a dependency cycle. See task "b".',
      'Break it in "dependsOn": b → c → b.',
    ],
    [
      'when a task waits for itself',
      [task('a', { dependsOn: 'a' })],
      'There is a dependency cycle. See task "a".',
      'Break it in "dependsOn": a → a.',
    ],
    [
      'when only an extension can run it',
      [task('a', { dependsOn: ['b'] }), { type: 'gulp', task: 'x', label: 'b' }],
      "The task 'b' is of type 'gulp', which only an extension of VS Code can run.",
      'Write it as a task of type "shell" or "process" with the command that the extension runs.',
    ],
    [
      'when the chain has no end in sight',
      Array.from({ length: 3000 }, (_, i) => task(i === 0 ? 'a' : `a${i}`, { dependsOn: `a${i + 1}` })),
      "The task 'a' waits for more than 500 others, one behind the other.",
      'Shorten the chain of "dependsOn".',
    ],
  ])('%s', (_, tasks, message, remedy) => {
    expect(planTask([read(tasks)], 'a')).toMatchObject({ kind: 'problem', message, remedy })
  })

  test('without a task of such keys', () => {
    const plan = planTask([read([])], { type: 'gulp', task: 'x' })
    expect(plan).toMatchObject({ message: 'Could not find the specified task.' })
  })
})

describe('the default build task', () => {
  const build = { group: 'build' }
  const standard = { group: { kind: 'build', isDefault: true } }
  test.each([
    ['is the one that is marked', [task('a', build), task('b', standard)], { kind: 'one', label: 'b' }],
    [
      'is asked for among the marked',
      [task('a', standard), task('b', standard), task('c', build)],
      { kind: 'pick', labels: ['a', 'b'] },
    ],
    [
      'is asked for among all',
      [task('a', build), task('b', { group: { kind: 'build', isDefault: '*.ts' } })],
      { kind: 'pick', labels: ['a', 'b'] },
    ],
    ['may be named build', [task('build'), task('x')], { kind: 'pick', labels: ['build'] }],
    ['is none', [task('a', { group: 'test' })], { kind: 'none' }],
  ])('%s', (_, tasks, expected) => {
    expect(defaultBuildTask([read(tasks)])).toMatchObject(expected)
  })
})
