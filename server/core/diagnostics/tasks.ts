import type { Node } from 'jsonc-parser'
import type { Files } from '../host'
import { isObject, nodeAt } from '../json'
import { removeChild, replaceNode } from '../jsonEdit'
import { spanInString } from '../jsonStrings'
import type { LaunchDocument } from '../launchDocument'
import { nearest } from '../nearest'
import type { Fix, Problem } from '../problem'
import { isPythonType, propertiesOf, visitTexts } from '../properties'
import type { Task, TaskDocument } from '../taskDocument'
import { scriptsInstead } from '../taskFiles'
import { findTask } from '../taskPlan'
import { findVariables } from '../variables'
import type { VariableFacts } from '../variableValues'
import { CODES } from './codes'
import { withoutSecrets } from './shownProblems'
import { reportSyntax } from './syntax'
import { labelFixes } from './taskLabels'
import { checkMatcherNames } from './taskMatcherNames'
import { checkTaskPaths } from './taskPaths'
import { checkTaskShapes, isSlipOfKind, type Report, slipsOf } from './taskShapes'
import { defineInput } from './variables'

export interface TaskDiagnosticFacts {
  /** The other task files that a name may be found in: the workspace file's, the user's. */
  readonly otherTasks: readonly TaskDocument[]
  /** Tasks that launch configurations wait for. */
  readonly named: readonly NamedTask[]
  /** Ids of inputs that are defined elsewhere. */
  readonly inputs: readonly string[]
  /** The disk with open documents over it. */
  readonly files: Files
  /** What variables are while one writes. */
  readonly variables: VariableFacts
}

export interface NamedTask {
  readonly label: string
  /** A Python configuration waits for it, or a compound: such a start is ours. */
  readonly isOurs: boolean
}

/** The tasks that the configurations and compounds of a launch section wait for. */
export function tasksNamedIn({ configurations, compounds }: LaunchDocument): readonly NamedTask[] {
  return [...configurations, ...compounds].flatMap(({ value }) => {
    const { type } = value
    const isOurs = type === undefined || (typeof type === 'string' && isPythonType(type))
    return [value, ...PLATFORMS.map(name => value[name])].flatMap(scope => {
      const label = isObject(scope) ? scope['preLaunchTask'] : undefined
      return typeof label === 'string' ? [{ label, isOurs }] : []
    })
  })
}

const PLATFORMS = ['windows', 'osx', 'linux'] as const

/** What is wrong in a tasks.json: what reading it found, and how its tasks go together. Ordered by place. */
export function diagnoseTasks(document: TaskDocument, facts: TaskDiagnosticFacts): Problem[] {
  const unread = new Set<Problem>(document.json.errors)
  const isTold = oncePerMatcher()
  const problems: Problem[] = document.problems
    .filter(
      problem =>
        !unread.has(problem) &&
        // Told with its place by `checkTaskArguments`.
        problem.code !== 'task-argument-invalid' &&
        isOurs(problem, document, facts) &&
        !isSlip(problem, document) &&
        !isTold(problem),
    )
    .map(problem => withLabel(problem, document))
  const report: Report = (code, { offset, length }, message, { fixes = [], ...more } = {}) => {
    const offered = fixes.length === 0 ? {} : { fixes }
    problems.push({ code, severity: CODES[code], span: { offset, length }, message, ...more, ...offered })
  }
  reportSyntax(document.json.text, document.json.errors, report)
  checkTaskShapes(document.json.text, document.section, document.platform, report)
  checkLabels(document, report)
  checkDependencies(document, facts, report)
  checkMatchers(document, facts, report)
  checkMatcherNames(document, report)
  checkInputs(document, facts, report)
  checkTaskPaths(document, facts, report)
  return withoutSecrets(problems, document.json.text, facts.variables.host).sort(
    (a, b) => a.span.offset - b.span.offset,
  )
}

/** VS Code writes several lines about one matcher, of which the first says what is wrong. */
function oncePerMatcher(): (problem: Problem) => boolean {
  const told = new Set<number>()
  return ({ code, span }) => {
    if (code !== 'task-matcher-invalid') return false
    const isTold = told.has(span.offset)
    told.add(span.offset)
    return isTold
  }
}

