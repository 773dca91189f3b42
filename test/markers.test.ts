import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseArchive, printArchive } from './support/archive'
import { outcome } from './support/outcome'

/**
 * One text file a case, under test/markers: prose, the files of a workspace, and what an editor shows in them.
 * Problems stand below their lines; `-- fix: TITLE --` holds the file after the fix. With UPDATE_MARKERS=1 the
 * expectations are written anew: read the difference before it is committed.
 */
const folder = join(__dirname, 'markers')
const cases = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.txt'))

describe('markers', () => {
  test.each(cases.sort())('%s', name => {
    const file = join(folder, name)
    const text = readFileSync(file, 'utf8')
    const actual = printArchive(outcome(parseArchive(text)))
    if (process.env['UPDATE_MARKERS'] === '1' && actual !== text) writeFileSync(file, actual)
    else expect(actual, relative('.', file)).toBe(text)
  })
})
