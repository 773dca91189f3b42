import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../support/folder'
import { serverBundle } from '../support/lspClient'

function launchLs(...args: string[]) {
  const folder = makeFolder()
  const { stdout, stderr, status } = spawnSync(process.execPath, [serverBundle(), ...args], {
    cwd: folder.path,
    encoding: 'utf8',
    input: '',
  })
  folder.remove()
  return { stdout, stderr, status }
}

const COMMANDS = ['check', 'list', 'resolve', 'run', 'dap']

/** Options that the command's own source parses, and those of all commands. */
function optionsOf(command: string): string[] {
  const source = (name: string) =>
    readFileSync(resolve(__dirname, '../../server/commands', `${name}.ts`), 'utf8')
  const names = (text: string) =>
    [...text.matchAll(/^ *'?([a-z-]+)'?: \{ type: '(?:string|boolean)'/gm)].map(([, name]) => name ?? '')
  const inline = [...source(command).matchAll(/[{,] ([a-z-]+): \{ type: /g)].map(([, name]) => name ?? '')
  return [...names(source('arguments')), ...names(source(command)), ...inline]
}

test.each(COMMANDS)('launch-ls %s --help tells every option, and how it ends', command => {
  const { stdout, status } = launchLs(command, '--help')
  expect(stdout).toMatch(new RegExp(`^usage: launch-ls ${command}`))
  expect(stdout).toContain('exit codes: ')
  const options = optionsOf(command)
  expect(options.length).toBeGreaterThan(3)
  expect(options.filter(option => !stdout.includes(`--${option}`))).toEqual([])
  expect(status).toBe(0)
  expect(launchLs('help', command).stdout).toBe(stdout)
  expect(launchLs(command, '-h').stdout).toBe(stdout)
  expect(stdout.split('\n').filter(line => line.length > 120)).toEqual([])
})

test('launch-ls --help tells every command', () => {
  const { stdout, status } = launchLs('--help')
  for (const command of COMMANDS) expect(stdout).toContain(`launch-ls ${command}`)
  expect(status).toBe(0)
  expect(launchLs('help').stdout).toBe(stdout)
})

test.each(COMMANDS)('a wrong use of launch-ls %s says where its help is', command => {
  const { stdout, stderr, status } = launchLs(command, '--nonsense')
  expect(stdout).toBe('')
  expect(stderr).toContain('nonsense')
  expect(stderr).toContain(`Try 'launch-ls ${command} --help'.`)
  expect(status).toBe(2)
})

test.each(['constructor', 'serve', 'chekc'])('%s is no command', name => {
  expect(launchLs(name)).toMatchObject({ status: 2, stderr: expect.stringContaining(`'${name}'`) })
})

test.each([
  ['--socket=1', 'ECONNREFUSED'],
  ['--socket=0', '--socket=PORT'],
  ['--socket=70000', '--socket=PORT'],
  ['--socket', '--socket=PORT'],
  ['--pipe=', '--pipe=NAME'],
  [`--pipe=${join('/', 'nowhere', 'pipe')}`, 'ENOENT'],
])('a transport that nobody listens on: %s', (flag, said) => {
  const { stdout, stderr, status } = launchLs(flag)
  expect(stdout).toBe('')
  expect(stderr).toMatch(new RegExp(`^launch-ls: ${flag}: .*${said}`))
  expect(status).toBe(2)
})
