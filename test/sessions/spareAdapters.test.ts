import { test as base, expect, onTestFinished } from 'vitest'
import { type AdapterCommand, type AdapterLink, spawnAdapter } from '../../server/sessions/adapterLink'
import { spareAdapters } from '../../server/sessions/spareAdapters'
import { eventually } from '../support/eventually'

/** Anything that waits for the end of its stdin will do for an adapter. */
const WAITING = [process.execPath, '-e', 'process.stdin.resume()']
const adapter = (cwd: string): AdapterCommand => ({ command: WAITING, env: { A: '1' }, cwd })

const test = base.extend<{ begun: AdapterLink[]; spares: ReturnType<typeof spareAdapters> }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest wants a pattern
  begun: async ({}, use) => use([]),
  spares: async ({ begun }, use) => {
    const spares = spareAdapters(
      command => {
        const link = spawnAdapter(command, `spare-${begun.length}`, 'linux')
        begun.push(link)
        return link
      },
      { delay: 0, life: 60_000 },
    )
    await use(spares)
    await spares.close()
  },
})

const waiting = (begun: AdapterLink[], count: number) =>
  eventually(`${count} adapters`, () => begun.length === count)

test('the next start of the same kind gets the one that waits, once', async ({ begun, spares }) => {
  spares.keep(adapter('/'))
  await waiting(begun, 1)
  const taken = spares.take({ ...adapter('/'), env: { A: '1', B: undefined } })
  onTestFinished(() => taken?.stop())
  expect(taken).toBe(begun[0])
  expect(spares.take(adapter('/'))).toBeUndefined()
})

test.for([
  ['another folder', { cwd: '/usr' }],
  ['another variable', { env: { A: '2' } }],
  ['another command', { command: [...WAITING, 'x'] }],
] as const)('a start in %s does not', async ([, other], { begun, spares }) => {
  spares.keep(adapter('/'))
  await waiting(begun, 1)
  expect(spares.take({ ...adapter('/'), ...other })).toBeUndefined()
})

test('one waits for each kind, and two in all: the oldest goes', async ({ begun, spares }) => {
  for (const [index, cwd] of ['/', '/usr', '/tmp'].entries()) {
    spares.keep(adapter(cwd))
    await waiting(begun, index + 1)
  }
  spares.keep(adapter('/tmp'))
  await begun[0]?.ended
  expect(spares.take(adapter('/'))).toBeUndefined()
  const [usr, tmp] = [spares.take(adapter('/usr')), spares.take(adapter('/tmp'))]
  onTestFinished(async () => void (await Promise.all([usr?.stop(), tmp?.stop()])))
  expect([usr, tmp]).toEqual([begun[1], begun[2]])
})

test('one that ended by itself is not handed out', async ({ begun, spares }) => {
  spares.keep({ ...adapter('/'), command: ['no such program'] })
  await waiting(begun, 1)
  await begun[0]?.ended
  expect(spares.take({ ...adapter('/'), command: ['no such program'] })).toBeUndefined()
})

test('those that wait end with the server, and none is begun after it', async ({ begun, spares }) => {
  spares.keep(adapter('/'))
  await waiting(begun, 1)
  spares.keep(adapter('/usr'))
  await spares.close()
  await begun[0]?.ended
  expect(begun).toHaveLength(1)
})

test('one that nobody needs ends after its time', async () => {
  const begun: AdapterLink[] = []
  const spares = spareAdapters(
    command => {
      const link = spawnAdapter(command, 'spare', 'linux')
      begun.push(link)
      return link
    },
    { delay: 0, life: 50 },
  )
  spares.keep(adapter('/'))
  await waiting(begun, 1)
  await begun[0]?.ended
  expect(spares.take(adapter('/'))).toBeUndefined()
})
