import type { Folder } from '../core/editor'
import type { Environment, Host } from '../core/host'
import { staticText } from '../core/staticText'
import type { Answer } from '../core/substitution'
import type { StartDebugParams } from '../protocol'
import { chooseInterpreter, type InterpreterFacts, locatePython } from '../sessions/interpreters'
import { rememberedInterpreter } from '../sessions/rememberedInterpreter'
import type { ResolveFacts } from '../sessions/resolveConfiguration'
import { rememberedAnswers } from './answers'
import type { LaunchingParts } from './machine'
import type { Member } from './members'

/** All that the resolution of a member may look at. Nothing is run and nothing is asked. */
export function resolveFacts(member: Member, params: StartDebugParams, parts: LaunchingParts): ResolveFacts {
  const { folders, settings } = parts.workspace
  const own = settings.own()
  const interpreters = interpreterFacts(member.folder, params, parts)
  return {
    host: hostFor(parts.host, params),
    folders: folders.list(),
    folder: member.folder,
    source: member.source,
    editor: params.editor,
    settings: settings.of(member.folder),
    settingsFor: settings.of,
    files: parts.files,
    interpreterFor: path => {
      const choice = chooseInterpreter(member.folder?.path, path, interpreters)
      return choice.kind === 'found' ? choice.interpreter.path : undefined
    },
    settingsPython: undefined,
    noDebug: params.noDebug === true,
    envFileDialect: own.envFileDialect,
    shellArgs: true,
    inputs: member.inputs,
    remembered: rememberedAnswers(parts.store, member.folder?.path ?? ''),
  }
}

/** The interpreter that a configuration of the folder without `python` runs with; undefined: none is found. */
export function interpreterOf(folder: Folder | undefined, parts: InterpreterParts): string | undefined {
  const choice = chooseInterpreter(folder?.path, undefined, interpreterFacts(folder, {}, parts))
  return choice.kind === 'found' ? choice.interpreter.path : undefined
}

/** Both for language features, which ask of folders alone. */
export function interpretersFor(parts: InterpreterParts) {
  return {
    chosen: (folder: Folder | undefined) => interpreterOf(folder, parts),
    has: (name: string, folder: Folder | undefined) =>
      locatePython(name, folder?.path, undefined, interpreterFacts(folder, {}, parts)).kind === 'found',
  }
}

type InterpreterParts = Pick<LaunchingParts, 'host' | 'store' | 'workspace' | 'files'>

export function interpreterFacts(
  folder: Folder | undefined,
  params: Pick<StartDebugParams, 'editor'>,
  parts: InterpreterParts,
): InterpreterFacts {
  const setting = parts.workspace.settings.of(folder)('python.defaultInterpreterPath')
  const host = hostFor(parts.host, params)
  return {
    host,
    files: parts.files,
    setting: typeof setting === 'string' ? expandSetting(setting, folder, host, parts) : undefined,
    chosen: folder === undefined ? undefined : rememberedInterpreter(parts.store, folder.path),
  }
}

/** The editor's own environment goes over the server's: it may have been started in a virtual environment. */
export function hostFor(host: Host, { editor }: Pick<StartDebugParams, 'editor'>): Host {
  return { ...host, env: environmentFor(host, editor?.env) }
}

function environmentFor(host: Host, env: Environment | undefined): Environment {
  return env === undefined ? host.env : { ...host.env, ...env }
}

/** Answers that came with the request: `{ ID: value }` answers `${input:ID}` and `${command:ID}`. */
export function givenAnswers({ inputs }: StartDebugParams): Map<string, Answer> {
  const answers = new Map<string, Answer>()
  for (const [id, value] of Object.entries(inputs ?? {})) {
    for (const key of /^(input|command):/.test(id) ? [id] : [`input:${id}`, `command:${id}`])
      answers.set(key, value)
  }
  return answers
}

/** A setting that is a path, its variables put in and `~` taken for the home folder; undefined: not to be known. */
export function expandSetting(
  setting: string,
  folder: Folder | undefined,
  host: Host,
  parts: InterpreterParts,
): string | undefined {
  const home = setting.replace(/^~(?=[\\/]|$)/, host.homeDir)
  return staticText(home, {
    host,
    folders: parts.workspace.folders.list(),
    folder,
    editor: undefined,
    settings: parts.workspace.settings.of(folder),
    execPath: undefined,
    extensions: {},
    contributed: {},
    inputs: undefined,
    commandAliases: {},
  })
}
