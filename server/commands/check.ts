import { basename, dirname, join, resolve } from 'node:path'
import type { Severity } from '../core/problem'
import { diskFiles } from '../workspace/disk'
import { NOTHING_OPEN } from '../workspace/documents'
import { uriOf } from '../workspace/paths'
import { createWorkspace } from '../workspace/workspace'
import { parse, settingsOf, workspaceFile } from './arguments'
import { type Command, type Machine, UsageError } from './command'
import { type Finding, findingsIn } from './findings'
import { shown } from './places'
import { sarif } from './sarif'
import { type Style, styleOf } from './style'

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint']

/** `launch-ls check`: every diagnostic of the launch.json, tasks.json and env files under the paths. */
export const check: Command = async (args, machine) => {
  const { values, positionals } = parse(args, {
    format: { type: 'string' },
    json: { type: 'boolean' },
    severity: { type: 'string' },
  })
  const format = values.format ?? (values.json ? 'json' : 'text')
  if (!['text', 'json', 'sarif'].includes(format))
    throw new UsageError(`--format is text, json or sarif, not '${format}'.`)
  const threshold = severityNamed(values.severity ?? 'warning')
  const roots = [...(values.folder ?? []), ...positionals].map(path => resolve(machine.host.cwd, path))
  const file = workspaceFile(values, machine)
  const folders = foldersUnder(roots.length > 0 || file !== undefined ? roots : [machine.host.cwd])
  if (folders.length === 0 && file === undefined)
    throw new UsageError('There is no .vscode folder with a launch.json or tasks.json there.')

  const workspace = createWorkspace(NOTHING_OPEN)
  workspace.open(
    folders.map(folder => ({ uri: uriOf(folder) })),
    settingsOf(values, file),
  )
  const findings = findingsIn(workspace, machine)
  if (format === 'text') writeText(findings, machine)
  else {
    const result = format === 'json' ? { findings } : sarif(findings, machine)
    machine.output.write(`${JSON.stringify(result, null, 2)}\n`)
  }
  return findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold))
    ? 1
    : 0
}

function severityNamed(name: string): Severity {
  const found = SEVERITIES.find(
    severity => severity === name || (name === 'info' && severity === 'information'),
  )
  if (found === undefined) throw new UsageError(`--severity is error, warning, info or hint, not '${name}'.`)
  return found
}

/** Folders that are a workspace of their own; what package managers and version control keep is passed over. */
function foldersUnder(roots: readonly string[]): string[] {
  const found = new Set<string>()
  const visit = (folder: string, depth: number) => {
    if (FILES.some(name => diskFiles.kind(join(folder, '.vscode', name)) === 'file')) found.add(folder)
    if (depth === DEEPEST) return
    for (const name of diskFiles.list(folder)) {
      const path = join(folder, name)
      const isLink = (diskFiles.real?.(path) ?? path) !== path
      if (!name.startsWith('.') && !PASSED_OVER.has(name) && !isLink && diskFiles.kind(path) === 'folder') {
        visit(path, depth + 1)
      }
    }
  }
  for (const root of roots) {
    const kind = diskFiles.kind(root)
    if (kind === undefined) throw new UsageError(`There is no file or folder ${root}.`)
    if (kind === 'folder') visit(basename(root) === '.vscode' ? dirname(root) : root, 0)
    else found.add(basename(dirname(root)) === '.vscode' ? dirname(dirname(root)) : dirname(root))
  }
  return [...found]
}

const FILES = ['launch.json', 'tasks.json']
const PASSED_OVER = new Set([
  'node_modules',
  '__pycache__',
  'venv',
  'site-packages',
  'target',
  'dist',
  'build',
])
const DEEPEST = 12

function writeText(findings: readonly Finding[], machine: Machine): void {
  const style = styleOf(machine)
  for (const { file, line, column, severity, code, message } of findings) {
    const word = paint(style, severity)(severity === 'information' ? 'info' : severity)
    machine.output.write(
      `${shown(file, machine)}:${line}:${column}: ${word}: ${message} ${style.dim(`[${code}]`)}\n`,
    )
  }
}

function paint(style: Style, severity: Severity): (text: string) => string {
  if (severity === 'error') return style.red
  return severity === 'warning' ? style.yellow : style.blue
}
