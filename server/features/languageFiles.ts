import { basename, dirname, isAbsolute, join } from 'node:path'
import type { Node } from 'jsonc-parser'
import type { AroundKind } from '../core/completion/around'
import { type DiagnosticFacts, variableFacts } from '../core/diagnostics/diagnose'
import type { Folder, LaunchSource } from '../core/editor'
import { type EnvFile, parseEnvFile } from '../core/envFile'
import { type EnvFileUser, envFileUsers, problemsOfEnvFile } from '../core/envFileUsers'
import type { Host } from '../core/host'
import { isObject, nodeAt } from '../core/json'
import type { LaunchDocument } from '../core/launchDocument'
import { inputsOf, type LaunchPlace } from '../core/launches'
import { launchRoot, type Root, taskRoot } from '../core/places'
import type { Problem } from '../core/problem'
import { propertiesOf } from '../core/properties'
import { staticText } from '../core/staticText'
import { parseTaskDocument, type TaskDocument } from '../core/taskDocument'
import { launchPath, settingsPath, tasksPath } from '../workspace/launchFiles'
import type { Workspace } from '../workspace/workspace'

/** What kind of file a path is to us; undefined: none of our business. */
export type FileKind = 'launch' | 'settings' | 'workspaceFile' | 'tasks' | 'env'

/** A section of a JSON file with all that is known beside its text. */
export interface JsonView {
  readonly holds: 'launch' | 'tasks'
  /** Of a tasks.json without configurations. */
  readonly document: LaunchDocument
  readonly root: Root
  readonly facts: DiagnosticFacts
}

export interface Around {
  readonly kind: AroundKind
  readonly document: LaunchDocument
  readonly facts: DiagnosticFacts
}

/** The files that language features work on, as they are now: open documents over the disk. */
export interface LanguageFiles {
  kindOf(path: string): FileKind | undefined
  /** Undefined for a file that is not there or has no launch section. */
  launch(path: string): JsonView | undefined
  /** A launch section or tasks: of a workspace file, which may have both, those around the place. */
  json(path: string, offset?: number): JsonView | undefined
  /** A file that holds sections of ours among other things, with or without them. */
  around(path: string): Around | undefined
  /** All that `json` can answer for the file. */
  views(path: string): readonly JsonView[]
  /** A tasks.json, or `tasks` of a workspace file; undefined when there is none. */
  tasks(path: string): TaskDocument | undefined
  /** The other files that hold tasks for those of this one: the workspace file, or those of the open folders. */
  tasksBeside(path: string): readonly TaskDocument[]
  /** The launch sections whose configurations may name tasks of this file. */
  launchesBeside(path: string): readonly LaunchDocument[]
  env(path: string): { readonly text: string; readonly file: EnvFile }
  envProblems(path: string): readonly Problem[]
  /** The configurations that read the env file. */
  envFileUsers(path: string): readonly EnvFileUser[]
  /** Every file of the workspace that is ours: launch.json, tasks.json, env files that are named. */
  all(): readonly string[]
  /** The env files that configurations name, and the default one of each folder. */
  envFiles(): readonly string[]
  /** The folder that a file belongs to: an open one; for files in .vscode else the one they lie in. */
  folderOf(path: string): Folder | undefined
}

/** What can be told of interpreters without running one. */
export interface Interpreters {
  /** What a configuration of the folder without `python` would run with. */
  chosen(folder: Folder | undefined): string | undefined
  /** Whether a start finds what `python` of a configuration of the folder names. */
  has(name: string, folder: Folder | undefined): boolean
}

