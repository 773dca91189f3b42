import type { JsonObject } from './json'
import { moduleOf, type ProjectFiles, type PythonFile } from './projectFiles'

/** A kind of configuration that people write. */
export interface Template {
  readonly label: string
  /** What it does, where nothing was detected. */
  readonly detail: string
  /** The whole configuration, with the names one would have to change. */
  readonly body: JsonObject
  /** What the project has of this kind; `body` goes over the template's. */
  readonly detect: (project: ProjectFiles) => readonly Detected[]
}

export interface Detected {
  readonly detail: string
  readonly body: JsonObject
}

const LAUNCH = { type: 'debugpy', request: 'launch' }
const ATTACH = { type: 'debugpy', request: 'attach' }
const TERMINAL = { console: 'integratedTerminal' }
const NEVER = () => []

/** In the order of how often they are launched. */
export const TEMPLATES: readonly Template[] = [
  {
    label: 'Current file',
    detail: 'runs the file in the editor',
    body: { name: 'Python: Current File', ...LAUNCH, program: '${file}', ...TERMINAL },
    detect: project =>
      project.python.length === 0 ? [] : [{ detail: 'runs the file in the editor', body: {} }],
  },
  {
    label: 'Script',
    detail: 'runs one file of the project',
    body: { name: 'Python: Script', ...LAUNCH, program: '${workspaceFolder}/main.py', ...TERMINAL },
    detect: project => scripts(project).map(({ path }) => script(path)),
  },
  {
    label: 'Module',
    detail: 'runs a package with -m',
    body: { name: 'Python: Module', ...LAUNCH, module: 'package', ...TERMINAL },
    detect: project =>
      project.python.filter(({ path }) => path.endsWith('/__main__.py')).map(({ path }) => moduleBody(path)),
  },
  {
    label: 'FastAPI (uvicorn)',
    detail: 'serves an ASGI application',
    body: {
      name: 'Python: FastAPI',
      ...LAUNCH,
      module: 'uvicorn',
      args: ['main:app', '--reload'],
      jinja: true,
    },
    detect: project =>
      applications(
        project,
        /^(\w+)\s*(?::[^=\n]+)?=\s*(?:\w+\.)?(?:FastAPI|Starlette|Litestar|Quart)\(/m,
      ).map(({ path, name }) => asgi(path, name)),
  },
  {
    label: 'pytest',
    detail: 'runs the tests',
    body: {
      name: 'Python: pytest',
      ...LAUNCH,
      module: 'pytest',
      args: ['-x'],
      ...TERMINAL,
      justMyCode: false,
    },
    detect: project => {
      const shown = ['pytest.ini', 'conftest.py', 'tests', 'test', 'tox.ini'].find(name =>
        project.names.has(name),
      )
      return shown === undefined ? [] : [{ detail: `found ${shown}`, body: {} }]
    },
  },
  {
    label: 'Django',
    detail: 'runs manage.py runserver',
    body: {
      name: 'Python: Django',
      ...LAUNCH,
      program: '${workspaceFolder}/manage.py',
      args: ['runserver'],
      django: true,
    },
    detect: project =>
      project.paths
        .filter(path => /(?:^|\/)manage\.py$/.test(path))
        .map(path => ({ detail: `found ${path}`, body: { program: `\${workspaceFolder}/${path}` } })),
  },
  {
    label: 'Flask',
    detail: 'runs flask',
    body: {
      name: 'Python: Flask',
      ...LAUNCH,
      module: 'flask',
      env: { FLASK_APP: 'app.py', FLASK_DEBUG: '1' },
      args: ['run', '--no-debugger', '--no-reload'],
      jinja: true,
    },
    detect: project =>
      applications(project, /^(\w+)\s*(?::[^=\n]+)?=\s*(?:flask\.)?Flask\(/m).map(({ path }) => ({
        detail: `found an application in ${path}`,
        body: { env: { FLASK_APP: path, FLASK_DEBUG: '1' } },
      })),
  },
  {
    label: 'Script with arguments',
    detail: 'runs one file with arguments, for example a training',
    body: {
      name: 'Python: Train',
      ...LAUNCH,
      program: '${workspaceFolder}/train.py',
      args: ['--config', 'config.yaml'],
      ...TERMINAL,
    },
    detect: project =>
      scripts(project)
        .filter(({ text }) =>
          /argparse|import (?:click|typer|fire|hydra)|from (?:click|typer|hydra)\b/.test(text),
        )
        .map(({ path }) => ({ ...script(path), body: { ...script(path).body, args: ['--help'] } })),
  },
  {
    label: 'Attach',
    detail: 'joins a program that waits on a port of this machine',
    body: { name: 'Python: Attach', ...ATTACH, connect: { host: 'localhost', port: 5678 } },
    detect: NEVER,
  },
  {
    label: 'Attach to a container',
    detail: 'joins a program in a container, with its paths',
    body: {
      name: 'Python: Attach to Container',
      ...ATTACH,
      connect: { host: 'localhost', port: 5678 },
      pathMappings: [{ localRoot: '${workspaceFolder}', remoteRoot: '/app' }],
    },
    detect: project => {
      const shown = [
        'Dockerfile',
        'docker-compose.yml',
        'docker-compose.yaml',
        'compose.yml',
        'compose.yaml',
      ].find(name => project.names.has(name))
      return shown === undefined ? [] : [{ detail: `found ${shown}`, body: {} }]
    },
  },
  {
    label: 'Celery worker',
    detail: 'runs a worker',
    body: {
      name: 'Python: Celery',
      ...LAUNCH,
      module: 'celery',
      args: ['-A', 'tasks', 'worker', '--loglevel=info', '--pool=solo'],
      ...TERMINAL,
    },
    detect: project =>
      applications(project, /^(\w+)\s*=\s*(?:celery\.)?Celery\(/m).map(({ path }) => ({
        detail: `found an application in ${path}`,
        body: { args: ['-A', moduleOf(path).module, 'worker', '--loglevel=info', '--pool=solo'] },
      })),
  },
  {
    label: 'Streamlit',
    detail: 'serves a Streamlit page',
    body: { name: 'Python: Streamlit', ...LAUNCH, module: 'streamlit', args: ['run', 'app.py'] },
    detect: project =>
      project.python
        .filter(({ text }) => /^(?:import streamlit|from streamlit)/m.test(text))
        .slice(0, 1)
        .map(({ path }) => ({ detail: `found ${path}`, body: { args: ['run', path] } })),
  },
  {
    label: 'torchrun',
    detail: 'runs a training on several processes',
    body: {
      name: 'Python: torchrun',
      ...LAUNCH,
      module: 'torch.distributed.run',
      args: ['--nproc_per_node=1', 'train.py'],
      ...TERMINAL,
    },
    detect: project =>
      project.python
        .filter(({ text }) => /init_process_group|DistributedDataParallel/.test(text) && isScript(text))
        .map(({ path }) => ({ detail: `found ${path}`, body: { args: ['--nproc_per_node=1', path] } })),
  },
  {
    label: 'Scrapy',
    detail: 'runs a spider',
    body: { name: 'Python: Scrapy', ...LAUNCH, module: 'scrapy', args: ['crawl', 'spider'], ...TERMINAL },
    detect: project =>
      project.names.has('scrapy.cfg')
        ? [{ detail: 'found scrapy.cfg', body: { args: ['crawl', spiderName(project) ?? 'spider'] } }]
        : [],
  },
  {
    label: 'Pyramid',
    detail: 'serves a Pyramid application',
    body: {
      name: 'Python: Pyramid',
      ...LAUNCH,
      module: 'pyramid.scripts.pserve',
      args: ['${workspaceFolder}/development.ini'],
      jinja: true,
      pyramid: true,
    },
    detect: project =>
      project.paths
        .filter(path => /(?:^|\/)development\.ini$/.test(path))
        .map(path => ({ detail: `found ${path}`, body: { args: [`\${workspaceFolder}/${path}`] } })),
  },
  {
    label: 'gevent',
    detail: 'runs the file in the editor with gevent support',
    body: { name: 'Python: gevent', ...LAUNCH, program: '${file}', ...TERMINAL, gevent: true },
    detect: project =>
      project.python
        .filter(({ text }) => /monkey\.patch_all\(/.test(text))
        .map(({ path }) => ({ ...script(path), body: { ...script(path).body, gevent: true } })),
  },
  {
    label: 'Console script',
    detail: 'runs console.py with a command',
    body: {
      name: 'Python: Console',
      ...LAUNCH,
      program: '${workspaceFolder}/console.py',
      args: ['dev', 'runserver', '--noreload=True'],
      ...TERMINAL,
    },
    detect: project => (project.names.has('console.py') ? [{ detail: 'found console.py', body: {} }] : []),
  },
]

function isScript(text: string): boolean {
  return /^if __name__ == ["']__main__["']/m.test(text)
}

/** Files that are meant to be run; what has a template of its own is left out. */
function scripts({ python }: ProjectFiles): readonly PythonFile[] {
  return python.filter(
    ({ path, text }) =>
      isScript(text) && !/(?:^|\/)(?:manage|conftest|setup|console|test_\w+|__main__)\.py$/.test(path),
  )
}

function script(path: string): Detected {
  return {
    detail: `runs ${path}`,
    body: { name: `Python: ${path}`, program: `\${workspaceFolder}/${path}` },
  }
}

function moduleBody(path: string): Detected {
  const { module, root } = moduleOf(path)
  return {
    detail: `runs ${module}`,
    body: { name: `Python: ${module}`, module, ...pythonPath(root) },
  }
}

function asgi(path: string, name: string): Detected {
  const { module, root } = moduleOf(path)
  const application = `${module}:${name}`
  return {
    detail: `serves ${application}`,
    body: { args: [application, '--reload'], ...pythonPath(root) },
  }
}

function pythonPath(root: string | undefined): JsonObject {
  return root === undefined ? {} : { env: { PYTHONPATH: `\${workspaceFolder}/${root}` } }
}

/** Variables of the top level that hold an application. */
function applications({ python }: ProjectFiles, pattern: RegExp): readonly { path: string; name: string }[] {
  return python.flatMap(({ path, text }) => {
    const name = pattern.exec(text)?.[1]
    return name === undefined || /(?:^|\/)tests?\//.test(path) ? [] : [{ path, name }]
  })
}

function spiderName({ python }: ProjectFiles): string | undefined {
  for (const { text } of python) {
    const found = /class \w+\((?:scrapy\.)?\w*Spider\)[\s\S]*?^\s+name\s*=\s*["']([^"']+)["']/m.exec(
      text,
    )?.[1]
    if (found !== undefined) return found
  }
  return undefined
}
