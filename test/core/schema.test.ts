import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { getLanguageService, TextDocument } from 'vscode-json-languageservice'
import { launchSchema } from '../../server/core/schema'
import { withoutAnnotations } from '../support/annotations'
import { parseArchive } from '../support/archive'

const service = getLanguageService({})
service.configure({
  validate: true,
  allowComments: true,
  schemas: [{ uri: 'schema://launch', fileMatch: ['*'], schema: launchSchema() }],
})

/** What an editor says that knows the schema alone. */
async function complaints(text: string): Promise<string[]> {
  const document = TextDocument.create('file:///launch.json', 'jsonc', 1, text)
  const options = { trailingCommas: 'ignore', comments: 'ignore' } as const
  const found = await service.doValidation(document, service.parseJSONDocument(document), options)
  return found.map(({ message }) => String(message))
}

const configuration = (members: string, type = 'debugpy', request = 'launch') =>
  complaints(
    `{ "configurations": [{ "name": "a", "type": "${type}", "request": "${request}", ${members} }] }`,
  )

describe('the schema alone', () => {
  test.each([
    { members: '"program": "a.py"', says: [] },
    { members: '"justMyCod": true', says: ['Property justMyCod is not allowed.'] },
    { members: '"console": "window"', says: [expect.stringContaining('Value is not accepted')] },
    { members: '"console": "${input:x}"', says: [] },
    { members: '"env": { "A": 1 }', says: [expect.stringContaining('Incorrect type')] },
    { members: '"env": { "A": null }', says: [] },
    { members: '"linux": { "python": "x" }', says: [] },
    { members: '"linux": { "name": "x" }', says: ['Property name is not allowed.'] },
    { members: '"connect": { "port": 1 }', says: ['Property connect is not allowed.'] },
    { members: '"connect": { "port": 1 }', request: 'attach', says: [] },
    { members: '"connect": {}', request: 'attach', says: ['Missing property "port".'] },
    { members: '"pythonPath": "x"', says: ['It is "python" now.'] },
    { members: '"_note": 1', says: [] },
    { members: '"whatever": 1, "program": 5', type: 'node', says: [] },
    { members: '"program": "a.py"', request: 'lunch', says: [expect.stringContaining('"launch", "attach"')] },
  ])('$type $request $members', async ({ members, type, request, says }) => {
    expect(await configuration(members, type, request)).toEqual(says)
  })

  test('compounds and inputs', async () => {
    expect(await complaints('{ "compounds": [{ "name": "a" }] }')).toEqual([
      'Missing property "configurations".',
    ])
    expect(await complaints('{ "inputs": [{ "id": "a", "type": "promptString" }] }')).toEqual([
      'Missing property "description".',
    ])
  })
})

/** Cases in which we say nothing: the schema must not be louder. */
const folder = join(__dirname, '..', 'markers', 'problems')
const quiet = readdirSync(folder)
  .map(name => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
  .filter(({ text }) => !/^ *\^+ /m.test(text))
  .flatMap(({ name, text }) =>
    parseArchive(text)
      .sections.filter(section => section.name.endsWith('launch.json'))
      .map(section => ({ name, text: withoutAnnotations(section.text) })),
  )

test.each(quiet)('nothing about $name', async ({ text }) => {
  expect(await complaints(text)).toEqual([])
})
