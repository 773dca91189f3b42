import type { Platform } from '../core/host'
import type { JsonObject } from '../core/json'
import type { DidChangeSession, Endpoint, SessionInfo, SessionState, StartError } from '../protocol'
import type { AdapterLink, LinkEnd } from './adapterLink'
import { breakpointMemory, isRemembered } from './breakpointMemory'
import { type ChildPlan, childPlan, childStub } from './children'
import type { DapEvent, DapRequest, DapResponse } from './dapMessage'
import type { DapPeer } from './dapPeer'
import { type ClientCapabilities, fitToClient, initializeArguments } from './debugpyArguments'
import { correction } from './debugpyCapabilities'
import { isHiddenEvent, judgeRequest } from './debugpyHazards'
import { killGroup, type ProcessTable } from './processTree'
import { endProcesses } from './sessionEnd'
import { adapterGone, adapterSilent, textOf } from './sessionErrors'

/** What a session is told about its place. */
export interface SessionSetup {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly request: 'launch' | 'attach'
  readonly parent?: Session
  /** Resolves the configuration and reaches an adapter; again for each restart. */
  open(restart: boolean): Promise<Opening>
  /** What was made before the editor came is not needed. */
  discard(): Promise<void>
  /** The session's adapter and program are gone. */
  ended?(): void
}

export type Opening =
  | { readonly kind: 'opened'; readonly link: AdapterLink; readonly arguments: JsonObject }
  | { readonly kind: 'refused'; readonly error: StartError }

/** What all sessions share. */
export interface SessionContext {
  readonly platform: Platform
  /** Of the broker: where children are told to connect. */
  readonly endpoint: Endpoint
  readonly processes: ProcessTable
  log(message: string): void
  changed(change: DidChangeSession): void
  /** Makes a token for a child. */
  announce(parent: Session, child: ChildPlan): string
}

type Phase =
  | { readonly kind: 'waiting' | 'opening' | 'ending' | 'ended' }
  | { readonly kind: 'starting'; readonly attempt: Attempt; readonly silence: NodeJS.Timeout }
  | { readonly kind: 'started'; readonly isStopped: boolean }

/** A start, or a restart, until debugpy has answered it. */
interface Attempt {
  readonly isRestart: boolean
  succeed(body: JsonObject): void
  fail(message: string, body?: JsonObject): void
}

/** The program, as far as debugpy has told. */
interface Program {
  readonly pid: number
  exitCode?: number
}

/** One debug session: an editor's connection, an adapter, and what it runs. Ends once. */
export class Session {
  readonly #setup: SessionSetup
  readonly #context: SessionContext
  readonly #startTime = Date.now()
  readonly #memory = breakpointMemory()
  readonly #children = new Set<Session>()
  #phase: Phase = { kind: 'waiting' }
  #client: DapPeer | undefined
  #capabilities: ClientCapabilities = {}
  #link: AdapterLink | undefined
  #program: Program | undefined
  #progress = { isInitialized: false, isConfigured: false, isStarted: false }
  #held: { request: DapRequest; bytes: Buffer }[] = []
  #toldTerminated = false
  #end: Promise<void> | undefined

  constructor(setup: SessionSetup, context: SessionContext) {
    this.#setup = setup
    this.#context = context
  }

