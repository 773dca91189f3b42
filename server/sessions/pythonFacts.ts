import { createHash } from 'node:crypto'
import type { Files, Host, Store } from '../core/host'
import { isObject, type JsonObject } from '../core/json'
import type { StartError } from '../protocol'
import { machineOf } from './interpreters/machine'
import { lastLines, type ProgramEnd, runProgram } from './runProgram'
import { interpreterSilent, interpreterUnusable, startCancelled } from './startError'

/** What an interpreter says of itself. */
export interface PythonFacts {
  /** Its real path: behind a script like pyenv's, the Python that it starts. */
  readonly executable: string
  readonly version: string
  /** Folders that it imports from, the user's own included. */
  readonly searchPath: readonly string[]
  /** Binary packages for one fit every interpreter with the same text. */
  readonly abi: string
  readonly hasPip: boolean
  /** The pip that comes with Python for new environments, a file that can be run; '' without. */
  readonly bundledPip: string
}

export interface PythonOptions {
  readonly host: Host
  readonly files: Files
  /** Where the answer is kept. */
  readonly store: Store
  /** Where the command is run: what scripts like asdf's start depends on it. The workspace folder, if any. */
  readonly cwd?: string | undefined
  readonly signal?: AbortSignal | undefined
  /** How long an interpreter may take to say what it is, in milliseconds. */
  readonly timeout?: number | undefined
}

export type PythonAnswer =
  | { readonly kind: 'python'; readonly facts: PythonFacts }
  | { readonly kind: 'refused'; readonly error: StartError }

/**
 * Asks an interpreter about itself. That costs a start of Python (20 to 60 ms), so the answer is kept in the store for
 * as long as the executable is the same; `fresh` asks again.
 */
export async function pythonFacts(
  command: readonly string[],
  options: PythonOptions,
  fresh = false,
): Promise<PythonAnswer> {
  const { store, files } = options
  const stamp = stampOf(command, options)
  const name = `pythons/${shortHash(command.join('\0'))}.json`
  const kept = fresh || stamp === undefined ? undefined : keptAnswer(store.read(name), stamp)
  if (kept !== undefined) return { kind: 'python', facts: kept }
  const { timeout = TIMEOUT } = options
  const end = await runProgram([...command, '-I', '-c', QUESTION], {
    env: options.host.env,
    cwd: options.cwd ?? options.host.cwd,
    timeout,
    signal: options.signal,
  })
  const said = end.kind === 'exited' ? parseObject(end.stdout.split(MARK).at(-1)) : undefined
  const facts = factsOf(said)
  if (facts === undefined) return { kind: 'refused', error: refusal(command[0] ?? '', end, timeout) }
  if (stamp !== undefined && isOneFile(command[0] ?? '', facts.executable, files)) {
    store.write(name, JSON.stringify({ stamp, said }))
  }
  return { kind: 'python', facts }
}

/** False when `path` is a script that starts an interpreter, perhaps another one tomorrow. */
export function isOneFile(path: string, executable: string, { real }: Files): boolean {
  return path === executable || (real !== undefined && real(path) === real(executable))
}

const TIMEOUT = 10_000
const MARK = 'launch-ls:'

/**
 * What every Python 3.4 and newer can read, so that an old one can say how old it is. It runs isolated (-I): neither
 * the current folder nor PYTHON… variables may put other modules in its way.
 */
const QUESTION = `
import sys, json
v = sys.version_info
said = {"version": "%d.%d.%d" % v[:3], "executable": sys.executable or ""}
if v >= (3, 8):
    import glob, importlib.util, os, site, sysconfig
    path = [p for p in sys.path if os.path.isabs(p)]
    if sys.prefix == sys.base_prefix and not os.environ.get("PYTHONNOUSERSITE"):
        path.append(site.getusersitepackages())
    ensure = importlib.util.find_spec("ensurepip")
    bundled = glob.glob(os.path.join(os.path.dirname(ensure.origin), "_bundled", "pip-*.whl")) if ensure else []
    said["path"] = path
    said["abi"] = "%s-%s" % (sysconfig.get_config_var("EXT_SUFFIX"), sysconfig.get_platform())
    said["pip"] = importlib.util.find_spec("pip") is not None
    said["bundledPip"] = bundled[0] if bundled else ""
print("\\n${MARK}" + json.dumps(said))
`

function refusal(python: string, end: ProgramEnd, timeout: number): StartError {
  switch (end.kind) {
    case 'aborted':
      return startCancelled()
    case 'timeout':
      return interpreterSilent(python, timeout / 1000, lastLines(end.output))
    case 'notStarted':
      return interpreterUnusable(python, NOT_STARTED[end.code] ?? `it cannot be started (${end.code})`)
    case 'exited':
      return interpreterUnusable(
        python,
        end.output.includes('Unknown option: -I')
          ? 'it is Python 2, and debugpy needs Python 3.8 or newer'
          : `it does not answer as Python does (it ended with ${end.code ?? 'a signal'})`,
        lastLines(end.output),
      )
  }
}

const NOT_STARTED: Readonly<Record<string, string>> = {
  ENOENT: 'it, or the program that its first line names, is not there',
  EACCES: 'it may not be executed',
  ENOEXEC: 'it is no program for this machine',
  UNKNOWN: 'it is no program for this machine',
}

/** Undefined when the answer cannot be kept: of a command of several words, only running it tells what it starts. */
function stampOf(command: readonly string[], { host, files }: PythonOptions): string | undefined {
  const [python = '', ...rest] = command
  const { paths } = machineOf(host, files)
  const stamp = rest.length > 0 || !paths.isAbsolute(python) ? undefined : files.stamp?.(python)
  const settings = paths.join(paths.dirname(paths.dirname(python)), 'pyvenv.cfg')
  return stamp === undefined ? undefined : [stamp, files.stamp?.(settings), shortHash(QUESTION)].join(' ')
}

function keptAnswer(text: string | undefined, stamp: string): PythonFacts | undefined {
  const kept = parseObject(text)
  return kept?.['stamp'] === stamp && isObject(kept['said']) ? factsOf(kept['said']) : undefined
}

function factsOf(said: JsonObject | undefined): PythonFacts | undefined {
  if (said === undefined || typeof said['version'] !== 'string') return undefined
  const text = (name: string) => (typeof said[name] === 'string' ? said[name] : '')
  const path = Array.isArray(said['path']) ? said['path'] : []
  return {
    executable: text('executable'),
    version: text('version'),
    searchPath: path.filter(folder => typeof folder === 'string'),
    abi: text('abi')
      .replace(/^\.|\.(?:so|pyd)(?=-)/g, '')
      .replace(/[^\w.-]+/g, '_'),
    hasPip: said['pip'] === true,
    bundledPip: text('bundledPip'),
  }
}

function parseObject(text: string | undefined): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
