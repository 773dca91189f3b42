import type { Folder } from '../../server/core/editor'
import type { Files, Platform } from '../../server/core/host'
import { isObject, type JsonObject } from '../../server/core/json'
import { folderOf } from '../../server/core/launches'
import { PLATFORM_SECTIONS, selectForPlatform } from '../../server/core/platformSection'
import { settingsOf } from '../../server/core/settings'
import type { Answer } from '../../server/core/substitution'
import type { AdapterRoute } from '../../server/sessions/debugpyDraft'
import {
  type ResolveFacts,
  resolveAsVsCode,
  type VsCodeStep,
} from '../../server/sessions/resolveConfiguration'
import { asExtensionReads, puttingBack } from './extensionDefects'
import { sameJson, type Verdict, verdict } from './verdict'

export interface ArgumentsCase {
  readonly configuration: JsonObject
  readonly platform?: Platform
  readonly folders: readonly CaseFolder[]
  readonly source?: 'folder' | 'workspace' | 'user'
  readonly launchFolder?: string
  readonly editor?: {
    readonly file: string
    readonly lineNumber?: number
    readonly columnNumber?: number
    readonly selectedText?: string
    readonly languageId?: string
  }
  readonly interpreter: string | null
  readonly interpreters?: Readonly<Record<string, string>>
  readonly settingsPython?: string | null
  readonly settings: JsonObject
  readonly process: Readonly<Record<string, string>>
  readonly files: Readonly<Record<string, string>>
  readonly commands?: JsonObject
  readonly noDebug?: boolean
  readonly expected?: JsonObject
  readonly error?: string
  readonly cancelled?: true
  readonly crash?: true
  readonly adapter?: { readonly error?: string; readonly crash?: true }
}

type CaseFolder = Folder & { readonly settings?: JsonObject }

/** One configuration, from launch.json to what the adapter is sent. */
export function check(testCase: unknown): Verdict {
  const given = testCase as ArgumentsCase
  const plain = compare(resolve(given), given)
  if (plain.kind === 'passed') return plain
  // Where the case meets a defect that we do not share, ours with that defect must be what was measured.
  const defects = asExtensionReads(given)
  for (const [rule, defective] of Object.entries(defects)) {
    if (compare(puttingBack(resolve(defective)), given).kind === 'passed') return { kind: 'differs', rule }
  }
  if (given.crash && pythonOf(given)[1] !== NO_LIST) return pythonList(given)
  return plain
}

/** A list in `python`: the same as with its first element alone, or with nothing, but for `python` itself. */
function pythonList(given: ArgumentsCase): Verdict {
  const [first] = pythonOf(given)
  const list = resolve(given)
  const single = resolve(withPython(given, first))
  if (list.kind !== 'complete' || single.kind !== 'complete') {
    return { kind: 'failed', why: `a list as python: ${JSON.stringify(list)}` }
  }
  const same = sameJson({ ...list.arguments, python: '' }, { ...single.arguments, python: '' })
  return same
    ? { kind: 'differs', rule: 'python-list' }
    : { kind: 'failed', why: 'python as a list changes more' }
}

/** The list that `python` is here; anything else, or a list of more than texts, is none. */
function pythonOf(given: ArgumentsCase): readonly unknown[] {
  const { python } = selectForPlatform(given.configuration, given.platform ?? 'linux')
  return Array.isArray(python) && python.every(each => typeof each === 'string')
    ? python
    : [undefined, NO_LIST]
}

const NO_LIST = Symbol('no list')

function withPython(given: ArgumentsCase, python: unknown): ArgumentsCase {
  const name = PLATFORM_SECTIONS[given.platform ?? 'linux']
  const section = given.configuration[name]
  const inSection = isObject(section) && 'python' in section
  const changed = inSection ? { [name]: { ...section, python } } : { python }
  return { ...given, configuration: { ...given.configuration, ...changed } }
}

