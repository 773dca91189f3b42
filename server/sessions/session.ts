import type { Platform } from '../core/host'
import type { JsonObject } from '../core/json'
import type { Log } from '../core/log'
import type { DidChangeSession, Endpoint, SessionInfo, SessionState, StartError } from '../protocol'
import { type AdapterLink, within } from './adapterLink'
import { AdapterRun } from './adapterRun'
import { breakpointMemory } from './breakpointMemory'
import type { ChildPlan } from './children'
import type { DapRequest } from './dapMessage'
import type { DapPeer } from './dapPeer'
import { isFastStartFailure } from './debugpyAdapter'
import type { ClientCapabilities } from './debugpyArguments'
import { answerAfterEnd, answerAtEnd } from './endAnswers'
import type { ProcessTable } from './processTree'
import { errorBody, textOf } from './sessionErrors'
import type { Timeouts } from './timeouts'

/** What a session is told about its place. */
export interface SessionSetup {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly request: 'launch' | 'attach'
  readonly parent?: Session
  /** Resolves the configuration and reaches an adapter; again for each restart. */
  open(restart: boolean): Promise<Opening>
  /** Ends the adapters that it has begun and that are not in use. */
  discard(): Promise<void>
  /** The session's adapter and program are gone. */
  ended?(): void
}

export type Opening = Opened | { readonly kind: 'refused'; readonly error: StartError }

export interface Opened {
  readonly kind: 'opened'
  readonly link: AdapterLink
  readonly arguments: JsonObject
  /** A plainer way to start the adapter, for when this one fails. */
  readonly retry?: () => AdapterLink
}

/** What all sessions share. */
export interface SessionContext {
  /** Of the broker: where children are told to connect. */
  readonly endpoint: Endpoint
  readonly platform: Platform
  readonly processes: ProcessTable
  readonly timeouts: Timeouts
  changed(change: DidChangeSession): void
  readonly log: Log
  /** Makes a token for a child; `isTaken` once an editor has attached with it. */
  announce(parent: Session, child: ChildPlan): { token: string; isTaken(): boolean }
}

/** A start, or a restart, until debugpy has answered it. */
interface Attempt {
  readonly isRestart: boolean
  succeed(body: JsonObject): void
  fail(message: string, body?: JsonObject): void
}

/** One debug session: an editor's connection, its adapter, and what that runs. Ends once. */
export class Session {
  readonly #setup: SessionSetup
  readonly #context: SessionContext
  readonly #startTime = Date.now()
  readonly #memory = breakpointMemory()
  readonly #children = new Set<Session>()
  #client: DapPeer | undefined
  #capabilities: ClientCapabilities = {}
  /** Undefined before the adapter is reached, and between two of them. */
  #run: AdapterRun | undefined
  #isRestarting = false
  /** Requests that came when there was no adapter to ask. */
  #held: { readonly request: DapRequest; readonly bytes: Buffer }[] = []
  /** Of the adapter that a restart replaces. */
  #left: Promise<unknown> = Promise.resolve()
  #isOver = false
  /** Nothing is left of it. */
  #isGone = false
  #end: Promise<void> = Promise.resolve()
  #exitCode: number | undefined
  /** What `changed` was told last. */
  #told: SessionState | undefined

  constructor(setup: SessionSetup, context: SessionContext) {
    this.#setup = setup
    this.#context = context
  }

