import type { Folder, Settings } from '../core/editor'
import type { Files } from '../core/host'
import { isObject, type JsonObject, parseJson, plainValue } from '../core/json'
import type { LogLevel } from '../core/log'
import { settingsOf } from '../core/settings'
import { settingsPath } from './launchFiles'

/** Our own settings (section `launch-ls`), as PROTOCOL.md lists them, with their defaults. */
export interface OwnSettings {
  readonly debugpyPath: string | undefined
  readonly provision: 'ask' | 'always' | 'never'
  readonly fastStart: boolean
  readonly envFileDialect: 'debugpy' | 'dotenv'
  readonly trace: boolean
  readonly tasks: boolean
  readonly logLevel: LogLevel
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
  let client: JsonObject = {}
  let read = settingsOf([client])
  return {
    update(given) {
      const settings = isObject(given) ? given : {}
      client = isObject(settings['launch-ls']) ? { ...settings, ...settings['launch-ls'] } : settings
      read = settingsOf([client])
    },
    own: () => ({
      debugpyPath: text(read('debugpy.path')),
      provision: oneOf(['always', 'ask', 'never'], read('debugpy.provision')),
      fastStart: read('debugpy.fastStart') !== false,
      envFileDialect: oneOf(['debugpy', 'dotenv'], read('envFile.dialect')),
      trace: read('broker.trace') === true,
      tasks: read('tasks.enabled') !== false,
      logLevel: oneOf(['warning', 'error', 'info', 'debug'], read('log.level')),
      workspaceFile: text(read('workspaceFile')),
    }),
    of(folder) {
      const file = folder === undefined ? undefined : files.read(settingsPath(folder))
      const ofFolder = file === undefined ? undefined : plainValue(parseJson(file).root)
      const own = { debugpy: { debugJustMyCode: read('debugpy.justMyCode') } }
      const layers = [own, client, workspaceSettings(), ofFolder]
      return settingsOf(layers.filter(isObject))
    },
    client: () => client,
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The value if it is allowed, else the first, which is the default. */
function oneOf<const T extends string>(allowed: readonly [T, ...T[]], value: unknown): T {
  return allowed.find(each => each === value) ?? allowed[0]
}
