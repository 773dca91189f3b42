import { alternatives, type Names, namesOf, type Shape } from '../attributes'
import { COMMANDS } from '../diagnostics/variables'
import { inputDescription } from '../inputDescription'
import type { Span } from '../problem'
import { shownValue } from '../secrets'
import { VARIABLES, type VariableDoc } from '../variableTable'
import { evaluateVariable } from '../variableValues'
import type { CompletionContext, Draft } from './completion'
import { completePaths } from './paths'
import { escapeSnippet } from './snippets'

/** Inside of a text: variables, and parts of paths. */
export function completeTexts(context: CompletionContext): readonly Draft[] {
  const { token, text, offset, path, shape } = context.place
  if (token?.isText !== true || offset < token.content.offset) return []
  if (offset > token.content.offset + token.content.length) return []
  if (!mayHoldVariables(context)) return []
  const before = text.slice(token.content.offset, offset)
  // In the middle of an escape.
  if (/(?<!\\)(?:\\\\)*\\$/.test(before)) return []
  const open = openVariable(before)
  const names = shape === undefined ? undefined : namesOf(shape)
  if (open === undefined && !beginsWithVariable(shape, names, before)) {
    return names === undefined ? [] : completePaths(context, names, before)
  }
  const variables = completeVariables(context, variableSpan(context, open))
  if (open !== undefined || names === undefined || path[0] === 'inputs') return variables
  return [...completePaths(context, names, before), ...variables]
}

/** Texts of one variable alone, where no text is begun yet. */
export function wholeVariables(context: CompletionContext, shape: Shape): readonly Draft[] {
  const texts = alternatives(shape).filter(each => each.is === 'text')
  const isFree = texts.some(each => each.values === undefined && each.names === undefined)
  if (context.place.token !== undefined || !isFree || !mayHoldVariables(context)) return []
  return completeVariables(context, variableSpan(context, undefined)).map(draft => ({
    ...draft,
    filterText: `"${draft.filterText}`,
    snippet: `"${draft.snippet}"`,
    isWhole: true,
  }))
}

/** Names of configurations and inputs are no place for variables, and neither are the fixed words. */
function mayHoldVariables({ place }: CompletionContext): boolean {
  const last = place.path.at(-1)
  const kinds = place.shape === undefined ? [] : alternatives(place.shape).map(each => each.is)
  // A text where an object or a list belongs.
  const isOther = kinds.includes('object') || kinds.includes('list')
  if (isOther && !kinds.includes('text')) return false
  const owner = typeof last === 'number' ? place.path.at(-2) : last
  if (owner === 'problemMatcher') return false
  if (place.path[0] === 'inputs' || last === 'type' || last === 'request') return false
  return !(last === 'name' && place.path.length <= 3)
}

/** Whether one may want a variable before a dollar is written: not among fixed words, names, or parts of a path. */
function beginsWithVariable(shape: Shape | undefined, names: Names | undefined, before: string): boolean {
  const fixed = shape === undefined ? [] : alternatives(shape)
  if (fixed.some(each => each.is === 'text' && each.values !== undefined && !each.open)) return false
  if (names === undefined) return true
  return before === '' && !NAMED.has(names)
}

const NAMED: ReadonlySet<Names> = new Set([
  'configuration',
  'workspace folder',
  'module',
  'host',
  'task',
  'npm script',
  'folder beside',
])

/** Where the variable that is being written begins, counted from the start of the text. */
function openVariable(before: string): number | undefined {
  const start = before.lastIndexOf('${')
  if (start >= 0 && !before.slice(start).includes('}')) return start
  return before.endsWith('$') ? before.length - 1 : undefined
}

