import { randomBytes } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import type { Readable, Writable } from 'node:stream'
import type { Files, Host, Store } from '../core/host'
import type { Log } from '../core/log'
import type { DidChangeSession, Endpoint, SessionInfo } from '../protocol'
import { connectAdapter, spawnAdapter } from './adapterLink'
import type { ChildPlan } from './children'
import { greet } from './greeting'
import type { LaunchPlan } from './launchPlan'
import { isPeerOurs } from './peerUid'
import { type ProcessTable, processTable } from './processTree'
import { rootOpening } from './rootOpening'
import { Session, type SessionContext, type SessionSetup } from './session'
import { attachUnreachable, notRestartable } from './sessionErrors'
import { type SpareAdapters, spareAdapters } from './spareAdapters'
import { StartRefused } from './startError'
import { reap, type StateFile, stateFile } from './stateFile'
import { createTickets, type Ticket } from './tickets'
import { TIMEOUTS, type Timeouts } from './timeouts'
import { fileTracer, type Tracer } from './trace'

export interface BrokerOptions {
  readonly host: Host
  /** What is read of /proc on Linux. */
  readonly files: Files
  /** How this program is started, to build `launch-ls dap --connect`. */
  readonly nodeCommand: readonly string[]
  /** For the state file and the trace; without it there is neither. */
  readonly store?: Store
  readonly log: Log
  onSession(change: DidChangeSession): void
  readonly timeouts?: Partial<Timeouts>
  /** Write down what is said, into `store`. */
  readonly trace?: boolean
}

/** A session that waits for an editor. */
export interface PreparedSession {
  readonly id: string
  readonly token: string
}

/** The debug sessions of this server, behind one TCP listener on 127.0.0.1. */
export interface Broker {
  readonly endpoint: Endpoint
  /** A process on stdio that is the same as the endpoint. */
  readonly command: readonly string[]
  /** Starts the adapter, and makes the token with which an editor may have the session. */
  prepare(plan: LaunchPlan): PreparedSession
  /** Sessions that are not over, children included. */
  sessions(): SessionInfo[]
  /** Ends it and its children; an id that is not known is fine. */
  stop(id: string): Promise<void>
  stopAll(): Promise<void>
  /**
   * Resolves the configuration anew and starts it on the same connection with the same breakpoints.
   * @throws StartRefused; a session that runs goes on
   */
  restart(id: string): Promise<void>
  /** The start was cancelled: the adapter that waits ends and the token is void. */
  cancel(id: string): void
  /** No editor will come any more for the sessions that wait for one. */
  cancelWaiting(): void
  /** The endpoint on a pair of streams. */
  attachStream(readable: Readable, writable: Writable): void
  /** Ends everything. Resolves when nothing is left. */
  close(): Promise<void>
}

/** Also ends, in the background, what an earlier server left. */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const server = createServer({ noDelay: true })
  const broker = new LocalBroker(options, server, await listen(server))
  void broker.reap()
  return broker
}

class LocalBroker implements Broker {
  readonly #options: BrokerOptions
  readonly #server: Server
  readonly #processes: ProcessTable
  readonly #timeouts: Timeouts
  readonly #context: SessionContext
  readonly #tracer: Tracer | undefined
  readonly #state: StateFile | undefined
  readonly #spares: SpareAdapters | undefined
  readonly #tickets = createTickets()
  readonly #sockets = new Set<Socket>()
  /** Connections that have not shown a token. */
  #strangers = 0
  #count = 0

