import { expect, test } from 'vitest'
import { applyPlatformSection, selectForPlatform } from '../../server/core/platformSection'

test.each<[what: string, configuration: object, selected: object, applied: object]>([
  [
    'shallow',
    { env: { A: 1 }, linux: { env: { B: 2 } } },
    { env: { B: 2 }, linux: { env: { B: 2 } } },
    { env: { B: 2 } },
  ],
  ['a list has indices', { linux: ['a'] }, { linux: ['a'], 0: 'a' }, { 0: 'a' }],
  ['a number has nothing', { a: 1, linux: 5 }, { a: 1, linux: 5 }, { a: 1 }],
  [
    'presentation is merged first, replaced then',
    { presentation: { group: 'g' }, linux: { presentation: { order: 1 } } },
    { presentation: { group: 'g', order: 1 }, linux: { presentation: { order: 1 } } },
    { presentation: { order: 1 } },
  ],
  [
    'presentation in the section alone',
    { linux: { presentation: { order: 1 } } },
    { presentation: { order: 1 }, linux: { presentation: { order: 1 } } },
    { presentation: { order: 1 } },
  ],
  [
    'the section of another system goes',
    { windows: { a: 1 }, osx: null },
    { windows: { a: 1 }, osx: null },
    {},
  ],
])('%s', (_, configuration, selected, applied) => {
  const first = selectForPlatform({ ...configuration }, 'linux')
  expect(first).toEqual(selected)
  expect(applyPlatformSection(first, 'linux')).toEqual({ kind: 'done', value: applied })
})

test('the configuration itself is left as it is', () => {
  const configuration = { linux: { a: 1 } }
  selectForPlatform(configuration, 'linux')
  applyPlatformSection(configuration, 'linux')
  expect(configuration).toEqual({ linux: { a: 1 } })
})

test('null for this system is refused with a remedy', () => {
  expect(applyPlatformSection({ osx: null }, 'darwin')).toEqual({
    kind: 'error',
    message: "The section 'osx' is null. Write an object there, or remove it.",
  })
})
