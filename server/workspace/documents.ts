import { TextDocument } from 'vscode-languageserver-textdocument'
import type { Files } from '../core/host'
import { pathOf, sameUri, uriOf } from './paths'

/**
 * Open documents over files: what an editor shows wins over what is on disk, saved or not. VS Code saves before it
 * starts a session; we read what it would have saved.
 */
export interface Documents extends Files {
  /** The open document or the file as a document (version -1); undefined when there is neither. */
  document(uri: string): TextDocument | undefined
  isOpen(uri: string): boolean
}

/** The documents that editors have open, by URI. */
export type OpenDocuments = { get(uri: string): TextDocument | undefined; all(): TextDocument[] }

export function overlay(open: OpenDocuments, disk: Files): Documents {
  const find = (uri: string) =>
    open.get(uri) ?? open.all().find(document => sameUri(document.uri) === sameUri(uri))
  return {
    ...disk,
    read: path => find(uriOf(path))?.getText() ?? disk.read(path),
    kind: path => disk.kind(path),
    list: path => disk.list(path),
    document(uri) {
      const opened = find(uri)
      if (opened !== undefined) return opened
      const text = disk.read(pathOf(uri))
      return text === undefined ? undefined : TextDocument.create(uri, languageOf(uri), -1, text)
    },
    isOpen: uri => find(uri) !== undefined,
  }
}

/** No editor is there: `check`, `resolve` and `run` see the disk alone. */
export const NOTHING_OPEN: OpenDocuments = { get: () => undefined, all: () => [] }

function languageOf(uri: string): string {
  return /\.(json|code-workspace)$/.test(uri) ? 'jsonc' : 'dotenv'
}
