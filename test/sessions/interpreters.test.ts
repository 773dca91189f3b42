import { describe, expect, test } from 'vitest'
import type { Platform } from '../../server/core/host'
import {
  chooseInterpreter,
  findInterpreters,
  type InterpreterFacts,
  interpreterFor,
  locatePython,
} from '../../server/sessions/interpreters'
import { DEAD_LINK, memoryFiles } from '../support/memoryFiles'

type Texts = Parameters<typeof memoryFiles>[1]

interface Machine {
  readonly platform?: Platform
  readonly env?: Readonly<Record<string, string>>
  readonly files?: Texts
  readonly links?: Readonly<Record<string, string>>
  readonly setting?: string
  readonly chosen?: string
  readonly folder?: string | null
  readonly program?: string
}

const HOME: Readonly<Record<Platform, string>> = {
  linux: '/home/ann',
  darwin: '/Users/ann',
  win32: 'C:\\Users\\Ann',
}

function factsOf({
  platform = 'linux',
  env = {},
  files = {},
  links,
  setting,
  chosen,
}: Machine): InterpreterFacts {
  return {
    host: { platform, env, homeDir: HOME[platform], cwd: '/' },
    files: memoryFiles(platform, files, links),
    setting,
    chosen,
  }
}

function folderOf({ folder, platform }: Machine): string | undefined {
  if (folder === null) return undefined
  return folder ?? (platform === 'win32' ? 'C:\\shop' : '/w/shop')
}

/** `path · reason` of the interpreter that is chosen, else the lines that say what was tried. */
function chosen(machine: Machine): string | readonly string[] {
  const choice = chooseInterpreter(folderOf(machine), machine.program, factsOf(machine))
  if (choice.kind === 'none') return choice.tried
  return `${choice.interpreter.path} · ${choice.interpreter.reason}`
}

/** A virtual environment as venv makes it. */
function venv(prefix: string, version = '3.11.7'): Texts {
  return { [`${prefix}/bin/python`]: '', [`${prefix}/pyvenv.cfg`]: `home = /usr/bin\nversion = ${version}\n` }
}

function windowsVenv(prefix: string): Texts {
  return { [`${prefix}\\Scripts\\python.exe`]: '', [`${prefix}\\pyvenv.cfg`]: 'version = 3.11.7\r\n' }
}

const USR = { env: { PATH: '/usr/bin' }, files: { '/usr/bin/python3': '' } }

describe('the one that is chosen', () => {
  const rows: readonly (Machine & { readonly is: string })[] = [
    { is: '/w/shop/.venv/bin/python · The environment .venv of the folder.', files: venv('/w/shop/.venv') },
    {
      is: '/w/shop/venv/bin/python · The environment venv of the folder.',
      files: { ...venv('/w/shop/venv'), ...venv('/w/shop/another') },
    },
    {
      is: '/w/shop/py311/bin/python · The environment py311 of the folder.',
      files: venv('/w/shop/py311'),
      env: { VIRTUAL_ENV: '/w/other' },
    },
    {
      is: '/w/shop/.conda/bin/python · The environment .conda of the folder.',
      files: { '/w/shop/.conda/bin/python': '', '/w/shop/.conda/conda-meta/history': '' },
    },
    {
      is: '/w/shop/.pixi/envs/default/bin/python · The environment .pixi/envs/default of the folder.',
      files: {
        '/w/shop/.pixi/envs/default/bin/python': '',
        '/w/shop/.pixi/envs/default/conda-meta/history': '',
      },
    },
    {
      is: '/w/shop/env/bin/python3 · The environment env of the folder.',
      files: { '/w/shop/env/bin/python3': '' },
    },
    {
      is: '/w/shop/build-env/bin/python · UV_PROJECT_ENVIRONMENT of the folder.',
      files: { ...venv('/w/shop/build-env'), ...venv('/w/shop/.venv'), '/w/shop/pyproject.toml': '' },
      env: { UV_PROJECT_ENVIRONMENT: 'build-env' },
    },
    {
      is: '/e/bin/python · Active where the editor was started (VIRTUAL_ENV).',
      files: { ...venv('/e'), ...USR.files },
      env: { VIRTUAL_ENV: '/e', PATH: '/e/bin:/usr/bin' },
    },
    {
      is: '/c/envs/shop/bin/python · Active where the editor was started (CONDA_PREFIX).',
      files: { '/c/envs/shop/bin/python': '', ...USR.files },
      env: { CONDA_PREFIX: '/c/envs/shop', PATH: '/usr/bin' },
    },
    { is: '/usr/bin/python3 · The first python3 on PATH.', ...USR },
    {
      is: '/opt/py/bin/python · The first python on PATH.',
      env: { PATH: 'relative:.::/none:/opt/py/bin' },
      files: { '/opt/py/bin/python': '', '/w/shop/relative/python3': '' },
    },
    {
      is: '/usr/bin/python3.12 · The newest Python on PATH.',
      env: { PATH: '/usr/bin:/bin' },
      files: { '/usr/bin/python3.9': '', '/usr/bin/python3.12': '', '/usr/bin/python3.12-config': '' },
    },
  ]
  test.each(rows)('$is', ({ is, ...machine }) => expect(chosen(machine)).toBe(is))
})

