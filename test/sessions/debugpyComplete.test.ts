import { describe, expect, test } from 'vitest'
import { ATTACH, LAUNCH, resolved, WINDOWS } from './facts'

const sent = (configuration: object, given = {}) => resolved({ ...configuration }, given).arguments

describe('what the Python Debugger extension adds to a launch', () => {
  test('nearly everything by default', () => {
    expect(sent(LAUNCH)).toEqual({
      ...LAUNCH,
      name: 'x',
      type: 'debugpy',
      python: '/w/.venv/bin/python',
      debugAdapterPython: '/w/.venv/bin/python',
      debugLauncherPython: '/w/.venv/bin/python',
      clientOS: 'unix',
      cwd: '/w',
      envFile: '/w/.env',
      env: { PYTHONIOENCODING: 'UTF-8', PYTHONUNBUFFERED: '1' },
      stopOnEntry: false,
      showReturnValue: true,
      console: 'integratedTerminal',
      internalConsoleOptions: 'neverOpen',
      terminalQuoteCharacter: '"',
      justMyCode: true,
      workspaceFolder: '/w',
      debugOptions: ['ShowReturnValue'],
    })
  })

  test.each<[written: object, flags: string[]]>([
    [{ stopOnEntry: true, django: true, sudo: true }, ['StopOnEntry', 'ShowReturnValue', 'Django', 'Sudo']],
    [{ pyramid: true }, ['ShowReturnValue', 'Jinja']],
    [{ pyramid: true, jinja: false }, ['ShowReturnValue']],
    [{ console: 'internalConsole' }, ['ShowReturnValue', 'RedirectOutput']],
    [{ debugOptions: ['Jinja', 'Jinja'], showReturnValue: false }, ['Jinja']],
    [{ subProcess: true }, ['ShowReturnValue', 'Multiprocess']],
  ])('%j has the flags %j', (written, flags) => {
    expect(sent({ ...LAUNCH, ...written })['debugOptions']).toEqual(flags)
  })

  test('a browser for a server that asks for one', () => {
    const { serverReadyAction } = sent({ request: 'launch', module: 'flask', autoStartBrowser: true })
    expect(serverReadyAction).toMatchObject({ action: 'openExternally' })
  })

  test('the interpreters of adapter and launcher follow pythonPath, not python', () => {
    const args = sent({ ...LAUNCH, python: '/p', pythonPath: '/old' })
    expect(args).toMatchObject({ python: '/p', debugAdapterPython: '/old', debugLauncherPython: '/old' })
    expect(args).not.toHaveProperty('pythonPath')
  })

  test('the active file’s own interpreter', () => {
    const interpreterFor = (path: string | undefined) => (path === '/w/t/a.py' ? '/w/t/python' : '/w/python')
    const given = { files: { '/w/t/a.py': '' }, facts: { editor: { file: '/w/t/a.py' }, interpreterFor } }
    expect(sent({ request: 'launch', program: '${file}' }, given)['python']).toBe('/w/t/python')
  })

  test('Windows paths get a small drive letter', () => {
    const folder = { name: 'w', path: 'C:\\w' }
    const facts = { ...WINDOWS, folder, folders: [folder], interpreterFor: () => 'C:\\py\\python.exe' }
    expect(sent({ request: 'launch', program: '${workspaceFolder}\\a.py' }, { facts })).toMatchObject({
      program: 'C:\\w\\a.py',
      cwd: 'c:\\w',
      envFile: 'c:\\w/.env',
      python: 'c:\\py\\python.exe',
      clientOS: 'windows',
      terminalQuoteCharacter: "'",
      debugOptions: ['ShowReturnValue', 'FixFilePathCase'],
    })
  })

  test.each([
    [[{ name: 'a', path: '/a' }], '/a'],
    [
      [
        { name: 'a', path: '/a' },
        { name: 'b', path: '/b' },
      ],
      '/b',
    ],
    [[], '/b/c'],
  ])('without a folder of its own, of %j it takes %s', (folders, folder) => {
    const facts = { folder: undefined, folders, editor: { file: '/b/c/x.py' } }
    expect(sent(LAUNCH, { facts })['workspaceFolder']).toBe(folder)
  })
})

describe('what it adds to an attach', () => {
  test.each<[written: object, added: object]>([
    [
      ATTACH,
      { debugOptions: ['RedirectOutput', 'ShowReturnValue'], justMyCode: true, workspaceFolder: '/w' },
    ],
    [
      { request: 'attach', port: 1 },
      { host: 'localhost', pathMappings: [{ localRoot: '/w', remoteRoot: '/w' }] },
    ],
    [
      { request: 'attach', port: 1, localRoot: '/l', remoteRoot: '/r' },
      { pathMappings: [{ localRoot: '/l', remoteRoot: '/r' }] },
    ],
    [{ ...ATTACH, redirectOutput: false }, { debugOptions: ['ShowReturnValue'] }],
  ])('%j', (written, added) => {
    expect(sent(written)).toMatchObject(added)
  })

  test.each([
    [ATTACH, { connect: { host: 'h', port: 5678 } }],
    [{ request: 'attach', port: '1' }, { connect: { host: 'localhost', port: 1 } }],
    [
      { request: 'attach', listen: { port: 1 } },
      { spawn: { python: '/w/.venv/bin/python', logToFile: false } },
    ],
  ])('the adapter of %j', (written, adapter) => {
    expect(resolved(written).adapter).toEqual(adapter)
  })
})