  get info(): SessionInfo {
    const { id, name, parent } = this.#setup
    const base = { id, name, state: this.#state, pids: this.#run?.pids ?? [], startTime: this.#startTime }
    return parent === undefined ? base : { ...base, parent: parent.info.id }
  }

  get type(): string {
    return this.#setup.type
  }

  /** An editor has it. */
  get isTaken(): boolean {
    return this.#client !== undefined
  }

  /** Ended, or about to be. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Once its editor's connection is closed. Reads on, because only who reads hears of it. */
  async left(): Promise<void> {
    this.#client?.resume()
    await this.#client?.closed
  }

  adopt(child: Session): void {
    this.#children.add(child)
  }

  /** The child is over. */
  dismiss(child: Session): void {
    this.#children.delete(child)
  }

  /** An editor sent `launch` or `attach` with the session's token. Nothing begins before `ready`. */
  start(client: DapPeer, request: DapRequest, capabilities: ClientCapabilities, ready: Promise<void>): void {
    this.#client = client
    this.#capabilities = capabilities
    client.listen({
      onRequest: (asked, bytes) => this.#asked(client, asked, bytes),
      onResponse: ignore,
      onEvent: ignore,
      onDrain: () => {
        client.resume()
        this.#run?.resume()
      },
      onClosed: () => {
        client.destroy()
        void this.end('The editor closed the connection.')
      },
    })
    const attempt: Attempt = {
      isRestart: false,
      succeed: body => client.respond(request, body),
      fail: (message, body) => {
        client.refuse(request, message, body)
        void this.end(message)
      },
    }
    void ready.then(() => {
      this.tellState()
      return this.#begin(client, attempt)
    })
  }

  /**
   * Resolves the configuration again and starts anew on the same connection, with the same breakpoints. When the
   * configuration is refused, the session goes on as it is.
   * @param request the editor's, to be answered
   * @returns why it could not; undefined when it did
   */
  restart(request?: DapRequest): Promise<string | undefined> {
    return new Promise(resolve => {
      const client = this.#client
      const finish = (message?: string, body?: JsonObject) => {
        if (request !== undefined) {
          if (message === undefined) client?.respond(request)
          else client?.refuse(request, message, body)
        }
        resolve(message)
      }
      if (client === undefined || this.#run?.isStarted !== true || this.#isRestarting || this.isOver) {
        finish('The session cannot be restarted now.')
        return
      }
      this.#isRestarting = true
      const done = (message?: string, body?: JsonObject) => {
        this.#isRestarting = false
        finish(message, body)
      }
      void this.#begin(client, { isRestart: true, succeed: () => done(), fail: done })
    })
  }

  /** Tells the editor and ends the adapter and the program. Resolves when nothing is left of them. */
  end(reason: string): Promise<void> {
    if (!this.#isOver) {
      this.#isOver = true
      this.#end = this.#finish(reason)
    }
    return this.#end
  }

  /** Tells `changed` of the state, if it is another than it was told last. */
  tellState(reason?: string): void {
    const state = this.#state
    if (state === this.#told || (this.isOver && !this.#isGone)) return
    this.#told = state
    const exitCode = state === 'ended' ? this.#exitCode : undefined
    this.#context.changed({
      id: this.#setup.id,
      state,
      ...(exitCode === undefined ? {} : { exitCode }),
      ...(reason === undefined ? {} : { reason }),
    })
  }

