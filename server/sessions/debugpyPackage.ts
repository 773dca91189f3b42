import type { StartError } from '../protocol'
import { type DebugpyFiles, debugpyAt, debugpyIn, environmentFacts } from './debugpyFiles'
import { cachedDebugpy, type ProvisionOptions, provisionDebugpy } from './debugpyProvision'
import { type Machine, machineOf, whyMissing } from './interpreters/machine'
import { onPath } from './interpreters/searchPath'
import { isAtLeast } from './interpreters/version'
import { isOneFile, pythonFacts } from './pythonFacts'
import { debugpyPathInvalid, interpreterMissing, interpreterTooOld } from './startError'

/** A debugpy, and the interpreter to run its adapter with. */
export interface Debugpy extends DebugpyFiles {
  /** The interpreter's real command: what a script like pyenv's would start. */
  readonly python: readonly string[]
  readonly pythonVersion: string
  readonly source: 'setting' | 'interpreter' | 'cache' | 'provisioned'
}

export type DebugpyAnswer =
  | { readonly kind: 'found'; readonly debugpy: Debugpy }
  | { readonly kind: 'refused'; readonly error: StartError }

export interface DebugpyOptions extends ProvisionOptions {
  /** The setting `debugpy.path`: debugpy's own folder, or the one that it lies in. */
  readonly path?: string | undefined
}

/**
 * The debugpy to start a session with: the one that the setting names, the interpreter's own if it is 1.8 or newer,
 * the one in our cache, else one that is put there now. Of a virtual environment files tell the first two within a
 * millisecond; every other interpreter is asked, once (see `pythonFacts`). It may execute the interpreter, so it is
 * for `startDebug` alone.
 */
export async function findDebugpy(
  python: readonly string[],
  options: DebugpyOptions,
): Promise<DebugpyAnswer> {
  const machine = machineOf(options.host, options.files)
  const named = python[0] ?? ''
  const path = executable(machine, named)
  if (path === undefined)
    return refused(interpreterMissing([`${named} (${whyMissing(machine, named)})`], named))
  const command = [path, ...python.slice(1)]

  const known = command.length > 1 ? undefined : environmentFacts(machine, path)
  const quick = known === undefined ? undefined : present(machine, command, known, options.path)
  if (quick !== undefined) return quick

  const answer = await pythonFacts(command, options)
  if (answer.kind === 'refused') return answer
  const { facts } = answer
  const real = isOneFile(path, facts.executable, options.files) ? [path] : [facts.executable]
  const own = present(machine, real, facts, options.path)
  if (own !== undefined) return own
  const cached = cachedDebugpy(machine, facts, options.store)
  if (cached !== undefined) return found(cached, 'cache', real, facts.version)

  const made = await provisionDebugpy(real, options)
  if (made.kind === 'refused') return made
  return found(made.files, made.isNew ? 'provisioned' : 'cache', real, facts.version)
}

/** The oldest Python that debugpy 1.8 runs in. */
const OLDEST_PYTHON = '3.8'
/** Older ones lack what the broker relies on. */
const OLDEST_DEBUGPY = '1.8'

/** What is there without our cache: an answer, or undefined to look further. */
function present(
  machine: Machine,
  python: readonly string[],
  { version, searchPath }: { readonly version: string; readonly searchPath: readonly string[] },
  setting: string | undefined,
): DebugpyAnswer | undefined {
  if (!isAtLeast(version, OLDEST_PYTHON)) return refused(interpreterTooOld(python, version, OLDEST_PYTHON))
  if (setting !== undefined && setting !== '') {
    const places = [machine.paths.join(setting, 'src'), setting].flatMap(
      folder => debugpyIn(machine, folder) ?? [],
    )
    const files = debugpyAt(machine, setting) ?? places[0]
    return files === undefined
      ? refused(debugpyPathInvalid(setting))
      : found(files, 'setting', python, version)
  }
  // Python imports the first one only.
  const [own] = searchPath.flatMap(folder => debugpyIn(machine, folder) ?? [])
  const usable = own !== undefined && (own.version === 'unknown' || isAtLeast(own.version, OLDEST_DEBUGPY))
  return usable ? found(own, 'interpreter', python, version) : undefined
}

function executable(machine: Machine, named: string): string | undefined {
  if (!machine.paths.isAbsolute(named)) return onPath(machine, named, 'configuration', '', undefined)?.path
  return machine.files.kind(named) === 'file' ? named : undefined
}

function found(
  files: DebugpyFiles,
  source: Debugpy['source'],
  python: readonly string[],
  pythonVersion: string,
): DebugpyAnswer {
  return { kind: 'found', debugpy: { ...files, source, python, pythonVersion } }
}

function refused(error: StartError): DebugpyAnswer {
  return { kind: 'refused', error }
}
