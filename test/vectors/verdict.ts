import { isDeepStrictEqual } from 'node:util'

/** What one case of a vectors file came to. `differs`: on purpose, by a rule of differences.ts. */
export type Verdict =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'differs'; readonly rule: string }

/** Passed when every part is what was measured; otherwise the first part that is not, with both values. */
export function verdict(
  parts: Readonly<Record<string, readonly [got: unknown, expected: unknown]>>,
): Verdict {
  for (const [part, [got, expected]] of Object.entries(parts)) {
    if (!sameJson(got, expected)) {
      return { kind: 'failed', why: `${part}: expected ${short(expected)}, got ${short(got)}` }
    }
  }
  return { kind: 'passed' }
}

/** Equal as JSON: the order of properties does not count, and undefined is absent. */
export function sameJson(first: unknown, second: unknown): boolean {
  return isDeepStrictEqual(asJson(first), asJson(second))
}

function asJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 400 ? `${text.slice(0, 400)}…` : text
}
