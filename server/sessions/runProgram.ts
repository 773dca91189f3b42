import { type ChildProcess, spawn } from 'node:child_process'
import type { Environment } from '../core/host'

/** How a program that was waited for came to its end, with all that it wrote. */
export type ProgramEnd =
  | {
      readonly kind: 'exited'
      readonly code: number | null
      readonly stdout: string
      readonly output: string
    }
  /** It could not be started; Node's code: ENOENT, EACCES, ENOEXEC … */
  | { readonly kind: 'notStarted'; readonly code: string }
  | { readonly kind: 'timeout'; readonly output: string }
  | { readonly kind: 'aborted' }

export interface ProgramOptions {
  readonly env: Environment
  readonly cwd: string
  /** After this many milliseconds the program and all that it started is killed. */
  readonly timeout: number
  readonly signal?: AbortSignal | undefined
}

/**
 * Runs a short program without a shell, with nothing on stdin, and waits for its end. `output` is stdout and stderr as
 * they came. Never rejects.
 */
export function runProgram(command: readonly string[], options: ProgramOptions): Promise<ProgramEnd> {
  const { env, cwd, timeout, signal } = options
  const [program = '', ...args] = command
  if (signal?.aborted) return Promise.resolve({ kind: 'aborted' })
  return new Promise(resolve => {
    // A group of its own on posix, so that what a script has started ends with it.
    const child = startProgram(program, args, { env, cwd })
    if (typeof child === 'string') return resolve({ kind: 'notStarted', code: child })
    let stdout = ''
    let output = ''
    const end = (result: ProgramEnd) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      resolve(result)
    }
    const stop = (result: ProgramEnd) => {
      child.removeAllListeners('close')
      if (child.exitCode === null && child.signalCode === null) child.on('exit', () => end(result))
      else end(result)
      killTree(child)
      // What has left the group may hold them open.
      child.stdout?.destroy()
      child.stderr?.destroy()
    }
    const abort = () => stop({ kind: 'aborted' })
    const timer = setTimeout(() => stop({ kind: 'timeout', output }), timeout)
    signal?.addEventListener('abort', abort)
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout = limited(stdout + text)
      output = limited(output + text)
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      output = limited(output + text)
    })
    child.on('error', error => end({ kind: 'notStarted', code: codeOf(error) }))
    child.on('close', code => end({ kind: 'exited', code, stdout, output }))
  })
}

/** The last lines of an output, for a message. */
export function lastLines(output: string, count = 20): string {
  return output.trim().split(/\r?\n/).slice(-count).join('\n')
}

const KEPT = 256 * 1024

function limited(text: string): string {
  return text.length > KEPT ? text.slice(-KEPT) : text
}

/** The process, or Node's code when it throws at once (a path with a NUL, a folder that is gone). */
function startProgram(
  program: string,
  args: readonly string[],
  { env, cwd }: Pick<ProgramOptions, 'env' | 'cwd'>,
): ChildProcess | string {
  try {
    return spawn(program, args, {
      env: { ...env },
      cwd,
      detached: process.getuid !== undefined,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
  } catch (error) {
    return codeOf(error)
  }
}

function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return
  if (process.getuid === undefined) {
    spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' }).on('error', () =>
      child.kill(),
    )
    return
  }
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error)
}