  get info(): SessionInfo {
    const { id, name, parent } = this.#setup
    const pids = [this.#link?.pid, this.#program?.pid].filter(pid => pid !== undefined)
    const base = { id, name, state: this.#state, pids, startTime: this.#startTime }
    return parent === undefined ? base : { ...base, parent: parent.info.id }
  }

  get type(): string {
    return this.#setup.type
  }

  /** Ended, or about to be. */
  get isOver(): boolean {
    return this.#end !== undefined
  }

  /** An editor has it. */
  get isTaken(): boolean {
    return this.#client !== undefined
  }

  /** An editor sent `launch` or `attach` with the session's token. Nothing begins before `ready`. */
  start(client: DapPeer, request: DapRequest, capabilities: ClientCapabilities, ready: Promise<void>): void {
    this.#client = client
    this.#capabilities = capabilities
    this.#phase = { kind: 'opening' }
    client.listen({
      onRequest: (asked, bytes) => this.#clientAsks(asked, bytes),
      onResponse: () => undefined,
      onEvent: () => undefined,
      onDrain: () => {
        client.resume()
        this.#link?.peer.resume()
      },
      onClosed: () => void this.end('The editor closed the connection.'),
    })
    const attempt: Attempt = {
      isRestart: false,
      succeed: body => client.respond(request, body),
      fail: (message, body) => {
        client.refuse(request, message, body)
        void this.end(message)
      },
    }
    void ready.then(() => this.#begin(attempt))
  }

  adopt(child: Session): void {
    this.#children.add(child)
    void child.whenEnded.then(() => this.#children.delete(child))
  }

  get whenEnded(): Promise<void> {
    return this.#end ?? new Promise(resolve => this.#onEnded.push(resolve))
  }
  readonly #onEnded: (() => void)[] = []

  /** Tells the editor and ends the adapter and the program. Resolves when nothing is left of them. */
  end(reason: string): Promise<void> {
    this.#end ??= this.#finish(reason)
    return this.#end
  }

  async #begin(attempt: Attempt): Promise<void> {
    const opening = await this.#setup.open(attempt.isRestart)
    if (this.isOver) {
      if (opening.kind === 'opened') await opening.link.stop()
      return
    }
    if (opening.kind === 'refused') {
      attempt.fail(textOf(opening.error), errorBody(opening.error))
      return
    }
    this.#use(opening.link, opening.arguments, attempt)
  }

  #use(link: AdapterLink, args: JsonObject, attempt: Attempt): void {
    this.#link = link
    this.#program = undefined
    this.#progress = { isInitialized: false, isConfigured: false, isStarted: false }
    const command = link.spawned?.command ?? []
    const silence = setTimeout(() => {
      const error = adapterSilent(command, SILENCE / 1000)
      attempt.fail(textOf(error), errorBody(error))
    }, SILENCE)
    this.#phase = { kind: 'starting', attempt, silence }
    const { peer } = link
    const mine = () => link === this.#link && !this.isOver
    peer.listen({
      onRequest: request => this.#adapterAsks(link, request),
      onResponse: (response, bytes) => mine() && this.#adapterAnswers(response, bytes),
      onEvent: (event, bytes) => mine() && this.#adapterTells(event, bytes),
      onDrain: () => this.#client?.resume(),
      onClosed: () => undefined,
    })
    void link.ended.then(end => mine() && this.#linkEnded(link, end))
    const fitted = fitToClient(args, this.#capabilities)
    for (const note of fitted.notes) this.#tell(note)
    peer.ask('initialize', initializeArguments(this.#capabilities), response => {
      clearTimeout(silence)
      const changed = response.success ? correction(response.body) : undefined
      if (mine() && changed !== undefined) this.#client?.event('capabilities', { capabilities: changed })
    })
    peer.ask(this.#setup.request, fitted.arguments, response => {
      // One that is closed has no answer of its own: `ended` says why.
      if (mine() && !peer.isClosed) this.#startAnswered(attempt, response)
    })
    for (const { request, bytes } of this.#held.splice(0)) this.#clientAsks(request, bytes)
  }

  #startAnswered(attempt: Attempt, response: DapResponse): void {
    if (!response.success) {
      attempt.fail(response.message ?? 'debugpy refused to start.', response.body)
      return
    }
    this.#progress.isStarted = true
    this.#phase = { kind: 'started', isStopped: false }
    attempt.succeed(response.body)
    this.#changed('running')
  }

  #clientAsks(request: DapRequest, bytes: Buffer): void {
    const client = this.#client
    if (client === undefined) return
    const link = this.#link
    if (this.isOver) afterEnd(client, request)
    else if (request.command === 'disconnect') this.#disconnect(request)
    else if (request.command === 'terminate') this.#terminate(bytes)
    else if (link === undefined) this.#hold(client, request, bytes)
    else this.#judge(client, link, request, bytes)
    if (client.queued > ANSWERS_LIMIT) client.pause()
  }

  #hold(client: DapPeer, request: DapRequest, bytes: Buffer): void {
    if (this.#held.length < HELD_LIMIT) this.#held.push({ request, bytes })
    else client.refuse(request, 'The session is still starting.')
  }

  #judge(client: DapPeer, link: AdapterLink, request: DapRequest, bytes: Buffer): void {
    const verdict = judgeRequest(request, this.#progress)
    if (verdict.kind === 'refuse') client.refuse(request, verdict.message)
    else if (verdict.kind === 'answer') client.respond(request)
    else this.#pass(link, request, bytes)
  }

  #pass(link: AdapterLink, request: DapRequest, bytes: Buffer): void {
    if (isRemembered(request)) this.#memory.remember(request)
    if (request.command === 'configurationDone') this.#progress.isConfigured = true
    link.peer.forward(bytes)
    if (link.peer.isFull) this.#client?.pause()
  }

  #disconnect(request: DapRequest): void {
    if (this.#phase.kind !== 'started' || this.#link === undefined) {
      void this.end('The editor disconnected.')
      return
    }
    const isLaunch = this.#setup.request === 'launch'
    const wish = request.arguments['terminateDebuggee']
    if (isLaunch && wish === false) {
      this.#tell('debugpy cannot let a program live on that it launched: the program is ended.')
    }
    const done = () => void this.end('The editor disconnected.')
    setTimeout(done, ANSWER_BOUND).unref()
    this.#link.peer.ask('disconnect', { terminateDebuggee: isLaunch || wish === true }, done)
  }

