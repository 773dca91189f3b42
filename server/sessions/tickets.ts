import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { within } from './adapterLink'
import type { Claim } from './greeting'
import type { Session } from './session'

/** What a token stands for: the sessions of one plan, one after the other. */
export interface Ticket {
  readonly id: string
  readonly session: Session
  /** Ends the session, unless an editor comes for it within so many milliseconds from now. */
  expireAfter(milliseconds: number): void
}

/** The tokens that an editor may show. */
export interface Tickets {
  /** `make` is called now, and again when an editor shows the token of a session that is over. */
  issue(id: string, make: (isFirst: boolean) => Session): { readonly ticket: Ticket; readonly token: string }
  claim(token: string): Claim | Promise<Claim>
  find(id: string): Ticket | undefined
  /** The token is void. */
  drop(id: string): void
  readonly sessions: readonly Session[]
}

export function createTickets(): Tickets {
  let tickets: OpenTicket[] = []
  const forget = () => {
    const over = tickets.filter(({ session }) => session.isOver)
    const forgotten = over.slice(0, Math.max(0, over.length - KEPT))
    if (forgotten.length > 0) tickets = tickets.filter(ticket => !forgotten.includes(ticket))
  }
  return {
    issue: (id, make) => {
      const token = randomBytes(32).toString('base64url')
      const ticket = openTicket(id, digestOf(token), make)
      tickets.push(ticket)
      forget()
      return { ticket, token }
    },
    claim: token => {
      const digest = digestOf(token)
      // Neither the time of the search nor that of a comparison tells anything of a token.
      const found = tickets.filter(({ digest: known }) => timingSafeEqual(known, digest))
      return found[0]?.claim() ?? { kind: 'refused', message: UNKNOWN }
    },
    find: id => tickets.find(ticket => ticket.id === id),
    drop: id => {
      tickets = tickets.filter(ticket => ticket.id !== id)
    },
    get sessions() {
      return tickets.map(({ session }) => session)
    },
  }
}

interface OpenTicket extends Ticket {
  readonly digest: Buffer
  claim(): Claim | Promise<Claim>
}

function openTicket(id: string, digest: Buffer, make: (isFirst: boolean) => Session): OpenTicket {
  let session = make(true)
  /** An editor has it, or is about to. */
  let given: Session | undefined
  let expiry: NodeJS.Timeout | undefined
  const claimNow = (): Claim => {
    const ready = session.isOver ? session.end('') : Promise.resolve()
    if (session.isOver) session = make(false)
    else if (session === given) return { kind: 'refused', message: TAKEN }
    given = session
    clearTimeout(expiry)
    return { kind: 'claimed', session, ready }
  }
  return {
    id,
    digest,
    get session() {
      return session
    },
    expireAfter: milliseconds => {
      expiry = setTimeout(() => {
        if (!session.isTaken) void session.end('No editor connected.')
      }, milliseconds)
      expiry.unref()
    },
    claim: () => {
      if (session !== given || session.isOver) return claimNow()
      // An editor that comes back may be faster than the news that its old connection broke.
      return within(NEWS_BOUND, session.left()).then(claimNow)
    },
  }
}

const UNKNOWN =
  'This is no session of launch-ls, or its time is over. Start the configuration again from the editor.'
const TAKEN = 'Another connection has this session already.'
/** Milliseconds. */
const NEWS_BOUND = 500
/** Tokens of ended sessions with which an editor can still restart. */
const KEPT = 100

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
