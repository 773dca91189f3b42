import type { EditorState, Folder, LaunchSource, Settings } from '../core/editor'
import { parseEnvFile } from '../core/envFile'
import type { Files, Host } from '../core/host'
import type { Question, RememberedAnswers } from '../core/inputs'
import { isObject, type JsonObject } from '../core/json'
import { selectForPlatform } from '../core/platformSection'
import type { Problem, Span } from '../core/problem'
import { type Answers, substitute } from '../core/substitution'
export interface ResolveFacts { host: Host; folders: readonly Folder[]; folder: Folder | undefined; source: LaunchSource; editor: EditorState | undefined; settings: Settings; settingsFor?: (f: Folder) => Settings; files: Files; interpreterFor(path: string | undefined): string | undefined; settingsPython: string | undefined; noDebug: boolean; envFileDialect: 'debugpy' | 'dotenv'; shellArgs: boolean; inputs: readonly unknown[] | undefined; remembered: RememberedAnswers }
export type Origin = { path: (string|number)[] } & ({ kind: 'launch.json'|'platform'; written: (string|number)[] } | { kind: 'envFile'; file: string; span: Span } | { kind: 'settings'; key: string } | { kind: 'default' | 'process' })
export type ResolveStep =
  | { kind: 'ask'; question: Question }
  | { kind: 'resolved'; arguments: JsonObject; adapter: { connect: { host: string; port: number } } | { spawn: readonly string[] }; interpreter: string | undefined; origins: Origin[]; secrets: (string | number)[][]; problems: { code: string; message: string; severity: Problem['severity']; path?: (string|number)[] }[] }
  | { kind: 'refused'; error: { code: string; message: string; remedy?: string; path?: (string | number)[] } }
  | { kind: 'cancelled' }
export function resolveConfiguration(configuration: JsonObject, facts: ResolveFacts, answers: Answers): ResolveStep {
  const step = substitute(selectForPlatform(configuration, facts.host.platform), { ...facts, execPath: undefined, extensions: {}, contributed: {}, commandAliases: {} }, answers)
  if (step.kind === 'error') return { kind: 'refused', error: step }
  if (step.kind !== 'done') return step
  const file = typeof step.value['envFile'] === 'string' ? step.value['envFile'] : `${facts.folder?.path}/.env`
  const env = parseEnvFile(facts.files.read(file) ?? '', 'debugpy').value.variables
  const args: JsonObject = { cwd: facts.folder?.path, redirectOutput: true, python: [facts.interpreterFor(undefined)], ...step.value, env: { ...env, ...(isObject(step.value['env']) ? step.value['env'] : {}) } }
  if (facts.noDebug) args['noDebug'] = true
  return { kind: 'resolved', arguments: args, adapter: { spawn: [] }, interpreter: undefined, origins: [], secrets: [], problems: [] }
}
