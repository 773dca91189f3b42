import { spawn } from 'node:child_process'
import { isObject, type JsonObject } from '../core/json'
import type { StartError } from '../protocol'
import type { AdapterLink } from './adapterLink'
import type { DapRequest } from './dapMessage'
import type { DapPeer } from './dapPeer'
import { MARKER } from './processTree'
import { terminalSilent } from './sessionErrors'

export interface TerminalRun {
  /** The adapter's `runInTerminal`. */
  readonly request: DapRequest
  readonly link: AdapterLink
  readonly client: DapPeer
  /** The request's arguments as this editor understands them. */
  fit(asked: JsonObject): JsonObject
  /** Milliseconds from the request to the program's first sign. */
  readonly timeout: number
  /** Whether the program has been reached meanwhile. */
  isStarted(): boolean
  failed(error: StartError): void
  /** To the user. */
  tell(text: string): void
}

/**
 * Asks the editor to run the program in a terminal. When it refuses, the program is run here and its output goes to
 * the debug console; when nothing happens, the start fails: debugpy itself would wait a minute either way.
 */
export function runInTerminal(run: TerminalRun): void {
  const { request, link, client } = run
  const { args, env } = request.arguments
  // sudo may be asking for a password.
  const asksPassword = Array.isArray(args) && args[0] === 'sudo'
  const silence = setTimeout(() => {
    if (!run.isStarted() && !asksPassword) run.failed(terminalSilent(run.timeout / 1000))
  }, run.timeout)
  silence.unref()
  const marked = { ...request.arguments, env: { ...(isObject(env) ? env : {}), [MARKER]: link.marker } }
  client.ask('runInTerminal', run.fit(marked), response => {
    link.peer.respond(request, response.body)
    if (response.success || run.isStarted() || client.isClosed) return
    const reason = response.message ?? 'no reason given'
    run.tell(`The editor could not open a terminal (${reason}): the program runs without one.`)
    runHere(run, marked)
  })
}

function runHere({ link, client, failed }: TerminalRun, asked: JsonObject): void {
  const { args, cwd, env } = asked
  const [file = '', ...rest] = Array.isArray(args) ? args.map(String) : []
  const child = spawn(file, rest, {
    cwd: typeof cwd === 'string' ? cwd : link.spawned?.cwd,
    env: { ...link.spawned?.env, ...(isObject(env) ? (env as Record<string, string>) : {}) },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  })
  child.once('error', error => {
    failed({
      kind: 'adapterFailed',
      message: `The program's launcher could not be started (${error.message}).`,
    })
  })
  for (const category of ['stdout', 'stderr'] as const) {
    const stream = child[category]
    stream.setEncoding('utf8').on('data', (output: string) => {
      client.event('output', { category, output })
      if (!client.isFull) return
      stream.pause()
      void client.drained().then(() => stream.resume())
    })
  }
}
