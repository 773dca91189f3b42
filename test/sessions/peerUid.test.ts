import { expect, test } from 'vitest'
import type { Files, Host } from '../../server/core/host'
import { isPeerOurs } from '../../server/sessions/peerUid'

const HEAD =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'
/** 127.0.0.1:8000 listens as 1000. */
const LISTENER = row('0100007F:1F40', '00000000:0000', '0A', 1000)

test.each([
  ['the same user', [row('0100007F:9C40', '0100007F:1F40', '01', 1000)], true],
  ['another user', [row('0100007F:9C40', '0100007F:1F40', '01', 1001)], false],
  ['root', [row('0100007F:9C40', '0100007F:1F40', '01', 0)], false],
  ['nobody, who is gone already', [], false],
  [
    'a connection of the same user to another port',
    [row('0100007F:9C40', '0100007F:1F41', '01', 1000)],
    false,
  ],
  [
    "a listener of the same user on the peer's port",
    [row('0100007F:9C40', '00000000:0000', '0A', 1000)],
    false,
  ],
])('%s', (_, rows, isOurs) => {
  expect(
    isPeerOurs(host('linux'), files({ tcp: HEAD + LISTENER + rows.join('') }), {
      port: 8000,
      peerPort: 40000,
    }),
  ).toBe(isOurs)
})

test.each([
  [1000, true],
  [1001, false],
])('IPv4 through IPv6, as some editors connect: user %d', (uid, isOurs) => {
  const tcp6 =
    HEAD + row('0000000000000000FFFF00000100007F:9C40', '0000000000000000FFFF00000100007F:1F40', '01', uid)
  expect(
    isPeerOurs(host('linux'), files({ tcp: HEAD + LISTENER, tcp6 }), { port: 8000, peerPort: 40000 }),
  ).toBe(isOurs)
})

test('where the system does not tell, the token alone guards', () => {
  for (const platform of ['darwin', 'win32', 'linux'] as const) {
    expect(isPeerOurs(host(platform), files({}), { port: 8000, peerPort: 40000 })).toBe(true)
  }
})

function row(local: string, remote: string, state: string, uid: number): string {
  return `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000  ${uid}        0 12345 1 0 100 0 0 10 0\n`
}

function host(platform: Host['platform']): Host {
  return { platform, env: {}, homeDir: '', cwd: '/' }
}

function files(texts: Readonly<Record<string, string>>): Files {
  return { read: path => texts[path.replace('/proc/net/', '')], kind: () => undefined, list: () => [] }
}
