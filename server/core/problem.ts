/** A stretch of a document in UTF-16 code units, as jsonc-parser counts. */
export interface Span {
  readonly offset: number
  readonly length: number
}

export type Severity = 'error' | 'warning' | 'information' | 'hint'

/** One thing that is wrong in a file. Data, never thrown; becomes a diagnostic at the edge. */
export interface Problem {
  /** Stable, kebab-case; documented in docs/diagnostics.md under this name. */
  readonly code: string
  readonly span: Span
  readonly severity: Severity
  /** What will happen, and what to do. One or two sentences. */
  readonly message: string
  readonly tags?: readonly ('deprecated' | 'unnecessary')[]
  /** Other places that belong to it. `uri` absent: the same document. */
  readonly related?: readonly { readonly uri?: string; readonly span: Span; readonly message: string }[]
  /** Ready-made edits of the same document, the best first. */
  readonly fixes?: readonly Fix[]
}

export interface Fix {
  readonly title: string
  readonly edits: readonly { readonly span: Span; readonly newText: string }[]
  /** The one an editor may apply without a choice. */
  readonly preferred?: boolean
  /** Likely, but nobody can know that it is meant: chosen by a person, never made with all others. */
  readonly isGuess?: boolean
}

/** What every core function that reads a user's text returns: it cannot fail, it reports. */
export interface Checked<T> {
  readonly value: T
  readonly problems: readonly Problem[]
}
