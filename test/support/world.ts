import { posix, win32 } from 'node:path'
import { type DiagnosticFacts, diagnose, variableFacts } from '../../server/core/diagnostics/diagnose'
import { diagnoseTasks, tasksNamedIn } from '../../server/core/diagnostics/tasks'
import type { Folder, Settings } from '../../server/core/editor'
import type { EnvDialect } from '../../server/core/envFile'
import { type EnvFileUser, envFileUsers, problemsOfEnvFile } from '../../server/core/envFileUsers'
import type { Files, Host, Platform } from '../../server/core/host'
import { isObject } from '../../server/core/json'
import { type LaunchDocument, parseLaunchDocument } from '../../server/core/launchDocument'
import type { Problem } from '../../server/core/problem'
import { propertiesOf } from '../../server/core/properties'
import { parseTaskDocument, type TaskDocument } from '../../server/core/taskDocument'
import { locatePython } from '../../server/sessions/interpreters'
import { withoutAnnotations } from './annotations'
import type { Section } from './archive'

/** A machine and a workspace made of the sections of a marker case. */
export interface World {
  readonly host: Host
  readonly folders: readonly Folder[]
  readonly files: Files
  readonly settings: Settings
  readonly dialect: EnvDialect
  /** Sections that are files. */
  readonly names: readonly string[]
  /** Absolute path of a section that is a file. */
  path(name: string): string
  /** Text of a file, without the lines that say what is expected. */
  text(name: string): string
}

/**
 * Sections that are no files: `platform`, `settings`, `environment`, `folders`, `dialect` of env files, and whatever a case expects. Paths are
 * relative to /work (C:\work on win32); with `-- folders --` that lists names, the folders are /work/NAME.
 */
export function createWorld(sections: readonly Section[]): World {
  const read = (name: string) => sections.find(section => section.name === name)?.text
  const platform = platformOf(read('platform')?.trim() ?? 'linux')
  const paths = platform === 'win32' ? win32 : posix
  const root = platform === 'win32' ? 'C:\\work' : '/work'
  const names = read('folders')?.trim().split('\n')
  const folders =
    names === undefined
      ? [{ name: 'work', path: root }]
      : names.map(name => ({ name, path: paths.join(root, name) }))
  const path = (name: string) => (paths.isAbsolute(name) ? paths.normalize(name) : paths.join(root, name))
  const texts = new Map(
    sections.filter(isFile).map(({ name, text }) => [path(name), withoutAnnotations(text)] as const),
  )
  const settings: unknown = JSON.parse(read('settings') ?? '{}')
  return {
    host: {
      platform,
      env: { HOME: '/home/u', PATH: '/usr/bin', ...environment(read('environment') ?? '') },
      homeDir: platform === 'win32' ? 'C:\\Users\\u' : '/home/u',
      cwd: paths.parse(root).root,
    },
    folders,
    files: memoryFiles(texts, folders, paths),
    settings: key => (isObject(settings) ? settings[key] : undefined),
    dialect: read('dialect')?.trim() === 'dotenv' ? 'dotenv' : 'debugpy',
    names: sections.filter(isFile).map(({ name }) => name),
    path,
    text: name => texts.get(path(name)) ?? '',
  }
}

/** Sections with a dot or a slash in their names are files. */
export function isFile({ name }: Section): boolean {
  return /[./]/.test(name) && !/^[a-z]+: /.test(name)
}

/** The problems of a file of the world; undefined for a file that is not checked. */
export function problemsIn(world: World, name: string): readonly Problem[] | undefined {
  if (isEnvFile(name)) {
    return problemsOfEnvFile(world.text(name), world.dialect, () => usersOf(world, name))
  }
  const launch = launchDocument(world, name)
  const tasks = taskDocument(world, name)
  if (launch === undefined && tasks === undefined) return undefined
  return [
    ...(launch === undefined ? [] : diagnose(launch, diagnosticFacts(world, name))),
    ...(tasks === undefined ? [] : taskProblems(world, name, tasks)),
  ]
}

/** The configurations that read an env file. */
export function usersOf(world: World, file: string): readonly EnvFileUser[] {
  return world.names.flatMap(name => {
    const launch = launchDocument(world, name)
    return launch === undefined ? [] : envFileUsers(launch, diagnosticFacts(world, name), world.path(file))
  })
}

export function isEnvFile(name: string): boolean {
  return /(^|\/)\.env(\..+)?$|\.env$/.test(name)
}

function taskProblems(world: World, name: string, document: TaskDocument): Problem[] {
  const folder = folderOf(world, name)
  const isBeside = (other: string) =>
    folder === undefined || folderOf(world, other) === undefined || folderOf(world, other) === folder
  const named = world.names
    .filter(isBeside)
    .flatMap(other => launchDocument(world, other) ?? [])
    .flatMap(tasksNamedIn)
  return diagnoseTasks(document, {
    otherTasks: tasksBeside(world, name),
    named,
    inputs: [],
    files: world.files,
    variables: variableFacts(document, diagnosticFacts(world, name)),
  })
}