export function createLanguageFiles(
  workspace: Workspace,
  host: Host,
  interpreters: Interpreters,
): LanguageFiles {
  const { launchFiles, folders, documents, settings } = workspace
  // All places are looked at for each file: with a thousand folders that is worth doing once.
  const placesNow = oncePerTurn(() => launchFiles.places())
  const parseTasks = keepLast((text: string, section: string) =>
    parseTaskDocument(text, { platform: host.platform, path: section === '' ? [] : [section] }),
  )

  const kindOf = (path: string): FileKind | undefined => {
    const name = basename(path)
    const inVscode = basename(dirname(path)) === '.vscode'
    if (name === 'launch.json' && inVscode) return 'launch'
    if (name === 'tasks.json' && inVscode) return 'tasks'
    if (name === 'settings.json' && inVscode) return 'settings'
    if (name.endsWith('.code-workspace')) return 'workspaceFile'
    return /^\.env(\..+)?$|\.env$/.test(name) || envFiles().includes(path) ? 'env' : undefined
  }

  const folderOf = (path: string): Folder | undefined => {
    const kind = kindOf(path)
    if (kind === 'env' || kind === 'workspaceFile' || kind === undefined) return folders.owning(path)
    const folder = dirname(dirname(path))
    return folders.list().find(open => open.path === folder) ?? { name: basename(folder), path: folder }
  }

  const tasks = (path: string): TaskDocument | undefined => {
    const kind = kindOf(path)
    const text = kind === 'tasks' || kind === 'workspaceFile' ? documents.read(path) : undefined
    if (text === undefined) return undefined
    if (kind === 'tasks') return parseTasks(path, text, '')
    // Beside the launch section of the same text, under a key of its own.
    const document = parseTasks(`${path}#tasks`, text, 'tasks')
    return document.section === undefined ? undefined : document
  }

  /** Labels by which tasks can be named; undefined when a file that may hold them cannot be read. */
  const taskLabels = (folder: Folder | undefined, file: string): readonly string[] | undefined => {
    const workspaceFile = kindOf(file) === 'workspaceFile' ? file : settings.own().workspaceFile
    const paths = [folder && tasksPath(folder), workspaceFile].filter(path => path !== undefined)
    const found = paths.flatMap(path => tasks(path) ?? [])
    if (paths.length === 0) return undefined
    if (found.some(({ json }) => json.errors.length > 0 && json.text !== '')) return undefined
    return found.flatMap(document => document.tasks).flatMap(({ label, identifier }) => [label, identifier])
  }

  const factsOf = (path: string, source: LaunchSource, document: LaunchDocument): DiagnosticFacts => {
    const folder = source.kind === 'folder' ? source.folder : undefined
    const places = placesNow()
    const others = places.filter(place => place.document && launchFiles.pathOf(place.document) !== path)
    const isOpen = folder === undefined || folders.list().includes(folder)
    const elsewhere = document.inputs === undefined ? inputsOf({ source, document }, places) : undefined
    return {
      host,
      files: documents,
      source,
      isLaunchJson: basename(path) === 'launch.json',
      folders: isOpen ? folders.list() : [...folders.list(), folder],
      settings: settings.of(folder),
      otherLaunches: others.map(toOther),
      tasks: taskLabels(folder, path),
      workspaceFile: kindOf(path) === 'workspaceFile' ? path : settings.own().workspaceFile,
      interpreter: oncePerTurn(() => interpreters.chosen(folder)),
      hasInterpreter: name => interpreters.has(name, folder),
      inputs: inputIds(elsewhere),
      shadowed: isSettings(path) && folder !== undefined ? listsOf(folder) : [],
    }
  }

  /** What the folder's launch.json holds, which a settings.json beside it cannot add to. */
  const listsOf = (folder: Folder): readonly string[] => {
    const text = documents.read(launchPath(folder))
    if (text === undefined) return []
    return [...propertiesOf(launchFiles.parse(launchPath(folder), text, []).section).keys()]
  }

  const view = (path: string, section: readonly string[], source: LaunchSource): JsonView | undefined => {
    const text = documents.read(path)
    if (text === undefined) return undefined
    const document = launchFiles.parse(path, text, section)
    if (section.length > 0 && document.section === undefined) return undefined
    return { holds: 'launch', document, root: launchRoot(section), facts: factsOf(path, source, document) }
  }

  const launch = (path: string): JsonView | undefined => {
    const kind = kindOf(path)
    const folder = folderOf(path)
    if (kind === 'workspaceFile') return view(path, ['launch'], { kind: 'workspace' })
    if (folder === undefined || (kind !== 'launch' && kind !== 'settings')) return undefined
    return view(path, kind === 'launch' ? [] : ['launch'], { kind: 'folder', folder })
  }

  const around = (path: string): Around | undefined => {
    const kind = kindOf(path)
    const text = documents.read(path)
    const folder = folderOf(path)
    if (text === undefined || (kind !== 'settings' && kind !== 'workspaceFile')) return undefined
    const ofFolder = kind === 'settings' && folder !== undefined
    const source: LaunchSource = ofFolder ? { kind: 'folder', folder } : { kind: 'workspace' }
    const document = launchFiles.parse(path, text, ['launch'])
    return { kind, document, facts: factsOf(path, source, document) }
  }

  const taskView = (path: string): JsonView | undefined => {
    const found = tasks(path)
    if (found === undefined) return undefined
    const inWorkspaceFile = kindOf(path) === 'workspaceFile'
    const folder = inWorkspaceFile ? undefined : folderOf(path)
    const source: LaunchSource = folder === undefined ? { kind: 'workspace' } : { kind: 'folder', folder }
    const { json, section, inputs } = found
    const document = { json, section, inputs, configurations: [], compounds: [] }
    const root = taskRoot(inWorkspaceFile ? ['tasks'] : [])
    return { holds: 'tasks', document, root, facts: factsOf(path, source, document) }
  }

  const views = (path: string): readonly JsonView[] => {
    const kind = kindOf(path)
    const found = [
      kind === 'tasks' ? undefined : launch(path),
      kind === 'tasks' || kind === 'workspaceFile' ? taskView(path) : undefined,
    ]
    return found.filter(each => each !== undefined)
  }

  const launchPaths = (): string[] =>
    placesNow().flatMap(({ source, document, settings: beside }) =>
      [
        document === undefined ? undefined : launchFiles.pathOf(document),
        beside === undefined || source.kind !== 'folder' ? undefined : settingsPath(source.folder),
      ].filter(path => path !== undefined),
    )

  // Asked for by who watches them and by who checks them, at each keystroke.
  const envFiles = oncePerTurn((): readonly string[] => {
    const named = placesNow().flatMap(({ source, document }) =>
      document === undefined ? [] : namedEnvFiles(workspace, host, document, source),
    )
    return [...new Set(named)]
  })

  const usersOf = (path: string): readonly EnvFileUser[] => {
    const found = [...new Set(launchPaths())].flatMap(each => launch(each) ?? [])
    return found.flatMap(({ document, facts }) => envFileUsers(document, facts, path))
  }

  return {
    kindOf,
    launch,
    json(path, offset = 0) {
      const found = views(path)
      return found.find(({ document }) => holds(document.section, offset)) ?? found[0]
    },
    around,
    views,
    tasks,
    tasksBeside(path) {
      const { workspaceFile } = settings.own()
      const ofFolders = folders.list().map(tasksPath)
      const others = kindOf(path) === 'workspaceFile' ? ofFolders : [workspaceFile]
      return others.flatMap(other => (other === undefined ? [] : (tasks(other) ?? [])))
    },
    launchesBeside(path) {
      const { workspaceFile } = settings.own()
      const folder = folderOf(path)
      const inFolder = (each: Folder) => [launchPath(each), settingsPath(each)]
      const paths =
        kindOf(path) === 'workspaceFile'
          ? [path, ...folders.list().flatMap(inFolder)]
          : [...(folder === undefined ? [] : inFolder(folder)), workspaceFile]
      return paths.flatMap(each => (each === undefined ? [] : (launch(each)?.document ?? [])))
    },
    folderOf,
    envFiles,
    env(path) {
      const text = documents.read(path) ?? ''
      return { text, file: parseEnvFile(text, settings.own().envFileDialect).value }
    },
    envProblems(path) {
      const text = documents.read(path) ?? ''
      return problemsOfEnvFile(text, settings.own().envFileDialect, () => usersOf(path))
    },
    envFileUsers: usersOf,
    all() {
      const beside = folders.list().flatMap(folder => [launchPath(folder), tasksPath(folder)])
      const known = [...new Set([...launchPaths(), ...beside, ...envFiles()])]
      return known.filter(path => documents.kind(path) === 'file')
    },
  }
}