describe('what the user says comes first', () => {
  const files = { ...venv('/w/shop/.venv'), ...venv('/e'), ...USR.files, '/opt/py/bin/python3': '' }
  const rows: readonly (Machine & { readonly is: string })[] = [
    {
      setting: '/opt/py/bin/python3',
      is: '/opt/py/bin/python3 · The setting python.defaultInterpreterPath.',
    },
    { setting: '/e', is: '/e/bin/python · The setting python.defaultInterpreterPath.' },
    { setting: '.venv', is: '/w/shop/.venv/bin/python · The setting python.defaultInterpreterPath.' },
    { setting: '~/py', is: '/home/ann/py/bin/python · The setting python.defaultInterpreterPath.' },
    { setting: 'python3', is: '/usr/bin/python3 · The setting python.defaultInterpreterPath.' },
    // VS Code's default value means that nothing is set.
    { setting: 'python', is: '/w/shop/.venv/bin/python · The environment .venv of the folder.' },
    { setting: '', is: '/w/shop/.venv/bin/python · The environment .venv of the folder.' },
    { setting: '/gone', is: '/w/shop/.venv/bin/python · The environment .venv of the folder.' },
    {
      chosen: '/e/bin/python',
      setting: '/opt/py/bin/python3',
      is: '/e/bin/python · Chosen by you for this folder.',
    },
    { chosen: '/gone', setting: '/e', is: '/e/bin/python · The setting python.defaultInterpreterPath.' },
  ]
  test.each(rows)('$chosen $setting → $is', ({ is, ...machine }) =>
    expect(chosen({ env: USR.env, files: { ...files, ...venv('/home/ann/py') }, ...machine })).toBe(is),
  )
})

describe('a nested project', () => {
  const files = { ...venv('/w/shop/.venv'), ...venv('/w/shop/api/.venv'), ...venv('/w/.venv') }
  const rows: readonly (Machine & { readonly is: string })[] = [
    { program: '/w/shop/main.py', is: '/w/shop/.venv/bin/python · The environment .venv of the folder.' },
    {
      program: '/w/shop/api/src/main.py',
      is: '/w/shop/api/.venv/bin/python · The environment .venv of /w/shop/api, where the program lies.',
    },
    { program: '/w/other/main.py', is: '/w/shop/.venv/bin/python · The environment .venv of the folder.' },
    { program: '${file}', is: '/w/shop/.venv/bin/python · The environment .venv of the folder.' },
    {
      folder: null,
      program: '/w/shop/api/main.py',
      is: '/w/shop/api/.venv/bin/python · The environment .venv of /w/shop/api, where the program lies.',
    },
    {
      folder: null,
      program: '/w/main.py',
      is: '/w/.venv/bin/python · The environment .venv of /w, where the program lies.',
    },
  ]
  test.each(rows)('$folder $program', ({ is, ...machine }) => expect(chosen({ files, ...machine })).toBe(is))
})

