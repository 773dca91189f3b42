/** The editor at the moment of a start: what `${file}`, `${lineNumber}`, `${selectedText}` mean. Lines are 1-based. */
export interface EditorState {
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly selectedText?: string
  /** The editor's own environment, over the server's: what `${env:…}` reads and the program inherits. */
  readonly env?: Readonly<Record<string, string>>
}

/** A workspace folder: its name as the editor shows it and its path in the host's own form. */
export interface Folder {
  readonly name: string
  readonly path: string
}

/** Where a configuration stands: a folder's launch.json, the *.code-workspace file, or the user settings. */
export type LaunchSource =
  | { readonly kind: 'folder'; readonly folder: Folder }
  | { readonly kind: 'workspace' }
  | { readonly kind: 'user' }

/** Settings by dotted key, the folder's over the user's; undefined: not set. */
export type Settings = (key: string) => unknown
