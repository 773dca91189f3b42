import type { Hover, HoverParams } from 'vscode-languageserver'
import { MarkupKind } from 'vscode-languageserver-types'
import { hoverAt } from '../core/hover'
import { rangeOf } from '../core/ranges'
import { plainText } from './completion'
import type { Context, Feature } from './context'
import { guard } from './guard'
import type { LanguageFiles } from './languageFiles'
import { askedAt } from './positions'

/** `textDocument/hover`. */
export function register(context: Context, files: LanguageFiles): Feature {
  const answer = (params: HoverParams): Hover | null => {
    const asked = askedAt(context, files, params)
    if (asked?.view === undefined) return null
    const { document, root, facts } = asked.view
    const found = hoverAt(document, root, facts, asked.offset)
    if (found === undefined) return null
    const markdown = context.client().textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown)
    return {
      contents: markdown
        ? { kind: MarkupKind.Markdown, value: found.markdown }
        : { kind: MarkupKind.PlainText, value: plainText(found.markdown) },
      range: rangeOf(asked.text, found.span),
    }
  }
  context.connection.onHover(guard('textDocument/hover', context.log, answer))
  return { capabilities: () => ({ hoverProvider: true }) }
}
