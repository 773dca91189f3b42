import { expect, test } from 'vitest'
import type { JsonObject } from '../../server/core/json'
import { settingsOf } from '../../server/core/settings'

test.each<[key: string, files: JsonObject[], value: unknown]>([
  ['a.b', [{ 'a.b': 1 }], 1],
  ['a.b', [{ a: { b: 1 } }], 1],
  ['a', [{ 'a.b': 1, 'a.c': 2 }], { b: 1, c: 2 }],
  ['a', [{ a: { b: 1 }, 'a.c': 2 }], { b: 1, c: 2 }],
  ['a', [{ a: { b: 1 } }, { 'a.c': 2 }], { b: 1, c: 2 }],
  ['a.b', [{ a: { b: [1, 2] } }, { a: { b: [3] } }], [3]],
  ['a.b', [{ 'a.b': 1 }, { 'a.b': null }], null],
  ['a.b', [{ a: 5, 'a.b': 1 }], undefined],
  ['a', [{ a: 5, 'a.b': 1 }], 5],
  ['a.b.0', [{ a: { b: ['x'] } }], 'x'],
  ['__proto__.x', [{ '__proto__.x': 1 }], 1],
  ['toString', [{}], undefined],
])('%s of %j', (key, files, value) => {
  expect(settingsOf(files)(key)).toEqual(value)
})

test('the files themselves are not written to', () => {
  const user = { a: { b: 1 } }
  settingsOf([user, { 'a.c': 2 }])('a')
  settingsOf([{ ...user, 'a.c': 2 }])('a')
  expect(user).toEqual({ a: { b: 1 } })
})
