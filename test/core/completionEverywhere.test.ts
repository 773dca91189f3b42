import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ParseError, parse } from 'jsonc-parser'
import { expect, test } from 'vitest'
import { type Completion, complete } from '../../server/core/completion/completion'
import { parseLaunchDocument } from '../../server/core/launchDocument'
import { LAUNCH_ROOT } from '../../server/core/places'
import { parseArchive } from '../support/archive'
import { createWorld, diagnosticFacts, isFile } from '../support/world'

const FOLDER = join('test', 'markers')
const world = createWorld([
  { name: '.vscode/launch.json', text: '{}' },
  { name: '.vscode/tasks.json', text: '{ "tasks": [{ "label": "b", "type": "shell", "command": "m" }] }' },
  { name: 'app.py', text: '' },
])
const facts = diagnosticFacts(world, '.vscode/launch.json')

/** The launch.json of some of the marker cases, as far as they are valid. */
const texts = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.txt') && !name.endsWith('duplicate-key.txt'))
  .toSorted()
  .filter((_, index) => index % 8 === 0)
  .flatMap(name => parseArchive(readFileSync(join(FOLDER, name), 'utf8')).sections)
  .filter(section => isFile(section) && section.name.endsWith('launch.json'))
  .map(({ text }) => text.replaceAll(/^ *\^+ [a-z]+ [a-z-]+: .*\n/gm, '').replace('|', ''))
  .filter(text => text.length < 1000 && isJson(text))

function isJson(text: string): boolean {
  const errors: ParseError[] = []
  parse(text, errors, { allowTrailingComma: true })
  return errors.length === 0
}

/** What editors show at the place, one of each kind: those of a kind are put in the same way. */
function shownAt(text: string, offset: number): readonly Completion[] {
  const found = complete(parseLaunchDocument(text), LAUNCH_ROOT, facts, offset)
  const fits = ({ filterText, span }: Completion) =>
    filterText.toLowerCase().startsWith(text.slice(span.offset, offset).toLowerCase())
  return [...new Map(found.filter(fits).map(each => [each.kind, each])).values()]
}

/** The edits one after the other, that of the item first. */
function accepted(text: string, { span, newText, extra = [] }: Completion): string {
  const edits = [{ span, newText }, ...extra.toReversed()]
  return edits.reduce(
    (result, edit) =>
      result.slice(0, edit.span.offset) + edit.newText + result.slice(edit.span.offset + edit.span.length),
    text,
  )
}

test('a valid launch.json stays valid whatever is accepted at whatever place', () => {
  expect(texts.length).toBeGreaterThan(20)
  for (const text of texts) {
    for (let offset = 0; offset <= text.length; offset++) {
      const broken = shownAt(text, offset).find(item => !isJson(accepted(text, item)))
      const place = `${text.slice(0, offset)}|${text.slice(offset)}`
      expect(broken?.label, place).toBeUndefined()
    }
  }
}, 60_000)
