import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eventually } from '../support/eventually'
import { makeFolder, type TestFolder } from '../support/folder'
import { serverBundle, testPython } from '../support/lspClient'
import { nothingRemains } from '../support/processes'

const APP = `import os, sys
def work(count):
    doubled = count * 2
    return doubled
print('result', work(21), os.environ.get('WORD'))
sys.exit(3)
`
const CONFIGURATIONS = [
  {
    name: 'app',
    type: 'debugpy',
    request: 'launch',
    program: '${workspaceFolder}/app.py',
    console: 'internalConsole',
  },
  {
    name: 'asks',
    type: 'debugpy',
    request: 'launch',
    program: '${workspaceFolder}/app.py',
    args: ['${input:x}'],
  },
  {
    name: 'sleeps',
    type: 'debugpy',
    request: 'launch',
    code: 'print("up", flush=True); import time; time.sleep(600)',
  },
]
const INPUTS = [{ id: 'x', type: 'promptString', description: 'X' }]

let folder: TestFolder
beforeEach(() => {
  folder = makeFolder({
    'app.py': APP,
    '.env': 'WORD=hello\n',
    '.vscode/launch.json': JSON.stringify({
      configurations: CONFIGURATIONS,
      compounds: [{ name: 'both', configurations: ['app', 'app'] }],
      inputs: INPUTS,
    }),
  })
})
afterEach(async () => {
  await nothingRemains(folder.path)
  folder.remove()
})

const environment = () => ({ ...process.env, XDG_STATE_HOME: join(folder.path, 'state') })

function launchLs(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [serverBundle(), ...args], {
    cwd: folder.path,
    encoding: 'utf8',
    input: '',
    env: environment(),
  })
  return { stdout, stderr, status }
}

describe('run', () => {
  test('prints the output and each stop, and ends with the exit code of the program', () => {
    const { stdout, status } = launchLs('run', 'app', '--python', testPython(), '--break', 'app.py:4')
    expect(stdout).toContain('● app.py:4 in work\n    count = 21\n    doubled = 42\n')
    expect(stdout).toContain('result 42 hello\n')
    expect(status).toBe(3)
  })

  test('without debugging', () => {
    const { stdout, status } = launchLs(
      'run',
      'app',
      '--python',
      testPython(),
      '--no-debug',
      '--break',
      'app.py:4',
    )
    expect(stdout).toBe('result 42 hello\n')
    expect(status).toBe(3)
  })

  test('what would be asked is named, and can be given', () => {
    const refused = launchLs('run', 'asks', '--python', testPython())
    expect(refused.stderr).toContain('--input x=VALUE')
    expect(refused.status).toBe(1)
    expect(launchLs('run', 'asks', '--python', testPython(), '--input', 'x=1').stdout).toContain('result 42')
  })

  test('an interpreter of a name that is not on PATH is refused', () => {
    const [app] = CONFIGURATIONS
    folder.write(
      '.vscode/launch.json',
      JSON.stringify({ configurations: [{ ...app, python: 'python3.99' }] }),
    )
    const { stdout, stderr, status } = launchLs('run', 'app')
    expect(stderr).toContain('python3.99 on PATH (not found)')
    expect(stderr).toContain('Correct "python" in the configuration')
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 })
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends the program too', async signal => {
    const child = spawn(process.execPath, [serverBundle(), 'run', 'sleeps', '--python', testPython()], {
      cwd: folder.path,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: environment(),
    })
    let said = ''
    child.stdout.on('data', chunk => {
      said += chunk
    })
    await eventually('the program runs', () => said.includes('up'))
    child.kill(signal)
    expect(await eventually('an end', () => child.exitCode)).toBe(130)
  })
})

describe.skipIf(process.platform === 'win32')('an output that cannot be written', () => {
  const commands = ['--help', 'list', 'list --json', 'resolve app', 'check --json', 'check --format sarif']

  /** `output`: a file; undefined: a pipe whose reader is gone before anything is written. */
  async function ended(command: string, output?: number) {
    const child = spawn(process.execPath, [serverBundle(), ...command.split(' ')], {
      cwd: folder.path,
      stdio: ['ignore', output ?? 'pipe', 'pipe'],
      env: environment(),
    })
    child.stdout?.destroy()
    let stderr = ''
    child.stderr?.on('data', chunk => {
      stderr += chunk
    })
    const [status] = await once(child, 'close')
    return { stderr, status }
  }

  test.each(commands)('%s ends quietly when its reader is gone', async command => {
    expect(await ended(command)).toEqual({ stderr: '', status: 141 })
  })

  test.skipIf(!existsSync('/dev/full')).each(commands)(
    '%s says in one line that the disk is full',
    async command => {
      const full = openSync('/dev/full', 'w')
      const { stderr, status } = await ended(command, full)
      closeSync(full)
      expect(stderr).toMatch(/^launch-ls: .*no space left.*\n$/)
      expect(status).toBe(1)
    },
  )

  test('run ends the program when its reader is gone', async () => {
    expect(await ended(`run sleeps --python ${testPython()}`)).toMatchObject({ status: 141 })
  })
})

describe('list', () => {
  test('of a name that several folders have it says which one is meant', () => {
    const content = (...names: string[]) =>
      JSON.stringify({
        configurations: names.map(name => ({ name, type: 'debugpy', request: 'launch', program: '${file}' })),
      })
    folder.write('a/.vscode/launch.json', content('X', 'Only here'))
    folder.write('b/.vscode/launch.json', content('X'))
    const { stdout } = launchLs('list', '--folder', 'a', '--folder', 'b')
    expect(stdout.split('\n').sort()).toEqual([
      '',
      'Only here  debugpy launch',
      'X          debugpy launch  in a',
      'X          debugpy launch  in b',
    ])
    const file = folder.write(
      'x.code-workspace',
      `{ "folders": [{ "path": "a" }], "launch": ${content('X')} }`,
    )
    expect(launchLs('list', '--workspace', file).stdout).toContain(
      'X          debugpy launch  in x.code-workspace\n',
    )
  })
})

