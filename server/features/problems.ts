import { basename, dirname, isAbsolute, join } from 'node:path'
import { type DiagnosticFacts, diagnose, variableFacts } from '../core/diagnostics/diagnose'
import type { Folder, LaunchSource } from '../core/editor'
import { parseEnvFile } from '../core/envFile'
import type { Host } from '../core/host'
import { isObject } from '../core/json'
import { type LaunchDocument, parseLaunchDocument } from '../core/launchDocument'
import type { LaunchPlace } from '../core/launches'
import type { Problem } from '../core/problem'
import { staticText } from '../core/staticText'
import { parseTaskDocument } from '../core/taskDocument'
import { tasksPath } from '../workspace/launchFiles'
import type { Workspace } from '../workspace/workspace'

/** What kind of file a path is to us; undefined: none of our business. */
export type FileKind = 'launch' | 'settings' | 'workspaceFile' | 'tasks' | 'env'

/** All that is wrong in the files of a workspace. */
export interface Problems {
  of(path: string): readonly Problem[]
  kindOf(path: string): FileKind | undefined
  /** Every file of the workspace that may have problems: launch.json, tasks.json, env files that are named. */
  files(): readonly string[]
  /** The env files that configurations name, and the default one of each folder. */
  envFiles(): readonly string[]
}

/** `interpreterOf`: what a configuration of the folder without `python` would run with. */
export function createProblems(
  workspace: Workspace,
  host: Host,
  interpreterOf: (folder: Folder | undefined) => string | undefined,
): Problems {
  const { launchFiles, folders, documents, settings } = workspace

  const kindOf = (path: string): FileKind | undefined => {
    const name = basename(path)
    const inVscode = basename(dirname(path)) === '.vscode'
    if (name === 'launch.json' && inVscode) return 'launch'
    if (name === 'tasks.json' && inVscode) return 'tasks'
    if (name === 'settings.json' && inVscode) return 'settings'
    if (name.endsWith('.code-workspace')) return 'workspaceFile'
    return /^\.env(\..+)?$|\.env$/.test(name) || envFiles().includes(path) ? 'env' : undefined
  }

  const factsOf = (path: string, source: LaunchSource, isLaunchJson: boolean): DiagnosticFacts => {
    const folder = source.kind === 'folder' ? source.folder : undefined
    const others = launchFiles
      .places()
      .filter(({ document }) => document && launchFiles.pathOf(document) !== path)
    return {
      host,
      files: documents,
      source,
      isLaunchJson,
      folders:
        folder === undefined || folders.list().includes(folder)
          ? folders.list()
          : [...folders.list(), folder],
      settings: settings.of(folder),
      otherLaunches: others.map(toOther),
      tasks: taskLabels(workspace, host, folder),
      interpreter: interpreterOf(folder),
      inputs: others.flatMap(({ document }) => inputIds(document)),
    }
  }

  const envFiles = (): readonly string[] => {
    const found = new Set<string>()
    for (const { source, document } of launchFiles.places()) {
      if (document === undefined) continue
      for (const path of namedEnvFiles(document, factsOf(launchFiles.pathOf(document) ?? '', source, true))) {
        found.add(path)
      }
    }
    return [...found]
  }

  const launchProblems = (
    path: string,
    section: readonly string[],
    source: LaunchSource,
  ): readonly Problem[] => {
    const text = documents.read(path)
    if (text === undefined) return []
    const document = parseLaunchDocument(text, section)
    if (section.length > 0 && document.section === undefined) return []
    return diagnose(document, factsOf(path, source, section.length === 0))
  }

  const of = (path: string): readonly Problem[] => {
    switch (kindOf(path)) {
      case 'launch':
        return launchProblems(path, [], { kind: 'folder', folder: folderOf(workspace, path) })
      case 'settings':
        return launchProblems(path, ['launch'], { kind: 'folder', folder: folderOf(workspace, path) })
      case 'workspaceFile':
        return launchProblems(path, ['launch'], { kind: 'workspace' })
      case 'tasks':
        return parseTaskDocument(documents.read(path) ?? '', { platform: host.platform }).problems
      case 'env':
        return parseEnvFile(documents.read(path) ?? '', settings.own().envFileDialect).problems
      case undefined:
        return []
    }
  }

  return {
    of,
    kindOf,
    envFiles,
    files() {
      const launches = launchFiles
        .places()
        .flatMap(({ document }) => launchFiles.pathOf(document ?? NONE) ?? [])
      const tasks = folders.list().map(tasksPath)
      return [...new Set([...launches, ...tasks, ...envFiles()])].filter(
        path => documents.kind(path) === 'file',
      )
    },
  }
}

const NONE = parseLaunchDocument('')

/** The folder that a file in .vscode belongs to: an open one, else the one it lies in. */
function folderOf(workspace: Workspace, path: string): Folder {
  const folder = dirname(dirname(path))
  return (
    workspace.folders.list().find(open => open.path === folder) ?? { name: basename(folder), path: folder }
  )
}

/** Env files as far as their paths are known without a start; the default one if it exists. */
function namedEnvFiles(document: LaunchDocument, facts: DiagnosticFacts): string[] {
  const variables = variableFacts(document, facts)
  const base = variables.folder?.path
  const setting = facts.settings('python.envFile')
  const named = document.configurations.flatMap(({ value }) =>
    [value, value['windows'], value['osx'], value['linux']].map(section =>
      isObject(section) ? section['envFile'] : undefined,
    ),
  )
  return [typeof setting === 'string' ? setting : '${workspaceFolder}/.env', ...named].flatMap(text => {
    const path = typeof text === 'string' && text !== '' ? staticText(text, variables) : undefined
    if (path === undefined) return []
    if (isAbsolute(path)) return [join(path)]
    return base === undefined ? [] : [join(base, path)]
  })
}

function taskLabels(
  workspace: Workspace,
  host: Host,
  folder: Folder | undefined,
): readonly string[] | undefined {
  if (folder === undefined) return undefined
  const document = parseTaskDocument(workspace.documents.read(tasksPath(folder)) ?? '', {
    platform: host.platform,
  })
  if (document.json.errors.length > 0 && document.json.text !== '') return undefined
  return document.tasks.flatMap(({ label, identifier }) => [label, identifier])
}

function toOther({ source, document }: LaunchPlace) {
  return {
    folder: source.kind === 'folder' ? source.folder.name : undefined,
    configurations: document?.configurations.map(({ name }) => name) ?? [],
    compounds: document?.compounds.map(({ name }) => name) ?? [],
  }
}

function inputIds(document: LaunchDocument | undefined): string[] {
  return (document?.inputs ?? []).flatMap(input =>
    isObject(input) && typeof input['id'] === 'string' ? [input['id']] : [],
  )
}