function compare(step: VsCodeStep, given: ArgumentsCase): Verdict {
  if (given.crash) {
    return step.kind === 'refused' ? { kind: 'passed' } : { kind: 'failed', why: `not refused: ${step.kind}` }
  }
  const resolved = step.kind === 'complete' ? step : undefined
  const adapter = resolved && adapterOf(resolved.adapter)
  const isBroken = given.adapter?.crash && adapter !== undefined && 'error' in adapter
  return verdict({
    error: [step.kind === 'refused' ? step.error.message : undefined, given.error],
    cancelled: [step.kind === 'cancelled' ? true : undefined, given.cancelled],
    arguments: [resolved?.arguments, given.expected],
    adapter: [adapter, isBroken ? adapter : given.adapter],
  })
}

function adapterOf(route: AdapterRoute): object {
  if ('connect' in route) return route
  if ('refused' in route) return { error: route.refused }
  const { python, adapterPath, logToFile } = route.spawn
  if (python === undefined) return { error: 'Debug Stopped' }
  const command = /[\\/]/.test(python) ? python : '<found on PATH>'
  return { spawn: [command, adapterPath ?? '<adapter>', ...(logToFile ? ['--log-dir', '<extension>'] : [])] }
}

/** The start with commands that answer as the case says. */
function resolve(given: ArgumentsCase): VsCodeStep {
  const facts = factsOf(given)
  const answers = new Map<string, Answer>()
  for (const name of Object.keys(given.commands ?? {})) answers.set(`command:${name}`, answerOf(name, given))
  for (;;) {
    const step = resolveAsVsCode(given.configuration, facts, answers)
    if (step.kind !== 'ask') return step
    const { question } = step
    answers.set(question.id, question.kind === 'command' ? answerOf(question.command, given) : null)
  }
}

function answerOf(command: string, { commands = {} }: ArgumentsCase): Answer {
  if (!Object.hasOwn(commands, command)) return { failed: 'unknownCommand' }
  const answer = commands[command] ?? null
  return typeof answer === 'string' || answer === null ? answer : { failed: 'notText' }
}

function factsOf(given: ArgumentsCase): ResolveFacts {
  const { folders, editor, settings } = given
  const platform = given.platform ?? 'linux'
  const kind = given.source ?? 'folder'
  const first = folders.find(({ name }) => name === given.launchFolder) ?? folders[0]
  const source =
    kind === 'folder' && first !== undefined ? { kind, folder: first } : { kind: 'user' as const }
  const folder = folderOf(source, folders)
  const interpreters = lookUp(given.interpreters ?? {}, platform)
  return {
    host: {
      platform,
      env: given.process,
      homeDir: given.process['HOME'] ?? given.process['USERPROFILE'] ?? '',
      cwd: platform === 'win32' ? 'C:\\elsewhere' : '/elsewhere',
    },
    folders,
    folder,
    source,
    editor: editor && {
      file: editor.file,
      ...(editor.lineNumber !== undefined && { line: editor.lineNumber }),
      ...(editor.columnNumber !== undefined && { column: editor.columnNumber }),
      ...(editor.selectedText !== undefined && { selectedText: editor.selectedText }),
    },
    editorLanguage: editor?.languageId ?? 'python',
    settings: settingsOf([settings]),
    settingsFor: each => settingsOf([settings, folders.find(({ path }) => path === each.path)?.settings]),
    files: filesOf(given.files, platform),
    interpreterFor: path => interpreters(path ?? folder?.path ?? '') ?? given.interpreter ?? undefined,
    settingsPython: given.settingsPython === undefined ? 'python' : (given.settingsPython ?? undefined),
    noDebug: given.noDebug === true,
    envFileDialect: 'debugpy',
    shellArgs: true,
    inputs: undefined,
  }
}

function filesOf(files: Readonly<Record<string, string>>, platform: Platform): Files {
  const read = lookUp(files, platform)
  const below = (path: string) => Object.keys(files).some(name => name.startsWith(`${path}/`))
  return {
    read,
    kind: path => (read(path) !== undefined ? 'file' : below(path) ? 'folder' : undefined),
    list: () => [],
  }
}

/** On Windows paths have neither case nor kinds of slash. */
function lookUp(record: Readonly<Record<string, string>>, platform: Platform) {
  const same = (path: string) => (platform === 'win32' ? path.replaceAll('/', '\\').toLowerCase() : path)
  const entries = new Map(Object.entries(record).map(([path, value]) => [same(path), value]))
  return (path: string): string | undefined => entries.get(same(path))
}