  #terminate(bytes: Buffer): void {
    if (this.#phase.kind !== 'started' || this.#link === undefined) {
      void this.end('The editor ended the session.')
      return
    }
    this.#link.peer.forward(bytes)
  }

  #adapterAsks(link: AdapterLink, request: DapRequest): void {
    const client = this.#client
    if (client === undefined || this.isOver || link !== this.#link) {
      link.peer.refuse(request, 'The session is over.')
      return
    }
    if (request.command === 'startDebugging') {
      const { configuration } = request.arguments
      link.peer.respond(request)
      this.#announceChild(link, configuration as JsonObject)
      return
    }
    client.ask(request.command, request.arguments, response => {
      if (response.success) link.peer.respond(request, response.body)
      else link.peer.refuse(request, response.message ?? `The editor refused ${request.command}.`)
    })
  }

  #announceChild(link: AdapterLink, configuration: JsonObject): void {
    const client = this.#client
    const plan = childPlan(configuration, link)
    if (plan === undefined || client === undefined) return
    const token = this.#context.announce(this, plan)
    const stub = childStub(plan, this.#setup.type, token, this.#context.endpoint)
    if (this.#capabilities['supportsStartDebuggingRequest'] !== true) client.event('debugpyAttach', stub)
    else client.ask('startDebugging', { request: 'attach', configuration: stub }, () => undefined)
  }

  #adapterAnswers(response: DapResponse, bytes: Buffer): void {
    const client = this.#client
    const request = client?.unanswered.get(response.request_seq)
    if (client === undefined || request === undefined) return
    client.forwardResponse(response, bytes)
    if (response.success && isRemembered(request)) this.#memory.answered(request, response.body)
    if (response.success && RESUMING.includes(request.command)) this.#setStopped(false)
    if (client.isFull) this.#link?.peer.pause()
  }

  #adapterTells(event: DapEvent, bytes: Buffer): void {
    const client = this.#client
    if (client === undefined || isHiddenEvent(event)) return
    const { body } = event
    switch (event.event) {
      case 'debugpyAttach':
        if (this.#link !== undefined) this.#announceChild(this.#link, body)
        return
      case 'initialized':
        this.#progress.isInitialized = true
        break
      case 'process':
        if (typeof body['systemProcessId'] === 'number') this.#program = { pid: body['systemProcessId'] }
        break
      case 'exited':
        if (this.#program !== undefined) this.#program.exitCode = Number(body['exitCode'])
        break
      case 'stopped':
        this.#setStopped(true)
        break
      case 'continued':
        this.#setStopped(false)
        break
      case 'terminated':
        client.forward(bytes)
        this.#toldTerminated = true
        void this.end('The program ended.')
        return
    }
    client.forward(bytes)
    if (client.isFull) this.#link?.peer.pause()
  }

  #linkEnded(link: AdapterLink, end: LinkEnd): void {
    if (this.#phase.kind === 'starting') {
      const error = adapterGone(link.spawned?.command ?? [], end)
      this.#phase.attempt.fail(textOf(error), errorBody(error))
    } else void this.end(`The debug adapter ended (${end.how}).`)
  }

  async #finish(reason: string): Promise<void> {
    const started = this.#phase.kind === 'started'
    if (this.#phase.kind === 'starting') clearTimeout(this.#phase.silence)
    this.#phase = { kind: 'ending' }
    const client = this.#client
    const program = this.#program
    const isOurs = this.#setup.request === 'launch' && this.#link?.spawned !== undefined
    const isAlive = isOurs && program !== undefined && program.exitCode === undefined
    if (isAlive) killGroup(program.pid)
    if (client !== undefined) {
      if (started && !this.#toldTerminated) tellEnd(client, isAlive)
      for (const request of [...client.unanswered.values()]) answerAtEnd(client, request, reason)
    }
    await Promise.all([...this.#children].map(child => child.end('The parent session ended.')))
    const link = this.#link
    if (link === undefined) await this.#setup.discard()
    else {
      await endProcesses({
        link,
        processes: this.#context.processes,
        family: { id: this.#setup.id, adapter: link.pid, since: undefined, program: program?.pid },
        program: !isOurs ? 'stays' : program?.exitCode === undefined ? 'now' : 'exited',
      })
    }
    this.#phase = { kind: 'ended' }
    if (client !== undefined) setTimeout(() => client.end(), CLOSE_AFTER).unref()
    this.#changed('ended', reason)
    this.#setup.ended?.()
    for (const resolve of this.#onEnded) resolve()
  }

  get #state(): SessionState {
    const phase = this.#phase
    if (phase.kind === 'started') return phase.isStopped ? 'stopped' : 'running'
    return phase.kind === 'ending' || phase.kind === 'ended' ? 'ended' : 'starting'
  }

  #setStopped(isStopped: boolean): void {
    if (this.#phase.kind !== 'started' || this.#phase.isStopped === isStopped) return
    this.#phase = { kind: 'started', isStopped }
    this.#changed(isStopped ? 'stopped' : 'running')
  }

  #changed(state: SessionState, reason?: string): void {
    const exitCode = this.#program?.exitCode
    this.#context.changed({
      id: this.#setup.id,
      state,
      ...(state === 'ended' && exitCode !== undefined ? { exitCode } : {}),
      ...(reason === undefined ? {} : { reason }),
    })
  }

  #tell(text: string): void {
    this.#client?.event('output', { category: 'console', output: `${text}\n` })
  }
}

