import type { Platform } from '../core/host'
import type { JsonObject } from '../core/json'
import type { Endpoint, StartError } from '../protocol'
import type { AdapterLink } from './adapterLink'
import { startAdapter } from './adapterStart'
import { type BreakpointMemory, isRemembered } from './breakpointMemory'
import { announceChild, type ChildPlan, childPlan, childStub } from './children'
import type { DapEvent, DapRequest, DapResponse } from './dapMessage'
import type { DapPeer } from './dapPeer'
import type { FailedStart } from './debugpyAdapter'
import { type ClientCapabilities, fitToClient, isTerminal } from './debugpyArguments'
import { isHiddenEvent, judgeRequest, RESUMING } from './debugpyHazards'
import { type Family, killGroup, type ProcessTable } from './processTree'
import { watchProgram } from './programWatch'
import { endProcesses } from './sessionEnd'
import { errorBody, textOf } from './sessionErrors'
import { runInTerminal } from './terminal'
import { terminalWords } from './terminalShell'
import type { Timeouts } from './timeouts'

export interface RunOptions {
  readonly type: string
  readonly request: 'launch' | 'attach'
  readonly link: AdapterLink
  readonly arguments: JsonObject
  readonly client: DapPeer
  readonly capabilities: ClientCapabilities
  readonly memory: BreakpointMemory
  /** The editor has its breakpoints set already: they are told to this adapter in its place. */
  readonly isRestart: boolean
  /** Of the broker: where children are told to connect. */
  readonly endpoint: Endpoint
  readonly platform: Platform
  readonly processes: ProcessTable
  readonly timeouts: Timeouts
  announce(child: ChildPlan): { token: string; isTaken(): boolean }
  /** `launch` or `attach` was answered. One of `started` and `failed` is called once. */
  started(body: JsonObject): void
  /** debugpy refused, or the adapter or the terminal did not work. `body` is for the failed response. */
  failed(failure: FailedStart, body: JsonObject): void
  /** It runs on or stopped. */
  changed(): void
  /** The program is over and the editor has been told so, or the adapter is gone. */
  over(reason: string): void
  /** To the user. */
  tell(text: string): void
}

/** One adapter from `launch` to its end: what a restart replaces. Its messages are passed on to the editor. */
export class AdapterRun {
  readonly #options: RunOptions
  readonly #stopStart: () => void
  #isAnswered = false
  #isInitialized = false
  #isConfigured = false
  #isStarted = false
  #isOver = false
  #hasToldEnd = false
  #program: { readonly pid: number; readonly unwatch: () => void } | undefined
  #exitCode: number | undefined
  #stoppedThread: unknown
  /** The program has stopped, and was not told to go on since. */
  #isStopped = false
  /** The editor leaves children alone: it knows nothing of them. */
  #ignoresChildren = false

