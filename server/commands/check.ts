import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { parseLaunchDocument } from '../core/launchDocument'
import type { Severity } from '../core/problem'
import { diskFiles } from '../workspace/disk'
import { NOTHING_OPEN } from '../workspace/documents'
import { uriOf } from '../workspace/paths'
import { createWorkspace } from '../workspace/workspace'
import { type Common, parse, settingsOf, workspaceFile } from './arguments'
import { type Command, type Machine, UsageError } from './command'
import { type Finding, findingsIn } from './findings'
import { shown } from './places'
import { sarif } from './sarif'
import { type Style, styleOf } from './style'

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint']

/** `launch-ls check`: every diagnostic of the launch.json and tasks.json under the paths, and of env files. */
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
  const findings = findingsUnder(roots, values, machine)
  if (format === 'text') writeText(findings, machine)
  else {
    const result = format === 'json' ? { findings } : sarif(findings, machine)
    machine.output.write(`${JSON.stringify(result, null, 2)}\n`)
  }
  return findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold))
    ? 1
    : 0
}

function findingsUnder(given: readonly string[], flags: Common, machine: Machine): Finding[] {
  const opened = workspaceFile(flags, machine)
  const roots = given.length > 0 || opened !== undefined ? given : [rootAround(machine.host.cwd)]
  const { folders, workspaceFiles, files } = lookUnder(roots)
  if (folders.length === 0 && workspaceFiles.length === 0 && opened === undefined) {
    throw new UsageError(
      'There is no .vscode folder with a launch.json, a tasks.json or "launch" in its settings.json there, and no ' +
        '*.code-workspace.',
    )
  }
  const check = (paths: readonly string[], file: string | undefined) => {
    const workspace = createWorkspace(NOTHING_OPEN)
    workspace.open(
      paths.map(path => ({ uri: uriOf(path) })),
      settingsOf(flags, file),
    )
    return {
      findings: findingsIn(workspace, machine, file === opened ? files : []),
      folders: workspace.folders.list().map(({ path }) => path),
    }
  }
  const others = workspaceFiles.filter(file => file !== opened).map(file => ({ file, ...check([], file) }))
  // What a workspace file lists is looked at as a part of that workspace.
  const listed = new Set(others.flatMap(each => each.folders))
  const alone = folders.filter(folder => !listed.has(folder))
  const hasOwn = alone.length > 0 || opened !== undefined || files.length > 0
  const own = hasOwn ? check(alone, opened).findings : []
  // One that was found, not named, may list folders elsewhere, which nobody asked for.
  const isAskedFor = ({ file }: Finding) => roots.some(root => isBelow(file, root))
  const ofOthers = others.flatMap(({ file, findings }) =>
    roots.includes(file) ? findings : findings.filter(isAskedFor),
  )
  return unique([...own, ...ofOthers])
}

function isBelow(file: string, folder: string): boolean {
  const way = relative(folder, file)
  return way !== '' && !isAbsolute(way) && way.split(sep)[0] !== '..'
}

/** A folder may be listed in several workspace files. */
function unique(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map(finding => [JSON.stringify(finding), finding])).values()]
}

function severityNamed(name: string): Severity {
  const found = SEVERITIES.find(
    severity => severity === name || (name === 'info' && severity === 'information'),
  )
  if (found === undefined) throw new UsageError(`--severity is error, warning, info or hint, not '${name}'.`)
  return found
}

interface Found {
  /** Folders that are a workspace of their own. */
  readonly folders: readonly string[]
  readonly workspaceFiles: readonly string[]
  /** Files outside of .vscode that were named themselves. */
  readonly files: readonly string[]
}

/** What package managers and version control keep is passed over. */
function lookUnder(roots: readonly string[]): Found {
  const folders = new Set<string>()
  const workspaceFiles = new Set<string>()
  const files = new Set<string>()
  const visit = (folder: string, depth: number) => {
    if (hasOurs(folder)) folders.add(folder)
    for (const name of diskFiles.list(folder)) {
      const path = join(folder, name)
      if (isWorkspaceFile(name) && diskFiles.kind(path) === 'file') workspaceFiles.add(path)
      const isLink = (diskFiles.real?.(path) ?? path) !== path
      const isPassedOver = name.startsWith('.') || PASSED_OVER.has(name) || isLink
      if (depth < DEEPEST && !isPassedOver && diskFiles.kind(path) === 'folder') visit(path, depth + 1)
    }
  }
  for (const root of roots) {
    const kind = diskFiles.kind(root)
    if (kind === undefined) throw new UsageError(`There is no file or folder ${root}.`)
    if (kind === 'folder') visit(basename(root) === '.vscode' ? dirname(root) : root, 0)
    else if (isWorkspaceFile(root)) workspaceFiles.add(root)
    else if (basename(dirname(root)) === '.vscode') folders.add(dirname(dirname(root)))
    else {
      files.add(root)
      folders.add(projectOf(dirname(root)))
    }
  }
  return { folders: [...folders], workspaceFiles: [...workspaceFiles], files: [...files] }
}

/** The folder itself if there is something to check in or below it, else the project it is a part of. */
function rootAround(folder: string): string {
  const { folders, workspaceFiles } = lookUnder([folder])
  return folders.length > 0 || workspaceFiles.length > 0 ? folder : projectOf(folder)
}

/** The nearest folder that has something of ours, from this one up; this one, if none has. */
function projectOf(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (hasOurs(folder)) return folder
    if (dirname(folder) === folder) return from
  }
}

function isWorkspaceFile(path: string): boolean {
  return path.endsWith('.code-workspace')
}

/** Of settings those alone that hold a launch section. */
function hasOurs(folder: string): boolean {
  const inVscode = (name: string) => join(folder, '.vscode', name)
  if (['launch.json', 'tasks.json'].some(name => diskFiles.kind(inVscode(name)) === 'file')) return true
  const settings = diskFiles.read(inVscode('settings.json'))
  return settings !== undefined && parseLaunchDocument(settings, ['launch']).section !== undefined
}

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