/** All of the variable at the cursor, with what stands behind the cursor up to its brace. */
function variableSpan({ place }: CompletionContext, open: number | undefined): Span {
  const { token, text, offset } = place
  if (open === undefined || token === undefined) return { offset, length: 0 }
  const start = token.content.offset + open
  const end = token.content.offset + token.content.length
  const rest = /^[^"$}/\\]*\}/.exec(text.slice(offset, end))?.[0] ?? ''
  return { offset: start, length: offset + rest.length - start }
}

function completeVariables(context: CompletionContext, span: Span): readonly Draft[] {
  const attribute = context.place.attribute?.name
  const drafts = VARIABLES.filter(each => !each.deprecated).flatMap(each => variants(context, each, span))
  const first = attribute === 'processId' || attribute === 'python' ? 'command' : undefined
  if (first === undefined) return drafts
  const isFirst = (draft: Draft) => draft.label.startsWith(`\${${first}`)
  return [...drafts.filter(isFirst), ...drafts.filter(draft => !isFirst(draft))]
}

/** A variable as it can be written here, once for each argument that is known. */
function variants(context: CompletionContext, doc: VariableDoc, span: Span): readonly Draft[] {
  const plain = variableDraft(context, doc, doc.name, span)
  switch (doc.name) {
    case 'workspaceFolder':
      return [
        plain,
        ...folders(context).map(name => variableDraft(context, doc, `${doc.name}:${name}`, span)),
      ]
    case 'input':
      return inputs(context).map(({ id, detail }) => variableDraft(context, doc, `input:${id}`, span, detail))
    case 'command':
      return commands(context, span).map(id => variableDraft(context, doc, `command:${id}`, span, ''))
    case 'env':
      return isBegun(context, 'env:', span) ? environment(context, doc, span) : [openDraft(doc, span)]
    case 'config':
      return [
        ...SETTINGS.filter(key => isSet(context, key)).map(key =>
          variableDraft(context, doc, `config:${key}`, span),
        ),
        openDraft(doc, span),
      ]
    case 'defaultBuildTask':
      return context.place.attribute?.name.endsWith('Task') ? [plain] : []
    case 'taskVar':
      return isBegun(context, doc.name, span) ? [openDraft(doc, span)] : []
    default:
      return doc.argument === undefined || doc.argument.endsWith('?') ? [plain] : [openDraft(doc, span)]
  }
}

/** Every variable of the environment; too much to be offered unasked. */
function environment(context: CompletionContext, doc: VariableDoc, span: Span): readonly Draft[] {
  return Object.keys(context.facts.host.env)
    .toSorted()
    .map(name => variableDraft(context, doc, `env:${name}`, span))
}

/** Those that give what the attribute takes, unless more is asked for. */
function commands(context: CompletionContext, span: Span): readonly string[] {
  if (isBegun(context, 'command:', span)) return COMMANDS
  return [COMMAND_OF[context.place.attribute?.name ?? ''] ?? 'python.interpreterPath']
}

const COMMAND_OF: Readonly<Record<string, string>> = { processId: 'pickProcess', args: 'pickArgs' }

function isBegun({ place }: CompletionContext, name: string, span: Span): boolean {
  return place.text.slice(span.offset, place.offset).startsWith(`\${${name}`)
}

function folders({ facts }: CompletionContext): readonly string[] {
  return facts.folders.length < 2 ? [] : facts.folders.map(({ name }) => name)
}

function inputs({ document, facts }: CompletionContext): readonly { id: string; detail: string }[] {
  const own = (document.inputs ?? []).flatMap(input => inputDescription(input) ?? [])
  return [...own, ...facts.inputs.map(id => ({ id, detail: '' }))]
}

function variableDraft(
  context: CompletionContext,
  doc: VariableDoc,
  inner: string,
  span: Span,
  detail = valueNow(context, inner),
): Draft {
  const written = JSON.stringify(`\${${inner}}`).slice(1, -1)
  return {
    label: `\${${inner}}`,
    kind: 'variable',
    detail: detail === '' ? undefined : detail,
    documentation: doc.documentation,
    filterText: written,
    span,
    snippet: escapeSnippet(written),
    isWhole: false,
  }
}

function openDraft(doc: VariableDoc, span: Span): Draft {
  return {
    label: `\${${doc.name}:…}`,
    kind: 'variable',
    documentation: doc.documentation,
    filterText: `\${${doc.name}:`,
    span,
    snippet: `\\\${${doc.name}:\${1:${escapeSnippet(doc.argument ?? 'name')}}\\}`,
    isWhole: false,
    again: true,
  }
}

/** The value as it is now; what depends on the editor is not known, and secrets are not shown. */
function valueNow({ variables }: CompletionContext, inner: string): string {
  const value = evaluateVariable(inner, variables)
  if (value.kind !== 'value' || value.value === `\${${inner}}`) return ''
  return shownValue(inner.slice(inner.indexOf(':') + 1), value.value)
}

/** Without a value the start is refused. */
function isSet({ variables }: CompletionContext, key: string): boolean {
  return evaluateVariable(`config:${key}`, variables).kind === 'value'
}

/** Settings that configurations ask for. */
const SETTINGS = ['python.defaultInterpreterPath', 'python.envFile']
