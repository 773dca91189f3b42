import type { Hover, HoverParams } from 'vscode-languageserver'
import { MarkupKind } from 'vscode-languageserver-types'
import { hoverInEnvFile } from '../core/envFileHover'
import { hoverAt } from '../core/hover'
import { rangeOf } from '../core/ranges'
import { plainText } from './completion'
import type { Context, Feature } from './context'
import { guard } from './guard'
import type { LanguageFiles } from './languageFiles'
import { type Asked, askedAt } from './positions'

/** `textDocument/hover`. */
export function register(context: Context, files: LanguageFiles): Feature {
  const foundAt = ({ view, path, text, offset }: Asked) => {
    if (view !== undefined) return hoverAt(view.document, view.root, view.facts, offset)
    if (files.kindOf(path) !== 'env') return undefined
    const { envFileDialect: dialect } = context.workspace.settings.own()
    const facts = { dialect, host: context.host, users: files.envFileUsers(path) }
    return hoverInEnvFile(text.getText(), facts, offset)
  }
  const answer = (params: HoverParams): Hover | null => {
    const asked = askedAt(context, files, params)
    if (asked === undefined) return null
    const found = foundAt(asked)
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
