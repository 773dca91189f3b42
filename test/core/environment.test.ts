import { describe, expect, test } from 'vitest'
import { parseEnvFile } from '../../server/core/envFile'
import { type EnvironmentParts, lookUp, mergeEnvironment, overlay } from '../../server/core/environment'

type Parts = Partial<Omit<EnvironmentParts, 'file'>> & { readonly file?: string }

const DEFAULTS = { PYTHONIOENCODING: 'UTF-8', PYTHONUNBUFFERED: '1' }

function merge({ file, ...parts }: Parts) {
  return mergeEnvironment({
    file: file === undefined ? undefined : parseEnvFile(file, 'debugpy').value,
    launch: {},
    process: { PATH: '/bin' },
    platform: 'linux',
    internalConsole: false,
    gevent: false,
    ...parts,
  })
}

const values = (parts: Parts) =>
  Object.fromEntries([...merge(parts)].map(([name, { value }]) => [name, value] as const))

const WIN = { platform: 'win32', process: { Path: 'C:\\Windows' } } as const

test.each<[what: string, parts: Parts, expected: object]>([
  ['nothing', {}, {}],
  ['env beats the file', { file: 'A=1\nB=2', launch: { A: 'l' } }, { A: 'l', B: '2' }],
  ['PATH is joined', { file: 'PATH=/f', launch: { PATH: ' /l ' } }, { PATH: '/f:/l:/bin' }],
  ['PATH of nobody', {}, {}],
  ['PATH of env', { launch: { PATH: '/l' } }, { PATH: '/l:/bin' }],
  ['a blank PATH', { launch: { PATH: ' ' } }, {}],
  [
    'PYTHONPATH is joined',
    { file: 'PYTHONPATH=/f', launch: { PYTHONPATH: '/l' }, process: { PYTHONPATH: '/p' } },
    { PYTHONPATH: '/f:/l:/p' },
  ],
  ['null and numbers stay', { launch: { A: null, N: 5 } }, { A: null, N: 5 }],
  ['null of PATH is lost', { launch: { PATH: null } }, {}],
  ['defaults are not imposed', { file: 'PYTHONUNBUFFERED=0' }, { PYTHONUNBUFFERED: '0' }],
  ['gevent', { gevent: true, launch: { GEVENT_SUPPORT: 'x' } }, { GEVENT_SUPPORT: 'True' }],
  [
    'the internal console gets all',
    {
      internalConsole: true,
      file: 'S=f',
      process: { S: 's', H: '/h', PATH: '/bin', PYTHONPATH: '/p', U: undefined },
    },
    { S: 'f', H: '/h', PATH: '/bin', PYTHONPATH: '/p' },
  ],
  ['Windows joins Path', { ...WIN, file: 'Path=C:\\f' }, { Path: 'C:\\f;C:\\Windows' }],
  ['Windows joins no PATH', { ...WIN, launch: { PATH: 'C:\\l' } }, { PATH: 'C:\\l' }],
  [
    'Windows finds Path in any case',
    { ...WIN, process: { PATH: 'x' }, launch: { Path: 'l' } },
    { Path: 'l;x' },
  ],
])('%s', (_, parts, expected) => {
  expect(values(parts)).toEqual({ ...DEFAULTS, ...expected })
})

describe('sources', () => {
  const merged = merge({
    file: 'PATH=/f\nA=1\nA=2',
    launch: { PATH: '/l', L: 'x' },
    process: { PATH: '/p', P: 'y' },
    internalConsole: true,
  })

  test.each([
    ['PATH', ['file', 'launch', 'process']],
    ['A', ['file']],
    ['L', ['launch']],
    ['P', ['process']],
    ['PYTHONIOENCODING', ['default']],
  ])('%s: %j', (name, kinds) => {
    expect(merged.get(name)?.sources.map(({ kind }) => kind)).toEqual(kinds)
  })

  test('the entry of the file is the last of its name', () => {
    const [source] = merged.get('A')?.sources ?? []
    expect(source?.kind === 'file' && source.entry.line).toBe(3)
  })
})

test('names have a case, but not on Windows', () => {
  expect(lookUp({ Path: 'x' }, 'PATH', 'linux')).toBeUndefined()
  expect(lookUp({ Path: 'x' }, 'PATH', 'win32')).toBe('x')
  expect(overlay({ Path: 'x', A: '1' }, { PATH: 'y', B: '2' }, 'win32')).toEqual({
    Path: 'y',
    A: '1',
    B: '2',
  })
  expect(overlay({ Path: 'x' }, { PATH: 'y' }, 'linux')).toEqual({ Path: 'x', PATH: 'y' })
})
