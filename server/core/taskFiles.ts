import type { DiagnosticFacts } from './diagnostics/diagnose'
import { isObject, nodeAt, parseJson, plainValue } from './json'
import type { Span } from './problem'
import { pathsOf } from './staticText'
import { parseTaskDocument, type Task, type TaskDocument } from './taskDocument'

/** Where a task stands: its label, or its script in a package.json. */
export interface FoundTask {
  readonly path: string
  readonly span: Span
  /** What it runs, as it is written. */
  readonly command: string | undefined
}

type Facts = Pick<DiagnosticFacts, 'host' | 'files' | 'workspaceFile'>
type Disk = Pick<Facts, 'host' | 'files'>

/** The task that a label means: of the folder's tasks.json, of the workspace file, or a script of package.json. */
export function findTaskPlace(
  facts: Facts,
  folder: string | undefined,
  label: string,
): FoundTask | undefined {
  for (const { path, document } of taskFiles(facts, folder)) {
    const task = document.tasks.findLast(each => each.label === label || each.identifier === label)
    const node = task?.node
    if (task === undefined || node === undefined) continue
    return { path, span: nodeAt(node, ['label']) ?? node, command: commandOf(task) }
  }
  return folder === undefined ? undefined : findScript(facts, folder, label)
}

function taskFiles({ host, files, workspaceFile }: Facts, folder: string | undefined) {
  const found: { path: string; document: TaskDocument }[] = []
  const add = (path: string, section: readonly string[]) => {
    const text = files.read(path)
    if (text === undefined) return
    found.push({ path, document: parseTaskDocument(text, { platform: host.platform, path: section }) })
  }
  if (folder !== undefined) add(pathsOf(host).join(folder, '.vscode', 'tasks.json'), [])
  if (workspaceFile !== undefined) add(workspaceFile, ['tasks'])
  return found
}

/** `npm: build` of the folder, `npm: build - web` of a folder below it. */
function findScript(facts: Facts, folder: string, label: string): FoundTask | undefined {
  const named = scriptNamed(facts, folder, label)
  const node = named === undefined ? undefined : nodeAt(named.scripts, [named.script])
  if (named === undefined || node === undefined) return undefined
  return { path: named.path, span: node, command: String(plainValue(node)) }
}

/** The labels of all scripts beside one that its package.json lacks; undefined: it has it, or cannot be read. */
export function scriptsInstead(disk: Disk, folder: string, label: string): readonly string[] | undefined {
  const named = scriptNamed(disk, folder, label)
  if (named === undefined || named.script === 'install') return undefined
  const scripts = named.scripts === undefined ? {} : plainValue(named.scripts)
  if (!isObject(scripts) || Object.hasOwn(scripts, named.script)) return undefined
  return Object.keys(scripts).map(script => `npm: ${script}${named.suffix}`)
}

function scriptNamed({ host, files }: Disk, folder: string, label: string) {
  const [, script, below = ''] = /^npm: (.+?)(?: - (.+))?$/.exec(label) ?? []
  const path = pathsOf(host).join(folder, below, 'package.json')
  const text = script === undefined ? undefined : files.read(path)
  if (script === undefined || text === undefined) return undefined
  const { root, errors } = parseJson(text)
  const suffix = below === '' ? '' : ` - ${below}`
  return errors.length > 0 ? undefined : { script, path, suffix, scripts: nodeAt(root, ['scripts']) }
}

function commandOf({ value, command, dependsOn }: Task): string | undefined {
  if (command?.name === undefined) {
    const names = dependsOn.map(each => (typeof each === 'string' ? each : each['type']))
    return names.length === 0 ? undefined : `waits for ${names.join(', ')}`
  }
  const words = [command.name, ...(command.args ?? [])]
  const line = words.map(word => (isObject(word) ? word.value : word)).join(' ')
  return typeof value['type'] === 'string' ? `${value['type']}: ${line}` : line
}