/** For the workspace file those of the folders, for a folder that of the workspace file. */
function tasksBeside(world: World, name: string): TaskDocument[] {
  const isWorkspaceFile = (each: string) => each.endsWith('.code-workspace')
  return world.names
    .filter(other => isWorkspaceFile(other) !== isWorkspaceFile(name))
    .flatMap(other => taskDocument(world, other) ?? [])
}

/** A tasks.json, or `tasks` of a workspace file; undefined when the file has none. */
export function taskDocument(world: World, name: string): TaskDocument | undefined {
  const { platform } = world.host
  if (/(^|\/)\.vscode\/tasks\.json$/.test(name)) return parseTaskDocument(world.text(name), { platform })
  if (!name.endsWith('.code-workspace')) return undefined
  const document = parseTaskDocument(world.text(name), { platform, path: ['tasks'] })
  return document.section === undefined ? undefined : document
}

export function launchDocument(world: World, name: string): LaunchDocument | undefined {
  if (/(^|\/)\.vscode\/launch\.json$/.test(name)) return parseLaunchDocument(world.text(name))
  if (/\.code-workspace$|(^|\/)\.vscode\/settings\.json$/.test(name)) {
    return parseLaunchDocument(world.text(name), ['launch'])
  }
  return undefined
}

export function diagnosticFacts(world: World, name: string): DiagnosticFacts {
  const folder = folderOf(world, name)
  const others = world.folders.filter(each => each !== folder)
  return {
    host: world.host,
    files: world.files,
    source: folder === undefined ? { kind: 'workspace' } : { kind: 'folder', folder },
    isLaunchJson: name.endsWith('launch.json'),
    folders: world.folders,
    settings: world.settings,
    otherLaunches: others.map(each => {
      const { configurations, compounds } = parseLaunchDocument(
        world.text(`${each.path}/.vscode/launch.json`),
      )
      return {
        folder: each.name,
        configurations: configurations.map(entry => entry.name),
        compounds: compounds.map(entry => entry.name),
      }
    }),
    tasks: taskLabels(world, folder),
    workspaceFile: workspaceFileOf(world),
    hasInterpreter: name => locatePython(name, folder?.path, undefined, world).kind === 'found',
    interpreter: () => (folder === undefined ? undefined : interpreterIn(world, folder)),
    inputs: [],
    shadowed: name.endsWith('settings.json') ? listsOf(world, folder) : [],
  }
}

function workspaceFileOf(world: World): string | undefined {
  const name = world.names.find(each => each.endsWith('.code-workspace'))
  return name === undefined ? undefined : world.path(name)
}

function listsOf(world: World, folder: Folder | undefined): readonly string[] {
  const { section } = parseLaunchDocument(world.text(`${folder?.path}/.vscode/launch.json`))
  return [...propertiesOf(section).keys()]
}

function taskLabels(world: World, folder: Folder | undefined): readonly string[] | undefined {
  const paths = world.names.filter(
    name => name.endsWith('.code-workspace') || (folder !== undefined && folderOf(world, name) === folder),
  )
  const documents = paths.flatMap(name => taskDocument(world, name) ?? [])
  if (documents.some(({ json }) => json.errors.length > 0)) return undefined
  return documents.flatMap(({ tasks }) => tasks.map(task => task.label))
}

function interpreterIn(world: World, folder: Folder): string | undefined {
  const python = `${folder.path}/.venv/bin/python`
  return world.files.kind(python) === 'file' ? python : undefined
}

export function folderOf(world: World, name: string): Folder | undefined {
  const path = world.path(name)
  const found = world.folders.filter(folder => path.startsWith(folder.path))
  return name.endsWith('.code-workspace') ? undefined : found.sort((a, b) => b.path.length - a.path.length)[0]
}

function platformOf(name: string): Platform {
  if (name === 'linux' || name === 'darwin' || name === 'win32') return name
  throw new Error(`platform is linux, darwin or win32, not ${name}`)
}

function environment(text: string): Record<string, string> {
  const pairs = text
    .split('\n')
    .filter(line => line !== '')
    .map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const)
  return Object.fromEntries(pairs)
}

function memoryFiles(
  texts: ReadonlyMap<string, string>,
  folders: readonly Folder[],
  paths: typeof posix,
): Files {
  // On Windows the names of files have no case.
  const fold = (path: string) => (paths === win32 ? path.toLowerCase() : path)
  const plain = (path: string) => fold(paths.normalize(path).replace(/(?<=.)[\\/]$/, ''))
  const contents = new Map([...texts].map(([path, text]) => [fold(path), text]))
  const entries = new Map<string, Set<string>>(folders.map(({ path }) => [fold(path), new Set()]))
  for (const file of texts.keys()) {
    for (let child = file, parent = paths.dirname(file); parent !== child; ) {
      entries.set(fold(parent), (entries.get(fold(parent)) ?? new Set()).add(paths.basename(child)))
      child = parent
      parent = paths.dirname(child)
    }
  }
  return {
    read: path => contents.get(plain(path)),
    kind: path => (contents.has(plain(path)) ? 'file' : entries.has(plain(path)) ? 'folder' : undefined),
    list: path => [...(entries.get(plain(path)) ?? [])],
  }
}