/** The fix for a task that has no label. */
function withLabel(problem: Problem, document: TaskDocument): Problem {
  if (problem.code !== 'task-without-label') return problem
  const node = taskAt(document, problem.span.offset)
  const fixes = node === undefined ? [] : labelFixes(document, node)
  return fixes.length === 0 ? problem : { ...problem, fixes }
}

function taskAt({ section }: TaskDocument, offset: number): Node | undefined {
  return nodeAt(section, ['tasks'])?.children?.find(each => each.offset === offset)
}

/** What is missing stands there under a name that is nearly right, which is told. */
function isSlip({ code, span }: Problem, document: TaskDocument): boolean {
  const meant = MISSING[code]
  return meant !== undefined && slipsOf(taskAt(document, span.offset)).includes(meant)
}

const MISSING: Readonly<Record<string, string>> = {
  'task-without-label': 'label',
  'task-without-command': 'command',
}

/** Tasks of other extensions are theirs, unless a Python configuration waits for one. */
function isOurs(problem: Problem, document: TaskDocument, facts: TaskDiagnosticFacts): boolean {
  if (problem.code !== 'task-type-unknown') return true
  const { offset } = problem.span
  const task = document.tasks.find(
    ({ node }) => node !== undefined && offset >= node.offset && offset < node.offset + node.length,
  )
  return (
    task !== undefined &&
    !isSlipOfKind(task.type) &&
    facts.named.some(({ label, isOurs }) => isOurs && label === task.label)
  )
}

function checkLabels(document: TaskDocument, report: Report): void {
  const last = new Map<string, Node>()
  for (const task of document.tasks) {
    const label = nodeAt(task.node, ['label'])
    if (label === undefined) continue
    const earlier = last.get(task.label)
    if (earlier !== undefined) {
      const message = `Two tasks are named "${task.label}": the last of them runs, this one never.`
      const related = [{ span: { offset: label.offset, length: label.length }, message: 'This one runs.' }]
      report('duplicate-task', earlier, message, { related })
    }
    last.set(task.label, label)
  }
}

function checkDependencies(document: TaskDocument, facts: TaskDiagnosticFacts, report: Report): void {
  const documents = [document, ...facts.otherTasks]
  const labels = documents.flatMap(each => each.tasks.map(task => task.label))
  for (const task of document.tasks) {
    for (const node of referenceNodes(task)) {
      const name = String(node.value)
      const missing = name.includes('${') ? undefined : missingTask(name, documents, labels, facts)
      if (missing === undefined) continue
      const { meant, advice } = missing
      const message = `There is no task "${name}": "${task.label}" runs without it.${advice}`
      const fixes: Fix[] =
        meant === undefined
          ? []
          : [
              {
                title: `Change to "${meant}"`,
                edits: [replaceNode(node, meant)],
                preferred: true,
                isGuess: true,
              },
            ]
      report('undefined-dependency', node, message, { fixes })
    }
  }
  checkCycles(document, report)
}

/** Undefined: there is a task of this name, or there may be one. */
function missingTask(
  name: string,
  documents: readonly TaskDocument[],
  labels: readonly string[],
  facts: TaskDiagnosticFacts,
): { readonly meant: string | undefined; readonly advice: string } | undefined {
  const found = findTask(documents, name)
  // Of the tasks that are in no file, those of package.json can be looked up.
  const scripts = found?.node === undefined ? scriptsFor(name, facts) : undefined
  if (found !== undefined && scripts === undefined) return undefined
  const meant = nearest(name, [...labels, ...(scripts ?? [])])
  if (meant !== undefined) return { meant, advice: ` Did you mean "${meant}"?` }
  if (scripts !== undefined) return { meant, advice: ' Add it to the scripts of package.json.' }
  // Extensions bring tasks of their own, named by their kind.
  return /^[\w./+ -]+: ?\S/.test(name) ? undefined : { meant, advice: '' }
}

function scriptsFor(name: string, { files, variables }: TaskDiagnosticFacts): readonly string[] | undefined {
  const { folder, host } = variables
  return folder === undefined ? undefined : scriptsInstead({ files, host }, folder.path, name)
}