describe('on Windows', () => {
  const rows: readonly (Machine & { readonly is: string })[] = [
    {
      is: 'C:\\shop\\.venv\\Scripts\\python.exe · The environment .venv of the folder.',
      files: windowsVenv('C:\\shop\\.venv'),
    },
    {
      is: 'C:\\shop\\api\\venv\\Scripts\\python.exe · The environment venv of C:\\shop\\api, where the program lies.',
      files: { ...windowsVenv('C:\\shop\\api\\venv'), ...windowsVenv('C:\\shop\\.venv') },
      program: 'C:\\shop\\api\\main.py',
    },
    {
      is: 'D:\\env\\Scripts\\python.exe · Active where the editor was started (VIRTUAL_ENV).',
      files: windowsVenv('D:\\env'),
      env: { Virtual_Env: 'D:\\env' },
    },
    {
      is: 'D:\\conda\\envs\\a\\python.exe · Active where the editor was started (CONDA_PREFIX).',
      files: { 'D:\\conda\\envs\\a\\python.exe': '' },
      env: { CONDA_PREFIX: 'D:\\conda\\envs\\a' },
    },
    {
      is: 'C:\\Python311\\python.exe · The first python on PATH.',
      files: {
        'C:\\Users\\Ann\\AppData\\Local\\Microsoft\\WindowsApps\\python.exe': '',
        'C:\\Python311\\python.exe': '',
      },
      env: { Path: 'C:\\Users\\Ann\\AppData\\Local\\Microsoft\\WindowsApps;"C:\\Python311"' },
    },
    {
      is:
        'C:\\L\\Microsoft\\WindowsApps\\PythonSoftwareFoundation.Python.3.12_x\\python.exe ' +
        '· The first python on PATH.',
      files: {
        'C:\\L\\Microsoft\\WindowsApps\\python.exe': '',
        'C:\\L\\Microsoft\\WindowsApps\\PythonSoftwareFoundation.Python.3.9_x\\python.exe': '',
        'C:\\L\\Microsoft\\WindowsApps\\PythonSoftwareFoundation.Python.3.12_x\\python.exe': '',
      },
      env: { PATH: 'C:\\L\\Microsoft\\WindowsApps' },
    },
    {
      is: 'D:\\py\\python.exe · The setting python.defaultInterpreterPath.',
      setting: 'D:/py/python',
      files: { 'D:\\py\\python.exe': '' },
    },
  ]
  test.each(rows)('$is', ({ is, ...machine }) => expect(chosen({ platform: 'win32', ...machine })).toBe(is))
})

describe('nothing usable', () => {
  test('says what was looked for', () => {
    expect(chosen({ env: { PATH: '/usr/bin' }, setting: '/gone/python' })).toEqual([
      '/gone/python (there is no such file)',
      '/w/shop/.venv, /w/shop/venv, /w/shop/env (not there)',
      'VIRTUAL_ENV (not set)',
      'CONDA_PREFIX (not set)',
      'python3 and python on PATH (not found)',
    ])
  })

  const rows: readonly (Machine & { readonly tried: string })[] = [
    {
      tried:
        '/w/shop/.venv (its bin/python leads nowhere: the Python it was made from is gone, make it again)',
      files: { '/w/shop/.venv/pyvenv.cfg': '', '/w/shop/.venv/bin/python': DEAD_LINK },
    },
    { tried: '/w/shop/.venv (made on Windows)', files: windowsOnLinux() },
    { tried: '/w/shop/.venv (no Python in it)', files: { '/w/shop/.venv/pyvenv.cfg': '' } },
    { tried: '/e (there is no such folder)', env: { VIRTUAL_ENV: '/e' } },
    { tried: 'python3.9 on PATH (not found)', setting: 'python3.9' },
    {
      tried: '/e/python (a link that leads nowhere)',
      setting: '/e/python',
      files: { '/e/python': DEAD_LINK },
    },
    {
      tried: 'venv/python (a relative path, and no folder is open)',
      setting: 'venv/python',
      folder: null,
    },
  ]
  test.each(rows)('$tried', ({ tried, ...machine }) => expect(chosen(machine)).toContain(tried))

  function windowsOnLinux(): Texts {
    return { '/w/shop/.venv/pyvenv.cfg': '', '/w/shop/.venv/Scripts/python.exe': '' }
  }
})

describe('all of them', () => {
  test('best first, each once, with version and folder', () => {
    const facts = factsOf({
      env: { PATH: '/w/shop/.venv/bin:/usr/bin', VIRTUAL_ENV: '/w/shop/.venv' },
      files: {
        ...venv('/w/shop/.venv', '3.12.1'),
        '/w/shop/uv/pyvenv.cfg': 'uv = 0.5.1\nversion_info = 3.13.0\n',
        '/w/shop/uv/bin/python': '',
        '/usr/bin/python3': '',
        '/usr/bin/python': '',
        '/usr/bin/python3.11': '',
        '/home/ann/.pyenv/versions/3.9.18/bin/python': '',
        '/home/ann/.pyenv/versions/3.10.13/bin/python': '',
        '/home/ann/miniconda3/conda-meta/python-3.11.5-h955ad1f_0.json': '',
        '/home/ann/miniconda3/bin/python': '',
      },
      links: { '/usr/bin/python3': '/usr/bin/python3.11', '/usr/bin/python': '/usr/bin/python3.11' },
    })
    const found = findInterpreters('/w/shop', undefined, facts)
    expect(found.map(({ path, kind, version, folder }) => [path, kind, version, folder])).toEqual([
      ['/w/shop/.venv/bin/python', 'venv', '3.12.1', '/w/shop/.venv'],
      ['/w/shop/uv/bin/python', 'uv', '3.13.0', '/w/shop/uv'],
      ['/usr/bin/python3', 'path', '3.11', undefined],
      [
        '/home/ann/.pyenv/versions/3.10.13/bin/python',
        'pyenv',
        '3.10.13',
        '/home/ann/.pyenv/versions/3.10.13',
      ],
      ['/home/ann/.pyenv/versions/3.9.18/bin/python', 'pyenv', '3.9.18', '/home/ann/.pyenv/versions/3.9.18'],
      ['/home/ann/miniconda3/bin/python', 'conda', '3.11.5', '/home/ann/miniconda3'],
    ])
  })

  test('an executable whose path is known', () => {
    const facts = factsOf({ files: venv('/e') })
    expect(interpreterFor('/e/bin/python', facts)).toMatchObject({ version: '3.11.7', folder: '/e' })
    expect(interpreterFor('/e/bin/none', facts)).toBeUndefined()
  })
})

