import type { Node } from 'jsonc-parser'
import { commandWords, shellOnlyWords } from './commandWords'
import { absolutePath, pathContextOf } from './configurationPaths'
import { type DiagnosticFacts, variableFacts } from './diagnostics/diagnose'
import { disjointEdits } from './disjointEdits'
import { insertEntry, insertTask } from './insertEntry'
import { parseJson } from './json'
import { replaceNode, type TextEdit } from './jsonEdit'
import type { LaunchDocument } from './launchDocument'
import { moveEnvironment } from './moveEnvironment'
import { newConfigurations } from './newConfigurations'
import type { Fix, Problem, Span } from './problem'
import { propertiesOf, propertyOf, textOf } from './properties'
import { messageMask } from './secrets'
import { pathsOf } from './staticText'

/** Something to do to the files, offered at a place. */
export interface Action {
  readonly title: string
  readonly kind: 'quickfix' | 'refactor' | 'refactor.rewrite' | 'refactor.extract' | 'source.fixAll'
  /** Edits by path; '' is the document itself. A file that is not there yet is made. */
  readonly edits: readonly FileEdits[]
  readonly preferred?: boolean
  /** What it repairs. */
  readonly problem?: Problem
}

export interface FileEdits {
  readonly path: string
  readonly edits: readonly TextEdit[]
}

/** Repairs of the problems that touch the span, the best first. */
export function quickFixes(
  document: LaunchDocument | undefined,
  facts: DiagnosticFacts | undefined,
  problems: readonly Problem[],
  span: Span,
): readonly Action[] {
  return repairs(document, facts, problemsAt(problems, span))
}

export function problemsAt(problems: readonly Problem[], span: Span): readonly Problem[] {
  return problems.filter(problem => touches(problem.span, span))
}

/** Of each problem its repairs, the best first. */
export function repairs(
  document: LaunchDocument | undefined,
  facts: DiagnosticFacts | undefined,
  problems: readonly Problem[],
): readonly Action[] {
  return problems.flatMap(problem => [
    ...(problem.fixes ?? []).map(fix => fixAction(fix, problem)),
    ...(document === undefined || facts === undefined
      ? []
      : withoutSecrets(document, facts, missingFile(document, facts, problem))),
  ])
}

/** All fixes that need no choice and no guess, in one step; undefined when there are none. */
export function fixAll(problems: readonly Problem[]): Action | undefined {
  const sure = problems.map(({ fixes }) => fixes?.find(fix => fix.preferred)).filter(fix => !fix?.isGuess)
  const edits = disjointEdits(sure.map(fix => fix?.edits ?? []))
  if (edits.length === 0) return undefined
  return { title: 'Fix all that launch-ls can fix', kind: 'source.fixAll', edits: [{ path: '', edits }] }
}

/** Rewritings of the configuration at the place, and new configurations outside of one. */
export function refactorings(
  document: LaunchDocument,
  facts: DiagnosticFacts,
  offset: number,
): readonly Action[] {
  const list = propertiesOf(document.section).get('configurations')?.value?.children ?? []
  const configuration = list.find(({ offset: start, length }) => offset >= start && offset <= start + length)
  if (configuration === undefined) return additions(document, facts)
  const rewritings = [
    ...argumentsToList(configuration, facts),
    ...moveEnvironment(document, facts, configuration),
  ]
  return withoutSecrets(document, facts, rewritings)
}

/** With titles that can be shown; those of fixes are, already. */
function withoutSecrets(
  document: LaunchDocument,
  { host }: DiagnosticFacts,
  actions: readonly Action[],
): readonly Action[] {
  const shown = messageMask(document.json.text, host.env, host.platform)
  return actions.map(action => ({ ...action, title: shown(action.title) }))
}

/** Configurations that the project's files show, ready to be added. */
export function additions(document: LaunchDocument, facts: DiagnosticFacts): readonly Action[] {
  const folder = variableFacts(document, facts).folder?.path
  const names = document.configurations.map(entry => entry.name)
  return newConfigurations(facts.files, facts.host, folder, names)
    .filter(entry => entry.detected || entry.kind === 'compound' || entry.label === 'Current file')
    .flatMap(({ kind, label, detail, body }) => {
      const edits = insertEntry(document, kind === 'compound' ? 'compounds' : 'configurations', body)
      if (edits === undefined) return []
      return [
        { title: `Add configuration: ${label} (${detail})`, kind: 'refactor', edits: [{ path: '', edits }] },
      ]
    })
}

function fixAction(fix: Fix, problem: Problem): Action {
  return {
    title: fix.title,
    kind: 'quickfix',
    edits: [{ path: '', edits: fix.edits }],
    ...(fix.preferred === undefined ? {} : { preferred: fix.preferred }),
    problem,
  }
}

/** An env file or a task that is named and not there. */
function missingFile(document: LaunchDocument, facts: DiagnosticFacts, problem: Problem): readonly Action[] {
  const { offset, length } = problem.span
  const written: unknown = parseJson(document.json.text.slice(offset, offset + length)).root?.value
  if (typeof written !== 'string') return []
  const paths = pathContextOf(variableFacts(document, facts))
  if (problem.code === 'missing-env-file') {
    const path = absolutePath(paths, written, paths.folder)
    if (path === undefined || facts.files.kind(path) !== undefined) return []
    return [create(`Create ${pathsOf(facts.host).basename(path)}`, path, '# NAME=value\n', problem)]
  }
  if (problem.code !== 'undefined-task' || paths.folder === undefined) return []
  const path = pathsOf(facts.host).join(paths.folder, '.vscode', 'tasks.json')
  const text = facts.files.read(path) ?? ''
  const edits = insertTask(text, parseJson(text).root, written)
  return [
    { title: `Add the task "${written}" to tasks.json`, kind: 'quickfix', edits: [{ path, edits }], problem },
  ]
}

function create(title: string, path: string, newText: string, problem: Problem): Action {
  const edits = [{ span: { offset: 0, length: 0 }, newText }]
  return { title, kind: 'quickfix', edits: [{ path, edits }], problem }
}

/** What an input or a command answers may be several words, which a list would keep together. */
function argumentsToList(configuration: Node, { host }: DiagnosticFacts): readonly Action[] {
  const args = propertyOf(configuration, 'args')
  const text = textOf(args)
  if (args?.value === undefined || text === undefined || /\$\{(?:command|input):/.test(text)) return []
  const edits = [replaceNode(args.value, commandWords(text, host.platform))]
  // Without a terminal there is no shell that reads the text either.
  const isForShell = textOf(propertyOf(configuration, 'console')) !== 'internalConsole'
  const title = `Write the arguments as a list${isForShell ? noShellText(shellOnlyWords(text)) : ''}`
  return [{ title, kind: 'refactor.rewrite', edits: [{ path: '', edits }] }]
}

function noShellText(words: readonly string[]): string {
  if (words.length === 0) return ''
  const stay = words.length === 1 ? 'stays' : 'stay'
  return ` (${[...new Set(words)].join(', ')} then ${stay} as written: no shell reads a list)`
}

function touches(a: Span, b: Span): boolean {
  return a.offset <= b.offset + b.length && b.offset <= a.offset + a.length
}
