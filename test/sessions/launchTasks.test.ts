import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Host } from '../../server/core/host'
import { parseTaskDocument } from '../../server/core/taskDocument'
import type { StartError } from '../../server/protocol'
import { type LaunchTaskOptions, runPostDebugTask, runPreLaunchTask } from '../../server/sessions/launchTasks'
import { TaskRunner } from '../../server/sessions/taskRunner'
import { diskFiles } from '../../server/workspace/disk'
import { makeFolder, type TestFolder } from '../support/folder'

const host: Host = { platform: 'linux', env: { ...process.env }, homeDir: '/', cwd: '/' }

let folder: TestFolder
let runner: TaskRunner
let notices: string[]

beforeEach(() => {
  folder = makeFolder()
  runner = new TaskRunner()
  notices = []
})

afterEach(async () => {
  await runner.dispose()
  folder.remove()
})

const FILE = `{
  "tasks": [
    { "label": "fine", "type": "shell", "command": "true" },
    { "label": "bad", "type": "shell", "command": "echo it broke; exit 2" },
    { "label": "all", "dependsOn": ["fine", "bad"], "dependsOrder": "sequence" },
    { "label": "killed", "type": "shell", "command": "kill -9 $$" },
    { "label": "gone", "command": "no-such-command" },
    { "label": "variable", "command": "\${env:}" },
    { "label": "round", "dependsOn": "round" },
    { "label": "grunt", "type": "grunt", "task": "x" },
    { "label": "asks", "command": "\${input:x}" },
    { "type": "npm", "script": "test", "label": "test" }
  ],
  "inputs": [{ "id": "x", "type": "promptString", "description": "X" }]
}`

function options(
  change: Partial<LaunchTaskOptions> = {},
  settings: Record<string, unknown> = {},
): LaunchTaskOptions {
  const own = { name: 'w', path: folder.path }
  return {
    runner,
    files: [
      { document: parseTaskDocument(FILE, { platform: 'linux' }), uri: 'file:///w/.vscode/tasks.json' },
    ],
    facts: {
      variables: {
        host,
        folders: [own],
        folder: own,
        editor: undefined,
        settings: key => settings[key],
        execPath: undefined,
        extensions: {},
        contributed: {},
        inputs: undefined,
        commandAliases: {},
      },
      shell: { path: '/bin/sh' },
      files: diskFiles,
    },
    answers: new Map(),
    ask: () => Promise.resolve(null),
    onOutput: () => undefined,
    onNotice: notice => notices.push(notice),
    ...change,
  }
}

/** The line of tasks.json that an error points to, counted from 0. */
const at = (line: number) => ({
  location: { uri: 'file:///w/.vscode/tasks.json', range: { start: { line, character: 4 } } },
})

describe('a start is refused', () => {
  test.each<[unknown, object]>([
    [
      'bad',
      {
        kind: 'taskFailed',
        message: "The preLaunchTask 'bad' terminated with exit code 2.",
        remedy: 'Correct the task, or what its output complains about.',
        output: 'it broke',
        ...at(3),
      },
    ],
    [
      'all',
      {
        kind: 'taskFailed',
        message: "The preLaunchTask 'all' terminated with exit code 2.",
        remedy:
          "It waits for the task 'bad', which failed. Correct the task, or what its output complains about.",
        ...at(3),
      },
    ],
    [
      'killed',
      {
        kind: 'taskFailed',
        message: "The preLaunchTask 'killed' terminated.",
        remedy: "The task 'killed' was ended by SIGKILL.",
      },
    ],
    [
      'gone',
      {
        kind: 'taskFailed',
        message:
          "The preLaunchTask 'gone' could not be started: The command 'no-such-command' was not found.",
        ...at(6),
      },
    ],
    [
      'variable',
      {
        kind: 'unresolvedVariable',
        message: 'Variable ${env:} can not be resolved because no environment variable name is given.',
        remedy: "Correct the task 'variable' in tasks.json.",
        ...at(7),
      },
    ],
    [
      'round',
      { kind: 'invalidConfiguration', message: 'There is a dependency cycle. See task "round".', ...at(8) },
    ],
    [
      'grunt',
      {
        kind: 'taskFailed',
        message: "The task 'grunt' is of type 'grunt', which only an extension of VS Code can run.",
        ...at(9),
      },
    ],
    ['asks', { kind: 'cancelled' }],
    ['nobody', { kind: 'invalidConfiguration', message: "Could not find the task 'nobody'." }],
    [
      { type: 'gulp', task: 'x' },
      { kind: 'invalidConfiguration', message: 'Could not find the specified task.' },
    ],
    [
      5,
      {
        kind: 'invalidConfiguration',
        message: 'Could not find the specified task.',
        remedy: 'Write the label of a task in "preLaunchTask", or an object with the "type" of the task.',
      },
    ],
    [['fine'], { kind: 'invalidConfiguration' }],
    [{ task: 'fine' }, { kind: 'invalidConfiguration' }],
  ])('by the preLaunchTask %j', async (reference, expected) => {
    expect(await runPreLaunchTask(reference, options())).toMatchObject(expected)
  })

  test('without a folder to look for the task in', async () => {
    const { facts } = options()
    const nowhere = { facts: { ...facts, variables: { ...facts.variables, folder: undefined } }, files: [] }
    expect(await runPreLaunchTask('fine', options(nowhere))).toMatchObject({
      message:
        "Task 'fine' can not be referenced from a launch configuration that is in a different workspace folder.",
    })
  })

  test('when it is cancelled', async () => {
    const error = await runPreLaunchTask('fine', options({ signal: AbortSignal.abort() }))
    expect(error).toEqual<StartError>({ kind: 'cancelled', message: 'The start was cancelled.' })
  })
})

describe('a start goes on', () => {
  test.each([['fine'], [undefined], [null], ['']])('after the preLaunchTask %j', async reference => {
    expect(await runPreLaunchTask(reference, options())).toBeUndefined()
  })

  test('after a contributed task of package.json', async () => {
    folder.write('package.json', '{ "scripts": { "test": "true" } }')
    expect(await runPreLaunchTask({ type: 'npm', script: 'test' }, options())).toBeUndefined()
  })

  test('after a bad one when the user wants that', async () => {
    const settings = { 'debug.onTaskErrors': 'debugAnyway' }
    expect(await runPreLaunchTask('bad', options({}, settings))).toBeUndefined()
    expect(notices).toEqual(["The preLaunchTask 'bad' terminated with exit code 2."])
    expect(await runPreLaunchTask('nobody', options({}, settings))).toMatchObject({
      kind: 'invalidConfiguration',
    })
  })
})

test.each<[unknown, string[]]>([
  ['fine', []],
  [undefined, []],
  ['bad', ["The postDebugTask 'bad' terminated with exit code 2."]],
  ['nobody', ["Could not find the task 'nobody'."]],
  ['asks', []],
])('after the session, the postDebugTask %j is told of as %j', async (reference, expected) => {
  await runPostDebugTask(reference, options())
  expect(notices).toEqual(expected)
})

test('a postDebugTask whose question cannot be asked is told of', async () => {
  await runPostDebugTask('asks', options({ ask: () => Promise.reject(new Error('no way to ask')) }))
  expect(notices).toEqual(['no way to ask'])
})
