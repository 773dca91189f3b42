import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson } from '../../server/core/json'
import { indexInString, spanInString } from '../../server/core/jsonStrings'

const node = (text: string) => {
  const { root } = parseJson(text)
  if (root === undefined) throw new Error('no text')
  return root
}

test.each([
  { text: '"abc"', start: 1, length: 1, piece: 'b' },
  { text: '"a\\\\b"', start: 1, length: 1, piece: '\\\\' },
  { text: '"a\\\\b"', start: 2, length: 1, piece: 'b' },
  { text: '"\\u00e9x"', start: 1, length: 1, piece: 'x' },
  { text: '"😀x"', start: 2, length: 1, piece: 'x' },
])('$text from $start', ({ text, start, length, piece }) => {
  const span = spanInString(text, node(text), start, length)
  expect(text.slice(span.offset, span.offset + span.length)).toBe(piece)
})

test('a place in the value, in the document, and back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), fc.nat(29), (value, at) => {
      const text = JSON.stringify(value)
      const index = Math.min(at, value.length)
      expect(indexInString(text, node(text), spanInString(text, node(text), index, 0).offset)).toBe(index)
    }),
  )
})
