import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Environment, Store } from '../../server/core/host'
import { type DebugpyAnswer, type DebugpyOptions, findDebugpy } from '../../server/sessions/debugpyPackage'
import { diskFiles } from '../../server/workspace/disk'
import { createStore } from '../../server/workspace/store'
import { eventually } from '../support/eventually'
import { makeFolder, type TestFolder } from '../support/folder'

/** An environment with debugpy in it; see scripts/test.mjs. */
const PYTHON = process.env['LAUNCH_LS_TEST_PYTHON'] ?? ''

let folder: TestFolder
/** An environment without debugpy and pip, and the Python that it was made from. */
let bare: string
let base: string
/** debugpy's own folder in the tests' environment. */
let installed: string
let store: Store

beforeAll(async () => {
  expect(PYTHON, 'LAUNCH_LS_TEST_PYTHON is not set: run the tests by npm test').not.toBe('')
  folder = makeFolder()
  base = run(PYTHON, '-c', 'import sys; print(sys._base_executable)')
  run(PYTHON, '-m', 'venv', '--without-pip', join(folder.path, 'bare'))
  bare = join(folder.path, 'bare', 'bin', 'python')
  const answer = await find([PYTHON])
  installed = answer.kind === 'found' ? answer.debugpy.folder : ''
})
beforeEach(() => {
  store = createStore(join(folder.path, `store-${++stores}`))
})
afterAll(() => folder.remove())
let stores = 0

/** Neither uv nor a settings file of pip; the network as it is. */
const ENV: Environment = { ...process.env, PATH: '/usr/bin:/bin', PIP_CONFIG_FILE: '/dev/null' }

function find(python: readonly string[], options: Partial<DebugpyOptions> & { env?: Environment } = {}) {
  const { env = ENV, ...rest } = options
  return findDebugpy(python, {
    host: {
      platform: process.platform === 'darwin' ? 'darwin' : 'linux',
      env,
      homeDir: folder.path,
      cwd: folder.path,
    },
    files: diskFiles,
    store: store ?? createStore(join(folder.path, 'first')),
    provision: 'never',
    ...rest,
  })
}

function run(command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
  return stdout.trim()
}

/** An executable script in the test's folder. */
function script(name: string, text: string): string {
  const path = folder.write(name, text)
  chmodSync(path, 0o755)
  return path
}

/** A virtual environment whose Python is a script that leaves a trace when it is run. */
function fakeEnvironment(
  name: string,
  { python = '3.11.7', debugpy }: { python?: string; debugpy?: string },
): string {
  const path = script(`${name}/bin/python`, `#!/bin/sh\ntouch ${folder.path}/${name}/was-run\n`)
  folder.write(`${name}/pyvenv.cfg`, `version = ${python}\n`)
  const packages = `${name}/lib/python3.11/site-packages`
  mkdirSync(join(folder.path, packages), { recursive: true })
  if (debugpy !== undefined) {
    for (const file of ['__init__.py', 'adapter/__main__.py', 'launcher/__main__.py']) {
      folder.write(`${packages}/debugpy/${file}`, '')
    }
    folder.write(
      `${packages}/debugpy/_version.py`,
      `version_json = '''\n{\n "version": "${debugpy}"\n}\n'''\n`,
    )
  }
  return path
}

function refusalOf(answer: DebugpyAnswer) {
  if (answer.kind === 'found') throw new Error(`found ${answer.debugpy.folder}`)
  return answer.error
}

