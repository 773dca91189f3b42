import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Platform } from '../../server/core/host'
import { settingsOf } from '../../server/core/settings'
import { evaluateVariable, VARIABLE_NAMES, type VariableFacts } from '../../server/core/variableValues'
import { facts } from '../support/facts'
import { variableText } from '../support/variableTexts'

const web = { name: 'web', path: '/w/web' }
const api = { name: 'api', path: '/w/api' }

describe('folders', () => {
  test.each<[inner: string, changes: Partial<VariableFacts>, shown: string]>([
    ['workspaceFolder', {}, '/w'],
    ['workspaceFolder:', {}, '/w'],
    ['workspaceFolder:api', { folders: [web, api], folder: web }, '/w/api'],
    ['workspaceFolderBasename', { folders: [web, api], folder: web }, 'web'],
    [
      'workspaceFolder:twin',
      {
        folders: [
          { name: 'twin', path: '/1' },
          { name: 'twin', path: '/2' },
        ],
      },
      '/1',
    ],
    [
      'workspaceFolder:toString',
      {},
      "Variable workspaceFolder can not be resolved. No such folder 'toString'.",
    ],
    ['workspaceFolder', noFolder(), 'Variable workspaceFolder can not be resolved. Please open a folder.'],
    ['cwd', noFolder(), '/start'],
    ['cwd:', noFolder(), '/start'],
    ['cwd:x', noFolder(), "Variable cwd can not be resolved. No such folder 'x'."],
    ['relativeFile:x', {}, "Variable relativeFile can not be resolved. No such folder 'x'."],
    [
      'relativeFileDirname:x',
      {},
      'Variable ${relativeFileDirname:x} can not be resolved. Please open an editor.',
    ],
  ])('${%s}', (inner, changes, shown) => {
    expect(show(inner, facts(changes))).toBe(shown)
  })
})

describe('the active file', () => {
  test.each<[platform: Platform, folder: string, file: string, inner: string, shown: string]>([
    ['linux', '/w', '/w/a/../b.tar.gz', 'file', '/w/b.tar.gz'],
    ['linux', '/w', '/w/b.tar.gz', 'fileBasenameNoExtension', 'b.tar'],
    ['linux', '/w', '/w/Makefile', 'fileExtname', ''],
    ['linux', '/w', '/a.py', 'fileDirnameBasename', ''],
    ['linux', '/w', '/w/..data/a.py', 'fileWorkspaceFolder', '/w'],
    ['linux', '/w', '/wide/a.py', 'fileWorkspaceFolder', NO_OWNER],
    ['linux', '/w', '/W/a.py', 'fileWorkspaceFolder', NO_OWNER],
    ['darwin', '/w', '/W/a.py', 'fileWorkspaceFolder', '/w'],
    ['win32', 'c:\\w', 'C:/W/p/a.py', 'fileWorkspaceFolder', 'C:\\w'],
    ['win32', 'c:\\w', 'c:\\w\\p\\a.py', 'file', 'C:\\w\\p\\a.py'],
    ['win32', 'c:\\w', 'C:\\W\\p\\a.py', 'relativeFile', 'p\\a.py'],
    ['win32', 'c:\\w', 'c:\\w\\p\\a.py', 'workspaceFolder', 'C:\\w'],
    ['win32', 'c:\\w', 'c:\\w\\a.py', 'relativeFileDirname', '.'],
  ])('%s, folder %s, file %s: ${%s}', (platform, path, file, inner, shown) => {
    const folder = { name: 'w', path }
    const host = { ...facts().host, platform }
    expect(show(inner, facts({ host, folder, folders: [folder], editor: { file } }))).toBe(shown)
  })

  test('an empty file name is no file', () => {
    expect(show('file', facts({ editor: { file: '' } }))).toMatch('Please open an editor.')
  })
})

describe('environment', () => {
  test.each<[platform: Platform, inner: string, shown: string]>([
    ['linux', 'env:A', 'server'],
    ['linux', 'env:B', 'editor'],
    ['linux', 'env:b', ''],
    ['win32', 'env:b', 'editor'],
    ['linux', 'env:toString', ''],
    ['linux', 'env:', 'Variable ${env:} can not be resolved because no environment variable name is given.'],
  ])('%s: ${%s}', (platform, inner, shown) => {
    const host = { ...facts().host, platform, env: { A: 'server', B: 'server' } }
    expect(show(inner, facts({ host, editor: { env: { B: 'editor' } } }))).toBe(shown)
  })
})

