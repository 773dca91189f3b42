import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getLanguageService, TextDocument } from 'vscode-json-languageservice'
import { complete } from '../server/core/completion/completion'
import { type DiagnosticFacts, diagnose } from '../server/core/diagnostics/diagnose'
import type { Host } from '../server/core/host'
import { isObject, type JsonObject } from '../server/core/json'
import { parseLaunchDocument } from '../server/core/launchDocument'
import { launchRoot } from '../server/core/places'
import { launchSchema } from '../server/core/schema'
import { diskFiles } from '../server/workspace/disk'
import type { Bench, Row } from './row'

/**
 * Parse, validate and complete, with all our checks on a real folder, beside vscode-json-languageservice with the
 * debugger's schema composed as VS Code composes it. Both are warm and take turns.
 */
export const bench: Bench = async ({ smoke }) => {
  const folder = makeFolder()
  try {
    const rows: Row[] = []
    for (const [name, configurations, runs] of SIZES) {
      rows.push(await row(folder, name, configurations, smoke ? 3 : runs))
    }
    return rows
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const SIZES = [
  ['2 KB', 5, 300],
  ['50 KB', 124, 100],
  ['1 MB', 2_508, 20],
] as const

async function row(folder: string, name: string, configurations: number, runs: number): Promise<Row> {
  const text = launchJson(configurations)
  const offset = text.indexOf('"justMyCode"', text.length / 2) + 3
  const service = composedService()
  const ours: number[] = []
  const theirs: number[] = []
  for (let run = -Math.ceil(runs / 5); run < runs; run += 1) {
    // A new text each time: nothing can be kept from the run before.
    const edited = text.replace('"version": "0.2.0"', `"version": "0.2.${run + runs}"`)
    const mine = performance.now()
    checkAndComplete(folder, edited, offset)
    const between = performance.now()
    await service(edited, offset)
    const end = performance.now()
    if (run < 0) continue
    ours.push(between - mine)
    theirs.push(end - between)
  }
  return {
    name: `parse + validate + complete ${name} ÷ vscode-json-languageservice`,
    ours,
    theirs,
    unit: 'ms',
    goal: 1,
    note: 'ours with files, modules, variables, inputs, compounds and tasks; theirs with the schema alone',
  }
}

function checkAndComplete(folder: string, text: string, offset: number): void {
  const document = parseLaunchDocument(text)
  const facts = factsOf(folder)
  const problems = diagnose(document, facts)
  const items = complete(document, launchRoot([]), facts, offset)
  if (items.length === 0 || problems.length === 0) throw new Error('nothing was found')
}

function factsOf(path: string): DiagnosticFacts {
  const host: Host = { platform: 'linux', env: { HOME: '/home/u' }, homeDir: '/home/u', cwd: '/' }
  const folder = { name: 'work', path }
  return {
    host,
    files: diskFiles,
    source: { kind: 'folder', folder },
    isLaunchJson: true,
    folders: [folder],
    settings: () => undefined,
    otherLaunches: [],
    tasks: ['build'],
    inputs: [],
  }
}

/** One branch of `oneOf` for each request, as VS Code builds the schema of its debuggers. */
function composedService(): (text: string, offset: number) => Promise<void> {
  const schema = launchSchema()
  const items = at(schema, ['properties', 'configurations', 'items'])
  const branches = list(items['allOf'])
    .map(branch => at(branch, ['then']))
    .filter(each => each['additionalProperties'] === false)
    .map((each, index) => ({
      ...each,
      type: 'object',
      required: ['name', 'type', 'request'],
      properties: {
        ...at(each, ['properties']),
        type: { enum: ['debugpy'] },
        request: { enum: [index === 0 ? 'launch' : 'attach'] },
      },
    }))
  items['oneOf'] = branches
  delete items['allOf']
  const service = getLanguageService({})
  service.configure({
    validate: true,
    allowComments: true,
    schemas: [{ uri: 'schema://launch', fileMatch: ['*'], schema }],
  })
  return async (text, offset) => {
    const document = TextDocument.create('file:///work/.vscode/launch.json', 'jsonc', 1, text)
    const parsed = service.parseJSONDocument(document)
    await service.doValidation(document, parsed, { trailingCommas: 'ignore', comments: 'ignore' })
    await service.doComplete(document, document.positionAt(offset), parsed)
  }
}

/** A launch.json with so many configurations as people write them, none like the other. */
export function launchJson(count: number): string {
  const entries = Array.from({ length: count }, (_, i) =>
    JSON.stringify(
      {
        name: `Python: Server ${i}`,
        type: 'debugpy',
        request: 'launch',
        program: `\${workspaceFolder}/src/app${i % 50}.py`,
        args: ['--port', `80${i}`, '--name=${workspaceFolderBasename}', '${input:x}'],
        console: i === 3 ? 'integrated' : 'integratedTerminal',
        env: { PYTHONPATH: '${workspaceFolder}/src', [`LEVEL_${i}`]: 'debug' },
        envFile: '${workspaceFolder}/.env',
        preLaunchTask: 'build',
        justMyCode: false,
      },
      null,
      2,
    ),
  )
  const inputs = '[{ "id": "x", "type": "promptString", "description": "x" }]'
  return `{\n  // generated\n  "version": "0.2.0",\n  "configurations": [\n${entries.join(',\n')}\n  ],\n  "inputs": ${inputs}\n}\n`
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'launch-ls-bench-'))
  mkdirSync(join(folder, 'src'))
  for (let i = 0; i < 50; i += 1) writeFileSync(join(folder, 'src', `app${i}.py`), '')
  writeFileSync(join(folder, '.env'), 'A=1\n')
  return folder
}

function at(value: unknown, path: readonly string[]): JsonObject {
  let found = value
  for (const name of path) found = isObject(found) ? found[name] : undefined
  return isObject(found) ? found : {}
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
