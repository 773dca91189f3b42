import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { DIFFERENCES } from './vectors/differences'

const page = readFileSync(resolve(__dirname, '../docs/differences.md'), 'utf8')

test.each(Object.keys(DIFFERENCES))('docs/differences.md tells of %s', rule => {
  expect(page).toContain(`(\`${rule}\`)`)
})
