import type { Files, Host } from '../core/host'

export interface TcpPair {
  /** Our end: the listener's port. */
  readonly port: number
  /** The other end's port. */
  readonly peerPort: number
}

/**
 * Whether the other end of a connection over 127.0.0.1 belongs to the user whose process listens. Linux lists the
 * owner of each socket in /proc/net/tcp (tcp6 for one that speaks IPv4 through IPv6); elsewhere nothing tells, and
 * the token alone guards.
 */
export function isPeerOurs(host: Host, files: Files, pair: TcpPair): boolean {
  if (host.platform !== 'linux') return true
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap(path => tcpRows(files.read(path) ?? ''))
  if (rows.length === 0) return true
  const listener = rows.find(row => row.state === LISTEN && row.port === pair.port)
  const peer = rows.find(
    row => row.port === pair.peerPort && row.remotePort === pair.port && row.state !== LISTEN,
  )
  return listener !== undefined && peer !== undefined && listener.uid === peer.uid
}

interface TcpRow {
  readonly port: number
  readonly remotePort: number
  readonly state: string
  readonly uid: string
}

const LISTEN = '0A'

/** proc(5): `sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid …`. Loopback rows only. */
function tcpRows(text: string): TcpRow[] {
  const rows: TcpRow[] = []
  for (const line of text.split('\n').slice(1)) {
    const [, local = '', remote = '', state = '', , , , uid = ''] = line.trim().split(/\s+/)
    const [address = '', port = ''] = local.split(':')
    if (!LOOPBACK.includes(address)) continue
    rows.push({ port: hex(port), remotePort: hex(remote.split(':')[1] ?? ''), state, uid })
  }
  return rows
}

/** 127.0.0.1 as the kernel writes it on little-endian and big-endian machines, alone and inside IPv6. */
const LOOPBACK = [
  '0100007F',
  '7F000001',
  '0000000000000000FFFF00000100007F',
  '00000000000000000000FFFF7F000001',
]

function hex(digits: string): number {
  return Number.parseInt(digits, 16)
}