  constructor(options: RunOptions) {
    this.#options = options
    const { link, client } = options
    link.peer.listen({
      onRequest: request => this.#adapterAsks(request),
      onResponse: (response, bytes) => this.#adapterAnswers(response, bytes),
      onEvent: (event, bytes) => this.#adapterTells(event, bytes),
      onDrain: () => client.resume(),
      onClosed: () => client.resume(),
    })
    const fitted = fitToClient(options.arguments, options.capabilities)
    for (const note of fitted.notes) options.tell(note)
    this.#stopStart = startAdapter({
      link,
      request: options.request,
      arguments: fitted.arguments,
      capabilities: options.capabilities,
      timeout: options.timeouts.adapter,
      initialized: capabilities => {
        this.#isAnswered = true
        if (capabilities !== undefined) client.event('capabilities', { capabilities })
      },
      answered: response => this.#startAnswered(response),
      failed: error => this.#failed(error),
    })
    void link.ended.then(({ how }) => {
      if (this.#isStarted && !this.#isOver) options.over(`The debug adapter ended (${how}).`)
    })
  }

  get isStarted(): boolean {
    return this.#isStarted
  }

  /** The program has been reached, whether or not it is debugged. */
  get isReached(): boolean {
    return this.#isInitialized || this.#isStarted
  }

  /** The thread that stopped; undefined while the program runs. */
  get stoppedThread(): unknown {
    return this.#stoppedThread
  }

  get exitCode(): number | undefined {
    return this.#exitCode
  }

  get pids(): number[] {
    return [this.#options.link.pid, this.#program?.pid].filter(pid => pid !== undefined)
  }

  /** The editor reads on. */
  resume(): void {
    this.#options.link.peer.resume()
  }

  /** A request of the editor, to be passed on if debugpy can bear it. */
  ask(request: DapRequest, bytes: Buffer): void {
    const { client, link, memory } = this.#options
    const verdict = judgeRequest(request, bytes, {
      isInitialized: this.#isInitialized,
      isConfigured: this.#isConfigured,
      isStarted: this.#isStarted,
      isStopped: this.#isStopped,
      stopsAsOne: this.#stopsAsOne,
      isDebugged: this.#options.arguments['noDebug'] !== true,
    })
    if (verdict.kind === 'refuse') client.refuse(request, verdict.message)
    else if (verdict.kind === 'answer') client.respond(request, verdict.body)
    else {
      if (RESUMING.has(request.command)) this.#isStopped = false
      if (isRemembered(request)) memory.remember(request)
      if (request.command === 'configurationDone') this.#isConfigured = true
      link.peer.forward(verdict.bytes)
      if (link.peer.isFull) client.pause()
    }
  }

  /** Asks debugpy to disconnect; resolves with its answer, whatever it is. */
  disconnect(wish: unknown): Promise<void> {
    const { link, request, tell } = this.#options
    const isLaunch = request === 'launch'
    if (isLaunch && wish === false) {
      tell('debugpy cannot let a program live on that it launched: the program is ended.')
    }
    const terminateDebuggee = isLaunch || wish === true
    return new Promise(resolve => link.peer.ask('disconnect', { terminateDebuggee }, () => resolve()))
  }

  /** From now on the editor hears nothing of it. */
  mute(): void {
    this.#isOver = true
  }

  /**
   * Ends the adapter, and the program if it is ours. The program is killed before this returns, so that the editor
   * can be told; the promise resolves when nothing is left.
   */
  end(): Promise<void> {
    this.mute()
    this.#stopStart()
    this.#program?.unwatch()
    const { link, processes } = this.#options
    if (this.#isKillable) killGroup(this.#program?.pid ?? 0)
    link.peer.resume()
    return endProcesses({
      link,
      processes,
      family: this.#family,
      program:
        !this.#isOurs || this.#keepsChildren ? 'stays' : this.#exitCode === undefined ? 'now' : 'exited',
    })
  }

  /** Tells the editor that the session is over, as far as debugpy has not. */
  tellEnd(): void {
    const { client, isRestart } = this.#options
    const hasBegun = this.#isStarted || isRestart
    if (!hasBegun || this.#hasToldEnd) return
    if (this.#isKillable) client.event('exited', { exitCode: KILLED })
    client.event('terminated', {})
  }

  /** A program that we started, and that has not ended by itself. */
  get #isKillable(): boolean {
    return this.#isOurs && this.#program !== undefined && this.#exitCode === undefined
  }

  get #isOurs(): boolean {
    return this.#options.request === 'launch' && this.#options.link.spawned !== undefined
  }

  /** debugpy's own switch: what the program started may outlive it. */
  get #keepsChildren(): boolean {
    return this.#options.arguments['terminateChildProcesses'] === false
  }

  get #family(): Family {
    const { link } = this.#options
    return { marker: link.marker, adapter: link.pid, program: this.#program?.pid }
  }

  get #stopsAsOne(): boolean {
    return this.#options.arguments['steppingResumesAllThreads'] !== false
  }

  #startAnswered(response: DapResponse): void {
    if (response.success) this.#succeed(response.body)
    else this.#fail(response.message ?? 'debugpy refused to start.', response.body)
  }

  #succeed(body: JsonObject): void {
    this.#isStarted = true
    this.#options.started(body)
  }

  #failed(error: StartError): void {
    this.#fail(textOf(error), errorBody(error))
  }

  #fail(message: string, body: JsonObject): void {
    const isInTerminal = isTerminal(this.#options.arguments['console'])
    this.#options.failed({ isAnswered: this.#isAnswered, message, isInTerminal }, body)
  }

  #adapterAsks(request: DapRequest): void {
    const { link, client, capabilities, platform, tell, timeouts } = this.#options
    if (this.#isOver) link.peer.refuse(request, 'The session is over.')
    else if (request.command === 'startDebugging') {
      // debugpy accepts no other child until this is answered.
      link.peer.respond(request)
      this.#announceChild(request.arguments['configuration'])
    } else if (request.command === 'runInTerminal') {
      const isStarted = () => this.#isOver || this.isReached
      const failed = (error: StartError) => this.#failed(error)
      const fit = (asked: JsonObject) => terminalWords(asked, capabilities, platform)
      runInTerminal({ request, link, client, fit, timeout: timeouts.terminal, isStarted, failed, tell })
    } else link.peer.refuse(request, `${request.command} is not supported.`)
  }

  #announceChild(configuration: unknown): void {
    const { link, client, type, endpoint, announce, capabilities, timeouts } = this.#options
    const plan = childPlan(configuration, link)
    if (plan === undefined) return
    const { token, isTaken } = announce(plan)
    void announceChild({
      plan,
      stub: childStub(plan, type, token, endpoint),
      client,
      capabilities,
      timeout: timeouts.child,
      isIgnored: this.#ignoresChildren,
      isTaken: () => isTaken() || this.#isOver,
    }).then(taken => {
      this.#ignoresChildren = !taken
    })
  }

  #adapterAnswers(response: DapResponse, bytes: Buffer): void {
    const { client, link, memory } = this.#options
    const request = client.unanswered.get(response.request_seq)
    if (request === undefined || this.#isOver) return
    client.forwardResponse(response, bytes)
    if (response.success && isRemembered(request)) memory.answered(request, response.body)
    // When it succeeded, events tell; the next stop may have been told before this.
    if (RESUMING.has(request.command) && !response.success)
      this.#isStopped = this.#stoppedThread !== undefined
    if (client.isFull) link.peer.pause()
  }

  #adapterTells(event: DapEvent, bytes: Buffer): void {
    const { client, link, over } = this.#options
    if (this.#isOver || isHiddenEvent(event)) return
    if (this.#note(event)) client.forward(bytes)
    if (client.isFull) link.peer.pause()
    if (event.event === 'terminated') over(this.#isStarted ? 'The program ended.' : this.#endedEarly)
  }

  get #endedEarly(): string {
    const code = this.#exitCode === undefined ? '' : ` with exit code ${this.#exitCode}`
    return `The program ended${code} before it could be debugged. Its output says more.`
  }

  /** What an event means to us; whether the editor hears it as it is. */
  #note({ event, body }: DapEvent): boolean {
    const { client, isRestart } = this.#options
    switch (event) {
      case 'debugpyAttach':
        this.#announceChild(body)
        return false
      case 'initialized':
        this.#isInitialized = true
        if (isRestart) this.#replay()
        return !isRestart
      case 'process':
        this.#programStarted(body['systemProcessId'])
        return true
      case 'exited':
        this.#exitCode = Number(body['exitCode'])
        return true
      case 'stopped':
        this.#setStopped(body['threadId'] ?? 0)
        return !this.#tellTranslated(event, body)
      case 'continued':
        this.#setStopped(undefined)
        return true
      case 'breakpoint':
        return !this.#tellTranslated(event, body)
      case 'terminated':
        // Without debugging, a program may have ended before debugpy has answered.
        if (!this.#isStarted && this.#options.arguments['noDebug'] === true) this.#succeed({})
        // A launcher that was killed tells no exit code.
        if (this.#isKillable) client.event('exited', { exitCode: KILLED })
        this.#hasToldEnd = true
        return true
      default:
        return true
    }
  }

  /** Whether the event was told with other ids than it came with. */
  #tellTranslated(event: string, body: JsonObject): boolean {
    const { client, memory } = this.#options
    const translated = memory.translate(body)
    if (translated !== undefined) client.event(event, translated)
    return translated !== undefined
  }

  #replay(): void {
    const { client, link, memory } = this.#options
    for (const replay of memory.replay()) {
      link.peer.ask(replay.command, replay.arguments, ({ success, body }) => {
        if (success) for (const changed of replay.answered(body)) client.event('breakpoint', changed)
      })
    }
    this.#isConfigured = true
    link.peer.ask('configurationDone', {}, ignore)
  }

  #programStarted(pid: unknown): void {
    const { processes, tell } = this.#options
    if (typeof pid !== 'number' || this.#program !== undefined) return
    const swept = (count: number) =>
      tell(`The program has exited; ${count} process(es) that it left behind held its output and were ended.`)
    const isWatched = this.#isOurs && !this.#keepsChildren
    this.#program = { pid, unwatch: ignore }
    if (!isWatched) return
    const unwatch = watchProgram({ processes, family: this.#family, program: pid, swept })
    this.#program = { pid, unwatch }
  }

  #setStopped(thread: unknown): void {
    this.#isStopped = thread !== undefined
    const wasStopped = this.#stoppedThread !== undefined
    this.#stoppedThread = thread
    if (wasStopped !== (thread !== undefined)) this.#options.changed()
  }
}

/** What debugpy's launcher reports for a program ended by SIGKILL. */
const KILLED = 247

function ignore(): void {
  // nothing to do
}
