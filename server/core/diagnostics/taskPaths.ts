import type { Node } from 'jsonc-parser'
import { absolutePath, pathContextOf, workingFolder } from '../configurationPaths'
import { nodeAt } from '../json'
import { PLATFORM_SECTIONS } from '../platformSection'
import { pathsOf } from '../staticText'
import { textOf } from '../taskCommand'
import type { Task, TaskDocument, TaskReference } from '../taskDocument'
import { findTask } from '../taskPlan'
import { lookOnce } from './check'
import { checkFolder, type Harm, nearFiles, type PathCheck } from './missingPaths'
import type { Report } from './taskShapes'
import type { TaskDiagnosticFacts } from './tasks'

/** Folders and scripts of tasks that are named and not there. What other extensions run is theirs to judge. */
export function checkTaskPaths(document: TaskDocument, facts: TaskDiagnosticFacts, report: Report): void {
  const { files, variables } = facts
  const check: PathCheck = { paths: pathContextOf(variables), ...lookOnce(files, variables.host), report }
  const awaited = awaitedTasks(document, facts)
  const seen = new Set<Node>()
  for (const task of document.tasks) {
    if (task.kind === 'contributed' || task.command === undefined) continue
    const cwd = cwdNode(document, task)
    if (cwd !== undefined && !seen.has(cwd)) {
      checkFolder(check, cwd, String(cwd.value), harmOf(task, awaited.has(task)))
      seen.add(cwd)
    }
    checkScript(check, task)
  }
}

/** The tasks that a start of ours waits for, and those that they wait for. */
function awaitedTasks(document: TaskDocument, facts: TaskDiagnosticFacts): ReadonlySet<Task> {
  const awaited = new Set<Task>()
  const named: TaskReference[] = facts.named.filter(({ isOurs }) => isOurs).map(({ label }) => label)
  // The list grows while it is walked through.
  for (const reference of named) {
    const task = findTask([document], reference)
    if (task === undefined || awaited.has(task)) continue
    awaited.add(task)
    named.push(...task.dependsOn)
  }
  return awaited
}

/** Parts of a project may not be checked out: what no start waits for is no matter for a warning. */
function harmOf({ dependsOn }: Task, isAwaited: boolean): Harm {
  if (dependsOn.length > 0) return { harm: FAILS, maybe: unlessMade }
  return isAwaited ? { harm: FAILS } : { harm: FAILS, severity: 'information' }
}

const FAILS = 'the task fails.'

function unlessMade(path: string): string {
  return `${path} does not exist now. Unless a task that this one waits for makes it, it fails.`
}

/** Where the folder stands that counts on this system: in the task or its section, else in the file or its section. */
function cwdNode(document: TaskDocument, task: Task): Node | undefined {
  const system = PLATFORM_SECTIONS[document.platform]
  const found = [task.node, document.section]
    .flatMap(holder => [nodeAt(holder, [system, 'options', 'cwd']), nodeAt(holder, ['options', 'cwd'])])
    .find(node => typeof node?.value === 'string')
  return found?.value === task.command?.options?.cwd && found?.value !== '' ? found : undefined
}

/** Scripts are written, not built: one that is missing from a folder that is there was meant to be another. */
function checkScript(check: PathCheck, { node, command, dependsOn }: Task): void {
  const place =
    nodeAt(node, [PLATFORM_SECTIONS[check.paths.host.platform], 'command']) ?? nodeAt(node, ['command'])
  const text = command?.name === undefined ? '' : textOf(command.name)
  if (place?.value !== text || dependsOn.length > 0 || command?.options?.shell !== undefined) return
  if (!/^[^\s\\;|&<>()"'*?]+\/[^\s\\;|&<>()"'*?/]+\.(?:sh|bash|zsh|fish|bat|cmd|ps1|py|pl|rb)$/.test(text))
    return
  const base = workingFolder(check.paths, command?.options?.cwd)
  const path = absolutePath(check.paths, text, base)
  if (path === undefined || check.kind(path) !== undefined) return
  if (check.kind(pathsOf(check.paths.host).dirname(path)) !== 'folder') return
  check.report('missing-program', place, `${path} does not exist: the task fails. Correct the path.`, {
    fixes: nearFiles(check, place, text, path),
  })
}
