import type {
  ClientCapabilities,
  CompletionItem,
  CompletionList,
  CompletionParams,
} from 'vscode-languageserver'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import { CompletionItemKind, InsertTextFormat, InsertTextMode, MarkupKind } from 'vscode-languageserver-types'
import { completeAround } from '../core/completion/around'
import { type Completion, type CompletionKind, complete } from '../core/completion/completion'
import { completeEnvFile } from '../core/completion/envFile'
import { namesInProject } from '../core/completion/envFileNames'
import { isObject } from '../core/json'
import { rangeOf } from '../core/ranges'
import { launchPath } from '../workspace/launchFiles'
import type { Context, Feature } from './context'
import { guard } from './guard'
import type { LanguageFiles } from './languageFiles'
import { CompletionTriggerKind } from './library'
import { type Asked, askedAt, toEdits } from './positions'

/** `textDocument/completion` in launch.json, tasks.json, the launch sections of other files, and env files. */
export function register(context: Context, files: LanguageFiles): Feature {
  const answer = (params: CompletionParams): CompletionList => {
    const asked = askedAt(context, files, params)
    if (asked === undefined) return { isIncomplete: false, items: [] }
    const isTyped = params.context?.triggerKind === CompletionTriggerKind.TriggerCharacter
    const found =
      files.kindOf(asked.path) === 'env' ? inEnvFile(context, files, asked) : inJson(files, asked, isTyped)
    const options = readOptions(context.client())
    return { isIncomplete: false, items: found.map(each => toItem(asked, each, options)) }
  }
  context.connection.onCompletion(guard('textDocument/completion', context.log, answer))
  return {
    capabilities: () => ({
      completionProvider: { triggerCharacters: ['"', '$', '{', ':', '/', '.'], resolveProvider: false },
    }),
  }
}

/** In a section, else around the sections. */
function inJson(
  files: LanguageFiles,
  { path, view, offset }: Asked,
  isTyped: boolean,
): readonly Completion[] {
  const found = view === undefined ? [] : complete(view.document, view.root, view.facts, offset, isTyped)
  const around = found.length > 0 ? undefined : files.around(path)
  return around === undefined
    ? found
    : completeAround(around.kind, around.document, around.facts, offset, isTyped)
}

function inEnvFile(context: Context, files: LanguageFiles, { path, offset }: Asked): readonly Completion[] {
  const { text, file } = files.env(path)
  const names = () => [...envNames(context, files, path)].map(([name, detail]) => ({ name, detail }))
  return completeEnvFile(text, file.entries, { names }, offset)
}

/** By name where it comes from. */
function envNames(
  { host, workspace }: Context,
  files: LanguageFiles,
  path: string,
): ReadonlyMap<string, string> {
  const folder = files.folderOf(path)
  const launch = folder === undefined ? undefined : files.launch(launchPath(folder))?.document
  const names = new Map<string, string>()
  for (const { name, value } of launch?.configurations ?? []) {
    for (const key of isObject(value['env']) ? Object.keys(value['env']) : [])
      names.set(key, `set in "${name}"`)
  }
  for (const other of files.envFiles().filter(each => each !== path)) {
    for (const key of Object.keys(files.env(other).file.variables)) names.set(key, `set in ${other}`)
  }
  for (const { name, detail } of namesInProject(workspace.documents, host, path, folder?.path)) {
    if (!names.has(name)) names.set(name, detail)
  }
  return names
}

/** What the client can do with an item. */
interface Options {
  readonly snippets: boolean
  readonly insertReplace: boolean
  readonly markdown: boolean
  readonly asIs: boolean
  readonly adjusts: boolean
  /** Undefined: the client does not say. */
  readonly kinds: readonly CompletionItemKind[] | undefined
}

function readOptions(client: ClientCapabilities): Options {
  const { completionItem: item, completionItemKind } = client.textDocument?.completion ?? {}
  const modes = item?.insertTextModeSupport?.valueSet ?? []
  return {
    snippets: item?.snippetSupport === true,
    insertReplace: item?.insertReplaceSupport === true,
    markdown: item?.documentationFormat?.includes(MarkupKind.Markdown) === true,
    asIs: modes.includes(InsertTextMode.asIs),
    adjusts: modes.includes(InsertTextMode.adjustIndentation),
    kinds: completionItemKind?.valueSet,
  }
}

function toItem({ text, offset }: Asked, item: Completion, options: Options): CompletionItem {
  const { label, detail, documentation, filterText, sortText, extra } = item
  const isSnippet = options.snippets && item.snippet !== undefined
  const newText = isSnippet && item.snippet !== undefined ? item.snippet : item.newText
  return {
    label,
    kind: known(KINDS[item.kind], options.kinds),
    filterText,
    sortText,
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined || documentation === ''
      ? {}
      : {
          documentation: options.markdown
            ? { kind: MarkupKind.Markdown, value: documentation }
            : plainText(documentation),
        }),
    ...textEdit(text, item, newText, offset, options),
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    ...insertTextMode(newText, isSnippet, options),
    ...(extra === undefined ? {} : { additionalTextEdits: toEdits(text, extra) }),
  }
}

function textEdit(
  text: TextDocument,
  { span, keepsRest }: Completion,
  newText: string,
  offset: number,
  { insertReplace }: Options,
): Pick<CompletionItem, 'textEdit'> {
  const replace = rangeOf(text, span)
  if (!insertReplace || !keepsRest) return { textEdit: { range: replace, newText } }
  const insert = rangeOf(text, { offset: span.offset, length: Math.max(0, offset - span.offset) })
  return { textEdit: { newText, insert, replace } }
}

/** Snippets are indented relative to their line, plain texts as they shall stand. */
function insertTextMode(
  newText: string,
  isSnippet: boolean,
  { asIs, adjusts }: Options,
): Pick<CompletionItem, 'insertTextMode'> {
  if (!newText.includes('\n')) return {}
  if (isSnippet) return adjusts ? { insertTextMode: InsertTextMode.adjustIndentation } : {}
  return asIs ? { insertTextMode: InsertTextMode.asIs } : {}
}

/** `Folder` came late to the protocol. */
function known(
  kind: CompletionItemKind,
  shown: readonly CompletionItemKind[] | undefined,
): CompletionItemKind {
  if (shown === undefined || shown.includes(kind)) return kind
  return kind === CompletionItemKind.Folder ? CompletionItemKind.File : CompletionItemKind.Text
}

/** Markdown for clients that show it as it is. */
export function plainText(markdown: string): string {
  return markdown
    .replaceAll(/```\w*\n?/g, '')
    .replaceAll('`', '')
    .replaceAll('**', '')
}

const KINDS: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  attribute: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  variable: CompletionItemKind.Variable,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  module: CompletionItemKind.Module,
  reference: CompletionItemKind.Reference,
  template: CompletionItemKind.Snippet,
}