/** Env files as far as their paths are known without a start; the default one if it exists. */
function namedEnvFiles(
  { folders, settings }: Workspace,
  host: Host,
  document: LaunchDocument,
  source: LaunchSource,
): string[] {
  const folder = source.kind === 'folder' ? source.folder : undefined
  const variables = variableFacts(document, {
    host,
    source,
    folders: folders.list(),
    settings: settings.of(folder),
  })
  const base = variables.folder?.path
  const setting = settings.of(folder)('python.envFile')
  const named = document.configurations.flatMap(({ node }) =>
    ENV_FILE_PLACES.map(place => nodeAt(node, place)?.value),
  )
  const first = typeof setting === 'string' ? setting : '${workspaceFolder}/.env'
  return [...new Set([first, ...named])].flatMap(text => {
    const path = typeof text === 'string' && text !== '' ? staticText(text, variables) : undefined
    if (path === undefined) return []
    if (isAbsolute(path)) return [join(path)]
    return base === undefined ? [] : [join(base, path)]
  })
}

const ENV_FILE_PLACES = [['envFile'], ['windows', 'envFile'], ['osx', 'envFile'], ['linux', 'envFile']]

function holds(section: Node | undefined, offset: number): boolean {
  return section !== undefined && offset >= section.offset && offset <= section.offset + section.length
}

function isSettings(path: string): boolean {
  return basename(path) === 'settings.json'
}

function toOther({ source, document }: LaunchPlace) {
  return {
    folder: source.kind === 'folder' ? source.folder.name : undefined,
    configurations: document?.configurations.map(({ name }) => name) ?? [],
    compounds: document?.compounds.map(({ name }) => name) ?? [],
  }
}

function inputIds(inputs: readonly unknown[] | undefined): string[] {
  return (inputs ?? []).flatMap(input =>
    isObject(input) && typeof input['id'] === 'string' ? [input['id']] : [],
  )
}

/** Of each path the last text that was parsed: requests between two keystrokes cost nothing. */
function keepLast<T>(
  parse: (text: string, section: string) => T,
): (path: string, text: string, section: string) => T {
  const known = new Map<string, { text: string; section: string; value: T }>()
  return (path, text, section) => {
    const last = known.get(path)
    if (last?.text === text && last.section === section) return last.value
    const value = parse(text, section)
    if (known.size > KEPT) known.clear()
    known.set(path, { text, section, value })
    return value
  }
}

const KEPT = 50

/** The answer is kept until the current work is done: nothing can change in between. */
function oncePerTurn<T>(ask: () => T): () => T {
  let known: { readonly answer: T } | undefined
  return () => {
    if (known === undefined) {
      known = { answer: ask() }
      queueMicrotask(() => {
        known = undefined
      })
    }
    return known.answer
  }
}
