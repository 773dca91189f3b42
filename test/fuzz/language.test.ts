import { expect, test } from 'vitest'
import { fuzzLanguage } from './language'

test('every feature at random places of mutated documents', () => {
  const report = fuzzLanguage(600, Number(process.env['LAUNCH_LS_SEED'] ?? 1))
  expect(report.completions).toBeGreaterThan(1_000)
  expect(report.problems).toBeGreaterThan(1_000)
})
