import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { connect as connectSocket } from 'node:net'
import { PassThrough } from 'node:stream'
import type { Environment, Platform } from '../core/host'
import { type DapPeer, openPeer, type PeerEvents, type Trace } from './dapPeer'
import { MARKER } from './processTree'
import { endWithUs } from './wards'

/** A debug adapter that can be spoken to: a process of ours on stdio, or a connection to one that lives elsewhere. */
export interface AdapterLink {
  readonly peer: DapPeer
  /** Of our process; undefined for a connection, and for a process that could not be started. */
  readonly pid: number | undefined
  /** Value of `MARKER` in the environment of our process and all it starts; '' for a connection. */
  readonly marker: string
  /** How our process was started; undefined for a connection. */
  readonly spawned: AdapterCommand | undefined
  /** Where the connection goes to; undefined for a process. */
  readonly address: { readonly host: string; readonly port: number } | undefined
  /** All that it said has been heard, and it is gone. */
  readonly ended: Promise<LinkEnd>
  /** Politely first, then by force; resolves when it is gone. */
  stop(): Promise<void>
}

export interface LinkEnd {
  /** In words, for people. */
  readonly how: string
  /** The last that it said on stderr. */
  readonly stderr: string
}

export interface AdapterCommand {
  readonly command: readonly string[]
  readonly env: Environment
  readonly cwd: string
}

/** Nobody listens yet: what is said before is lost, except that the link ended. */
export const DEAF: PeerEvents = {
  onRequest: ignore,
  onResponse: ignore,
  onEvent: ignore,
  onDrain: ignore,
  onClosed: ignore,
}

/** Starts an adapter in a process group of its own. Never throws: a process that cannot be started has `ended`. */
export function spawnAdapter(
  adapter: AdapterCommand,
  marker: string,
  platform: Platform,
  trace?: Trace,
): AdapterLink {
  const child = begin(adapter, marker, platform)
  if (child instanceof Error) return deadLink(adapter, marker, child)
  // Not its group: its launcher has to end the program.
  endWithUs(child, () => child.kill('SIGKILL'))
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_KEPT)
  })
  const peer = openPeer(child.stdout, child.stdin, DEAF, trace)
  const exit = exitOf(child)
  const ended = Promise.race([
    exit.then(async how => {
      await within(EXIT_GRACE, peer.closed)
      return how
    }),
    peer.closed.then(async () => (await within(EXIT_GRACE, exit)) ?? 'it closed its output'),
  ]).then(how => ({ how, stderr: stderr.trim() }))
  let isGone = false
  void exit.then(() => {
    isGone = true
  })
  return {
    peer,
    pid: child.pid,
    marker,
    spawned: adapter,
    address: undefined,
    ended,
    stop: async () => {
      if (child.pid === undefined) return
      peer.end()
      await within(STDIN_GRACE, exit)
      if (!isGone) child.kill('SIGTERM')
      await within(SIGTERM_GRACE, exit)
      if (!isGone) child.kill('SIGKILL')
      await exit
      peer.destroy()
    },
  }
}

/**
 * Connects to an adapter. The connection is the session's own: one that is opened as a trial ends a waiting debugpy.
 * @throws Error in the system's words when nobody answers within `timeout` milliseconds
 */
export function connectAdapter(
  host: string,
  port: number,
  timeout: number,
  trace?: Trace,
): Promise<AdapterLink> {
  return new Promise((resolve, reject) => {
    const socket = connectSocket({ host, port, noDelay: true })
    const timer = setTimeout(() => socket.destroy(new Error(`no answer within ${timeout / 1000} s`)), timeout)
    socket.once('error', reject)
    socket.once('close', () => clearTimeout(timer))
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.off('error', reject)
      const peer = openPeer(socket, socket, DEAF, trace)
      const ended = peer.closed.then(() => ({ how: `${host}:${port} closed the connection`, stderr: '' }))
      const stop = async () => {
        peer.end()
        await within(STDIN_GRACE, ended)
        peer.destroy()
        await ended
      }
      resolve({ peer, pid: undefined, marker: '', spawned: undefined, address: { host, port }, ended, stop })
    })
  })
}

function begin(
  { command, cwd, env }: AdapterCommand,
  marker: string,
  platform: Platform,
): ChildProcessWithoutNullStreams | Error {
  const [file = '', ...args] = command
  // On Windows a detached process would get a console window of its own.
  const detached = platform !== 'win32'
  try {
    return spawn(file, args, {
      cwd,
      env: { ...env, [MARKER]: marker },
      stdio: 'pipe',
      detached,
      windowsHide: true,
    })
  } catch (error) {
    // An empty command, or a NUL in a variable.
    return error instanceof Error ? error : new Error(String(error))
  }
}

function deadLink(spawned: AdapterCommand, marker: string, { message }: Error): AdapterLink {
  const [readable, writable] = [new PassThrough(), new PassThrough()]
  const peer = openPeer(readable, writable, DEAF)
  peer.destroy()
  return {
    peer,
    pid: undefined,
    marker,
    spawned,
    address: undefined,
    ended: Promise.resolve({ how: message, stderr: '' }),
    stop: async () => undefined,
  }
}

/** Milliseconds: an idle debugpy ends 25 ms after its stdin. */
const STDIN_GRACE = 500
const SIGTERM_GRACE = 2_000
/** For what a process said just before it exited; who holds its stdout longer is no part of it. */
const EXIT_GRACE = 1_000
const STDERR_KEPT = 4_096

function ignore(): void {
  // nobody listens
}

function exitOf(child: ChildProcessWithoutNullStreams): Promise<string> {
  return new Promise(resolve => {
    child.once('error', error => resolve(error.message))
    child.once('exit', (code, signal) =>
      resolve(signal === null ? `exit code ${code}` : `ended by ${signal}`),
    )
  })
}

/** Waits for it, but not longer than so many milliseconds. */
export async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<undefined>(resolve => {
    timer = setTimeout(() => resolve(undefined), milliseconds)
  })
  const result = await Promise.race([promise, timeout])
  clearTimeout(timer)
  return result
}