  constructor(
    options: BrokerOptions,
    server: Server,
    readonly endpoint: Endpoint,
  ) {
    const { host, files, store } = options
    this.#options = options
    this.#server = server
    this.#processes = processTable(host, files)
    this.#timeouts = { ...TIMEOUTS, ...options.timeouts }
    this.#tracer = store !== undefined && options.trace === true ? fileTracer(store, now) : undefined
    this.#state = store === undefined ? undefined : stateFile(store, this.#processes)
    // On Windows a process keeps its folder from being renamed or removed.
    if (host.platform !== 'win32')
      this.#spares = spareAdapters(adapter =>
        spawnAdapter(adapter, `spare-${randomBytes(8).toString('hex')}`, host.platform),
      )
    this.#context = {
      endpoint,
      platform: host.platform,
      processes: this.#processes,
      timeouts: this.#timeouts,
      changed: change => options.onSession(change),
      log: options.log,
      announce: (parent, child) => this.#announce(parent, child),
    }
    server.on('connection', socket => this.#connected(socket))
    server.on('error', error => options.log('error', `The debug endpoint: ${error.message}`))
  }

  get command(): readonly string[] {
    const { host, port } = this.endpoint
    return [...this.#options.nodeCommand, 'dap', '--connect', `${host}:${port}`]
  }

  prepare(plan: LaunchPlan): PreparedSession {
    const id = randomBytes(8).toString('hex')
    const { ticket, token } = this.#tickets.issue(
      id,
      isFirst => new Session(this.#rootSetup(id, plan, isFirst), this.#context),
    )
    void this.#expire(ticket, plan.answered)
    ticket.session.tellState()
    return { id, token }
  }

  sessions(): SessionInfo[] {
    const alive = this.#tickets.sessions.filter(({ isOver }) => !isOver)
    // A child that nobody attached to is no session.
    return alive.filter(({ isTaken, info }) => isTaken || info.parent === undefined).map(({ info }) => info)
  }

  async stop(id: string): Promise<void> {
    await this.#tickets.find(id)?.session.end('Stopped.')
  }

  async stopAll(reason = 'Stopped.'): Promise<void> {
    await Promise.all(this.#tickets.sessions.map(session => session.end(reason)))
  }

  async restart(id: string): Promise<void> {
    const failure = await this.#tickets.find(id)?.session.restart()
    if (failure !== undefined) throw new StartRefused(notRestartable(failure))
    if (this.#tickets.find(id) === undefined)
      throw new StartRefused(notRestartable('There is no such session.'))
  }

  cancel(id: string): void {
    void this.#tickets.find(id)?.session.end('Cancelled.')
    this.#tickets.drop(id)
  }

  cancelWaiting(): void {
    for (const session of this.#tickets.sessions)
      if (!session.isTaken) void session.end('No editor connected.')
  }

  attachStream(readable: Readable, writable: Writable): void {
    this.#greet(readable, writable)
  }

  async close(): Promise<void> {
    this.#server.close()
    await Promise.all([this.stopAll('The server ended.'), this.#spares?.close()])
    for (const socket of this.#sockets) socket.destroy()
    this.#tracer?.flush()
  }

  /** Ends what an earlier server left. */
  async reap(): Promise<void> {
    const { store, log } = this.#options
    const count = store === undefined ? 0 : await reap(store, this.#processes)
    if (count > 0) log('info', `Ended ${count} process(es) that an earlier server had left.`)
  }

  #connected(socket: Socket): void {
    const { host, files, log } = this.#options
    const { localPort: port = 0, remotePort: peerPort = 0 } = socket
    socket.on('error', () => undefined)
    if (this.#strangers >= MAX_STRANGERS || !isPeerOurs(host, files, { port, peerPort })) {
      log('warning', 'A connection to the debug endpoint was refused: another user, or too many at once.')
      socket.destroy()
      return
    }
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
    this.#greet(socket, socket)
  }

  #greet(readable: Readable, writable: Writable): void {
    this.#count += 1
    this.#strangers += 1
    const trace = this.#tracer?.of(`editor ${this.#count}`)
    greet(readable, writable, {
      claim: token => this.#tickets.claim(token),
      patience: this.#timeouts.stranger,
      known: () => {
        this.#strangers -= 1
      },
      ...(trace === undefined ? {} : { trace }),
    })
  }

  async #expire(ticket: Ticket, answered: Promise<unknown> | undefined): Promise<void> {
    await Promise.resolve(answered).catch(() => undefined)
    ticket.expireAfter(this.#timeouts.token)
  }

  #rootSetup(id: string, plan: LaunchPlan, isFirst: boolean): SessionSetup {
    const { host, log } = this.#options
    const trace = this.#tracer?.of(`adapter of ${id}`)
    const markers: string[] = []
    const opening = rootOpening(plan, {
      id,
      platform: host.platform,
      processes: this.#processes,
      ...(this.#spares === undefined ? {} : { spares: this.#spares }),
      started: ({ marker, pid }) => {
        if (pid === undefined) return
        markers.push(marker)
        void this.#state?.started(marker, pid)
      },
      log,
      hide: secret => this.#tracer?.hide(secret),
      ...(trace === undefined ? {} : { trace }),
    })
    return {
      id,
      name: plan.name,
      type: plan.type,
      request: plan.request,
      open: async restart => {
        const opened = await opening.open(restart || !isFirst)
        const isKept = opened.kind === 'opened' && opened.arguments['terminateChildProcesses'] === false
        if (isKept) this.#state?.keepsChildren(opened.link.marker)
        return opened
      },
      discard: opening.discard,
      ended: () => {
        for (const marker of markers) this.#state?.ended(marker)
        plan.ended?.()
      },
    }
  }

  #announce(parent: Session, child: ChildPlan): { token: string; isTaken(): boolean } {
    this.#count += 1
    const id = `${parent.info.id}.${this.#count}`
    const { ticket, token } = this.#tickets.issue(id, () => {
      const session = new Session(this.#childSetup(id, parent, child), this.#context)
      parent.adopt(session)
      return session
    })
    return { token, isTaken: () => ticket.session.isTaken }
  }

  #childSetup(id: string, parent: Session, child: ChildPlan): SessionSetup {
    const { host, port } = child.address
    return {
      id,
      name: child.name,
      type: parent.type,
      request: 'attach',
      parent,
      open: async () => {
        try {
          const trace = this.#tracer?.of(`adapter of ${id}`)
          const link = await connectAdapter(host, port, CHILD_BOUND, trace)
          return { kind: 'opened', link, arguments: child.arguments }
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error)
          return { kind: 'refused', error: attachUnreachable(host, port, reason) }
        }
      },
      discard: async () => undefined,
      ended: () => {
        const ticket = this.#tickets.find(id)
        if (ticket !== undefined) parent.dismiss(ticket.session)
        this.#tickets.drop(id)
      },
    }
  }
}

/** Milliseconds to reach the adapter of a parent. */
const CHILD_BOUND = 5_000
/** Connections at once that have not shown a token. */
const MAX_STRANGERS = 64

function now(): number {
  return performance.now()
}

function listen(server: Server): Promise<Endpoint> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      server.off('error', reject)
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('no TCP address'))
      else resolve({ host: '127.0.0.1', port: address.port })
    })
  })
}
