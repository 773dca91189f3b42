import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Host } from '../../server/core/host'
import { createLanguageFiles } from '../../server/features/languageFiles'
import { createProblems } from '../../server/features/problems'
import { NOTHING_OPEN } from '../../server/workspace/documents'
import { uriOf } from '../../server/workspace/paths'
import { createWorkspace } from '../../server/workspace/workspace'
import { makeFolder, type TestFolder } from '../support/folder'

let root: TestFolder
beforeEach(() => {
  root = makeFolder({})
})
afterEach(() => root.remove())

const HOST: Host = { platform: 'linux', env: {}, homeDir: '/home/u', cwd: '/' }
const run = (members = '') =>
  `{ "name": "Run", "type": "debugpy", "request": "launch", "code": "1"${members} }`
const launch = (...entries: string[]) => `{ "configurations": [${entries.join(', ')}] }`

/** `file: code` for all files of the folders, in the order of the files. */
function problemsOf(folders: readonly string[], settings: unknown = {}): readonly string[] {
  const workspace = createWorkspace(NOTHING_OPEN)
  workspace.open(
    folders.map(name => ({ uri: uriOf(join(root.path, name)), name })),
    settings,
  )
  const problems = createProblems(
    createLanguageFiles(workspace, HOST, { chosen: () => undefined, has: () => true }),
  )
  return problems.files().flatMap(file => problems.of(file).map(({ code }) => `${basename(file)}: ${code}`))
}

describe('what one file knows of the others', () => {
  test.each<{
    what: string
    files: Record<string, string>
    folders?: string[]
    settings?: object
    says: string[]
  }>([
    {
      what: 'a task of tasks.json',
      files: {
        '.vscode/launch.json': launch(run(', "preLaunchTask": "build"')),
        '.vscode/tasks.json': '{ "tasks": [{ "label": "build", "type": "shell", "command": "make" }] }',
      },
      says: [],
    },
    {
      what: 'no tasks.json',
      files: { '.vscode/launch.json': launch(run(', "preLaunchTask": "build"')) },
      says: ['launch.json: undefined-task'],
    },
    {
      what: 'a name of an env file that the configuration sets',
      files: {
        '.vscode/launch.json': launch(run(', "env": { "BASE": "1" }')),
        '.env': 'A=${BASE}\nB=${OTHER}\n',
      },
      says: ['.env: env-reference'],
    },
    {
      what: 'a broken tasks.json tells nothing of its tasks',
      files: {
        '.vscode/launch.json': launch(run(', "preLaunchTask": "build"')),
        '.vscode/tasks.json': '{ "tasks": ',
      },
      says: ['tasks.json: json-syntax'],
    },
    {
      what: 'a task in the background that nobody waits for, and one that a start waits for',
      files: {
        '.vscode/launch.json': launch(run(', "preLaunchTask": "watch"')),
        '.vscode/tasks.json': `{ "tasks": [
          { "label": "watch", "type": "shell", "command": "make", "isBackground": true },
          { "label": "serve", "type": "shell", "command": "make", "isBackground": true }
        ] }`,
      },
      says: ['tasks.json: task-without-matcher'],
    },
    {
      what: 'a member of another folder',
      folders: ['a', 'b'],
      files: {
        'a/.vscode/launch.json': `{ "compounds": [{ "name": "All", "configurations": ["Run", "Rum"] }] }`,
        'b/.vscode/launch.json': launch(run()),
      },
      says: ['launch.json: undefined-configuration'],
    },
    {
      what: 'inputs of settings.json serve launch.json, whose lists hide those of settings.json',
      files: {
        '.vscode/launch.json': launch(run(', "args": ["${input:x}"]')),
        '.vscode/settings.json': `{ "launch": {
          "configurations": [],
          "inputs": [{ "id": "x", "type": "promptString", "description": "x" }]
        } }`,
      },
      says: ['settings.json: shadowed-section'],
    },
    {
      what: 'an env file that is named, and the default one',
      files: {
        '.vscode/launch.json': launch(run(', "envFile": "${workspaceFolder}/conf/dev.env"')),
        'conf/dev.env': 'export A=1\n',
        '.env': 'A=1 # one\n',
        'other.env': 'export A=1\n',
      },
      says: ['.env: env-comment-in-value', 'dev.env: env-export'],
    },
    {
      what: 'configurations and tasks of a workspace file',
      settings: { workspaceFile: 'all.code-workspace' },
      files: {
        'all.code-workspace': `{
          "folders": [{ "path": "." }],
          "launch": ${launch(run(', "preLaunchTask": "build"'), run(', "preLaunchTask": "bild"').replace('Run', 'Two'))},
          "tasks": { "tasks": [{ "label": "build", "dependsOn": "buid" }] }
        }`,
      },
      says: ['all.code-workspace: undefined-task', 'all.code-workspace: undefined-dependency'],
    },
  ])('$what', ({ files, folders = ['.'], settings = {}, says }) => {
    for (const [name, text] of Object.entries(files)) root.write(name, text)
    const given =
      'workspaceFile' in settings
        ? { workspaceFile: join(root.path, String(settings.workspaceFile)) }
        : settings
    expect(problemsOf(folders, given)).toEqual(says)
  })
})
