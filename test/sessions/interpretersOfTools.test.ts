import { describe, expect, test } from 'vitest'
import type { Platform } from '../../server/core/host'
import { findInterpreters } from '../../server/sessions/interpreters'
import { memoryFiles } from '../support/memoryFiles'

/**
 * A project whose environment lies elsewhere. Names with hashes are those that Poetry 2, Pipenv and Hatch really made
 * for a folder `/srv/work/My Shop`.
 */
interface Row {
  readonly name: string
  readonly is: string
  readonly kind: string
  readonly files: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly platform?: Platform
  readonly folder?: string
  readonly links?: Readonly<Record<string, string>>
}

const SHOP = '/srv/work/My Shop'
const POETRY = { [`${SHOP}/pyproject.toml`]: '[tool.poetry]\nname = "My_Shop.App" # the name\n' }
const POETRY_CACHE = '/home/ann/.cache/pypoetry/virtualenvs'

const rows: readonly Row[] = [
  {
    name: 'Poetry, the newest',
    kind: 'poetry',
    is: `${POETRY_CACHE}/my-shop-app-ble27ihg-py3.10/bin/python`,
    files: {
      ...POETRY,
      [`${POETRY_CACHE}/my-shop-app-ble27ihg-py3.9/bin/python`]: '',
      [`${POETRY_CACHE}/my-shop-app-ble27ihg-py3.10/bin/python`]: '',
      [`${POETRY_CACHE}/my-shop-app-XXXXXXXX-py3.12/bin/python`]: '',
    },
  },
  {
    name: 'Poetry, the one that `poetry env use` chose',
    kind: 'poetry',
    is: `${POETRY_CACHE}/my-shop-app-ble27ihg-py3.9/bin/python`,
    files: {
      ...POETRY,
      [`${POETRY_CACHE}/envs.toml`]: '[my-shop-app-ble27ihg]\nminor = "3.9"\npatch = "3.9.18"\n',
      [`${POETRY_CACHE}/my-shop-app-ble27ihg-py3.9/bin/python`]: '',
      [`${POETRY_CACHE}/my-shop-app-ble27ihg-py3.10/bin/python`]: '',
    },
  },
  {
    name: 'Poetry, a folder opened through a link',
    kind: 'poetry',
    is: `${POETRY_CACHE}/my-shop-app-ble27ihg-py3.9/bin/python`,
    folder: '/home/ann/shop',
    links: {
      '/home/ann/shop': SHOP,
      '/home/ann/shop/pyproject.toml': `${SHOP}/pyproject.toml`,
    },
    files: { ...POETRY, [`${POETRY_CACHE}/my-shop-app-ble27ihg-py3.9/bin/python`]: '' },
  },
  {
    name: 'Poetry with [project] alone, its folder from poetry.toml',
    kind: 'poetry',
    is: '/envs/my-shop-app-ble27ihg-py3.9/bin/python',
    files: {
      [`${SHOP}/pyproject.toml`]: "[project]\nname = 'My_Shop.App'\n",
      [`${SHOP}/poetry.lock`]: '',
      [`${SHOP}/poetry.toml`]: '[virtualenvs]\npath = "/envs"\n',
      '/envs/my-shop-app-ble27ihg-py3.9/bin/python': '',
    },
  },
  {
    name: 'Poetry, the cache folder from its settings',
    kind: 'poetry',
    is: '/big/virtualenvs/my-shop-app-ble27ihg-py3.9/bin/python',
    files: {
      ...POETRY,
      '/home/ann/.config/pypoetry/config.toml': 'cache-dir = "/big"\n[virtualenvs]\nin-project = false\n',
      '/big/virtualenvs/my-shop-app-ble27ihg-py3.9/bin/python': '',
    },
  },
  {
    name: 'Poetry on macOS',
    kind: 'poetry',
    platform: 'darwin',
    is: '/Users/ann/Library/Caches/pypoetry/virtualenvs/my-shop-app-ble27ihg-py3.9/bin/python',
    files: {
      ...POETRY,
      '/Users/ann/Library/Caches/pypoetry/virtualenvs/my-shop-app-ble27ihg-py3.9/bin/python': '',
    },
  },
  {
    name: 'Pipenv',
    kind: 'pipenv',
    is: '/home/ann/.local/share/virtualenvs/My_Shop-nR68wXT7/bin/python',
    files: {
      [`${SHOP}/Pipfile`]: '',
      '/home/ann/.local/share/virtualenvs/My_Shop-nR68wXT7/bin/python': '',
    },
  },
  {
    name: 'Pipenv in WORKON_HOME by a name of its own',
    kind: 'pipenv',
    is: '/envs/mine/bin/python',
    env: { WORKON_HOME: '/envs', PIPENV_CUSTOM_VENV_NAME: 'mine' },
    files: { [`${SHOP}/Pipfile`]: '', '/envs/mine/bin/python': '' },
  },
  {
    name: 'a file .venv with a name',
    kind: 'pipenv',
    is: '/envs/mine/bin/python',
    env: { WORKON_HOME: '/envs' },
    files: { [`${SHOP}/.venv`]: 'mine\n', '/envs/mine/bin/python': '' },
  },
  {
    name: 'a file .venv with a path',
    kind: 'pipenv',
    is: '/srv/work/envs/mine/bin/python',
    files: { [`${SHOP}/.venv`]: '../envs/mine', '/srv/work/envs/mine/bin/python': '' },
  },
  {
    name: 'Hatch, its default environment first',
    kind: 'hatch',
    is: '/home/ann/.local/share/hatch/env/virtual/my-shop-app/ble27ihg/my-shop-app/bin/python',
    files: {
      [`${SHOP}/pyproject.toml`]: '[project]\nname = "My_Shop.App"\n',
      '/home/ann/.local/share/hatch/env/virtual/my-shop-app/ble27ihg/dev/bin/python': '',
      '/home/ann/.local/share/hatch/env/virtual/my-shop-app/ble27ihg/my-shop-app/bin/python': '',
    },
  },
  {
    name: 'PDM',
    kind: 'pdm',
    is: '/envs/mine/bin/python',
    files: { [`${SHOP}/.pdm-python`]: '/envs/mine/bin/python\n', '/envs/mine/bin/python': '' },
  },
  {
    name: 'conda, by the name in environment.yml',
    kind: 'conda',
    is: '/home/ann/miniforge3/envs/shop/bin/python',
    env: { CONDA_PREFIX: '/home/ann/miniforge3', CONDA_DEFAULT_ENV: 'base' },
    files: {
      [`${SHOP}/environment.yml`]: 'name: "shop" # ours\ndependencies:\n  - python\n  - name: no\n',
      '/home/ann/miniforge3/bin/python': '',
      '/home/ann/miniforge3/envs/shop/bin/python': '',
      '/home/ann/miniforge3/envs/other/bin/python': '',
    },
  },
  {
    name: 'conda, an environment elsewhere that it has noted',
    kind: 'conda',
    is: '/data/shop/bin/python',
    files: {
      [`${SHOP}/environment.yml`]: 'name: shop\n',
      '/home/ann/.conda/environments.txt': '/data/other\n/data/shop\n',
      '/data/shop/bin/python': '',
    },
  },
  {
    name: 'conda, a folder of environments from .condarc',
    kind: 'conda',
    is: '/data/envs/shop/bin/python',
    files: {
      [`${SHOP}/environment.yaml`]: 'channels: []\nname: shop\n',
      '/home/ann/.condarc': 'envs_dirs:\n  - ~/none\n  - /data/envs\nssl_verify: true\n',
      '/data/envs/shop/bin/python': '',
    },
  },
  {
    name: 'conda, by prefix',
    kind: 'conda',
    is: '/data/shop/bin/python',
    files: { [`${SHOP}/environment.yml`]: 'prefix: /data/shop\n', '/data/shop/bin/python': '' },
  },
  {
    name: 'conda, whose base alone is active',
    kind: 'conda',
    is: '/home/ann/miniconda3/bin/python',
    env: { CONDA_PREFIX: '/home/ann/miniconda3', CONDA_DEFAULT_ENV: 'base', PATH: '/usr/bin' },
    files: { '/home/ann/miniconda3/bin/python': '', '/usr/bin/python3': '' },
  },
  {
    name: 'conda on Windows',
    kind: 'conda',
    platform: 'win32',
    folder: 'C:\\shop',
    is: 'C:\\Users\\Ann\\miniconda3\\envs\\shop\\python.exe',
    files: {
      'C:\\shop\\environment.yml': 'name: shop\r\n',
      'C:\\Users\\Ann\\miniconda3\\envs\\shop\\python.exe': '',
    },
  },
  {
    name: 'pyenv, a version in full',
    kind: 'pyenv',
    is: '/home/ann/.pyenv/versions/3.9.18/bin/python',
    files: {
      [`${SHOP}/.python-version`]: '3.9.18\n',
      '/home/ann/.pyenv/versions/3.9.18/bin/python': '',
      '/home/ann/.pyenv/versions/3.12.1/bin/python': '',
    },
  },
  {
    name: 'pyenv, the newest that begins so, in a folder above, several lines',
    kind: 'pyenv',
    is: '/home/ann/.pyenv/versions/3.9.18/bin/python',
    files: {
      '/srv/.python-version': '# ours\r\n3.13\r\n3.9\r\n',
      '/home/ann/.pyenv/versions/3.9.2/bin/python': '',
      '/home/ann/.pyenv/versions/3.9.18/bin/python': '',
      '/home/ann/.pyenv/versions/3.9-dev/bin/python': '',
      '/home/ann/.pyenv/versions/3.12.1/bin/python': '',
    },
  },
  {
    name: 'pyenv, a virtual environment by its name, PYENV_VERSION over the file',
    kind: 'pyenv',
    is: '/opt/pyenv/versions/shop/bin/python',
    env: { PYENV_ROOT: '/opt/pyenv', PYENV_VERSION: 'shop:3.9.18' },
    files: {
      [`${SHOP}/.python-version`]: '3.9.18\n',
      '/opt/pyenv/versions/shop/bin/python': '',
      '/opt/pyenv/versions/3.9.18/bin/python': '',
    },
  },
  {
    name: "pyenv's shim on PATH gives the Python behind it",
    kind: 'path',
    is: '/home/ann/.pyenv/versions/3.12.1/bin/python',
    env: { PATH: '/home/ann/.pyenv/shims:/usr/bin' },
    files: {
      '/home/ann/.pyenv/shims/python3': '',
      '/home/ann/.pyenv/version': '3.12.1\n',
      '/home/ann/.pyenv/versions/3.12.1/bin/python': '',
      '/usr/bin/python3': '',
    },
  },
  {
    name: "pyenv's shim for `system` leads on along PATH",
    kind: 'path',
    is: '/usr/bin/python3',
    env: { PATH: '/home/ann/.pyenv/shims:/usr/bin' },
    files: {
      [`${SHOP}/.python-version`]: 'system\n',
      '/home/ann/.pyenv/shims/python3': '',
      '/home/ann/.pyenv/version': '3.12.1\n',
      '/home/ann/.pyenv/versions/3.12.1/bin/python': '',
      '/usr/bin/python3': '',
    },
  },
  {
    name: 'pyenv on Windows',
    kind: 'pyenv',
    platform: 'win32',
    folder: 'C:\\shop',
    is: 'C:\\Users\\Ann\\.pyenv\\pyenv-win\\versions\\3.11.7\\python.exe',
    files: {
      'C:\\shop\\.python-version': '3.11\r\n',
      'C:\\Users\\Ann\\.pyenv\\pyenv-win\\versions\\3.11.7\\python.exe': '',
    },
  },
  {
    name: "uv's Python for .python-version",
    kind: 'uv',
    is: '/home/ann/.local/share/uv/python/cpython-3.12.10-linux-x86_64-gnu/bin/python',
    files: {
      [`${SHOP}/.python-version`]: '3.12\n',
      '/home/ann/.local/share/uv/python/cpython-3.12.9-linux-x86_64-gnu/bin/python': '',
      '/home/ann/.local/share/uv/python/cpython-3.12.10-linux-x86_64-gnu/bin/python': '',
      '/home/ann/.local/share/uv/python/cpython-3.13.0-linux-x86_64-gnu/bin/python': '',
    },
  },
]

describe('the best one is', () => {
  test.each(rows)('$name', ({ files, env = {}, platform = 'linux', folder = SHOP, links, is, kind }) => {
    const home = { linux: '/home/ann', darwin: '/Users/ann', win32: 'C:\\Users\\Ann' }[platform]
    const [best] = findInterpreters(folder, undefined, {
      host: { platform, env, homeDir: home, cwd: '/' },
      files: memoryFiles(platform, files, links),
    })
    expect(best).toMatchObject({ path: is, kind })
  })
})
