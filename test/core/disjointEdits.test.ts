import fc from 'fast-check'
import { expect, test } from 'vitest'
import { disjointEdits } from '../../server/core/disjointEdits'
import type { TextEdit } from '../../server/core/jsonEdit'

const edit = fc.record({
  span: fc.record({ offset: fc.nat({ max: 40 }), length: fc.nat({ max: 6 }) }),
  newText: fc.string({ maxLength: 2 }),
})

test('each group is taken whole or not at all, and nothing that is taken collides', () => {
  fc.assert(
    fc.property(fc.array(fc.array(edit, { minLength: 1, maxLength: 1 }), { maxLength: 20 }), groups => {
      const expected: TextEdit[] = []
      for (const group of groups) {
        if (!group.some(each => expected.some(other => collide(each, other)))) expected.push(...group)
      }
      expect(disjointEdits(groups)).toEqual(expected.toSorted((a, b) => a.span.offset - b.span.offset))
    }),
  )
})

test('the edits of one group belong together', () => {
  const at = (offset: number, length = 1): TextEdit => ({ span: { offset, length }, newText: '' })
  expect(disjointEdits([[at(5)], [at(1), at(5)], [at(1), at(1)], [at(9), at(7)]])).toEqual([
    at(1),
    at(1),
    at(5),
    at(7),
    at(9),
  ])
})

function collide(a: TextEdit, b: TextEdit): boolean {
  const [startA, startB] = [a.span.offset, b.span.offset]
  const [endA, endB] = [startA + a.span.length, startB + b.span.length]
  return startA === startB || (startA < endB && startB < endA)
}
