import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runVectors } from './vectors/suites'

const results = runVectors(join(__dirname, 'vectors'))

test.each(results.map(result => [`${result.file}: ${result.name}`, result.verdict] as const))(
  '%s',
  (_, verdict) => {
    expect(verdict.kind === 'failed' ? verdict.why : '').toBe('')
  },
)