describe('settings', () => {
  const settings = settingsOf([
    { 'a.list': ['x', [1, null], { k: 1 }], a: { deep: { n: 0 } } },
    { 'a.deep.s': '' },
  ])
  test.each([
    ['config:a.deep.n', '0'],
    ['config:a.deep.s', ''],
    ['config:a.list', "Variable ${config:a.list} can not be resolved because setting 'a.list' not found."],
    [
      'config:a.deep',
      "Variable ${config:a.deep} can not be resolved because 'a.deep' is a structured value.",
    ],
    [
      'config:__proto__',
      "Variable ${config:__proto__} can not be resolved because setting '__proto__' not found.",
    ],
    ['config', 'Variable ${config} can not be resolved because no settings name is given.'],
  ])('${%s}', (inner, shown) => {
    expect(show(inner, facts({ settings }))).toBe(shown)
  })

  test('a list is joined, as JavaScript writes it', () => {
    const list = settingsOf([{ l: ['x', [1, null], { k: 1 }, true] }])
    expect(show('config:l', facts({ settings: list }))).toBe('x,1,,[object Object],true')
  })

  test('the settings of the folder go first', () => {
    const settingsFor = () => settingsOf([{ k: 'folder' }])
    expect(show('config:k', facts({ settings: settingsOf([{ k: 'user' }]), settingsFor }))).toBe('folder')
  })
})

describe('what other parts answer', () => {
  test.each<[inner: string, changes: Partial<VariableFacts>, shown: string]>([
    ['defaultBuildTask', { contributed: { defaultBuildTask: 'build' } }, 'build'],
    ['defaultBuildTask', { contributed: { defaultBuildTask: null } }, 'stays'],
    ['taskVar:port', { contributed: { 'taskVar:port': '80' } }, '80'],
    ['file', { contributed: { file: 'x' }, editor: { file: '/w/a.py' } }, '/w/a.py'],
    ['extensionInstallFolder:Pub.Ext', { extensions: { 'pub.ext': '/e' } }, '/e'],
    ['execPath', {}, '${execPath}'],
    ['toString', {}, 'stays'],
    ['File', {}, 'stays'],
    ['command:pickProcess', { commandAliases: { pickProcess: 'debugpy.pick' } }, 'runs debugpy.pick'],
    ['command:toString', {}, 'runs toString'],
    ['command:', {}, "command '' not found"],
    ['command', {}, "command 'undefined' not found"],
    [
      'input',
      { inputs: [{}] },
      "Undefined input variable 'undefined' encountered. Remove or define 'undefined' to continue.",
    ],
  ])('${%s}', (inner, changes, shown) => {
    expect(show(inner, facts(changes))).toBe(shown)
  })
})

test('any variable has an outcome, on any platform', () => {
  const inner = fc.oneof(
    variableText,
    fc
      .tuple(fc.constantFrom(...VARIABLE_NAMES), variableText)
      .map(([name, argument]) => `${name}:${argument}`),
  )
  const platform = fc.constantFrom<Platform>('linux', 'darwin', 'win32')
  fc.assert(
    fc.property(inner, platform, fc.string(), fc.string(), (text, os, path, file) => {
      const folder = { name: 'w', path: `/${path}` }
      const host = { ...facts().host, platform: os }
      const found = evaluateVariable(
        text,
        facts({ host, folders: [folder], folder, editor: { file: `/${file}` } }),
      )
      expect(['value', 'error', 'ask', 'unknown']).toContain(found.kind)
    }),
  )
})

const NO_OWNER = "Variable ${fileWorkspaceFolder}: can not find workspace folder of 'a.py'."

function noFolder(): Partial<VariableFacts> {
  return { folders: [], folder: undefined }
}

/** What a user sees: the value, the error's text, or what happens instead. */
function show(inner: string, given: VariableFacts): string {
  const found = evaluateVariable(inner, given)
  switch (found.kind) {
    case 'value':
      return found.value
    case 'error':
      return found.message
    case 'ask':
      return found.question.kind === 'command' ? `runs ${found.question.command}` : 'asks'
    case 'unknown':
      return 'stays'
  }
}
