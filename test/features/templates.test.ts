import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Diagnostic, DocumentDiagnosticReport, TextEdit } from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type { NewConfiguration, ResolveResult } from '../../server/protocol'
import { makeFolder, type TestFolder } from '../support/folder'
import { type LspClient, uriOf } from '../support/lspClient'
import { startEditor } from '../support/startDebug'

const SCRIPT = 'if __name__ == "__main__":\n    pass\n'

/** What a project of each kind looks like; its template must be found, be clean, and be taken by the start. */
const PROJECTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Current file': { 'app.py': '' },
  Script: { 'app.py': SCRIPT },
  Module: { 'src/shop/__init__.py': '', 'src/shop/__main__.py': '' },
  'FastAPI (uvicorn)': { 'app/main.py': 'from fastapi import FastAPI\napp = FastAPI()\n' },
  pytest: { 'tests/test_a.py': 'def test_a(): pass\n' },
  Django: { 'web/manage.py': SCRIPT },
  Flask: { 'app.py': 'from flask import Flask\napp = Flask(__name__)\n' },
  'Script with arguments': { 'train.py': `import argparse\n${SCRIPT}` },
  'Attach to a container': { Dockerfile: 'FROM python\n' },
  'Celery worker': { 'work/tasks.py': 'from celery import Celery\napp = Celery("tasks")\n' },
  Streamlit: { 'page.py': 'import streamlit as st\n' },
  torchrun: { 'train.py': `torch.distributed.init_process_group()\n${SCRIPT}` },
  Scrapy: {
    'scrapy.cfg': '[settings]\n',
    'shop/spiders/a.py': 'class A(scrapy.Spider):\n    name = "prices"\n',
  },
  Pyramid: { 'development.ini': '[app:main]\n' },
  gevent: { 'app.py': `from gevent import monkey\nmonkey.patch_all()\n${SCRIPT}` },
  'Console script': { 'console.py': SCRIPT },
}
/** Detected by nothing, and right all the same. */
const ALWAYS = ['Attach']

let folder: TestFolder
let editor: LspClient

async function open(files: Readonly<Record<string, string>>): Promise<void> {
  folder = makeFolder(files)
  editor = await startEditor(folder.path, { capabilities: { textDocument: { diagnostic: {} } } })
}

afterEach(async () => {
  await editor.stop()
  folder.remove()
})

const launchJson = () => join(folder.path, '.vscode', 'launch.json')

/** The text of launch.json with a template put in by its own edit. */
async function added(label: string, text: string): Promise<{ entry: NewConfiguration; text: string }> {
  editor.open(launchJson(), text)
  const found = await editor.request<NewConfiguration[]>('debug/newConfigurations', {
    folder: uriOf(folder.path),
  })
  const entry = found.find(each => each.label === label)
  if (entry === undefined) throw new Error(`${label} is not among ${found.map(each => each.label)}`)
  const edits: TextEdit[] = entry.edit.changes?.[uriOf(launchJson())] ?? []
  const before = TextDocument.create('', '', 0, text)
  return { entry, text: TextDocument.applyEdits(before, edits) }
}

/** Warnings and errors of the open launch.json, but for modules that this machine's Python does not have. */
async function complaints(): Promise<string[]> {
  const report = await editor.request<DocumentDiagnosticReport>('textDocument/diagnostic', {
    textDocument: { uri: uriOf(launchJson()) },
  })
  const items: readonly Diagnostic[] = 'items' in report ? report.items : []
  return items
    .filter(({ severity, code }) => (severity ?? 1) <= 2 && code !== 'missing-module')
    .map(({ message }) => String(message))
}

async function refusals(name: unknown): Promise<string[]> {
  const editorFile = { file: join(folder.path, 'app.py') }
  const { items } = await editor.request<ResolveResult>('debug/resolve', {
    configuration: name,
    editor: editorFile,
  })
  return items.flatMap(({ problems }) =>
    problems.filter(({ severity }) => severity === 1).map(({ message }) => message),
  )
}

describe('a template put into launch.json', () => {
  test.each([...Object.keys(PROJECTS), ...ALWAYS])('%s', async label => {
    const files = PROJECTS[label] ?? {}
    await open(files)
    const { entry, text } = await added(label, '{\n  "version": "0.2.0",\n  "configurations": []\n}\n')
    expect(entry.detected).toBe(!ALWAYS.includes(label))
    editor.change(launchJson(), text)
    expect(await complaints()).toEqual([])
    expect(await refusals(entry.body['name'])).toEqual([])
  })

  test('a compound of two', async () => {
    await open({})
    const one = (name: string) => ({
      name,
      type: 'debugpy',
      request: 'attach',
      connect: { port: name.length },
    })
    const { entry, text } = await added('Compound', JSON.stringify({ configurations: [one('a'), one('bb')] }))
    editor.change(launchJson(), text)
    expect(await complaints()).toEqual([])
    expect(await refusals(entry.body['name'])).toEqual([])
  })
})
