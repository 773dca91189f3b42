import type { Environment } from '../core/host'
import type { AdapterChoice } from './launchPlan'

/** Where a debugpy is: its package folder (`…/site-packages/debugpy`) and what it calls its version. */
export interface DebugpyPlace {
  readonly folder: string
  readonly version: string
}

export interface AdapterOptions {
  /** Our boot.py; undefined: debugpy is started as it is. */
  readonly bootFile: string | undefined
  /** `logToFile`: debugpy's logs go here, and it is started as it is. */
  readonly logDir?: string
  /**
   * The program will not run in a terminal, so that the adapter starts the launcher itself: it is started beside the
   * adapter then, and waits. A wrong guess costs that process and nothing else.
   */
  readonly isInternalConsole?: boolean
  readonly env: Environment
  readonly cwd: string
}

/**
 * How to start debugpy's adapter on stdio. `python` is the interpreter that runs it, which need not be the program's;
 * the launcher and the program are begun through boot.py by whatever interpreter the launch arguments name.
 */
export function adapterCommand(
  debugpy: DebugpyPlace,
  python: readonly string[],
  options: AdapterOptions,
): AdapterChoice {
  const { bootFile, logDir, cwd } = options
  const separator = debugpy.folder.includes('\\') ? '\\' : '/'
  const adapter = `${debugpy.folder}${separator}adapter`
  const env = environmentOf(options.env)
  const logging = logDir === undefined ? [] : ['--log-dir', logDir]
  const plain: AdapterChoice = { kind: 'spawn', command: [...python, adapter, ...logging], env, cwd }
  const isLogging = logDir !== undefined || env['DEBUGPY_LOG_DIR'] !== undefined
  if (bootFile === undefined || isLogging || !isKnownVersion(debugpy.version)) return plain
  const role = options.isInternalConsole === true ? 'ahead' : 'adapter'
  return { ...plain, command: [...python, bootFile, role, adapter], fallback: plain }
}

/** A start that did not come as far as `initialized`. */
export interface FailedStart {
  /** Whether the adapter answered `initialize`. */
  readonly isAnswered: boolean
  /** Of the failed `launch`; what the adapter said on stderr when it ended without an answer. */
  readonly message: string
  /** Whether the program was to run in a terminal. */
  readonly isInTerminal: boolean
}

/** Whether a start may have failed through boot.py: then it is worth another try with the choice's `fallback`. */
export function isFastStartFailure({ isAnswered, message, isInTerminal }: FailedStart): boolean {
  if (!isAnswered) return true
  // A terminal that the user closed, or never saw, is no reason to open a second one.
  if (isInTerminal && /waiting for launcher/.test(message)) return false
  return /launcher|debuggee/.test(message)
}

/** boot.py is tested from debugpy 1.8.0 on. */
function isKnownVersion(version: string): boolean {
  const [, major = '0', minor = '0'] = /^(\d+)\.(\d+)/.exec(version) ?? []
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 8)
}

/**
 * The server may itself run in a debugged program, or in a terminal of VS Code's: DEBUGPY_RUNNING would keep debugpy
 * from starting in the program, and the adapter would write into, and then remove, the file of the other variable.
 */
function environmentOf(env: Environment): Environment {
  const { DEBUGPY_RUNNING: _running, DEBUGPY_ADAPTER_ENDPOINTS: _endpoints, ...rest } = env
  return rest
}
