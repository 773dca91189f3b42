import type {
  ApplyWorkspaceEditParams,
  ClientCapabilities,
  CodeAction,
  CodeActionContext,
  CodeActionParams,
  Command,
  Position,
} from 'vscode-languageserver'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import { CodeActionKind, CodeActionTriggerKind } from 'vscode-languageserver-types'
import { type Action, fixAll, problemsAt, refactorings, repairs } from '../core/actions'
import { isObject } from '../core/json'
import type { Problem, Span } from '../core/problem'
import { rangeOf } from '../core/ranges'
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
      ...repairs(document, facts, problemsAsked(asked.text, found, span, params.context)),
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

/**
 * The problems at the place, then those that the client names: Neovim asks at the cursor and sends all of its line.
 * A person who asks where nothing is wrong means the line.
 */
function problemsAsked(
  text: TextDocument,
  problems: readonly Problem[],
  span: Span,
  { diagnostics = [], triggerKind }: CodeActionContext,
): readonly Problem[] {
  const isNamed = (problem: Problem) => {
    const { start, end } = rangeOf(text, problem.span)
    return diagnostics.some(
      ({ range, code }) => code === problem.code && isSame(range.start, start) && isSame(range.end, end),
    )
  }
  const asked = [...new Set([...problemsAt(problems, span), ...problems.filter(isNamed)])]
  if (asked.length > 0 || span.length > 0 || triggerKind === CodeActionTriggerKind.Automatic) return asked
  const { line } = text.positionAt(span.offset)
  const start = text.offsetAt({ line, character: 0 })
  const end = text.offsetAt({ line, character: Number.MAX_SAFE_INTEGER })
  return problemsAt(problems, { offset: start, length: end - start })
}

function isSame(a: Position, b: Position): boolean {
  return a.line === b.line && a.character === b.character
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
