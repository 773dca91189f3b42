import { type Action, fixAll, quickFixes, refactorings } from '../../server/core/actions'
import { type AroundKind, completeAround } from '../../server/core/completion/around'
import { acceptCompletion, type Completion, complete } from '../../server/core/completion/completion'
import { completeEnvFile } from '../../server/core/completion/envFile'
import { namesInProject } from '../../server/core/completion/envFileNames'
import type { DiagnosticFacts } from '../../server/core/diagnostics/diagnose'
import { parseEnvFile } from '../../server/core/envFile'
import { hoverInEnvFile } from '../../server/core/envFileHover'
import { goalAt } from '../../server/core/goals'
import { hoverAt } from '../../server/core/hover'
import { inlayHints } from '../../server/core/inlayHints'
import { applyTextEdits } from '../../server/core/jsonEdit'
import type { LaunchDocument } from '../../server/core/launchDocument'
import { startables } from '../../server/core/lenses'
import { definitionsAt, type Found, referencesAt, renameAt } from '../../server/core/navigation'
import { envOutline, foldings, type OutlineEntry, outline, selections } from '../../server/core/outline'
import { pathTargets } from '../../server/core/pathTargets'
import { launchRoot, type Root, taskRoot } from '../../server/core/places'
import type { Span } from '../../server/core/problem'
import { variableTokens } from '../../server/core/variableTokens'
import { namedFiles } from './namedFiles'
import {
  diagnosticFacts,
  isEnvFile,
  launchDocument,
  problemsIn,
  taskDocument,
  usersOf,
  type World,
} from './world'

/** Where a case asks. */
export interface Asked {
  readonly world: World
  readonly file: string
  readonly offset: number
}

/** What an editor shows at a place, in words; undefined for a section that asks for nothing. */
export function atCursor(asked: Asked, section: string): string | undefined {
  const [, kind = '', argument = ''] = /^([a-z ]+)(?:: (.*))?$/.exec(section) ?? []
  return QUESTIONS[kind]?.(asked, argument)
}

const QUESTIONS: Readonly<Record<string, (asked: Asked, argument: string) => string>> = {
  completion: asked =>
    completions(asked)
      .map(({ label, detail }) => line(label, detail))
      .join(''),
  accept: accepted,
  snippet: (asked, label) => `${find(asked, label)?.snippet ?? 'There is no such snippet.'}\n`,
  hover: asked =>
    isEnvFile(asked.file)
      ? `${envHover(asked)?.markdown ?? 'nothing'}\n`
      : withLaunch(
          asked,
          (document, root, facts) =>
            `${hoverAt(document, root, facts, asked.offset)?.markdown ?? 'nothing'}\n`,
        ),
  definition,
  references: ({ world, file, offset }) =>
    shown(world, referencesAt(namedFiles(world), world.path(file), offset, true)),
  rename,
  symbols: asked =>
    isEnvFile(asked.file)
      ? outlineText(envOutline(envEntries(asked)), '')
      : withLaunch(asked, document => outlineText(outline(document.section), '')),
  folding: asked =>
    withLaunch(asked, document =>
      foldings(document.json.text, document.json.root)
        .map(span => `${lines(document.json.text, span)}${span.isComment ? ' comment' : ''}\n`)
        .join(''),
    ),
  selection: asked =>
    withLaunch(asked, document =>
      selections(document.json.text, document.json.root, asked.offset)
        .map(span => `${excerpt(document.json.text, span)}\n`)
        .join(''),
    ),
  tokens: asked =>
    withLaunch(asked, ({ json }) =>
      variableTokens(json.text, json.root)
        .map(token => `${excerpt(json.text, token)} ${token.kind}${token.deprecated ? ' deprecated' : ''}\n`)
        .join(''),
    ),
  hints: asked =>
    withLaunch(asked, (document, _, facts) =>
      inlayHints(document, facts)
        .map(({ label }) => `${label}\n`)
        .join(''),
    ),
  links: asked =>
    withLaunch(asked, (document, _, facts) =>
      pathTargets(document, facts)
        .map(({ span, path, kind }) => `${excerpt(document.json.text, span)} → ${path} (${kind})\n`)
        .join(''),
    ),
  lenses: asked =>
    withLaunch(asked, document =>
      startables(document)
        .map(({ name, kind }) => `▶ ${name} (${kind})\n`)
        .join(''),
    ),
  actions: asked =>
    actions(asked)
      .map(({ title, kind }) => line(title, kind))
      .join(''),
  action: (asked, title) =>
    afterAction(
      asked,
      actions(asked).find(each => each.title === title),
    ),
  'fix all': asked => afterAction(asked, fixAll(problemsIn(asked.world, asked.file) ?? [])),
}

function withLaunch(
  { world, file, offset }: Asked,
  show: (document: LaunchDocument, root: Root, facts: DiagnosticFacts) => string,
): string {
  const view = viewAt({ world, file, offset })
  if (view === undefined) return 'This is no launch.json.\n'
  return show(view.document, view.root, diagnosticFacts(world, file))
}

interface View {
  readonly document: LaunchDocument
  readonly root: Root
}

/** The section that holds the place. */
function viewAt({ world, file, offset }: Asked): View | undefined {
  const launch = launchDocument(world, file)
  const tasks = taskDocument(world, file)
  const path = file.endsWith('launch.json') ? [] : ['launch']
  const views: View[] = launch === undefined ? [] : [{ document: launch, root: launchRoot(path) }]
  if (tasks !== undefined) {
    const { json, section, inputs } = tasks
    const root = taskRoot(file.endsWith('tasks.json') ? [] : ['tasks'])
    views.push({ document: { json, section, inputs, configurations: [], compounds: [] }, root })
  }
  const isAround = ({ document: { section } }: View) =>
    section !== undefined && offset >= section.offset && offset <= section.offset + section.length
  return views.find(isAround) ?? views[0]
}

