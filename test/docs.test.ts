import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { documentedCodes, generatedPages, readCases } from './support/pages'

const root = resolve(__dirname, '..')

describe('generated pages are up to date (node scripts/docs.mjs writes them)', () => {
  test.each(Object.entries(generatedPages(root)))('%s', (file, text) => {
    expect(readFileSync(join(root, file), 'utf8')).toBe(text)
  })
})

test('every diagnostic has a case of its own, which is its example', () => {
  const cases = readCases(join(root, 'test', 'markers', 'problems'))
  const missing = documentedCodes(cases).filter(
    code => !JSON.stringify(cases.get(code) ?? '').includes(` ${code}: `),
  )
  expect(missing).toEqual([])
})
