/** Every client does the same in its real editor. `npm run test:editors` shows the result as a table. */
import { describe, expect, test } from 'vitest'
import { CLIENTS } from './clients'
import { SCENARIOS } from './scenarios'

declare module 'vitest' {
  interface TaskMeta {
    /** The cell of the table that a test fills. */
    cell?: { readonly client: string; readonly scenario: string; readonly cannot?: string | undefined }
  }
}

describe.each(CLIENTS)('$name', ({ name, missing, cannot, play }) => {
  for (const scenario of SCENARIOS) {
    const meta = { cell: { client: name, scenario: scenario.name, cannot: cannot[scenario.name] } }
    test(scenario.name, { meta }, async ({ skip }) => {
      const reason = cannot[scenario.name] ?? missing
      if (reason !== undefined) skip(reason)
      await play(scenario.steps)
    })
  }

  test('what it cannot do is a scenario', () => {
    const names = SCENARIOS.map(scenario => scenario.name)
    expect(Object.keys(cannot).filter(each => !names.includes(each))).toEqual([])
  })
})