describe('found without installing', () => {
  test("the environment's own", async () => {
    expect(await find([PYTHON])).toMatchObject({
      kind: 'found',
      debugpy: {
        folder: installed,
        source: 'interpreter',
        python: [PYTHON],
        version: expect.stringMatching(/^1\.8/),
      },
    })
  })

  test('of an environment, files tell all: its Python does not run', async () => {
    const python = fakeEnvironment('own', { debugpy: '1.8.14' })
    expect(await find([python])).toMatchObject({
      kind: 'found',
      debugpy: { version: '1.8.14', pythonVersion: '3.11.7', source: 'interpreter' },
    })
    expect(existsSync(join(folder.path, 'own', 'was-run'))).toBe(false)
  })

  test('a version before 1.8 does not count', async () => {
    const packages = join(run(bare, '-c', 'import sysconfig; print(sysconfig.get_paths()["purelib"])'))
    const fake = fakeEnvironment('old', { debugpy: '1.6.3' })
    symlinkSync(
      join(dirname(dirname(fake)), 'lib/python3.11/site-packages/debugpy'),
      join(packages, 'debugpy'),
    )
    const error = refusalOf(await find([bare]))
    run('rm', join(packages, 'debugpy'))
    expect(error.message).toContain('has no debugpy 1.8 or newer')
  })

  test.each(['.', '..'])('the folder of the setting debugpy.path: debugpy/%s', async relative => {
    const path = join(installed, relative)
    expect(await find([bare], { path })).toMatchObject({
      kind: 'found',
      debugpy: { folder: installed, source: 'setting', python: [bare] },
    })
  })

  test('the setting with a folder that holds none refuses, and nothing else is tried', async () => {
    expect(refusalOf(await find([PYTHON], { path: folder.path }))).toEqual({
      kind: 'debugpyUnavailable',
      message: `There is no debugpy in ${folder.path}, which the setting debugpy.path names.`,
      remedy: 'Name the folder "debugpy" of the package or the one that it lies in, or remove the setting.',
      tried: [folder.path],
    })
  })

  test('an interpreter that is no environment is asked once', async () => {
    await find([base], { path: installed })
    const [name = ''] = store.list('pythons')
    const kept = store.read(`pythons/${name}`) ?? ''
    store.write(`pythons/${name}`, kept.replace(/"version":"[^"]+"/, '"version":"3.99.0"'))
    const version = async () => {
      const answer = await find([base], { path: installed })
      return answer.kind === 'found' ? answer.debugpy.pythonVersion : answer.error.message
    }
    expect(await version()).toBe('3.99.0')
    // As after an upgrade: the executable has another time and size.
    store.write(`pythons/${name}`, kept.replace(/"stamp":"[^"]+"/, '"stamp":"another"'))
    expect(await version()).toBe(run(base, '-c', 'import platform; print(platform.python_version())'))
  })

  test('behind a script, the Python that it starts; asked each time, since it may be another one tomorrow', async () => {
    const wrapper = script('wrapper', `#!/bin/sh\nexec ${bare} "$@"\n`)
    expect(await find([wrapper], { path: installed })).toMatchObject({
      kind: 'found',
      debugpy: { python: [bare] },
    })
    expect(await find(['env', bare], { path: installed })).toMatchObject({
      kind: 'found',
      debugpy: { python: [bare] },
    })
    expect(store.list('pythons')).toEqual([])
  })
})

describe('put into the cache', () => {
  test('from PyPI, once for two servers that start together; the environment stays as it is', async () => {
    const before = readdirSync(join(folder.path, 'bare'), { recursive: true })
    const told: string[] = []
    const options = { provision: 'always', progress: (message: string) => told.push(message) } as const
    const answers = await Promise.all(
      [1, 2].map(() => find([bare], { ...options, store: createStore(store.folder) })),
    )
    const sources = answers.map(answer =>
      answer.kind === 'found' ? answer.debugpy.source : answer.error.output,
    )
    expect(sources.sort()).toEqual(['cache', 'provisioned'])
    expect(told[0]).toMatch(/^Installing debugpy for Python 3\.\d+\.\d+ into the cache of launch-ls/)

    const again = await find([bare])
    if (again.kind === 'refused') throw new Error(again.error.message)
    expect(again.debugpy).toMatchObject({ source: 'cache', python: [bare] })
    const imported = `import sys; sys.path.insert(0, ${JSON.stringify(dirname(again.debugpy.folder))})
import debugpy; print(debugpy.__version__)`
    expect(run(bare, '-c', imported)).toBe(again.debugpy.version)
    expect(store.list('debugpy')).toHaveLength(1)
    expect(readdirSync(join(folder.path, 'bare'), { recursive: true })).toEqual(before)
  })

  test('without a network: what failed, what it said, and what to do; nothing is left', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    server.close()
    await once(server, 'close')
    const env = { ...ENV, PIP_FIND_LINKS: '', PIP_INDEX_URL: `http://127.0.0.1:${port}/simple` }
    const error = refusalOf(await find([bare], { provision: 'always', env }))
    expect(error).toMatchObject({ kind: 'debugpyUnavailable' })
    expect(error.message).toMatch(
      /has no debugpy 1\.8 or newer, and none could be installed: .*failed \(exit code 1\)/,
    )
    expect(error.output).toContain('No matching distribution found for debugpy')
    expect(error.remedy).toContain(`${bare} -m pip install debugpy`)
    expect(error.remedy).toContain('the setting debugpy.path')
    expect(store.list('debugpy')).toEqual([])
    expect(store.list('locks/debugpy')).toEqual([])
  })

  test('by uv when the environment has no pip', async () => {
    const path = fakeUv(`cp -r ${installed} "$target/debugpy"; echo "$@" > ${folder.path}/asked`)
    const answer = await find([bare], {
      provision: 'always',
      env: { ...ENV, PATH: `${path}:${ENV['PATH']}` },
    })
    expect(answer).toMatchObject({ kind: 'found', debugpy: { source: 'provisioned' } })
    expect(readFileSync(join(folder.path, 'asked'), 'utf8')).toMatch(`pip install --python ${bare} --no-deps`)
  })

  test('what a killed installation has left is removed', async () => {
    const path = fakeUv(`cp -r ${installed} "$target/debugpy"`)
    const options = { provision: 'always', env: { ...ENV, PATH: `${path}:${ENV['PATH']}` } } as const
    await find([bare], options)
    const [name = ''] = store.list('debugpy')
    store.remove(`debugpy/${name}/debugpy/adapter`)
    store.makeFolder(`debugpy/${name}.abcd.new/debugpy`)
    expect(await find([bare], options)).toMatchObject({ kind: 'found', debugpy: { source: 'provisioned' } })
    expect(store.list('debugpy')).toEqual([name])
  })

  test('cancelled: the installer ends, and with it what it started', async () => {
    const pid = join(folder.path, 'pid')
    const path = fakeUv(`sleep 60 & echo $! > ${pid}.part; mv ${pid}.part ${pid}; wait`)
    const abort = new AbortController()
    const env = { ...ENV, PATH: `${path}:${ENV['PATH']}` }
    const answer = find([bare], { provision: 'always', env, signal: abort.signal })
    await eventually('the installer runs', () => existsSync(pid))
    abort.abort()
    expect(refusalOf(await answer)).toMatchObject({ kind: 'cancelled' })
    await isGone(Number(readFileSync(pid, 'utf8')))
    expect(store.list('debugpy')).toEqual([])
  })

  const DECLINED = 'none could be installed: it was not to be installed.'
  const rows: readonly (Partial<DebugpyOptions> & { readonly when: string; readonly says: string })[] = [
    {
      when: 'the setting forbids it',
      provision: 'never',
      says: 'switched off by the setting debugpy.provision.',
    },
    { when: 'nobody can be asked', provision: 'ask', says: DECLINED },
    { when: 'the user says no', provision: 'ask', ask: async () => false, says: DECLINED },
  ]
  test.each(rows)('not when $when', async ({ says, when: _, ...options }) => {
    const error = refusalOf(await find([bare], options))
    expect(error).toMatchObject({ kind: 'debugpyUnavailable', message: expect.stringContaining(says) })
    expect(store.list('debugpy')).toEqual([])
  })

  test('when the user says yes', async () => {
    const asked: string[] = []
    const path = fakeUv(`cp -r ${installed} "$target/debugpy"`)
    const ask = async (question: string) => asked.push(question) > 0
    const answer = await find([bare], {
      provision: 'ask',
      ask,
      env: { ...ENV, PATH: `${path}:${ENV['PATH']}` },
    })
    expect(answer).toMatchObject({ kind: 'found' })
    expect(asked).toEqual([expect.stringContaining(`Download it into ${store.folder}?`)])
  })

  test('a cache that cannot be written refuses', async () => {
    const blocked = createStore(join(folder.write('blocked', ''), 'store'))
    const error = refusalOf(await find([bare], { provision: 'always', store: blocked }))
    expect(error.message).toMatch(/the cache cannot be used: ENOTDIR/)
  })

  /** A folder for PATH with a `uv` that runs the lines with `$target` set. */
  function fakeUv(lines: string): string {
    const text = `#!/bin/sh\nall="$*"; target="\${all##*--target }"; target="\${target%% *}"\n${lines}\n`
    return dirname(script(`uv-${stores}/uv`, text))
  }
})

describe('an interpreter that cannot be used', () => {
  const rows: readonly { what: string; make: () => string; says: RegExp; output?: string }[] = [
    { what: 'missing', make: () => '/gone/python', says: /There is no Python at \/gone\/python/ },
    { what: 'not on PATH', make: () => 'no-such-python', says: /There is no Python at no-such-python/ },
    { what: 'a folder', make: () => folder.path, says: /There is no Python at/ },
    {
      what: 'a shell script',
      make: () => script('shell', '#!/bin/sh\necho I am no snake\n'),
      says: /does not answer as Python does \(it ended with 0\)/,
      output: 'I am no snake',
    },
    {
      what: 'one that fails',
      make: () => script('fails', '#!/bin/sh\necho broken >&2; exit 3\n'),
      says: /\(it ended with 3\)/,
      output: 'broken',
    },
    {
      what: 'a file that may not be executed',
      make: () => folder.write('plain', '#!/bin/sh\n'),
      says: /it may not be executed/,
    },
    {
      what: 'a script whose own interpreter is gone',
      make: () => script('orphan', '#!/gone/sh\n'),
      says: /the program that its first line names, is not there/,
    },
    {
      what: 'Python 2',
      make: () => script('two', '#!/bin/sh\necho "Unknown option: -I" >&2; exit 2\n'),
      says: /it is Python 2, and debugpy needs Python 3\.8 or newer/,
      output: 'Unknown option: -I',
    },
    {
      what: 'Python 3.7',
      make: () =>
        script('seven', `#!/bin/sh\necho 'launch-ls:{"version":"3.7.16","executable":"/old/python"}'\n`),
      says: /\/old\/python is Python 3\.7\.16, and debugpy needs 3\.8 or newer/,
    },
    {
      what: 'an environment of Python 3.7',
      make: () => fakeEnvironment('py37', { python: '3.7.16', debugpy: '1.8.0' }),
      says: /py37\/bin\/python is Python 3\.7\.16, and debugpy needs 3\.8 or newer/,
    },
  ]
  test.each(rows)('$what', async ({ make, says, output }) => {
    const error = refusalOf(await find([make()], { provision: 'always' }))
    expect(error.kind).toBe('interpreterNotFound')
    expect(error.message).toMatch(says)
    expect(error.output).toBe(output)
    expect(error.remedy).toMatch(/^(Correct|Name)/)
    expect(store.list('pythons')).toEqual([])
  })

  test('a link that leads nowhere', async () => {
    const path = join(folder.path, 'dead')
    symlinkSync('/gone/python', path)
    expect(refusalOf(await find([path])).tried).toEqual([`${path} (a link that leads nowhere)`])
  })

  test('one that hangs is killed with all that it has started', async () => {
    const pid = join(folder.path, 'hanging')
    const python = script('hangs', `#!/bin/sh\necho thinking; sleep 60 & echo $! > ${pid}; wait\n`)
    const error = refusalOf(await find([python], { timeout: 500 }))
    expect(error).toMatchObject({
      kind: 'interpreterNotFound',
      message: expect.stringContaining('it did not say its version within 0.5 s'),
      output: 'thinking',
    })
    await isGone(Number(readFileSync(pid, 'utf8')))
  })

  test('no command at all', async () => {
    expect(refusalOf(await find([])).kind).toBe('interpreterNotFound')
  })
})

async function isGone(pid: number): Promise<void> {
  await eventually(`process ${pid} is gone`, () => {
    try {
      process.kill(pid, 0)
      // Killed, but not collected yet.
      return existsSync(`/proc/${pid}/stat`) && readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
    } catch {
      return true
    }
  })
}