describe('check', () => {
  test('findings, and an exit code by severity', () => {
    folder.write('.vscode/launch.json', '{ "configurations": [{ "type": "python", "request": "launch" }] }')
    const { stdout, status } = launchLs('check')
    expect(stdout).toContain('.vscode/launch.json:1:')
    expect(status).toBe(1)
    const { findings } = JSON.parse(launchLs('check', '--format', 'json').stdout)
    expect(findings.map(({ code }: { code: string }) => code)).toContain('missing-name')
    expect(JSON.parse(launchLs('check', '--format', 'sarif').stdout)).toMatchObject({ version: '2.1.0' })
  })

  test('nothing wrong', () => {
    folder.write('.vscode/launch.json', JSON.stringify({ configurations: [CONFIGURATIONS[0]] }))
    expect(launchLs('check', '--python', testPython())).toMatchObject({ stdout: '', status: 0 })
  })

  test('a workspace file with its folders', () => {
    folder.write('.vscode/launch.json', '{ "configurations": [{ "type": "debugpy" }] }')
    const file = folder.write(
      'all/x.code-workspace',
      '{ "folders": [{ "path": ".." }], "launch": { "configurations": 1 } }',
    )
    const { stdout, status } = launchLs('check', '--workspace', file, '--json')
    const files: { file: string }[] = JSON.parse(stdout).findings
    expect(new Set(files.map(each => each.file))).toEqual(
      new Set([join(folder.path, '.vscode/launch.json'), file]),
    )
    expect(status).toBe(1)
    expect(launchLs('check', '--workspace', 'gone.code-workspace').status).toBe(2)
  })

  test('a workspace file as PATH, and those below a folder', () => {
    const broken =
      '{ "folders": [{ "path": ".." }, { "path": "../../elsewhere" }], "launch": { "configurations": 1 } }'
    const file = folder.write('project/all/x.code-workspace', broken)
    folder.write('project/.vscode/launch.json', '{ "configurations": [{ "type": "debugpy" }] }')
    const outside = folder.write(
      'elsewhere/.vscode/launch.json',
      '{ "configurations": [{ "type": "debugpy" }] }',
    )
    const checked = (...args: string[]) => {
      const { stdout, status } = launchLs('check', ...args, '--json')
      const { findings }: { findings: { file: string; code: string }[] } = JSON.parse(stdout)
      const told = findings.map(({ file: at, code }) => `${at} ${code}`)
      expect(new Set(findings.map(each => JSON.stringify(each))).size).toBe(findings.length)
      return { files: new Set(findings.map(each => each.file)), told, status }
    }
    const inside = join(folder.path, 'project/.vscode/launch.json')
    const byFlag = checked('--workspace', file)
    expect(byFlag).toMatchObject({ files: new Set([inside, outside, file]), status: 1 })
    expect(checked(file)).toEqual(byFlag)
    expect(checked('project')).toMatchObject({ files: new Set([inside, file]), status: 1 })
    folder.write('elsewhere/y.code-workspace', '{ "folders": [], "tasks": { "tasks": [{}] } }')
    expect(checked(file, join(folder.path, 'elsewhere')).files).toEqual(
      new Set([inside, outside, file, join(folder.path, 'elsewhere/y.code-workspace')]),
    )
  })

  test('settings that hold a launch section', () => {
    const other = makeFolder({ '.vscode/settings.json': '{ "launch": { "configurations": [{}] } }' })
    expect(launchLs('check', other.path)).toMatchObject({ status: 1, stderr: '' })
    other.write('.vscode/settings.json', '{ "editor.rulers": [120] }')
    expect(launchLs('check', other.path).status).toBe(2)
    other.remove()
  })

  test('an env file that nothing names, alone or in a project; the project around any of its files', () => {
    const launch = '{ "configurations": [{ "name": "a", "type": "debugpy", "request": "lunch" }] }'
    const other = makeFolder({
      'alone/.env': 'export A=1\n',
      'project/.vscode/launch.json': launch,
      'project/prod.env': 'export B=1\n',
      'project/app/main.py': '',
    })
    const checked = (...args: string[]) => {
      const { stdout, stderr, status } = launchLs('check', ...args, '--severity', 'hint', '--json')
      const findings: { file: string }[] = status === 2 ? [] : JSON.parse(stdout).findings
      const files = new Set(findings.map(({ file }) => file.slice(other.path.length + 1)))
      return { status, stderr, files: [...files].toSorted() }
    }
    const at = (path: string) => join(other.path, path)
    expect(checked(at('alone/.env'))).toEqual({ status: 1, stderr: '', files: ['alone/.env'] })
    expect(checked(at('project/prod.env')).files).toEqual(['project/.vscode/launch.json', 'project/prod.env'])
    expect(checked(at('project')).files).toEqual(['project/.vscode/launch.json'])
    expect(checked(at('project/app/main.py'))).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('main.py is nothing to check'),
    })
    const inside = spawnSync(process.execPath, [serverBundle(), 'check'], {
      cwd: at('project/app'),
      encoding: 'utf8',
    })
    expect(inside).toMatchObject({ status: 1, stdout: expect.stringContaining('launch.json') })
    other.remove()
  })

  test('nothing there', () => {
    const other = makeFolder()
    const { stderr, status } = launchLs('check', other.path)
    expect(stderr).toContain('launch.json')
    expect(status).toBe(2)
    other.remove()
  })
})
