import type { Files } from '../../server/core/host'
import type { JsonObject } from '../../server/core/json'
import { settingsOf } from '../../server/core/settings'
import type { Answer } from '../../server/core/substitution'
import {
  type ResolveFacts,
  type ResolveStep,
  resolveConfiguration,
} from '../../server/sessions/resolveConfiguration'

export interface Given {
  readonly files?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly settings?: JsonObject
  readonly facts?: Partial<ResolveFacts>
  readonly answers?: Readonly<Record<string, Answer>>
}

/** A Linux machine with the folder /w open and its interpreter chosen. */
export function factsOf({ files = {}, env = {}, settings = {}, facts = {} }: Given): ResolveFacts {
  const folder = { name: 'w', path: '/w' }
  return {
    host: { platform: 'linux', env, homeDir: '/home/u', cwd: '/' },
    folders: [folder],
    folder,
    source: { kind: 'folder', folder },
    editor: undefined,
    settings: settingsOf([settings]),
    files: inMemory(files),
    interpreterFor: () => '/w/.venv/bin/python',
    settingsPython: undefined,
    noDebug: false,
    envFileDialect: 'debugpy',
    shellArgs: true,
    inputs: undefined,
    ...facts,
  }
}

/** The last step of a start in which every answer is given beforehand. */
export function resolve(configuration: JsonObject, given: Given = {}): ResolveStep {
  const answers = new Map(Object.entries(given.answers ?? {}))
  return resolveConfiguration({ name: 'x', type: 'debugpy', ...configuration }, factsOf(given), answers)
}

/** The step of a start that succeeds. */
export function resolved(configuration: JsonObject, given: Given = {}) {
  const step = resolve(configuration, given)
  if (step.kind !== 'resolved') throw new Error(`not resolved: ${JSON.stringify(step)}`)
  return step
}

export const LAUNCH = { request: 'launch', program: '/w/app.py' }
export const ATTACH = { request: 'attach', connect: { host: 'h', port: 5678 } }
export const WINDOWS: Partial<ResolveFacts> = {
  host: { platform: 'win32', env: {}, homeDir: 'C:\\Users\\u', cwd: 'C:\\' },
}

function inMemory(files: Readonly<Record<string, string>>): Files {
  return {
    read: path => files[path],
    kind: path => (path in files ? 'file' : undefined),
    list: () => [],
  }
}
