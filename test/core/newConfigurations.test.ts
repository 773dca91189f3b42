import { describe, expect, test } from 'vitest'
import { newConfigurations } from '../../server/core/newConfigurations'
import { createWorld } from '../support/world'

function found(files: Record<string, string>, names: readonly string[] = []) {
  const world = createWorld(Object.entries(files).map(([name, text]) => ({ name, text })))
  return newConfigurations(world.files, world.host, '/work', names)
}

const APP = 'if __name__ == "__main__":\n    main()\n'

test('in an empty folder: everything, in the order of what people launch', () => {
  expect(found({}).map(({ label }) => label)).toEqual([
    'Current file',
    'Script',
    'Module',
    'FastAPI (uvicorn)',
    'pytest',
    'Django',
    'Flask',
    'Script with arguments',
    'Attach',
    'Attach to a container',
    'Celery worker',
    'Streamlit',
    'torchrun',
    'Scrapy',
    'Pyramid',
    'gevent',
    'Console script',
  ])
})

describe('what a project shows', () => {
  test.each<{ files: Record<string, string>; label: string; body: Record<string, unknown> }>([
    { files: { 'main.py': APP }, label: 'Script', body: { program: '${workspaceFolder}/main.py' } },
    { files: { 'shop/__main__.py': '' }, label: 'Module', body: { module: 'shop' } },
    {
      files: { 'src/shop/__main__.py': '' },
      label: 'Module',
      body: { module: 'shop', env: { PYTHONPATH: '${workspaceFolder}/src' } },
    },
    {
      files: { 'api/main.py': 'app = FastAPI()\n' },
      label: 'FastAPI (uvicorn)',
      body: { args: ['api.main:app', '--reload'] },
    },
    { files: { 'tests/test_a.py': '' }, label: 'pytest', body: { module: 'pytest' } },
    {
      files: { 'web/manage.py': APP },
      label: 'Django',
      body: { program: '${workspaceFolder}/web/manage.py' },
    },
    {
      files: { 'app.py': 'app = Flask(__name__)\n' },
      label: 'Flask',
      body: { env: { FLASK_APP: 'app.py', FLASK_DEBUG: '1' } },
    },
    {
      files: { 'train.py': `import argparse\n${APP}` },
      label: 'Script with arguments',
      body: { program: '${workspaceFolder}/train.py' },
    },
    { files: { 'compose.yml': '' }, label: 'Attach to a container', body: { request: 'attach' } },
    { files: { 'jobs/tasks.py': 'app = Celery("x")\n' }, label: 'Celery worker', body: { module: 'celery' } },
    { files: { 'ui.py': 'import streamlit as st\n' }, label: 'Streamlit', body: { args: ['run', 'ui.py'] } },
    {
      files: { 'train.py': `init_process_group()\n${APP}` },
      label: 'torchrun',
      body: { args: ['--nproc_per_node=1', 'train.py'] },
    },
    {
      files: { 'scrapy.cfg': '', 'bikes/specs.py': 'class S(scrapy.Spider):\n    name = "specs"\n' },
      label: 'Scrapy',
      body: { args: ['crawl', 'specs'] },
    },
    { files: { 'development.ini': '' }, label: 'Pyramid', body: { pyramid: true } },
    {
      files: { 'run.py': `from gevent import monkey\nmonkey.patch_all()\n` },
      label: 'gevent',
      body: { gevent: true },
    },
    {
      files: { 'console.py': APP },
      label: 'Console script',
      body: { args: ['dev', 'runserver', '--noreload=True'] },
    },
  ])('$label', ({ files, label, body }) => {
    const entry = found({ ...files, '.keep': '' }).find(each => each.label === label)
    expect(entry?.detected).toBe(true)
    expect(entry?.body).toMatchObject(body)
  })
})

test('environments and caches are no part of the project', () => {
  const files = {
    '.venv/app.py': APP,
    'venv/app.py': APP,
    'node_modules/app.py': APP,
    '__pycache__/app.py': APP,
  }
  expect(found(files).filter(({ detected }) => detected)).toEqual([])
})

test('names that are taken get a number, and two make a compound', () => {
  const entries = found({ 'a.py': '' }, ['Python: Current File', 'Other'])
  expect(entries[0]?.body).toMatchObject({ name: 'Python: Current File 2' })
  expect(entries.at(-1)).toMatchObject({
    kind: 'compound',
    body: { configurations: ['Python: Current File', 'Other'] },
  })
})

test('two of one name make no compound, which could not tell them apart', () => {
  expect(found({}, ['A', 'A']).filter(({ kind }) => kind === 'compound')).toEqual([])
})
