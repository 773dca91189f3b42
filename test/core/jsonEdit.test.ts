import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson, plainValue } from '../../server/core/json'
import {
  applyTextEdits,
  insertElement,
  insertProperty,
  removeChildren,
  replaceNode,
} from '../../server/core/jsonEdit'

const root = (text: string) => {
  const node = parseJson(text).root
  if (node === undefined) throw new Error(`nothing in ${text}`)
  return node
}

describe('a property is put where people would put it', () => {
  test.each([
    ['{}', '{\n    "b": 1\n}'],
    ['{ }', '{\n    "b": 1\n}'],
    ['{ "a": 0 }', '{ "a": 0, "b": 1 }'],
    ['{\n  "a": 0\n}', '{\n  "a": 0,\n  "b": 1\n}'],
    ['{\n\t"a": 0,\n}', '{\n\t"a": 0,\n\t"b": 1\n}'],
    ['{\r\n  "a": 0\r\n}', '{\r\n  "a": 0,\r\n  "b": 1\r\n}'],
    ['{\n  "a": 0 // the first\n}', '{\n  "a": 0,\n  "b": 1 // the first\n}'],
    ['{\n  // nothing yet\n}', '{\n  "b": 1\n  // nothing yet\n}'],
  ])('%j', (text, expected) => {
    expect(applyTextEdits(text, [insertProperty(text, root(text), 'b', 1)])).toBe(expected)
  })
})

describe('an element is put at the end', () => {
  test.each([
    ['[]', '[\n    1\n]'],
    ['[0]', '[0, 1]'],
    ['[\n  0\n]', '[\n  0,\n  1\n]'],
    ['[\n  0,\n]', '[\n  0,\n  1\n]'],
  ])('%j', (text, expected) => {
    expect(applyTextEdits(text, [insertElement(text, root(text), 1)])).toBe(expected)
  })
})

describe('what is taken away leaves no comma and no empty line', () => {
  test.each([
    { text: '{ "a": 0, "b": 1 }', gone: [0], expected: '{ "b": 1 }' },
    { text: '{ "a": 0, "b": 1 }', gone: [1], expected: '{ "a": 0 }' },
    { text: '{ "a": 0, "b": 1, "c": 2 }', gone: [1, 2], expected: '{ "a": 0 }' },
    { text: '{\n  "a": 0,\n  "b": 1\n}', gone: [1], expected: '{\n  "a": 0\n}' },
    { text: '{\n  "a": 0,\n  "b": 1,\n}', gone: [1], expected: '{\n  "a": 0,\n}' },
    { text: '{\n  "a": 0, // note\n  "b": 1\n}', gone: [1], expected: '{\n  "a": 0 // note\n}' },
    { text: '[1, 2, 3]', gone: [0, 2], expected: '[2]' },
  ])('$text without $gone', ({ text, gone, expected }) => {
    const children = root(text).children ?? []
    const nodes = gone.flatMap(index => children[index] ?? [])
    expect(applyTextEdits(text, removeChildren(text, nodes))).toBe(expected)
  })
})

describe('whatever the file', () => {
  const layout = fc.constantFrom(undefined, 2, '\t')
  const members = fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.jsonValue({ maxDepth: 2 }), {
    maxKeys: 6,
  })

  test('a property that is put in is there, and all else stays', () => {
    fc.assert(
      fc.property(members, layout, fc.jsonValue({ maxDepth: 2 }), (object, space, value) => {
        const text = JSON.stringify(object, null, space)
        const edited = applyTextEdits(text, [insertProperty(text, root(text), 'NEW', value)])
        expect(JSON.parse(edited)).toEqual(JSON.parse(JSON.stringify({ ...object, NEW: value })))
      }),
    )
  })

  test('what is taken away is gone, and all else stays', () => {
    fc.assert(
      fc.property(members, layout, fc.nat(), (object, space, seed) => {
        const text = JSON.stringify(object, null, space)
        const children = root(text).children ?? []
        const gone = children.filter((_, index) => (seed >> index) % 2 === 1)
        const kept = Object.entries(object).filter((_, index) => (seed >> index) % 2 === 0)
        expect(JSON.parse(applyTextEdits(text, removeChildren(text, gone)))).toEqual(
          JSON.parse(JSON.stringify(Object.fromEntries(kept))),
        )
      }),
    )
  })

  test('a value that is replaced is the new one', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
        const text = JSON.stringify([before])
        const node = root(text).children?.[0]
        const edited = node === undefined ? text : applyTextEdits(text, [replaceNode(node, after)])
        expect(plainValue(parseJson(edited).root)).toEqual(JSON.parse(JSON.stringify([after])))
      }),
    )
  })
})
