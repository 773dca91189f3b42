import type {
  InlayHint,
  InlayHintParams,
  SemanticTokens,
  SemanticTokensClientCapabilities,
  SemanticTokensParams,
  SemanticTokensRangeParams,
} from 'vscode-languageserver'
import { inlayHints } from '../core/inlayHints'
import { isObject } from '../core/json'
import type { Span } from '../core/problem'
import { variableTokens } from '../core/variableTokens'
import { pathOf } from '../workspace/paths'
import type { Context, Feature } from './context'
import { guard } from './guard'
import type { LanguageFiles } from './languageFiles'
import { SemanticTokensBuilder } from './library'
import { askedAt } from './positions'

/** Semantic tokens of variables, and inlay hints, which are off unless `inlayHints.enabled` is set. */
export function register(context: Context, files: LanguageFiles): Feature {
  const { connection, log } = context

  const tokens = (params: SemanticTokensParams | SemanticTokensRangeParams): SemanticTokens => {
    const builder = new SemanticTokensBuilder()
    const asked = askedAt(context, files, params)
    if (asked?.view === undefined) return builder.build()
    const { json } = asked.view.document
    const inside = 'range' in params ? spanOf(asked.text, params.range) : undefined
    for (const token of variableTokens(json.text, json.root)) {
      if (inside !== undefined && !overlaps(token, inside)) continue
      const { line, character } = asked.text.positionAt(token.offset)
      const type = token.kind === 'name' ? 0 : 1
      builder.push(line, character, token.length, type, token.deprecated ? 1 : 0)
    }
    return builder.build()
  }
  const hints = (params: InlayHintParams): InlayHint[] => {
    const asked = askedAt(context, files, params)
    if (asked?.view === undefined || !areHintsOn(context.workspace.settings.client())) return []
    const inside = spanOf(asked.text, params.range)
    return inlayHints(asked.view.document, asked.view.facts)
      .filter(({ offset }) => offset >= inside.offset && offset <= inside.offset + inside.length)
      .map(({ offset, label }) => ({ position: asked.text.positionAt(offset), label, paddingLeft: true }))
  }

  connection.languages.semanticTokens.on(guard('textDocument/semanticTokens/full', log, tokens))
  connection.languages.semanticTokens.onRange(guard('textDocument/semanticTokens/range', log, tokens))
  connection.languages.inlayHint.on(guard('textDocument/inlayHint', log, hints))
  context.changes.subscribe(changed => {
    if (context.client().workspace?.inlayHint?.refreshSupport !== true) return
    // Of its own edits the editor asks by itself; a value may come from any other file.
    const isOwn = [...(changed ?? [''])].every(uri => files.kindOf(pathOf(uri)) === 'launch')
    if (!isOwn && areHintsOn(context.workspace.settings.client()))
      void connection.languages.inlayHint.refresh()
  })
  return {
    capabilities: ({ textDocument }) => ({
      ...(textDocument?.semanticTokens === undefined
        ? {}
        : { semanticTokensProvider: { legend: LEGEND, ...offered(textDocument.semanticTokens.requests) } }),
      // lsp-mode shows them and does not say so.
      inlayHintProvider: true,
    }),
  }
}

const LEGEND = { tokenTypes: ['variable', 'parameter'], tokenModifiers: ['deprecated'] }

/** What the client asks for: Neovim whole documents, others what is on the screen; all where it does not say. */
function offered(requests: SemanticTokensClientCapabilities['requests'] | undefined) {
  const { full, range } = requests ?? { full: true, range: true }
  return { full: full !== undefined && full !== false, range: range !== undefined && range !== false }
}

function areHintsOn(settings: unknown): boolean {
  if (!isObject(settings)) return false
  const nested = settings['inlayHints']
  return settings['inlayHints.enabled'] === true || (isObject(nested) && nested['enabled'] === true)
}

function spanOf(
  text: { offsetAt(position: InlayHintParams['range']['start']): number },
  { start, end }: InlayHintParams['range'],
): Span {
  const offset = text.offsetAt(start)
  return { offset, length: text.offsetAt(end) - offset }
}

function overlaps(a: Span, b: Span): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length
}
