import type {
  DefinitionParams,
  DocumentLink,
  DocumentLinkParams,
  Location,
  PrepareRenameParams,
  Range,
  ReferenceParams,
  RenameParams,
  WorkspaceEdit,
} from 'vscode-languageserver'
import { goalAt } from '../core/goals'
import { namesInEnvFile, namesInLaunch, namesInTasks } from '../core/namedPlaces'
import {
  definitionsAt,
  type Found,
  type NamedFile,
  referencesAt,
  renameAt,
  renameTarget,
} from '../core/navigation'
import { pathTargets } from '../core/pathTargets'
import { rangeOf } from '../core/ranges'
import { uriOf } from '../workspace/paths'
import type { Context, Feature } from './context'
import { guard } from './guard'
import type { LanguageFiles } from './languageFiles'
import { LSPErrorCodes, ResponseError } from './library'
import { locationIn } from './locations'
import { type Asked, askedAt } from './positions'
import { toWorkspaceEdit } from './workspaceEdits'

/** Definition, references, rename and links: names over all files, and paths. */
export function register(context: Context, files: LanguageFiles): Feature {
  const { connection, log } = context
  const locate = ({ path, span }: Found): Location => locationIn(context.workspace.documents, path, span)

  const definition = (params: DefinitionParams): Location[] => {
    const asked = askedAt(context, files, params)
    if (asked === undefined) return []
    const named = definitionsAt(namedFiles(files, asked.path), asked.path, asked.offset).map(locate)
    return named.length > 0 ? named : goalOf(context, asked)
  }
  const references = (params: ReferenceParams): Location[] => {
    const asked = askedAt(context, files, params)
    if (asked === undefined) return []
    const { includeDeclaration } = params.context
    return referencesAt(namedFiles(files, asked.path), asked.path, asked.offset, includeDeclaration).map(
      locate,
    )
  }
  const prepare = (params: PrepareRenameParams): { range: Range; placeholder: string } | null => {
    const asked = askedAt(context, files, params)
    if (asked === undefined) return null
    const found = renameTarget(namedFiles(files, asked.path), asked.path, asked.offset)
    return found === undefined ? null : { range: rangeOf(asked.text, found.span), placeholder: found.name }
  }
  const rename = (params: RenameParams): WorkspaceEdit | null => {
    const asked = askedAt(context, files, params)
    if (asked === undefined) return null
    const result = renameAt(namedFiles(files, asked.path), asked.path, asked.offset, params.newName)
    if (result.kind === 'refused') throw new ResponseError(LSPErrorCodes.RequestFailed, result.message)
    return toWorkspaceEdit(
      context,
      result.edits.map(({ path, span, newText }) => ({ path, edits: [{ span, newText }] })),
    )
  }
  const links = (params: DocumentLinkParams): DocumentLink[] => {
    const asked = askedAt(context, files, params)
    if (asked?.view === undefined) return []
    return pathTargets(asked.view.document, asked.view.facts)
      .filter(({ kind }) => kind === 'file')
      .map(({ span, path }) => ({ range: rangeOf(asked.text, span), target: uriOf(path) }))
  }

  connection.onDefinition(guard('textDocument/definition', log, definition))
  connection.onReferences(guard('textDocument/references', log, references))
  connection.onPrepareRename(guard('textDocument/prepareRename', log, prepare))
  connection.onRenameRequest(guard('textDocument/rename', log, rename))
  connection.onDocumentLinks(guard('textDocument/documentLink', log, links))
  return {
    capabilities: client => ({
      definitionProvider: true,
      referencesProvider: true,
      renameProvider: client.textDocument?.rename?.prepareSupport === true ? { prepareProvider: true } : true,
      documentLinkProvider: {},
    }),
  }
}

const START: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }

/** What is under the cursor and no name of these files: a path, a module, an application, a script, a setting. */
function goalOf(context: Context, { view, offset }: Asked): Location[] {
  const goal = view === undefined ? undefined : goalAt(view.document, view.root, view.facts, offset)
  if (goal === undefined) return []
  if (goal.span === undefined) return [{ uri: uriOf(goal.path), range: START }]
  return [locationIn(context.workspace.documents, goal.path, goal.span)]
}

/** Every file that names something; the asked one even if nothing else knows it. */
function namedFiles(files: LanguageFiles, asked: string): readonly NamedFile[] {
  return [...new Set([asked, ...files.all()])].map(path => ({
    path,
    folder: files.kindOf(path) === 'workspaceFile' ? undefined : files.folderOf(path)?.name,
    places: placesIn(files, path),
  }))
}

function placesIn(files: LanguageFiles, path: string): NamedFile['places'] {
  switch (files.kindOf(path)) {
    case 'env': {
      const { text, file } = files.env(path)
      return namesInEnvFile(text, file.entries)
    }
    default: {
      const launch = files.launch(path)
      const tasks = files.tasks(path)
      return [
        ...(launch === undefined ? [] : namesInLaunch(launch.document)),
        ...(tasks === undefined ? [] : namesInTasks(tasks)),
      ]
    }
  }
}
