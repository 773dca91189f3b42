import { expect, test } from 'vitest'
import { familyOf, type ProcessRow, parsePs } from '../../server/sessions/processTree'

const ROWS = [
  row({ pid: 1, parent: 0, group: 1, session: 1, start: '0' }),
  row({ pid: 90, parent: 1, group: 90, session: 90, start: '100' }),
  row({ pid: 100, parent: 90, group: 100, session: 100, start: '200' }),
  row({ pid: 101, parent: 100, group: 100, session: 100, start: '210' }),
  row({ pid: 102, parent: 101, group: 102, session: 100, start: '220' }),
  row({ pid: 103, parent: 1, group: 103, session: 103, start: '230', marker: 'here' }),
  row({ pid: 104, parent: 103, group: 103, session: 103, start: '240' }),
  row({ pid: 105, parent: 1, group: 105, session: 105, start: '250', marker: 'there' }),
]

test.each([
  [
    'the adapter, launcher and program by their session; who left it by the marker; and what it started',
    {},
    [100, 101, 102, 103, 104],
  ],
  ['when the adapter is gone', { adapter: undefined }, [103, 104]],
  [
    'when the adapter is gone and the program is known',
    { adapter: undefined, program: 102 },
    [102, 103, 104],
  ],
  ['what is older than the adapter is none of it', { since: '235' }, []],
])('%s', (_, change, pids) => {
  const family = { marker: 'here', adapter: 100, program: undefined, ...change }
  expect(familyOf(ROWS, family).map(({ pid }) => pid)).toEqual(pids)
})

test('ps of macOS: with names that hold anything', () => {
  const text = `
    1     0     1 Mon Nov 23 08:00:01 2026     /sbin/launchd
  812   400   812 Tue Nov 24 20:11:00 2026     /usr/bin/python3 my app.py HOME=/Users/me LAUNCH_LS_SESSION=abc-1 X=1
  813   812   812 Tue Nov 24 20:11:02 2026     (python3)
`
  const rows = parsePs(text)
  expect(rows.map(({ pid, parent, group }) => [pid, parent, group])).toEqual([
    [1, 0, 1],
    [812, 400, 812],
    [813, 812, 812],
  ])
  expect(rows.map(row => row.isMarked('abc-1'))).toEqual([false, true, false])
  expect(rows.map(row => row.isMarked('abc'))).toEqual([false, false, false])
  expect(Number(rows[2]?.start) - Number(rows[1]?.start)).toBe(2_000)
})

function row({ marker, ...rest }: Omit<ProcessRow, 'isMarked'> & { marker?: string }): ProcessRow {
  return { ...rest, isMarked: wanted => wanted === marker }
}