describe('"python" of a configuration', () => {
  const files = { ...venv('/w/shop/.venv'), ...USR.files }
  const rows: readonly { readonly python: unknown; readonly is: readonly string[]; readonly none?: true }[] =
    [
      { python: undefined, is: ['/w/shop/.venv/bin/python'] },
      { python: null, is: ['/w/shop/.venv/bin/python'] },
      { python: '', is: ['/w/shop/.venv/bin/python'] },
      { python: [], is: ['/w/shop/.venv/bin/python'] },
      { python: '/usr/bin/python3', is: ['/usr/bin/python3'] },
      { python: 'python3', is: ['/usr/bin/python3'] },
      { python: '.venv/bin/python', is: ['/w/shop/.venv/bin/python'] },
      { python: '.venv', is: ['/w/shop/.venv/bin/python'] },
      { python: 'venv/', is: ['/w/shop/venv (there is no such file)'], none: true },
      { python: '${x}', is: ['${x} on PATH (not found)'], none: true },
      { python: '/w/shop/.venv', is: ['/w/shop/.venv/bin/python'] },
      { python: ['python3', '-X', 'dev'], is: ['/usr/bin/python3', '-X', 'dev'] },
      { python: '/gone', is: ['/gone (there is no such file)'], none: true },
      { python: 'pypy3', is: ['pypy3 on PATH (not found)'], none: true },
      { python: 42, is: ['"python": 42 (a path, or a list of texts, is needed)'], none: true },
      {
        python: ['python3', 1],
        is: ['"python": ["python3",1] (a path, or a list of texts, is needed)'],
        none: true,
      },
      { python: {}, is: ['"python": {} (a path, or a list of texts, is needed)'], none: true },
    ]
  test.each(rows)('$python', ({ python, is, none }) => {
    const located = locatePython(python, '/w/shop', undefined, factsOf({ env: USR.env, files }))
    expect(located.kind).toBe(none ? 'none' : 'found')
    expect(located.kind === 'none' ? located.tried : located.command).toEqual(is)
  })

  const pyenv = '/home/ann/.pyenv'
  const shims: readonly { python: string; is: string | undefined }[] = [
    { python: 'python3', is: `${pyenv}/versions/3.11.7/bin/python` },
    { python: 'python3.11', is: `${pyenv}/versions/3.11.7/bin/python3.11` },
    { python: 'python3.10', is: '/usr/bin/python3.10' },
    // Installed, but not chosen: pyenv's shim ends with an error.
    { python: 'python3.12', is: undefined },
    { python: 'python3.99', is: undefined },
  ]
  test.each(shims)("$python where pyenv's shims are first on PATH", ({ python, is }) => {
    const located = locatePython(
      python,
      '/w/shop',
      undefined,
      factsOf({
        env: { PATH: `${pyenv}/shims:/usr/bin` },
        files: {
          [`${pyenv}/version`]: '3.11.7\n',
          [`${pyenv}/shims/python3`]: '',
          [`${pyenv}/shims/python3.11`]: '',
          [`${pyenv}/shims/python3.12`]: '',
          [`${pyenv}/versions/3.11.7/bin/python`]: '',
          [`${pyenv}/versions/3.11.7/bin/python3.11`]: '',
          [`${pyenv}/versions/3.12.1/bin/python`]: '',
          [`${pyenv}/versions/3.12.1/bin/python3.12`]: '',
          '/usr/bin/python3.10': '',
          '/usr/bin/python3.12': '',
        },
      }),
    )
    expect(located.kind === 'none' ? undefined : located.interpreter.path).toBe(is)
  })
})
