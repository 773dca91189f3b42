import type { TextEdit } from './jsonEdit'
import type { Span } from './problem'

/**
 * The edits of all groups that can be made together, by place: a group is left out whole when one of its edits overlaps
 * or begins where one of an earlier group does. An insertion at the beginning of what goes is in doubt.
 */
export function disjointEdits(groups: Iterable<readonly TextEdit[]>): readonly TextEdit[] {
  const taken: TextEdit[] = []
  for (const group of groups) {
    if (group.some(({ span }) => collides(taken, span))) continue
    for (const edit of group) taken.splice(indexBehind(taken, edit.span.offset), 0, edit)
  }
  return taken
}

function collides(taken: readonly TextEdit[], { offset, length }: Span): boolean {
  const index = indexBehind(taken, offset)
  const before = taken[index - 1]?.span
  const after = taken[index]?.span
  if (before !== undefined && (before.offset === offset || before.offset + before.length > offset))
    return true
  return after !== undefined && after.offset < offset + length
}

/** Of the first edit that begins behind the offset. */
function indexBehind(taken: readonly TextEdit[], offset: number): number {
  let low = 0
  let high = taken.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((taken[middle]?.span.offset ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low
}