/** As editors do it: only what begins with what is written so far. */
function completions({ world, file, offset }: Asked): readonly Completion[] {
  const text = world.text(file)
  const view = viewAt({ world, file, offset })
  const kind = aroundKind(file)
  const inSection =
    view === undefined
      ? completeEnvFile(
          text,
          parseEnvFile(text, 'debugpy').value.entries,
          { names: () => envNames(world, file) },
          offset,
        )
      : complete(view.document, view.root, diagnosticFacts(world, file), offset)
  const launch = launchDocument(world, file)
  const found =
    inSection.length > 0 || kind === undefined || launch === undefined
      ? inSection
      : completeAround(kind, launch, diagnosticFacts(world, file), offset)
  return found.filter(each =>
    each.filterText.toLowerCase().startsWith(text.slice(each.span.offset, offset).toLowerCase()),
  )
}

function aroundKind(file: string): AroundKind | undefined {
  if (file.endsWith('settings.json')) return 'settings'
  return file.endsWith('.code-workspace') ? 'workspaceFile' : undefined
}

function envEntries({ world, file }: Asked) {
  return parseEnvFile(world.text(file), world.dialect).value.entries
}

function envHover({ world, file, offset }: Asked) {
  const { host, dialect } = world
  const users = usersOf(world, file)
  return hoverInEnvFile(world.text(file), { host, dialect, users }, offset)
}

function envNames(world: World, file: string) {
  const launch = launchDocument(world, '.vscode/launch.json')
  const names = (launch?.configurations ?? []).flatMap(({ value: { env } }) => Object.keys(env ?? {}))
  const found = namesInProject(world.files, world.host, world.path(file), world.folders[0]?.path)
  return [
    ...names.map(name => ({ name, detail: 'set in launch.json' })),
    ...found.filter(({ name }, at) => !names.includes(name) && found.findIndex(e => e.name === name) === at),
  ]
}

function find(asked: Asked, label: string): Completion | undefined {
  return completions(asked).find(each => each.label === label)
}

function accepted(asked: Asked, label: string): string {
  const item = find(asked, label)
  if (item === undefined) return 'There is no such completion.\n'
  return acceptCompletion(asked.world.text(asked.file), item)
}

function shown(world: World, found: readonly Found[]): string {
  return found
    .map(
      ({ path, span }) =>
        `${path}:${lineNumber(world.text(path), span.offset)} ${excerpt(world.text(path), span)}\n`,
    )
    .join('')
}

function definition(asked: Asked): string {
  const { world, file, offset } = asked
  const named = definitionsAt(namedFiles(world), world.path(file), offset)
  const view = viewAt(asked)
  if (named.length > 0 || view === undefined) return shown(world, named)
  const goal = goalAt(view.document, view.root, diagnosticFacts(world, file), offset)
  if (goal === undefined) return 'nothing\n'
  return goal.span === undefined
    ? `${goal.path} (${goal.kind})\n`
    : shown(world, [{ path: goal.path, span: goal.span }])
}

function rename({ world, file, offset }: Asked, name: string): string {
  const result = renameAt(namedFiles(world), world.path(file), offset, name)
  if (result.kind === 'refused') return `${result.message}\n`
  const paths = [...new Set(result.edits.map(edit => edit.path))]
  return paths
    .map(path => {
      const edits = result.edits.filter(edit => edit.path === path)
      return `${path}\n${applyTextEdits(world.text(path), edits)}`
    })
    .join('')
}

function actions({ world, file, offset }: Asked): readonly Action[] {
  const document = launchDocument(world, file)
  const facts = document === undefined ? undefined : diagnosticFacts(world, file)
  const fixes = quickFixes(document, facts, problemsIn(world, file) ?? [], { offset, length: 0 })
  return document === undefined || facts === undefined
    ? fixes
    : [...fixes, ...refactorings(document, facts, offset)]
}

function afterAction({ world, file }: Asked, action: Action | undefined): string {
  if (action === undefined) return 'There is no such action.\n'
  return action.edits
    .map(
      ({ path, edits }) =>
        `${path === '' ? world.path(file) : path}\n${applyTextEdits(world.text(path || file), edits)}`,
    )
    .join('')
}

function outlineText(entries: readonly OutlineEntry[], indent: string): string {
  return entries
    .map(({ name, detail, kind, children }) => {
      const shownDetail = detail === '' ? '' : ` ${detail}`
      return `${indent}${kind} ${name}${shownDetail}\n${outlineText(children, `${indent}  `)}`
    })
    .join('')
}

function line(label: string, detail: string | undefined): string {
  return `${label}${detail === undefined ? '' : ` — ${detail}`}\n`
}

function lines(text: string, span: Span): string {
  return `${lineNumber(text, span.offset)}–${lineNumber(text, span.offset + span.length)}`
}

function lineNumber(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

/** On one line, long ones with their middle left out. */
function excerpt(text: string, { offset, length }: Span): string {
  const piece = text.slice(offset, offset + length).replaceAll(/\s+/g, ' ')
  return piece.length > 60 ? `${piece.slice(0, 28)} … ${piece.slice(-28)}` : piece
}
