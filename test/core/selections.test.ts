import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson } from '../../server/core/json'
import { selections } from '../../server/core/outline'

const blank = fc.constantFrom('', ' ', '\n', '\r\n\t', ' // a "b" {\n', '/* [ */', '\n\n')
const word = fc.constantFrom(
  '""',
  '"a"',
  '"{"',
  '"\\""',
  '"ü😀"',
  '1',
  'true',
  'null',
  '"a',
  '}',
  ',',
  ':',
  '/*',
)
const { value: jsonc } = fc.letrec<{ value: string }>(tie => {
  const inner = fc.tuple(blank, tie('value'), blank).map(parts => parts.join(''))
  const list = fc.array(inner, { maxLength: 4 }).map(each => `[${each.join(',')}]`)
  const property = fc.tuple(blank, word, blank, inner).map(([a, key, b, value]) => `${a}${key}${b}:${value}`)
  const object = fc.array(property, { maxLength: 4 }).map(each => `{${each.join(',')}}`)
  return { value: fc.oneof({ maxDepth: 4 }, word, list, object) }
})
const documents = fc
  .tuple(fc.constantFrom('', '\uFEFF'), blank, jsonc, blank)
  .map(parts => parts.join(''))
  .chain(text => fc.tuple(fc.constant(text), fc.nat(text.length)))

function selected(text: string, offset: number): string[] {
  return selections(text, parseJson(text).root, offset).map(span =>
    text.slice(span.offset, span.offset + span.length),
  )
}

describe('selections', () => {
  test('hold the place, and each the one before it, at every place of every document', () => {
    fc.assert(
      fc.property(documents, ([text, offset]) => {
        const spans = selections(text, parseJson(text).root, offset)
        expect(spans.length).toBeGreaterThan(0)
        let [start, end] = [offset, offset]
        for (const span of spans) {
          expect(span.offset).toBeLessThanOrEqual(start)
          expect(span.offset + span.length).toBeGreaterThanOrEqual(end)
          ;[start, end] = [span.offset, span.offset + span.length]
        }
        expect([start, end]).toEqual([0, text.length])
      }),
      { numRuns: 3000 },
    )
  })

  test.each([
    [0, ['{"a":1}']],
    [1, ['"a"', '"a":1', '{"a":1}']],
    [2, ['a', '"a"', '"a":1', '{"a":1}']],
    [3, ['a', '"a"', '"a":1', '{"a":1}']],
    [4, ['"a"', '"a":1', '{"a":1}']],
    [5, ['1', '"a":1', '{"a":1}']],
  ])('of {"a":1} at %i', (offset, expected) => {
    expect(selected('{"a":1}', offset)).toEqual(expected)
  })

  test('outside of all values are the whole document', () => {
    const text = '// why\n{"a":1}\n\n'
    expect(selected(text, 3)).toEqual([text])
    expect(selected(text, text.length)).toEqual([text])
    expect(selected('', 0)).toEqual([''])
  })
})
