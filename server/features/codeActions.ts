import type {
  ApplyWorkspaceEditParams,
  ClientCapabilities,
  CodeAction,
  CodeActionParams,
  Command,
} from 'vscode-languageserver'
import { CodeActionKind } from 'vscode-languageserver-types'
import { type Action, fixAll, quickFixes, refactorings } from '../core/actions'
import { isObject } from '../core/json'
import { commandLineActions } from './commandLine'
import type { Context, Feature } from './context'
import { guard } from './guard'
import type { LanguageFiles } from './languageFiles'
import { toDiagnostic } from './locations'
import { type Asked, askedAt } from './positions'
import type { Problems } from './problems'
import { startActions } from './startCommands'
import { toWorkspaceEdit } from './workspaceEdits'

export const APPLY_EDIT = 'launch-ls.applyEdit'

const FIX_ALL = `${CodeActionKind.SourceFixAll}.launch-ls`

/** Repairs, one that makes all of them, rewritings, and new configurations. */
export function register(context: Context, files: LanguageFiles, problems: Problems): Feature {
  const answer = (params: CodeActionParams): (CodeAction | Command)[] => {
    const found = actionsAt(params)
    return takesLiterals(context.client()) ? found : found.flatMap(action => commandOf(context, action))
  }
  const actionsAt = (params: CodeActionParams): CodeAction[] => {
    const asked = askedAt(context, files, { ...params, position: params.range.start })
    if (asked === undefined) return []
    const span = { offset: asked.offset, length: asked.text.offsetAt(params.range.end) - asked.offset }
    const found = problems.of(asked.path)
    const { document, facts } = asked.view ?? {}
    const all = fixAll(found)
    const isLaunch = asked.view?.holds === 'launch'
    const actions = [
      ...quickFixes(document, facts, found, span),
      ...(document === undefined || facts === undefined || !isLaunch
        ? []
        : refactorings(document, facts, asked.offset)),
      ...(all === undefined ? [] : [all]),
    ]
    return [
      ...actions.map(action => toCodeAction(context, asked, action)),
      ...(isLaunch ? [...startActions(context, files, asked), ...commandLineActions(files, asked)] : []),
    ].filter(({ kind }) => isWanted(params.context.only, kind ?? ''))
  }
  context.connection.onCodeAction(guard('textDocument/codeAction', context.log, answer))
  return {
    capabilities: () => ({
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.Refactor, FIX_ALL],
      },
    }),
  }
}

function toCodeAction(context: Context, asked: Asked, action: Action): CodeAction {
  const edits = action.edits.map(({ path, edits }) => ({ path: path === '' ? asked.path : path, edits }))
  return {
    title: action.title,
    kind: action.kind === 'source.fixAll' ? FIX_ALL : action.kind,
    edit: toWorkspaceEdit(context, edits),
    ...(action.preferred === undefined ? {} : { isPreferred: action.preferred }),
    ...(action.problem === undefined
      ? {}
      : { diagnostics: [toDiagnostic(context, asked.text, action.problem)] }),
  }
}

/** A client that says nothing of code actions is one that has not thought of it. */
function takesLiterals({ textDocument }: ClientCapabilities): boolean {
  return (
    textDocument?.codeAction === undefined || textDocument.codeAction.codeActionLiteralSupport !== undefined
  )
}

/** For clients that know commands alone: the edit comes back as a request to apply it. */
function commandOf(context: Context, { title, command, edit }: CodeAction): Command[] {
  if (command !== undefined) return [command]
  if (edit === undefined || context.client().workspace?.applyEdit !== true) return []
  return [{ title, command: APPLY_EDIT, arguments: [{ label: title, edit }] }]
}

/** `launch-ls.applyEdit`: what `commandOf` wrote comes back. */
export async function applyEdit(context: Context, [params]: readonly unknown[]): Promise<null> {
  if (isApplyEdit(params)) await context.connection.workspace.applyEdit(params)
  return null
}

function isApplyEdit(value: unknown): value is ApplyWorkspaceEditParams {
  return isObject(value) && isObject(value['edit'])
}

/** Kinds form a tree: who asks for `refactor` wants `refactor.extract`, too. Source actions come when asked for. */
function isWanted(only: readonly string[] | undefined, kind: string): boolean {
  if (only === undefined) return !kind.startsWith(CodeActionKind.Source) || kind === FIX_ALL
  return only.some(wanted => kind === wanted || kind.startsWith(`${wanted}.`) || wanted === '')
}