/** The texts of `dependsOn`, which may be one or a list. */
export function referenceNodes(task: Task): readonly Node[] {
  const node = nodeAt(task.node, ['dependsOn'])
  const nodes = node?.type === 'array' ? (node.children ?? []) : node === undefined ? [] : [node]
  return nodes.filter(each => each.type === 'string')
}

/** Each edge that closes a circle, told where it is written. */
function checkCycles(document: TaskDocument, report: Report): void {
  const byName = new Map(document.tasks.map(task => [task.label, task]))
  const state = new Map<Task, 'open' | 'done'>()
  const visit = (task: Task, path: readonly string[]): void => {
    state.set(task, 'open')
    for (const node of referenceNodes(task)) {
      const next = byName.get(String(node.value))
      if (next === undefined || path.length > 500) continue
      if (state.get(next) === 'open') {
        const around = [...path.slice(path.indexOf(next.label)), next.label].join(' → ')
        report('task-cycle', node, `The tasks wait for each other: ${around}. VS Code leaves this one out.`)
      } else if (state.get(next) === undefined) {
        visit(next, [...path, next.label])
      }
    }
    state.set(task, 'done')
  }
  for (const task of document.tasks) if (state.get(task) === undefined) visit(task, [task.label])
}

/** A task in the background that somebody waits for must be able to say when it is ready. */
function checkMatchers(document: TaskDocument, facts: TaskDiagnosticFacts, report: Report): void {
  const named = facts.named.map(({ label }) => label)
  const waitedFor = new Set([...named, ...document.tasks.flatMap(task => task.dependsOn)])
  for (const task of document.tasks) {
    if (!task.isBackground || !waitedFor.has(task.label) || task.background.length > 0) continue
    // Tasks of extensions bring matchers of their own.
    if (task.kind === 'contributed') continue
    const matcher = nodeAt(task.node, ['problemMatcher'])
    const isEmpty = matcher?.type === 'array' && (matcher.children ?? []).length === 0
    if (task.hasMatcher && !isEmpty) continue
    const place = nodeAt(task.node, ['isBackground']) ?? nodeAt(task.node, ['label']) ?? task.node
    if (place === undefined) continue
    const message =
      `"${task.label}" runs in the background and nothing says when it is ready: what waits for it waits for ever. ` +
      'Give it a "problemMatcher" with "background".'
    report('task-without-matcher', place, message)
  }
}

function checkInputs(document: TaskDocument, facts: TaskDiagnosticFacts, report: Report): void {
  const list = nodeAt(document.section, ['inputs'])
  const ids = new Map<string, Node>()
  for (const node of list?.type === 'array' ? (list.children ?? []) : []) {
    const id = propertiesOf(node).get('id')?.value
    if (typeof id?.value === 'string') ids.set(id.value, id)
  }
  const used = new Set<string>()
  visitTexts(nodeAt(document.section, ['tasks']), (text, node) => {
    if (!text.includes('${input:')) return
    for (const { name, argument, offset, length } of findVariables(text)) {
      if (name !== 'input' || !argument) continue
      used.add(argument)
      if (ids.has(argument) || facts.inputs.includes(argument)) continue
      const span = spanInString(document.json.text, node, offset, length)
      const meant = nearest(argument, ids.keys())
      const question = meant === undefined ? ' Define it in "inputs".' : ` Did you mean "${meant}"?`
      const change = `\${input:${meant}}`
      const fixes: Fix[] =
        meant === undefined
          ? []
          : [{ title: `Change to ${change}`, edits: [{ span, newText: change }], preferred: true }]
      report('undefined-input', span, `There is no input "${argument}": the task fails.${question}`, {
        fixes: [...fixes, ...defineInput(document.json.text, document.section, argument)],
      })
    }
  })
  for (const [id, node] of ids) {
    const definition = node.parent?.parent
    if (used.has(id) || document.json.text.includes(`\${input:${id}}`) || definition === undefined) continue
    report('unused-input', node, `Nothing in this file asks for \${input:${id}}.`, {
      tags: ['unnecessary'],
      fixes: [{ title: `Remove the input "${id}"`, edits: removeChild(document.json.text, definition) }],
    })
  }
}
