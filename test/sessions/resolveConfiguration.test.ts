import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../server/core/json'
import { resolveConfiguration } from '../../server/sessions/resolveConfiguration'
import { withoutSecrets } from '../../server/sessions/resolveSecrets'
import { ATTACH, factsOf, LAUNCH, resolve, resolved } from './facts'

describe('where a value comes from', () => {
  const files = { '/w/.env': '# x\nA=1\nPATH=/f\n' }
  const configuration = {
    ...LAUNCH,
    args: ['a', 'b'],
    env: { L: '1', PATH: '/l' },
    linux: { stopOnEntry: true },
    consoleName: 'C',
  }
  const settings = { 'debugpy.debugJustMyCode': false }
  const { origins } = resolved(configuration, { files, settings, env: { PATH: '/bin' } })

  test.each<[path: (string | number)[], ...from: object[]]>([
    [['program'], { kind: 'launch.json', written: ['program'] }],
    [['args', 1], { kind: 'launch.json', written: ['args', 1] }],
    [['stopOnEntry'], { kind: 'platform', written: ['linux', 'stopOnEntry'] }],
    [['consoleTitle'], { kind: 'launch.json', written: ['consoleName'] }],
    [['justMyCode'], { kind: 'settings', key: 'debugpy.debugJustMyCode' }],
    [['console'], { kind: 'default' }],
    [['cwd'], { kind: 'default' }],
    [['env'], { kind: 'launch.json', written: ['env'] }],
    [['env', 'L'], { kind: 'launch.json', written: ['env', 'L'] }],
    [['env', 'A'], { kind: 'envFile', file: '/w/.env', span: { offset: 6, length: 1 } }],
    [['env', 'PYTHONUNBUFFERED'], { kind: 'default' }],
    [
      ['env', 'PATH'],
      { kind: 'envFile', file: '/w/.env', span: { offset: 13, length: 2 } },
      { kind: 'launch.json', written: ['env', 'PATH'] },
      { kind: 'process' },
    ],
  ])('%j', (path, ...from) => {
    const found = origins.filter(origin => JSON.stringify(origin.path) === JSON.stringify(path))
    expect(found).toEqual(from.map(each => ({ path, ...each })))
  })

  test('every argument has one', () => {
    const step = resolved(configuration, { files, settings })
    const known = new Set(step.origins.map(({ path }) => path[0]))
    expect(Object.keys(step.arguments).filter(key => !known.has(key))).toEqual([])
  })
})

describe('secrets', () => {
  const inputs = [
    { id: 'pw', type: 'promptString', description: 'Password', password: true },
    { id: 'name', type: 'promptString', description: 'Name' },
  ]
  const configuration = {
    ...LAUNCH,
    args: ['--as=${input:name}', '-p${input:pw}'],
    env: { P: '${input:pw}' },
  }

  const shown = (configuration: JsonObject, given: Parameters<typeof resolved>[1] = {}) => {
    const { arguments: args, origins } = resolved(configuration, given)
    const answers = new Map(Object.entries(given.answers ?? {}))
    return withoutSecrets(args, { configuration, origins, facts: factsOf(given), answers }).arguments
  }

  test('are the values of env files', () => {
    const files = { '/w/.env': 'A=1\nPATH=/f' }
    expect(shown(LAUNCH, { files })['env']).toMatchObject({ A: '••••', PATH: '••••' })
  })

  test.each([['hunter2'], ['x']])('are the answers to password inputs: %j', pw => {
    const answers = { 'input:pw': pw, 'input:name': 'bob' }
    const args = shown(configuration, { facts: { inputs }, answers })
    expect(args).toMatchObject({ args: ['--as=bob', '-p••••'], env: { P: '••••' } })
  })

  test('are the values of secret variables, wherever they are put in', () => {
    const env = { MY_TOKEN: 'tok123tok123', DB_URL: 'postgres://u:pw999@h/x', STAGE: 'dev', A_PWD: 'ab' }
    const configuration = {
      ...LAUNCH,
      cwd: '/w/${env:STAGE}',
      args: ['--token=${env:MY_TOKEN}', '${env:DB_URL}', '-p${env:A_PWD}', 'abc'],
      env: { X: '${env:MY_TOKEN}', Y: 'a-${env:MY_TOKEN}-b', DB_PASSWORD: 'literal' },
    }
    expect(shown(configuration, { env })).toMatchObject({
      cwd: '/w/dev',
      args: ['--token=••••', 'postgres://u:••••@h/x', '-p••••', 'abc'],
      env: { X: '••••', Y: 'a-••••-b', DB_PASSWORD: '••••' },
    })
  })
})

