import { parseEnvFile } from '../core/envFile'
import { mergeEnvironment, overlay } from '../core/environment'
import type { Environment } from '../core/host'
import { isObject, type JsonObject } from '../core/json'
import { PLATFORM_SECTIONS } from '../core/platformSection'
import { staticText } from '../core/staticText'
import {
  type AdapterRoute,
  type CompleteDraft,
  copyOf,
  type DebugpyFacts,
  type Draft,
  extensionFolder,
  fileSystemPath,
  NOTHING_TO_ATTACH_TO,
  pathsOf,
  put,
  type Refused,
  refused,
  type WorkingDraft,
  withWorkspaceFolder,
} from './debugpyDraft'
import { attachPathMappings, isLocalHost, launchPathMappings } from './debugpyPathMappings'
import { chosenInterpreter, interpreterOrigin, isFile } from './debugpyPrepare'

/**
 * The Python Debugger extension's second step, on a configuration whose variables have been replaced: its defaults, the
 * environment, `debugOptions`, path mappings, and how the adapter is reached. What it fails on is refused.
 */
export function complete(prepared: Draft, facts: DebugpyFacts): CompleteDraft | Refused {
  const unusable = findUnusable(prepared.arguments)
  if (unusable !== undefined) return unusable
  const draft = copyOf(prepared)
  const { program, python } = draft.arguments
  if (python === undefined && isFile(program, facts)) {
    put(draft, 'python', chosenInterpreter(program, facts), interpreterOrigin(facts))
  }
  const isAttach = draft.arguments['request'] === 'attach'
  const done = isAttach ? completeAttach(draft, facts) : completeLaunch(draft, facts)
  if ('kind' in done) return done
  return { ...draft, ...done, adapter: adapterRoute(draft.arguments, facts) }
}

type Environments = Pick<CompleteDraft, 'environment' | 'envFile'>

/** Types on which the extension fails with an error of JavaScript, whatever else the configuration says. */
function findUnusable(configuration: JsonObject): Refused | undefined {
  for (const key of ['module', 'host']) {
    if (configuration[key] && typeof configuration[key] !== 'string') {
      return refused('wrong-type', `"${key}" must be a text.`, [key])
    }
  }
  const { purpose } = configuration
  if (configuration['request'] === 'attach') {
    const isNull = configuration['env'] === null
    return isNull ? refused('wrong-type', '"env" must be an object.', ['env']) : undefined
  }
  if (purpose === undefined || purpose === null || typeof purpose === 'string' || Array.isArray(purpose)) {
    return undefined
  }
  return refused('wrong-type', '"purpose" must be a list of texts.', ['purpose'])
}

function completeLaunch(draft: WorkingDraft, facts: DebugpyFacts): Environments | Refused {
  const args = draft.arguments
  const folder = extensionFolder(facts)
  for (const key of ['python', 'debugAdapterPython', 'debugLauncherPython']) {
    if (args[key] === undefined) put(draft, key, args['pythonPath'], { kind: 'written', key: 'pythonPath' })
  }
  put(draft, 'pythonPath', undefined)
  if (typeof args['cwd'] !== 'string' && folder !== undefined) put(draft, 'cwd', folder)
  const unusable =
    typeof args['envFile'] === 'string' || folder === undefined
      ? undefined
      : putDefaultEnvFile(draft, folder, facts)
  if (unusable !== undefined) return unusable
  const environments = environmentOf(args, facts)
  const variables = [...environments.environment].map(([name, { value }]) => [name, value] as const)
  put(draft, 'env', Object.fromEntries(variables))

  if (typeof args['stopOnEntry'] !== 'boolean') put(draft, 'stopOnEntry', false)
  putShowReturnValue(draft)
  if (!args['console']) put(draft, 'console', 'integratedTerminal')
  const isInternal = args['console'] === 'internalConsole'
  if (!isInternal && !args['internalConsoleOptions']) put(draft, 'internalConsoleOptions', 'neverOpen')
  if (lengthOf(args['terminalQuoteCharacter']) !== 1) putQuoteCharacter(draft, facts)
  if (args['redirectOutput'] === undefined && isInternal) put(draft, 'redirectOutput', true)
  putCommon(draft, folder, facts)
  putLaunchOptions(draft, facts)
  if (args['autoStartBrowser'] && (args['django'] || isModule(args, 'flask')) && !args['serverReadyAction']) {
    put(draft, 'serverReadyAction', OPEN_BROWSER, { kind: 'written', key: 'autoStartBrowser' })
  }
  return launchPathMappings(draft, folder, facts) ?? environments
}

