import { posix, win32 } from 'node:path'
import type { EnvDialect } from '../core/envFile'
import type { MergedEnvironment } from '../core/environment'
import type { Files } from '../core/host'
import type { JsonObject } from '../core/json'
import type { Problem } from '../core/problem'
import type { VariableFacts } from '../core/variableValues'

/** What debugpy's arguments depend on besides the configuration. */
export interface DebugpyFacts extends VariableFacts {
  readonly files: Files
  /** The interpreter chosen for a file or folder, undefined: for the configuration's folder; none when undefined. */
  interpreterFor(path: string | undefined): string | undefined
  /** What is run where no interpreter is chosen, such as `python`; undefined: nothing. */
  readonly settingsPython: string | undefined
  readonly envFileDialect: EnvDialect
  /** The language of the active file as its editor names it; absent: by the file's name. */
  readonly editorLanguage?: string
}

/** Where an argument comes from that is not simply as written. */
export type DerivedOrigin =
  /** Another key of the configuration. */
  | { readonly kind: 'written'; readonly key: string }
  | { readonly kind: 'settings'; readonly key: string }
  | { readonly kind: 'default' }

/** A configuration on its way to debugpy. */
export interface Draft {
  readonly arguments: JsonObject
  /** By argument; those that are not here are as written. */
  readonly origins: ReadonlyMap<string, DerivedOrigin>
}

/** How the debug adapter is reached. */
export type AdapterRoute =
  | { readonly connect: { readonly host: string; readonly port: number } }
  /** One is started; without `python` no interpreter is known. */
  | {
      readonly spawn: {
        readonly python: string | undefined
        readonly adapterPath: unknown
        readonly logToFile: boolean
      }
    }
  | { readonly refused: string }

export interface CompleteDraft extends Draft {
  readonly adapter: AdapterRoute
  /** Of a launch: its environment variable by variable, and the file that was read for it. */
  readonly environment: MergedEnvironment
  readonly envFile:
    | { readonly path: string; readonly text: string; readonly problems: readonly Problem[] }
    | undefined
}

/** The extension's text. */
export const NOTHING_TO_ATTACH_TO = '"request":"attach" requires either "connect", "listen", or "processId"'

export interface Refused {
  readonly kind: 'refused'
  readonly error: {
    readonly code: string
    readonly message: string
    readonly remedy?: string
    /** Variables: the one to blame, `${…}`. */
    readonly variable?: string
    /** In the configuration. */
    readonly path?: readonly (string | number)[]
  }
}

export function refused(
  code: string,
  message: string,
  path: readonly (string | number)[],
  remedy?: string,
): Refused {
  return { kind: 'refused', error: { code, message, path, ...(remedy === undefined ? {} : { remedy }) } }
}

export function isRefused(result: object): result is Refused {
  return 'kind' in result && result.kind === 'refused'
}

/** A draft that is being worked on. */
export interface WorkingDraft extends Draft {
  readonly origins: Map<string, DerivedOrigin>
}

export function copyOf(draft: Draft): WorkingDraft {
  return { arguments: { ...draft.arguments }, origins: new Map(draft.origins) }
}

/** Sets an argument and notes where it comes from; undefined removes it. */
export function put(
  draft: WorkingDraft,
  key: string,
  value: unknown,
  origin: DerivedOrigin = { kind: 'default' },
): void {
  if (value === undefined) {
    delete draft.arguments[key]
    draft.origins.delete(key)
  } else {
    draft.arguments[key] = value
    draft.origins.set(key, origin)
  }
}

/**
 * The folder that the Python Debugger extension takes for the configuration's: its own, the only open one, the one of
 * the Python file in the editor, and without any the folder of that file. Drive letters are small on this side.
 */
export function extensionFolder(facts: DebugpyFacts): string | undefined {
  const { folders } = facts
  const program = pythonFileInEditor(facts)
  const path = pathsOf(facts)
  if (facts.folder !== undefined) return fileSystemPath(facts.folder.path, facts)
  if (folders.length === 0) return program && fileSystemPath(path.dirname(program), facts)
  if (folders.length === 1) return folders[0] && fileSystemPath(folders[0].path, facts)
  const owners = program === undefined ? [] : folders.filter(folder => isWithin(program, folder.path, facts))
  const owner = owners.toSorted((a, b) => b.path.length - a.path.length)[0]
  return owner && fileSystemPath(owner.path, facts)
}

/** A path as VS Code's `fsPath`: on Windows with a small drive letter and backslashes. */
export function fileSystemPath(path: string, facts: DebugpyFacts): string {
  if (facts.host.platform !== 'win32') return path
  return smallDrive(path.replaceAll('/', '\\'), facts)
}

export function smallDrive(path: string, facts: DebugpyFacts): string {
  if (facts.host.platform !== 'win32' || !/^[A-Z]:/.test(path)) return path
  return path.charAt(0).toLowerCase() + path.slice(1)
}

export function pathsOf(facts: DebugpyFacts): typeof posix {
  return facts.host.platform === 'win32' ? win32 : posix
}

/** `${workspaceFolder}` alone is replaced, everything else is left for the substitution. */
export function withWorkspaceFolder(text: string, folder: unknown): string {
  if (typeof folder !== 'string') return text
  return text.replace(/\$\{([^}]+)\}/g, (variable, name) => (name === 'workspaceFolder' ? folder : variable))
}

/** The command whose answer is the chosen interpreter. */
export const INTERPRETER_COMMAND = '${command:python.interpreterPath}'

function pythonFileInEditor({ editor, editorLanguage }: DebugpyFacts): string | undefined {
  const file = editor?.file
  if (file === undefined || file === '') return undefined
  const isPython = editorLanguage === undefined ? /\.(py|pyw|pyi)$/i.test(file) : editorLanguage === 'python'
  return isPython ? file : undefined
}

function isWithin(file: string, folder: string, facts: DebugpyFacts): boolean {
  const path = pathsOf(facts)
  const relative = path.relative(folder, file)
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative)
}