describe('steps', () => {
  test('a question, until it is answered', () => {
    const inputs = [{ id: 'p', type: 'promptString', description: 'Port' }]
    const configuration = { ...LAUNCH, args: ['${input:p}'] }
    expect(resolve(configuration, { facts: { inputs } })).toMatchObject({
      kind: 'ask',
      question: { id: 'input:p' },
    })
    const answered = { facts: { inputs }, answers: { 'input:p': '1' } }
    expect(resolved(configuration, answered).arguments['args']).toEqual(['1'])
    expect(resolve(configuration, { facts: { inputs }, answers: { 'input:p': null } })).toEqual({
      kind: 'cancelled',
    })
  })

  test('a variable without a value names itself', () => {
    expect(resolve({ ...LAUNCH, program: '${file}' })).toMatchObject({
      kind: 'refused',
      error: { code: 'unresolvedVariable', variable: '${file}' },
    })
  })

  test.each([
    [LAUNCH, '/w/.venv/bin/python'],
    [{ ...LAUNCH, python: '${env:V}/bin/python' }, '/v/bin/python'],
    [{ ...LAUNCH, python: ['/p', '-E'] }, '/p'],
    [{ ...LAUNCH, python: '${command:python.interpreterPath}' }, '/w/.venv/bin/python'],
    [{ ...LAUNCH, args: ['${command:python.interpreterPath}'] }, '/w/.venv/bin/python'],
    [{ request: 'attach', processId: 1 }, '/w/.venv/bin/python'],
    [ATTACH, undefined],
  ])('the interpreter of %j is %s', (configuration, interpreter) => {
    expect(resolved(configuration, { env: { V: '/v' } }).interpreter).toBe(interpreter)
  })

  test('run without debugging', () => {
    expect(resolved(LAUNCH, { facts: { noDebug: true } }).arguments['noDebug']).toBe(true)
  })
})

describe('env files', () => {
  test.each([
    ['${workspaceFolder}/none.env', 'The env file /w/none.env cannot be read'],
    ['dev.env', 'begin it with ${workspaceFolder}/'],
  ])('%s is missing', (envFile, message) => {
    const { problems } = resolved({ ...LAUNCH, envFile })
    expect(problems).toMatchObject([{ code: 'missing-env-file', path: ['envFile'] }])
    expect(problems[0]?.message).toContain(message)
  })

  test.each([[undefined], ['']])('nobody asked for %j', envFile => {
    const configuration = envFile === undefined ? LAUNCH : { ...LAUNCH, envFile }
    expect(resolved(configuration).problems).toEqual([])
  })

  test('what is wrong in one is told with its line', () => {
    const { problems } = resolved(LAUNCH, { files: { '/w/.env': 'A=1\nexport B=2\n' } })
    expect(problems).toMatchObject([
      { code: 'env-export', message: expect.stringMatching(/^\/w\/\.env:2: /) },
    ])
  })

  test('the dialect decides', () => {
    const files = { '/w/.env': 'export A=1 # x\n' }
    const step = resolved(LAUNCH, { files, facts: { envFileDialect: 'dotenv' } })
    expect(step.arguments['env']).toMatchObject({ A: '1' })
  })

  test('variables in the setting are replaced', () => {
    const files = { '/home/u/x.env': 'A=1\n' }
    const step = resolved(LAUNCH, { files, settings: { 'python.envFile': '${userHome}/x.env' } })
    expect(step.arguments['env']).toMatchObject({ A: '1' })
  })
})

test('no configuration makes it throw', () => {
  const keys = fc.constantFrom(
    ...[
      'request',
      'program',
      'module',
      'python',
      'pythonPath',
      'args',
      'env',
      'envFile',
      'cwd',
      'console',
      'linux',
    ],
    ...[
      'pathMappings',
      'connect',
      'listen',
      'host',
      'port',
      'processId',
      'debugOptions',
      'stopOnEntry',
      'clientOS',
    ],
    ...[
      'purpose',
      'rules',
      'autoReload',
      'terminalQuoteCharacter',
      'consoleName',
      'localRoot',
      'remoteRoot',
      'code',
    ],
  )
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom('launch', 'attach', '${file}', '${env:X', '/w/app.py', 'internalConsole', [
      { localRoot: 5 },
    ]),
  )
  fc.assert(
    fc.property(fc.dictionary(keys, value), configuration => {
      const step = resolveConfiguration(
        { name: 'x', type: 'debugpy', ...configuration },
        factsOf({}),
        new Map(),
      )
      expect(['ask', 'resolved', 'refused', 'cancelled']).toContain(step.kind)
      if (step.kind === 'refused') expect(step.error.message).not.toBe('')
      if (step.kind === 'resolved') JSON.stringify(step.arguments)
    }),
    { numRuns: 3_000 },
  )
})