const OPEN_BROWSER = {
  pattern: '.*(https?:\\/\\/\\S+:[0-9]+\\/?).*',
  uriFormat: '%s',
  action: 'openExternally',
}

function completeAttach(draft: WorkingDraft, facts: DebugpyFacts): Environments | Refused {
  const args = draft.arguments
  const folder = extensionFolder(facts)
  if (!args['connect'] && !args['listen'] && !args['host']) put(draft, 'host', 'localhost')
  putShowReturnValue(draft)
  putCommon(draft, folder, facts)
  const isLocal = isLocalHost(args['host'])
  addOptions(draft, [
    ['Django', args['django']],
    ['Jinja', args['jinja']],
    ['Multiprocess', args['subProcess'] === true],
    ['Jinja', args['pyramid'] && args['jinja'] !== false],
    ['RedirectOutput', args['redirectOutput'] || args['redirectOutput'] === undefined],
    ['FixFilePathCase', facts.host.platform === 'win32' && isLocal],
    ['ShowReturnValue', args['showReturnValue']],
  ])
  if (!args['clientOS']) put(draft, 'clientOS', facts.host.platform === 'win32' ? 'windows' : 'unix')
  return attachPathMappings(draft, folder, facts) ?? { environment: new Map(), envFile: undefined }
}

/** Both requests. */
function putCommon(draft: WorkingDraft, folder: string | undefined, facts: DebugpyFacts): void {
  const args = draft.arguments
  if (args['justMyCode'] === undefined) {
    const setting = settingsFor(folder, facts)(JUST_MY_CODE)
    put(
      draft,
      'justMyCode',
      setting ?? true,
      setting === undefined ? DEFAULT : { kind: 'settings', key: JUST_MY_CODE },
    )
  }
  put(draft, 'workspaceFolder', folder)
}

const JUST_MY_CODE = 'debugpy.debugJustMyCode'
const ENV_FILE = 'python.envFile'
const DEFAULT = { kind: 'default' } as const

function putShowReturnValue(draft: WorkingDraft): void {
  const given = draft.arguments['showReturnValue']
  if (typeof given !== 'boolean') put(draft, 'showReturnValue', true)
}

function putLaunchOptions(draft: WorkingDraft, facts: DebugpyFacts): void {
  const args = draft.arguments
  const impliesJinja = args['pyramid'] || isModule(args, 'flask') || isModule(args, 'fastapi')
  addOptions(draft, [
    ['StopOnEntry', args['stopOnEntry']],
    ['ShowReturnValue', args['showReturnValue']],
    ['Django', args['django']],
    ['Jinja', args['jinja']],
    ['RedirectOutput', args['redirectOutput']],
    ['Sudo', args['sudo']],
    ['Multiprocess', args['subProcess'] === true],
    ['FixFilePathCase', facts.host.platform === 'win32'],
    ['Jinja', impliesJinja && args['jinja'] !== false],
  ])
}

/** `debugOptions`: the flags as written, then those that hold, each one once. */
function addOptions(
  draft: WorkingDraft,
  options: readonly (readonly [flag: string, holds: unknown])[],
): void {
  const given = draft.arguments['debugOptions']
  const flags: unknown[] = Array.isArray(given) ? given : []
  const added = options.flatMap(([flag, holds]) => (holds ? [flag] : []))
  put(draft, 'debugOptions', [...new Set([...flags, ...added])])
}

function isModule({ module }: JsonObject, name: string): boolean {
  return typeof module === 'string' && module.toLowerCase() === name
}

