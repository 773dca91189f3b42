import type { Folder } from '../../server/core/editor'
import type { Platform } from '../../server/core/host'
import type { JsonObject } from '../../server/core/json'
import { parseLaunchDocument } from '../../server/core/launchDocument'
import { type LaunchPlace, launchesOf } from '../../server/core/launches'
import { startOf } from '../../server/core/launchStart'
import { substitute } from '../../server/core/substitution'
import { type Verdict, verdict } from './verdict'

interface PlatformCase {
  readonly configuration: JsonObject
  readonly platform: Platform
  readonly env?: Record<string, string>
  readonly start?: string
  readonly selected?: unknown
  readonly expected?: unknown
  readonly missing?: true
  readonly error?: string
  readonly crash?: true
}

export function check(testCase: unknown): Verdict {
  const given = testCase as PlatformCase
  const folder = { name: 'w', path: given.platform === 'win32' ? 'C:\\w' : '/w' }
  const selected = choose(given, folder)
  if (selected === undefined || given.missing)
    return verdict({ missing: [selected === undefined, given.missing] })
  const result = substituted(selected, given, folder)
  const error = result.kind === 'error' ? result.message : undefined
  return verdict({
    selected: [selected, given.selected],
    expected: [result.kind === 'done' ? result.value : undefined, given.expected],
    // Where VS Code crashes, the wording is ours.
    error: given.crash ? [error !== undefined, true] : [error, given.error],
  })
}

/** The configuration of /w/.vscode/launch.json with the name to start. */
function choose(given: PlatformCase, folder: Folder): JsonObject | undefined {
  const document = parseLaunchDocument(JSON.stringify({ configurations: [given.configuration] }))
  const place: LaunchPlace = { source: { kind: 'folder', folder }, document }
  const name = given.start ?? String(given.configuration['name'])
  return startOf(launchesOf([place], given.platform), place, name).configurations[0]?.value
}

function substituted(selected: JsonObject, given: PlatformCase, folder: Folder) {
  const facts = {
    host: { platform: given.platform, env: given.env ?? {}, homeDir: '', cwd: folder.path },
    folders: [folder],
    folder,
    editor: undefined,
    settings: () => undefined,
    execPath: undefined,
    extensions: {},
    contributed: {},
    inputs: undefined,
    commandAliases: {},
  }
  return substitute(selected, facts, new Map())
}