/** Milliseconds until an adapter that says nothing is given up. */
const SILENCE = 15_000
/** `disconnect` and `terminate` are answered within it; nvim-dap waits 3 s. */
const ANSWER_BOUND = 1_500
/** Milliseconds after the end until the connection of an editor that never closes is closed. */
const CLOSE_AFTER = 5_000
/** Requests that wait for the adapter. */
const HELD_LIMIT = 200
/** Bytes of answers of our own that an editor may leave unread before we stop reading what it asks. */
const ANSWERS_LIMIT = 4 * 1024 * 1024
/** What debugpy's launcher reports for a program ended by SIGKILL. */
const KILLED = 247
const RESUMING = ['continue', 'next', 'stepIn', 'stepOut', 'goto']

function errorBody({ kind, ...error }: StartError): JsonObject {
  return { error: { id: 1, format: textOf({ kind, ...error }), showUser: true, variables: { kind } } }
}

function tellEnd(client: DapPeer, isKilled: boolean): void {
  if (isKilled) client.event('exited', { exitCode: KILLED })
  client.event('terminated', {})
}

function answerAtEnd(client: DapPeer, request: DapRequest, reason: string): void {
  if (request.command === 'disconnect' || request.command === 'terminate') client.respond(request)
  else client.refuse(request, reason)
}

/** Editors ask on when the program has ended meanwhile, and some never close. */
function afterEnd(client: DapPeer, request: DapRequest): void {
  switch (request.command) {
    case 'disconnect':
      client.respond(request)
      client.end()
      return
    case 'terminate':
      client.respond(request)
      return
    case 'threads':
      client.respond(request, { threads: [] })
      return
    default:
      client.refuse(request, 'The session has ended.')
  }
}
