import { describe, expect, test } from 'vitest'
import {
  type Attribute,
  allowedValues,
  configurationAttribute,
  configurationAttributes,
  objectShape,
} from '../../server/core/attributes'
import { plainSnippet, valueSnippet } from '../../server/core/completion/snippets'
import { parseJson, plainValue } from '../../server/core/json'

const all = configurationAttributes(undefined)

test('names are there once', () => {
  const names = all.map(({ name }) => name)
  expect(names).toEqual([...new Set(names)])
})

test.each(all)('$name says what it is, in sentences', ({ documentation, deprecated, shape }) => {
  expect(documentation).toMatch(/^[\p{Lu}“`d].*[.]$/su)
  if (deprecated !== undefined) expect(deprecated.message).toMatch(/\.$/)
  for (const value of allowedValues(shape)) expect(typeof value.documentation).toBe('string')
})

test.each(all.filter(each => each.conflicts !== undefined))(
  'what excludes $name is known',
  ({ conflicts }) => {
    for (const name of conflicts ?? []) expect(configurationAttribute(name)?.name).toBe(name)
  },
)

test.each(all.filter(each => each.deprecated?.replacement !== undefined))(
  'what replaces $name is known',
  ({ deprecated }) => {
    expect(configurationAttribute(deprecated?.replacement ?? '')?.deprecated).toBeUndefined()
  },
)

describe('what completion inserts is JSON of the right type, with the tab stops taken out', () => {
  const nested = (attribute: Attribute): Attribute[] => [
    attribute,
    ...(objectShape(attribute.shape)?.attributes ?? []).filter(each => each.name !== attribute.name),
  ]
  const inserted = all.filter(({ name }) => !['windows', 'osx', 'linux'].includes(name)).flatMap(nested)
  test.each(inserted)('$name', attribute => {
    const { root, errors } = parseJson(plainSnippet(valueSnippet(attribute)))
    const isOpen = root === undefined
    expect(errors.filter(() => !isOpen)).toEqual([])
    if (attribute.default !== undefined && attribute.default !== null && !isOpen) {
      expect(Array.isArray(plainValue(root))).toBe(Array.isArray(attribute.default))
    }
  })
})