/** The setting's variables are replaced here, as those of `envFile` are elsewhere (docs/differences.md). */
function putDefaultEnvFile(draft: WorkingDraft, folder: string, facts: DebugpyFacts): Refused | undefined {
  const setting = settingsFor(folder, facts)(ENV_FILE)
  if (setting && typeof setting !== 'string') {
    return refused('wrong-type', `The setting ${ENV_FILE} must be a text.`, [])
  }
  const origin = setting === undefined ? DEFAULT : ({ kind: 'settings', key: ENV_FILE } as const)
  const path = withWorkspaceFolder(String(setting ?? '${workspaceFolder}/.env'), folder)
  const isText = setting === undefined || typeof setting === 'string'
  put(draft, 'envFile', isText ? (staticText(path, facts) ?? path) : setting, origin)
  return undefined
}

function environmentOf(args: JsonObject, facts: DebugpyFacts): Environments {
  const { env, envFile: path } = args
  // What spreading gives for what is no object is what the extension sends.
  const launch: JsonObject = env ? Object.fromEntries(Object.entries(env)) : {}
  const isAbsolute = typeof path === 'string' && pathsOf(facts).isAbsolute(path)
  const text = isAbsolute ? facts.files.read(path) : undefined
  const file = text === undefined ? undefined : parseEnvFile(text, facts.envFileDialect, textsOf(launch))
  const environment = mergeEnvironment({
    file: file?.value,
    launch,
    process: overlay(facts.host.env, facts.editor?.env, facts.host.platform),
    platform: facts.host.platform,
    internalConsole: args['console'] === 'internalConsole',
    gevent: Boolean(args['gevent']),
  })
  const read = isAbsolute && text !== undefined && file !== undefined
  return { environment, envFile: read ? { path, text, problems: file.problems } : undefined }
}

/** The variables of `env` as `${…}` in an env file sees them. */
export function textsOf(launch: JsonObject): Environment {
  return Object.fromEntries(Object.entries(launch).map(([name, value]) => [name, value ? String(value) : '']))
}

function putQuoteCharacter(draft: WorkingDraft, facts: DebugpyFacts): void {
  const { host, folders } = facts
  const platform = PLATFORM_SECTIONS[host.platform]
  const only = folders.length === 1 ? folders[0] : undefined
  const settings = (only && facts.settingsFor?.(only)) ?? facts.settings
  const key = `terminal.integrated.defaultProfile.${platform}`
  const name = settings(key)
  const profiles = settings(`terminal.integrated.profiles.${platform}`)
  if (!name || !profiles) {
    put(draft, 'terminalQuoteCharacter', host.platform === 'win32' ? "'" : '"')
    return
  }
  const profile = isObject(profiles) ? profiles[String(name)] : undefined
  const path = isObject(profile) ? String(profile['path'] ?? '') : ''
  put(draft, 'terminalQuoteCharacter', /powershell|pwsh/i.test(path) ? "'" : '"', { kind: 'settings', key })
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : 0
}

function settingsFor(path: string | undefined, facts: DebugpyFacts) {
  const folder = facts.folders.find(each => fileSystemPath(each.path, facts) === path) ?? facts.folder
  return (folder && facts.settingsFor?.(folder)) ?? facts.settings
}

function adapterRoute(args: JsonObject, facts: DebugpyFacts): AdapterRoute {
  const running = args['request'] === 'attach' ? runningAdapter(args) : undefined
  if (running !== undefined) return running
  const { debugAdapterPython, debugAdapterPath, pythonPath } = args
  const given = debugAdapterPython === undefined ? pythonPath || undefined : debugAdapterPython
  const python = given === undefined ? chosenInterpreter(undefined, facts) : given
  return {
    spawn: {
      python: typeof python === 'string' ? python : undefined,
      adapterPath: debugAdapterPath,
      logToFile: Boolean(args['logToFile']),
    },
  }
}

/** Of an attach: the adapter beside the program; undefined where one is to be started. */
function runningAdapter(args: JsonObject): AdapterRoute | undefined {
  const { connect, port, host, listen, processId } = args
  if (connect !== undefined) {
    if (connect === null) return { refused: '"connect" must be an object with "host" and "port".' }
    const at = isObject(connect) ? connect : {}
    return { connect: { host: String(at['host'] ?? LOOPBACK), port: Number(at['port']) } }
  }
  if (port !== undefined) return { connect: { host: String(host ?? LOOPBACK), port: Number(port) } }
  return listen === undefined && processId === undefined ? { refused: NOTHING_TO_ATTACH_TO } : undefined
}

const LOOPBACK = '127.0.0.1'
