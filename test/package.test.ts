import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeFolder, type TestFolder } from './support/folder'
import { serverBundle, testPython } from './support/lspClient'
import { nothingRemains } from './support/processes'

/** What `npm pack` makes, installed into an empty folder without a registry: nothing else may be needed. */
let folder: TestFolder
let installed: string

beforeAll(() => {
  folder = makeFolder({
    'home/package.json': '{ "private": true }',
    'project/app.py': 'print("hello from the program")\n',
    'project/.vscode/launch.json': JSON.stringify({
      configurations: [
        {
          name: 'app',
          type: 'debugpy',
          request: 'launch',
          program: '${workspaceFolder}/app.py',
          console: 'internalConsole',
        },
      ],
    }),
  })
  // Built already: a build in between would take the server away from other tests.
  npm(dirname(dirname(serverBundle())), 'pack', '--ignore-scripts', '--pack-destination', folder.path)
  const tarball = readdirSync(folder.path).find(name => name.endsWith('.tgz')) ?? ''
  npm(join(folder.path, 'home'), 'install', '--offline', join(folder.path, tarball))
  installed = join(folder.path, 'home', 'node_modules')
})

afterAll(async () => {
  await nothingRemains(folder.path)
  folder.remove()
})

function npm(cwd: string, ...args: string[]): void {
  const { status, stdout, stderr } = spawnSync('npm', [...args, '--no-audit', '--no-fund'], {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    env: { ...process.env, npm_config_cache: join(folder.path, 'npm-cache') },
  })
  expect(status, `${stdout}${stderr}`).toBe(0)
}

function launchLs(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(join(installed, '.bin', 'launch-ls'), args, {
    cwd: join(folder.path, 'project'),
    encoding: 'utf8',
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      XDG_STATE_HOME: join(folder.path, 'state'),
      XDG_CACHE_HOME: join(folder.path, 'cache'),
    },
  })
  return { status, stdout, stderr }
}

test('the package needs no other, and holds nothing of a build but what runs', () => {
  expect(readdirSync(installed).filter(name => !name.startsWith('.'))).toEqual(['launch-ls'])
  const built = readdirSync(join(installed, 'launch-ls', 'out')).sort()
  expect(built).toEqual(['boot.py', 'launch-ls.cjs', 'licenses.txt', 'program.cjs'])
})

test('every page that the README names is in it', () => {
  const readme = readFileSync(join(installed, 'launch-ls', 'README.md'), 'utf8')
  const pages = [...readme.matchAll(/\]\(([^):#]+)\)/g)].map(([, page = '']) => page)
  expect(pages).toContain('PROTOCOL.md')
  expect(pages.filter(page => !existsSync(join(installed, 'launch-ls', page)))).toEqual([])
})

test('launch-ls --version, check and list', () => {
  const { version } = JSON.parse(readFileSync(join(installed, 'launch-ls', 'package.json'), 'utf8')) as {
    version: string
  }
  expect(launchLs('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
  expect(launchLs('check')).toEqual({ status: 0, stdout: '', stderr: '' })
  expect(launchLs('list')).toMatchObject({ status: 0, stdout: expect.stringContaining('app') })
})

test('a program is debugged', () => {
  const { status, stdout, stderr } = launchLs('run', 'app', '--python', testPython(), '--break', 'app.py:1')
  expect(stdout, stderr).toMatch(/app\.py:1 in <module>.*hello from the program/s)
  expect(status).toBe(0)
})
