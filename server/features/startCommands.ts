import type { CodeAction, CodeLens, CodeLensParams, Command } from 'vscode-languageserver'
import { CodeActionKind } from 'vscode-languageserver-types'
import { type Startable, startables } from '../core/lenses'
import { rangeOf } from '../core/ranges'
import { uriOf } from '../workspace/paths'
import type { Context, Feature } from './context'
import { guard } from './guard'
import type { LanguageFiles } from './languageFiles'
import { type Asked, askedAt } from './positions'

/** ▶ Debug and Run above what can be started. The client runs the command: it has the debugger. */
export function register(context: Context, files: LanguageFiles): Feature {
  const answer = (params: CodeLensParams): CodeLens[] => {
    const asked = askedAt(context, files, params)
    if (asked?.view === undefined || files.kindOf(asked.path) === 'tasks') return []
    return startables(asked.view.document).flatMap(startable => {
      const { start } = rangeOf(asked.text, { offset: startable.span.offset, length: 0 })
      const range = { start, end: start }
      return startCommandsOf(files, asked, startable).map(command => ({ range, command }))
    })
  }
  context.connection.onCodeLens(guard('textDocument/codeLens', context.log, answer))
  return {
    // Neovim 0.10 and lsp-mode show lenses and do not say so.
    capabilities: () => ({ codeLensProvider: { resolveProvider: false } }),
  }
}

/** The same as actions, for editors that may have no lenses. */
export function startActions(context: Context, files: LanguageFiles, asked: Asked): readonly CodeAction[] {
  const { textDocument, workspace } = context.client()
  const hasLenses = textDocument?.codeLens !== undefined || workspace?.codeLens !== undefined
  if (asked.view === undefined || hasLenses) return []
  return startables(asked.view.document)
    .filter(({ span }) => asked.offset >= span.offset && asked.offset <= span.offset + span.length)
    .flatMap(startable => startCommandsOf(files, asked, startable))
    .map(command => ({ title: command.title, kind: CodeActionKind.Empty, command }))
}

function startCommandsOf(
  files: LanguageFiles,
  { path }: Asked,
  { name, kind }: Startable,
): readonly Command[] {
  const folder = files.kindOf(path) === 'workspaceFile' ? undefined : files.folderOf(path)
  const params = { configuration: name, ...(folder === undefined ? {} : { folder: uriOf(folder.path) }) }
  const what = kind === 'compound' ? `${name} (all)` : name
  return [
    { title: `▶ Debug ${what}`, command: START, arguments: [params] },
    { title: `Run ${what}`, command: START, arguments: [{ ...params, noDebug: true }] },
  ]
}

const START = 'launch-ls.start'