  async #begin(client: DapPeer, attempt: Attempt): Promise<void> {
    if (this.isOver) return
    try {
      const opening = await this.#setup.open(attempt.isRestart)
      if (opening.kind === 'refused') {
        if (!this.isOver) attempt.fail(textOf(opening.error), errorBody(opening.error))
        return
      }
      if (attempt.isRestart && !this.isOver) await this.#leave(client)
      if (this.isOver) await opening.link.stop()
      else this.#use(client, opening, attempt)
    } catch (error) {
      this.#context.log(
        'error',
        `session ${this.#setup.name}: ${error instanceof Error ? error.stack : String(error)}`,
      )
      attempt.fail('The start failed through an error inside launch-ls.')
    }
  }

  /** Ends the adapter and the program that a restart replaces, while the editor's session goes on. */
  async #leave(client: DapPeer): Promise<void> {
    const run = this.#run
    if (run === undefined) return
    this.#run = undefined
    for (const request of [...client.unanswered.values()]) {
      if (request.command !== 'restart') client.refuse(request, 'The session was restarted.')
    }
    const { stoppedThread: threadId } = run
    if (threadId !== undefined) client.event('continued', { threadId, allThreadsContinued: true })
    this.tellState()
    this.#left = this.#leaveRun(run)
    await this.#left
  }

  async #leaveRun(run: AdapterRun): Promise<void> {
    run.mute()
    // A program that is attached to takes one debugger at a time, and lets it go when asked.
    if (this.#setup.request === 'attach') await within(ANSWER_BOUND, run.disconnect(false))
    await Promise.all([run.end(), this.#endChildren()])
  }

  #use(client: DapPeer, opened: Opened, attempt: Attempt): void {
    const { type, request } = this.#setup
    const { endpoint, platform, processes, timeouts } = this.#context
    const { isRestart } = attempt
    const run = new AdapterRun({
      type,
      request,
      link: opened.link,
      arguments: opened.arguments,
      client,
      capabilities: this.#capabilities,
      memory: this.#memory,
      isRestart,
      endpoint,
      platform,
      processes,
      timeouts,
      announce: child => this.#context.announce(this, child),
      started: body => {
        attempt.succeed(body)
        this.tellState()
        this.#release(client)
      },
      failed: (failure, body) => {
        if (opened.retry !== undefined && !run.isReached && isFastStartFailure(failure)) {
          this.#retry(client, opened, attempt, failure.message)
          return
        }
        attempt.fail(failure.message, body)
        if (isRestart) void this.end(failure.message)
      },
      changed: () => this.tellState(),
      over: reason => void this.end(reason),
      tell: text => this.#tell(text),
    })
    this.#run = run
    if (!isRestart) this.#release(client)
  }

  #retry(client: DapPeer, opened: Opened, attempt: Attempt, reason: string): void {
    const { retry, ...rest } = opened
    this.#tell(`${reason}\nIt is started once more, without the fast start ("launch-ls.debugpy.fastStart").`)
    void this.#run?.end()
    if (retry !== undefined) this.#use(client, { ...rest, link: retry() }, attempt)
  }

  #asked(client: DapPeer, request: DapRequest, bytes: Buffer): void {
    const { command } = request
    const run = this.#run
    if (this.isOver) answerAfterEnd(client, request)
    else if (command === 'disconnect') this.#disconnect(request)
    else if (command === 'terminate') this.#terminate(client, request, bytes)
    else if (command === 'cancel') this.#cancel(client, request)
    else if (command === 'restart') void this.restart(request)
    else if (run !== undefined && (run.isStarted || !this.#isRestarting)) run.ask(request, bytes)
    else if (this.#held.length < HELD_LIMIT) this.#held.push({ request, bytes })
    else client.refuse(request, 'The session is still starting.')
    if (client.queued > ANSWERS_LIMIT) client.pause()
  }

  /** Lets the requests go on that waited for an adapter. */
  #release(client: DapPeer): void {
    for (const { request, bytes } of this.#held.splice(0)) {
      if (client.unanswered.has(request.seq)) this.#asked(client, request, bytes)
    }
  }

  #disconnect(request: DapRequest): void {
    const done = () => void this.end('The editor disconnected.')
    const run = this.#run
    if (run?.isStarted === true && !this.#isRestarting) {
      setTimeout(done, ANSWER_BOUND).unref()
      void run.disconnect(request.arguments['terminateDebuggee']).then(done)
    } else done()
  }

  #terminate(client: DapPeer, request: DapRequest, bytes: Buffer): void {
    const done = () => void this.end('The editor ended the session.')
    const run = this.#run
    if (run?.isStarted === true && !this.#isRestarting) {
      run.ask(request, bytes)
      setTimeout(() => client.unanswered.has(request.seq) && done(), ANSWER_BOUND).unref()
    } else done()
  }

  /** debugpy cannot stop what it does, but the editor need not wait for it. */
  #cancel(client: DapPeer, request: DapRequest): void {
    const asked = client.unanswered.get(Number(request.arguments['requestId']))
    client.respond(request)
    if (asked === undefined || asked === request) return
    if (asked.command === 'launch' || asked.command === 'attach') void this.end('The start was cancelled.')
    else if (asked.command !== 'restart') client.refuse(asked, 'cancelled')
  }

  async #finish(reason: string): Promise<void> {
    const client = this.#client
    const run = this.#run
    this.#run = undefined
    // The program dies before the editor hears of the end: what it starts next may need the same port.
    const ended = run?.end()
    if (client !== undefined) {
      if (run !== undefined) run.tellEnd()
      else if (this.#isRestarting) client.event('terminated', {})
      for (const request of [...client.unanswered.values()]) answerAtEnd(client, request, reason)
      client.resume()
    }
    this.#exitCode = run?.exitCode
    await Promise.all([ended, this.#left, this.#endChildren()])
    await this.#setup.discard()
    if (client !== undefined) setTimeout(() => client.end(), this.#context.timeouts.close).unref()
    this.#isGone = true
    this.tellState(reason)
    this.#setup.ended?.()
  }

  async #endChildren(): Promise<void> {
    const children = [...this.#children]
    this.#children.clear()
    // Nobody came for some of them; they have nothing to end.
    await Promise.all(children.map(child => child.end('The parent session ended.')))
  }

  get #state(): SessionState {
    if (this.isOver) return 'ended'
    if (this.#run?.isStarted !== true) return 'starting'
    return this.#run.stoppedThread === undefined ? 'running' : 'stopped'
  }

  #tell(text: string): void {
    this.#client?.event('output', { category: 'console', output: `${text}\n` })
  }
}

/** Milliseconds until `disconnect` and `terminate` are answered whatever debugpy does; nvim-dap waits 3 s. */
const ANSWER_BOUND = 1_500
/** Requests that wait for the adapter. */
const HELD_LIMIT = 200
/** Bytes of answers of our own that an editor may leave unread before we stop reading what it asks. */
const ANSWERS_LIMIT = 4 * 1024 * 1024

function ignore(): void {
  // nothing to do
}
