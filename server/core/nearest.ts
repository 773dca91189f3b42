/**
 * The candidate that was most likely meant: equal but for case, a few letters away (a third of the name at most), or
 * the only one that begins with the name. Undefined when none is near or `name` is one of them.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase()
  let best: string | undefined
  let least = Math.min(3, Math.max(2, Math.floor(wanted.length / 3) + 1))
  const longer: string[] = []
  if (wanted.length < 2) return undefined
  for (const candidate of candidates) {
    if (candidate === name) return undefined
    const other = candidate.toLowerCase()
    if (wanted.length > 3 && other.startsWith(wanted)) longer.push(candidate)
    if (Math.abs(other.length - wanted.length) >= least) continue
    const distance = editDistance(wanted, other, least)
    if (distance < least) {
      least = distance
      best = candidate
    }
  }
  return best ?? (longer.length === 1 ? longer[0] : undefined)
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other, `limit` at most. */
export function editDistance(a: string, b: string, limit: number): number {
  let older: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(
        (previous[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
      )
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) cost = Math.min(cost, (older[j - 2] ?? 0) + 1)
      row.push(cost)
      least = Math.min(least, cost)
    }
    if (least >= limit) return limit
    older = previous
    previous = row
  }
  return Math.min(limit, previous[b.length] ?? limit)
}

/** One letter too many, too few, wrong or out of place: nobody means anything else by it. */
export function isSlip(written: string, meant: string): boolean {
  return editDistance(written.toLowerCase(), meant.toLowerCase(), 2) < 2
}
