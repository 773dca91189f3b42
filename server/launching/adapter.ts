import { adapterCommand } from '../sessions/debugpyAdapter'
import { findDebugpy } from '../sessions/debugpyPackage'
import { locatePython } from '../sessions/interpreters'
import type { AdapterChoice } from '../sessions/launchPlan'
import type { ResolveStep } from '../sessions/resolveConfiguration'
import { StartRefused } from '../sessions/startError'
import { expandSetting, hostFor, interpreterFacts } from './facts'
import type { LaunchingParts, Ui } from './machine'
import type { Attempt } from './prepare'
import { noInterpreter } from './refusals'

/**
 * How the broker will reach a debugpy for the configuration as far as it is resolved: a running one to connect to,
 * or the interpreter's, which may have to be put into our cache first.
 * @throws StartRefused without an interpreter or debugpy
 */
export async function chooseAdapter(
  step: ResolveStep,
  { member, params, parts, ui, signal }: Attempt,
): Promise<AdapterChoice> {
  if (step.kind === 'resolved' && 'connect' in step.adapter)
    return { kind: 'connect', ...step.adapter.connect }
  const args = step.kind === 'resolved' ? step.arguments : member.configuration
  const facts = interpreterFacts(member.folder, params, parts)
  const program = typeof args['program'] === 'string' ? args['program'] : undefined
  const wanted = step.kind === 'ask' ? step.python?.value : args['python']
  const located = locatePython(wanted, member.folder?.path, program, facts)
  if (located.kind === 'none') throw new StartRefused(noInterpreter(located.tried, member, parts, wanted))

  const own = parts.workspace.settings.own()
  const { env } = hostFor(parts.host, params)
  const answer = await findDebugpy(located.command, {
    host: facts.host,
    files: parts.files,
    store: parts.store,
    path: own.debugpyPath && expandSetting(own.debugpyPath, member.folder, facts.host, parts),
    provision: own.provision,
    progress: ui.progress,
    ask: question => askYes(ui, question, signal),
    cwd: member.folder?.path,
    signal,
  })
  if (answer.kind === 'refused') throw new StartRefused(answer.error)
  const { folder, version, source } = answer.debugpy
  const python = `${located.command[0]} (${located.interpreter.reason})`
  parts.log('info', `${member.name}: ${python}, debugpy ${version} in ${folder} (${source})`)
  const cwd = member.folder?.path ?? parts.host.cwd
  const spawn = step.kind === 'resolved' && 'spawn' in step.adapter ? step.adapter.spawn : undefined
  if (typeof spawn?.adapterPath === 'string') {
    return { kind: 'spawn', command: [...answer.debugpy.python, spawn.adapterPath], env, cwd }
  }
  return adapterCommand(answer.debugpy, answer.debugpy.python, {
    bootFile: own.fastStart ? parts.bootFile : undefined,
    ...(spawn?.logToFile ? { logDir: logFolder(parts, ui) } : {}),
    isInternalConsole: args['console'] === 'internalConsole',
    env,
    cwd,
  })
}

/** debugpy's logs hold values of the environment: they go where only the user can read. */
function logFolder({ store }: LaunchingParts, ui: Ui): string {
  const folder = store.makeFolder('debugpy-logs')
  ui.output({
    text: `debugpy writes its logs to ${folder}, with the environment of the program.\n`,
    stream: 'stderr',
  })
  return folder
}

async function askYes(ui: Ui, question: string, signal: AbortSignal): Promise<boolean> {
  const items = [
    { label: 'Install', value: 'yes' },
    { label: 'Not now', value: 'no' },
  ]
  return (await ui.ask({ kind: 'pick', title: question, items }, signal)) === 'yes'
}
