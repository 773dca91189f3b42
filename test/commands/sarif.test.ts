import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'
import Ajv from 'ajv'
import draft04 from 'ajv/lib/refs/json-schema-draft-04.json'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { makeFolder, type TestFolder } from '../support/folder'
import { serverBundle } from '../support/lspClient'

interface Region {
  startLine: number
  startColumn: number
  endLine: number
  endColumn: number
}
interface Artifact {
  uri: string
  uriBaseId?: string
}
interface Located {
  message: { text: string }
  physicalLocation: { artifactLocation: Artifact; region: Region }
}
interface Replacement {
  deletedRegion: Region
  insertedContent: { text: string }
}
interface Result {
  ruleId: string
  ruleIndex: number
  level: string
  locations: [Located]
  relatedLocations?: Located[]
  fixes?: { artifactChanges: { artifactLocation: Artifact; replacements: Replacement[] }[] }[]
}
interface Log {
  runs: [
    {
      tool: { driver: { rules: { id: string; helpUri: string }[] } }
      originalUriBaseIds: Record<string, { uri: string }>
      results: Result[]
    },
  ]
}

/** The schema of the standard, in the package of its editors; draft 4, which is why ajv is of version 6. */
const ajv = new Ajv({ schemaId: 'auto', allErrors: true })
ajv.addMetaSchema(draft04)
const isValid = ajv.compile(schema)

let folder: TestFolder
beforeEach(() => {
  folder = makeFolder()
})
afterEach(() => folder.remove())

/** The log of `launch-ls check` in a folder, which must be valid. */
function logOf(cwd: string, ...args: string[]): Log['runs'][0] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [serverBundle(), 'check', '--format', 'sarif', ...args],
    { cwd, encoding: 'utf8', env: { ...process.env, XDG_STATE_HOME: join(folder.path, 'state') } },
  )
  const log: Log = JSON.parse(stdout || `"${stderr}"`)
  expect(isValid(log), JSON.stringify(isValid.errors, null, 2)).toBe(true)
  const [run] = log.runs
  for (const { ruleId, ruleIndex } of run.results) {
    expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
  }
  return run
}

/** As a reader of the log resolves it. */
function pathOf(run: Log['runs'][0], { uri, uriBaseId }: Artifact): string {
  const base = uriBaseId === undefined ? undefined : run.originalUriBaseIds[uriBaseId]?.uri
  return decodeURIComponent(new URL(uri, base).pathname)
}

function offsetsOf(text: string, { startLine, startColumn, endLine, endColumn }: Region): [number, number] {
  const document = TextDocument.create('', '', 0, text)
  const at = (line: number, character: number) =>
    document.offsetAt({ line: line - 1, character: character - 1 })
  return [at(startLine, startColumn), at(endLine, endColumn)]
}

function textAt(run: Log['runs'][0], { physicalLocation }: Located): string {
  const text = readFileSync(pathOf(run, physicalLocation.artifactLocation), 'utf8')
  return text.slice(...offsetsOf(text, physicalLocation.region))
}

const configuration = (more: object) => ({ type: 'debugpy', request: 'launch', program: '${file}', ...more })

test('the schema refuses what is none', () => {
  expect(isValid({ version: '2.1.0', runs: [{ tool: {}, results: [] }] })).toBe(false)
  expect(isValid({ version: '2.0.0', runs: [] })).toBe(false)
})

test('no findings', () => {
  folder.write(
    '.vscode/launch.json',
    JSON.stringify({ version: '0.2.0', configurations: [configuration({ name: 'a' })] }),
  )
  expect(logOf(folder.path)).toMatchObject({
    results: [],
    tool: { driver: { name: 'launch-ls', rules: [] } },
  })
})

test('related locations stand at the other place', () => {
  folder.write(
    '.vscode/launch.json',
    JSON.stringify(
      { version: '0.2.0', configurations: [configuration({ name: 'one' }), configuration({ name: 'one' })] },
      null,
      2,
    ),
  )
  const run = logOf(folder.path)
  const found = run.results.find(({ ruleId }) => ruleId === 'duplicate-name')
  expect(found?.locations.map(each => textAt(run, each))).toEqual(['"one"'])
  const related = found?.relatedLocations ?? []
  expect(related.map(each => [each.message.text, textAt(run, each)])).toEqual([
    ['The first of this name.', '"one"'],
  ])
  expect(related[0]?.physicalLocation.region.startLine).toBeLessThan(
    found?.locations[0].physicalLocation.region.startLine ?? 0,
  )
})

test('a fix repairs the file, characters beyond the first plane before it', () => {
  const text = `{ "configurations": [\n  { "name": "𝒫 ü", "type": "debugpy" "request": "launch", "program": "\${file}" }\n] }`
  const path = folder.write('.vscode/launch.json', text)
  const run = logOf(folder.path)
  const [change] =
    run.results.find(({ ruleId }) => ruleId === 'json-syntax')?.fixes?.[0]?.artifactChanges ?? []
  expect(change === undefined ? '' : pathOf(run, change.artifactLocation)).toBe(path)
  const repaired = (change?.replacements ?? []).reduceRight((before, { deletedRegion, insertedContent }) => {
    const [start, end] = offsetsOf(before, deletedRegion)
    return before.slice(0, start) + insertedContent.text + before.slice(end)
  }, text)
  folder.write('.vscode/launch.json', repaired)
  expect(JSON.parse(repaired)).toMatchObject({ configurations: [{ name: '𝒫 ü', request: 'launch' }] })
  expect(logOf(folder.path).results.map(({ ruleId }) => ruleId)).not.toContain('json-syntax')
})

test('URIs of names with spaces, signs and other scripts are relative to the directory of the run', () => {
  const name = 'my proj#1 (50%) ü 工程'
  const path = folder.write(`${name}/.vscode/launch.json`, '{ "configurations": [{ "type": "debugpy" }] }')
  for (const cwd of [folder.path, join(folder.path, name)]) {
    const run = logOf(cwd)
    expect(run.results.length).toBeGreaterThan(0)
    for (const { locations } of run.results) {
      const { artifactLocation } = locations[0].physicalLocation
      expect(artifactLocation.uriBaseId).toBe('ROOT')
      expect(artifactLocation.uri).toMatch(/^[!-~]+$/)
      expect(pathOf(run, artifactLocation)).toBe(path)
    }
    expect(fileURLToPath(run.originalUriBaseIds['ROOT']?.uri ?? '')).toBe(join(cwd, sep))
  }
})

test('files outside of the directory have whole URIs', () => {
  const envFile = folder.write('else where/dev.env', 'A=1 # note\n')
  folder.write(
    'project/.vscode/launch.json',
    JSON.stringify({ configurations: [configuration({ name: 'a', envFile })] }),
  )
  folder.write('project/inner/readme', '')
  const inside = logOf(join(folder.path, 'project'))
  const uris = (run: Log['runs'][0]) =>
    run.results.map(({ locations }) => locations[0].physicalLocation.artifactLocation)
  expect(uris(inside)).toContainEqual({ uri: pathToFileURL(envFile).href })
  const below = logOf(join(folder.path, 'project', 'inner'), '..')
  expect(uris(below).every(({ uriBaseId }) => uriBaseId === undefined)).toBe(true)
  expect(uris(below)).toContainEqual({ uri: pathToFileURL(envFile).href })
})
