/** What one case of a vectors file came to. `differs`: on purpose, by a rule of differences.ts. */
export type Verdict =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'differs'; readonly rule: string }
