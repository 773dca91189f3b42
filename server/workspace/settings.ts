import { join } from 'node:path'
import type { Folder, Settings } from '../core/editor'
import type { Files } from '../core/host'
import { isObject, parseJson, plainValue } from '../core/json'

/** Our own settings (section `launch-ls`), as PROTOCOL.md lists them, with their defaults. */
export interface OwnSettings {
  readonly pythonPath: string | undefined
  readonly debugpyPath: string | undefined
  readonly provision: 'ask' | 'always' | 'never'
  readonly fastStart: boolean
  readonly envFileDialect: 'debugpy' | 'dotenv'
  readonly trace: boolean
  readonly tasks: boolean
  readonly logLevel: 'error' | 'warning' | 'info' | 'debug'
  /** A *.code-workspace file: its folders, settings and `launch` count as VS Code's do when it is open. */
  readonly workspaceFile: string | undefined
}

export interface SettingsStore {
  /** From initializationOptions, workspace/configuration or didChangeConfiguration; replaces what was there. */
  update(client: unknown): void
  own(): OwnSettings
  /** What VS Code would find for a key: the folder's settings.json, the workspace file's settings, the editor's. */
  of(folder: Folder | undefined): Settings
  /** What the editor gave, for `launch` of the user settings. */
  client(): unknown
}

/** `files` answers for settings.json; `workspaceSettings` for `settings` of the open *.code-workspace. */
export function createSettings(files: Files, workspaceSettings: () => unknown): SettingsStore {
  let client: unknown = {}
  const read = (key: string) => lookUp(client, key)
  return {
    update(given) {
      client = isObject(given) && isObject(given['launch-ls']) ? { ...given, ...given['launch-ls'] } : given
    },
    own: () => ({
      pythonPath: text(read('python.defaultInterpreterPath')),
      debugpyPath: text(read('debugpy.path')),
      provision: oneOf(['always', 'ask', 'never'], read('debugpy.provision')),
      fastStart: read('debugpy.fastStart') !== false,
      envFileDialect: oneOf(['debugpy', 'dotenv'], read('envFile.dialect')),
      trace: read('broker.trace') === true,
      tasks: read('tasks.enabled') !== false,
      logLevel: oneOf(['info', 'error', 'warning', 'debug'], read('log.level')),
      workspaceFile: text(read('workspaceFile')),
    }),
    of(folder) {
      const path = folder === undefined ? undefined : join(folder.path, '.vscode', 'settings.json')
      const ofFolder = path === undefined ? undefined : plainValue(parseJson(files.read(path) ?? '').root)
      return key =>
        lookUp(ofFolder, key) ?? lookUp(workspaceSettings(), key) ?? read(key) ?? read(OWN_NAMES[key] ?? '')
    },
    client: () => client,
  }
}

/** VS Code's keys that have another name in our section. */
const OWN_NAMES: Readonly<Record<string, string>> = { 'debugpy.debugJustMyCode': 'debugpy.justMyCode' }

/** `a.b.c` in settings that may be dotted, nested, or both: `{ "a.b": { "c": 1 } }`. */
export function lookUp(settings: unknown, key: string): unknown {
  if (!isObject(settings) || key === '') return undefined
  if (Object.hasOwn(settings, key)) return settings[key]
  for (let dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
    const head = key.slice(0, dot)
    const found = Object.hasOwn(settings, head) ? lookUp(settings[head], key.slice(dot + 1)) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The value if it is allowed, else the first, which is the default. */
function oneOf<const T extends string>(allowed: readonly [T, ...T[]], value: unknown): T {
  return allowed.find(each => each === value) ?? allowed[0]
}
