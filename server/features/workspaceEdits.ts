import type { TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type { CreateFile } from 'vscode-languageserver-types'
import type { FileEdits } from '../core/actions'
import type { TextEdit } from '../core/jsonEdit'
import { uriOf } from '../workspace/paths'
import type { Context } from './context'
import { toEdits } from './positions'

/** Edits of several files in the form that the client takes; files that are not there are made. */
export function toWorkspaceEdit(context: Context, files: readonly FileEdits[]): WorkspaceEdit {
  const { documents } = context.workspace
  const byUri = new Map<string, { document: TextDocument | undefined; edits: TextEdit[] }>()
  for (const { path, edits } of files) {
    const document = documents.document(uriOf(path))
    // An open document under its own name, which may be spelt otherwise than ours.
    const uri = document?.uri ?? uriOf(path)
    const known = byUri.get(uri)
    if (known === undefined) byUri.set(uri, { document, edits: [...edits] })
    else for (const edit of edits) known.edits.push(edit)
  }
  const { documentChanges, resourceOperations } = context.client().workspace?.workspaceEdit ?? {}
  const written = [...byUri].map(([uri, { document, edits }]) => ({
    uri,
    isNew: document === undefined,
    version: document !== undefined && documents.isOpen(uri) ? document.version : null,
    edits: toEdits(document ?? TextDocument.create(uri, 'plaintext', 0, ''), edits),
  }))
  if (documentChanges !== true)
    return { changes: Object.fromEntries(written.map(each => [each.uri, each.edits])) }
  const mayCreate = resourceOperations?.includes('create') === true
  return {
    documentChanges: written.flatMap(({ uri, isNew, version, edits }): (TextDocumentEdit | CreateFile)[] => [
      ...(isNew && mayCreate ? [{ kind: 'create' as const, uri, options: { ignoreIfExists: true } }] : []),
      { textDocument: { uri, version }, edits },
    ]),
  }
}
