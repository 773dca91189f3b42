import type { Node } from 'jsonc-parser'
import { commandWords } from './commandWords'
import { absolutePath, pathContextOf } from './configurationPaths'
import { type DiagnosticFacts, variableFacts } from './diagnostics/diagnose'
import { parseEnvFile } from './envFile'
import { envLine, setsInBoth } from './envFileWrite'
import { insertEntry, insertTask } from './insertEntry'
import { parseJson } from './json'
import { insertProperty, jsonText, removeChild, removeChildren, replaceNode, type TextEdit } from './jsonEdit'
import type { LaunchDocument } from './launchDocument'
import { newConfigurations } from './newConfigurations'
import type { Fix, Problem, Span } from './problem'
import { type Property, propertiesOf, propertyOf, textOf } from './properties'
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
    ...(document === undefined || facts === undefined ? [] : missingFile(document, facts, problem)),
  ])
}

/** All fixes that need no choice, in one step; undefined when there are none. */
export function fixAll(problems: readonly Problem[]): Action | undefined {
  const edits: TextEdit[] = []
  for (const problem of problems) {
    const fix = problem.fixes?.find(each => each.preferred)
    if (fix === undefined || fix.edits.some(edit => edits.some(other => collide(edit, other)))) continue
    edits.push(...fix.edits)
  }
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
  return [...argumentsToList(configuration, facts), ...moveEnvironment(document, facts, configuration)]
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
  return [{ title: 'Write the arguments as a list', kind: 'refactor.rewrite', edits: [{ path: '', edits }] }]
}

/** Plain values of `env` go to the env file; what holds variables of launch.json stays. */
function moveEnvironment(
  document: LaunchDocument,
  facts: DiagnosticFacts,
  configuration: Node,
): readonly Action[] {
  const env = propertyOf(configuration, 'env')
  const { text } = document.json
  const all = [...propertiesOf(env?.value).values()]
  const plain = all.filter(property => isPlain(textOf(property)))
  const lineOf = (property: Property) => envLine(property.name, textOf(property) ?? '')
  const movable = plain.filter(property => lineOf(property) !== undefined)
  const paths = pathContextOf(variableFacts(document, facts))
  const written = textOf(propertyOf(configuration, 'envFile'))
  const path = absolutePath(paths, written || '${workspaceFolder}/.env', paths.folder)
  if (env === undefined || movable.length === 0 || path === undefined) return []
  if (document.json.errors.length > 0) return []
  const before = facts.files.read(path) ?? ''
  const known = parseEnvFile(before, 'debugpy').value.variables
  // What the file says otherwise would change other configurations.
  if (movable.some(({ name }) => Object.hasOwn(known, name))) return []
  const start = before === '' || before.endsWith('\n') ? '' : '\n'
  const lines = start + movable.map(property => `${lineOf(property)}\n`).join('')
  // An open quote further up would swallow the lines.
  if (movable.some(each => !setsInBoth(before + lines, each.name, textOf(each) ?? ''))) return []
  const isAll = movable.length === all.length
  const named = { name: 'envFile', value: '${workspaceFolder}/.env' }
  const own =
    isAll && !written
      ? [{ span: { offset: env.node.offset, length: env.node.length }, newText: propertyText(named) }]
      : isAll
        ? removeChild(text, env.node)
        : removeChildren(
            text,
            movable.map(property => property.node),
          )
  const added =
    isAll || written ? [] : [insertProperty(text, configuration, named.name, named.value, env.node)]
  const stay = plain.filter(property => !movable.includes(property)).map(({ name }) => name)
  const title = `Move the variables to ${pathsOf(facts.host).basename(path)}${stayText(stay)}`
  return [
    {
      title,
      kind: 'refactor.extract',
      edits: [
        { path: '', edits: [...own, ...added] },
        { path, edits: [{ span: { offset: before.length, length: 0 }, newText: lines }] },
      ],
    },
  ]
}

function stayText(names: readonly string[]): string {
  if (names.length === 0) return ''
  return ` (${names.join(', ')} cannot be written there, and ${names.length === 1 ? 'stays' : 'stay'})`
}

function propertyText({ name, value }: { name: string; value: string }): string {
  return `${jsonText(name)}: ${jsonText(value)}`
}

/** Without variables of launch.json, which an env file does not know. */
function isPlain(value: string | undefined): boolean {
  return value !== undefined && !value.includes('${')
}

function touches(a: Span, b: Span): boolean {
  return a.offset <= b.offset + b.length && b.offset <= a.offset + a.length
}

/** Two edits that cannot both be made. An insertion at the beginning of what goes is in doubt, and so left out. */
function collide(a: TextEdit, b: TextEdit): boolean {
  const [startA, startB] = [a.span.offset, b.span.offset]
  const [endA, endB] = [startA + a.span.length, startB + b.span.length]
  return startA === startB || (startA < endB && startB < endA)
}
