import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import type { Readable, Writable } from 'node:stream'
import type { Files, Host, Store } from '../core/host'
import type { DidChangeSession, Endpoint, SessionInfo } from '../protocol'
import { connectAdapter } from './adapterLink'
import type { ChildPlan } from './children'
import { type Claim, greet } from './greeting'
import type { LaunchPlan } from './launchPlan'
import { isPeerOurs } from './peerUid'
import { processTable } from './processTree'
import { rootOpening } from './rootOpening'
import { Session, type SessionContext, type SessionSetup } from './session'
import { attachUnreachable } from './sessionErrors'

export interface BrokerOptions {
  readonly host: Host
  /** What is read of /proc on Linux. */
  readonly files: Files
  /** How this program is started, to build `launch-ls dap --connect`. */
  readonly nodeCommand: readonly string[]
  /** For the state file and the trace. */
  readonly store?: Store
  log(message: string): void
  onSession(change: DidChangeSession): void
  /** Milliseconds an editor has from `prepare` to `launch`; 30,000 by default. */
  readonly tokenLifetimeMs?: number
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
  /** The start was cancelled: the adapter that waits ends and the token is void. */
  cancel(id: string): void
  /** The endpoint on a pair of streams. */
  attachStream(readable: Readable, writable: Writable): void
  /** Ends everything. Resolves when nothing is left. */
  close(): Promise<void>
}

/** What a token stands for: sessions of one plan, one after the other. */
interface Ticket {
  readonly digest: Buffer
  readonly id: string
  session: Session
  /** Makes the next session once the last one is over. */
  again(): Session
  expiry: NodeJS.Timeout | undefined
}

export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const { host, files, log, tokenLifetimeMs = 30_000 } = options
  const tickets: Ticket[] = []
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, socket => {
    const { localPort: port = 0, remotePort: peerPort = 0 } = socket
    if (!isPeerOurs(host, files, { port, peerPort })) {
      log('A connection of another user was refused.')
      socket.destroy()
      return
    }
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    greet(socket, socket, { claim })
  })
  const endpoint = await listen(server)
  const context: SessionContext = {
    endpoint,
    processes: processTable(host, files),
    changed: change => options.onSession(change),
    announce,
  }

  function claim(token: string): Claim {
    const digest = digestOf(token)
    const ticket = tickets.find(({ digest: known }) => timingSafeEqual(known, digest))
    if (ticket === undefined) return { kind: 'refused', message: UNKNOWN_TOKEN }
    clearTimeout(ticket.expiry)
    if (ticket.session.isOver) {
      const previous = ticket.session
      ticket.session = ticket.again()
      return { kind: 'claimed', session: ticket.session, ready: previous.end('') }
    }
    if (ticket.session.isTaken) return { kind: 'refused', message: TAKEN_TOKEN }
    return { kind: 'claimed', session: ticket.session, ready: Promise.resolve() }
  }

  function issue(id: string, make: (isFirst: boolean) => Session): { ticket: Ticket; token: string } {
    const token = randomBytes(32).toString('base64url')
    const ticket: Ticket = {
      digest: digestOf(token),
      id,
      session: make(true),
      again: () => make(false),
      expiry: undefined,
    }
    tickets.push(ticket)
    const old = tickets.filter(({ session }) => session.isOver)
    if (old.length > KEPT_TICKETS) tickets.splice(tickets.indexOf(old[0] ?? ticket), 1)
    return { ticket, token }
  }

  function announce(parent: Session, child: ChildPlan): { token: string; isTaken(): boolean } {
    childCount += 1
    const id = `${parent.info.id}.${childCount}`
    const { ticket, token } = issue(id, () => {
      const session = new Session(childSetup(id, parent, child), context)
      parent.adopt(session)
      return session
    })
    return { token, isTaken: () => ticket.session.isTaken }
  }
  let childCount = 0

  const stop = async (id: string, reason: string) => {
    await tickets.find(ticket => ticket.id === id)?.session.end(reason)
  }
  const stopAll = async (reason: string) => {
    await Promise.all(tickets.map(({ session }) => session.end(reason)))
  }

  return {
    endpoint,
    command: [...options.nodeCommand, 'dap', '--connect', `${endpoint.host}:${endpoint.port}`],
    prepare: plan => {
      const id = randomBytes(8).toString('hex')
      const { ticket, token } = issue(id, isFirst => {
        const opening = rootOpening(plan, { id, platform: host.platform, started: () => undefined, log })
        const setup: SessionSetup = {
          id,
          name: plan.name,
          type: plan.type,
          request: plan.request,
          open: restart => opening.open(restart || !isFirst),
          discard: opening.discard,
          ended: () => plan.ended?.(),
        }
        return new Session(setup, context)
      })
      const expireUnused = () => {
        if (ticket.session.isTaken) return
        ticket.expiry = setTimeout(() => void stop(id, 'No editor connected.'), tokenLifetimeMs)
        ticket.expiry.unref()
      }
      void (plan.answered ?? Promise.resolve()).then(expireUnused, () => undefined)
      options.onSession({ id, state: 'starting' })
      return { id, token }
    },
    sessions: () =>
      tickets.filter(({ session }) => !session.isOver && session.isTaken).map(({ session }) => session.info),
    stop: id => stop(id, 'Stopped.'),
    stopAll: () => stopAll('Stopped.'),
    cancel: id => {
      void stop(id, 'Cancelled.')
      const index = tickets.findIndex(ticket => ticket.id === id)
      if (index >= 0) tickets.splice(index, 1)
    },
    attachStream: (readable, writable) => greet(readable, writable, { claim }),
    close: async () => {
      server.close()
      await stopAll('The server ended.')
      for (const socket of sockets) socket.destroy()
    },
  }
}

const UNKNOWN_TOKEN =
  'This is no session of launch-ls, or its time is over. Start the configuration again from the editor.'
const TAKEN_TOKEN = 'Another connection has this session already.'
/** Ended sessions that an editor can still restart. */
const KEPT_TICKETS = 100
/** Milliseconds. */
const CHILD_BOUND = 5_000

function childSetup(id: string, parent: Session, child: ChildPlan): SessionSetup {
  const { host, port } = child.address
  return {
    id,
    name: child.name,
    type: parent.type,
    request: 'attach',
    parent,
    open: async () => {
      try {
        const link = await connectAdapter(host, port, CHILD_BOUND)
        return { kind: 'opened', link, arguments: child.arguments }
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        return { kind: 'refused', error: attachUnreachable(host, port, reason) }
      }
    },
    discard: async () => undefined,
  }
}

function listen(server: Server): Promise<Endpoint> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('no TCP address'))
      else resolve({ host: '127.0.0.1', port: address.port })
    })
  })
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
