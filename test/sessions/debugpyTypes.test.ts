import { describe, expect, test } from 'vitest'
import { ATTACH, type Given, LAUNCH, resolve, resolved, WINDOWS } from './facts'

describe('what debugpy would refuse or die on is made what its author meant', () => {
  test.each<[key: string, written: unknown, sent: unknown, problem: string | undefined]>([
    ['args', ['--port', 8000, true], ['--port', '8000', 'true'], 'wrong-type'],
    ['args', ['a', null], ['a'], 'wrong-type'],
    ['args', 5, ['5'], 'wrong-type'],
    ['args', null, undefined, 'wrong-type'],
    ['args', '', [], undefined],
    ['args', 'a "b c"', 'a "b c"', undefined],
    ['pythonArgs', '-X dev', ['-X', 'dev'], 'wrong-type'],
    ['code', null, undefined, 'wrong-type'],
    ['console', null, 'integratedTerminal', undefined],
    ['console', 'InternalConsole', 'internalConsole', 'wrong-type'],
    ['cwd', null, '/w', undefined],
    ['stopOnEntry', 'true', true, 'wrong-type'],
    ['redirectOutput', null, undefined, 'wrong-type'],
    ['redirectOutput', 'false', false, 'wrong-type'],
    ['subProcess', 'false', false, 'wrong-type'],
    ['subProcess', 0, false, 'wrong-type'],
    ['sudo', 'no', false, 'wrong-type'],
    ['justMyCode', null, true, 'wrong-type'],
    ['justMyCode', 'false', false, undefined],
    ['jinja', null, undefined, undefined],
    ['consoleTitle', 3, '3', 'wrong-type'],
    ['pathMappings', null, undefined, 'wrong-type'],
    [
      'pathMappings',
      { localRoot: '/l', remoteRoot: '/r' },
      [{ localRoot: '/l', remoteRoot: '/r' }],
      'wrong-type',
    ],
    ['pathMappings', { '/l': '/r' }, [{ localRoot: '/l', remoteRoot: '/r' }], 'wrong-type'],
    ['pathMappings', [{ localRoot: '/l', remoteRoot: null }], undefined, 'wrong-type'],
    ['options', 5, '5', 'wrong-type'],
    ['options', {}, undefined, 'wrong-type'],
    ['clientOS', 'macos', 'unix', 'invalid-value'],
    ['rules', [{ path: 5, include: 'true' }], [{ path: '5', include: true }], 'wrong-type'],
    ['autoReload', { enable: 'true', exclude: 'a' }, { enable: true, exclude: ['a'] }, 'wrong-type'],
    ['breakOnSystemExit', [null, '3', { from: 1, to: 2 }], [null, 3, { from: 1, to: 2 }], 'wrong-type'],
    ['adapterAccessToken', 'x', undefined, 'without-effect'],
    ['onTerminate', true, undefined, undefined],
    ['stopOnEntry', [true], false, 'wrong-type'],
    ['purpose', 'debug-test', ['debug-test'], 'wrong-type'],
  ])('%s: %j', (key, written, sent, problem) => {
    const step = resolved({ ...LAUNCH, [key]: written })
    expect(step.arguments[key]).toEqual(sent)
    expect(step.problems.map(({ code }) => code)[0]).toBe(problem)
  })

  test.each<[string, Given, unknown]>([
    ['with the internal console', {}, ['a', 'b c', '$HOME']],
    ['without a shell', { facts: { shellArgs: false } }, ['a', 'b c', '$HOME']],
  ])('args as a text %s are split', (where, given, sent) => {
    const console = where.includes('console') ? 'internalConsole' : 'integratedTerminal'
    const step = resolved({ ...LAUNCH, console, args: 'a "b c" $HOME' }, given)
    expect(step.arguments['args']).toEqual(sent)
    expect(step.problems.map(({ code }) => code)).toEqual(['args-need-terminal'])
  })

  test('on Windows backslashes in args are plain', () => {
    const step = resolved(
      { ...LAUNCH, console: 'internalConsole', args: '"C:\\my dir\\x" C:\\y' },
      { facts: WINDOWS },
    )
    expect(step.arguments['args']).toEqual(['C:\\my dir\\x', 'C:\\y'])
  })

  test('a number in env is a text, null unsets', () => {
    const step = resolved({ ...LAUNCH, env: { PORT: 8000, DEBUG: true, HOME: null } })
    expect(step.arguments['env']).toMatchObject({ PORT: '8000', DEBUG: 'true', HOME: null })
    expect(step.problems.map(({ code, path }) => [code, path])).toEqual([
      ['env-not-text', ['env', 'PORT']],
      ['env-not-text', ['env', 'DEBUG']],
    ])
  })

  test('null unsets PATH and PYTHONPATH, too', () => {
    const files = { '/w/.env': 'PYTHONPATH=/f\n' }
    const step = resolved(
      { ...LAUNCH, env: { PYTHONPATH: null, PATH: null } },
      { files, env: { PATH: '/bin' } },
    )
    expect(step.arguments['env']).toMatchObject({ PYTHONPATH: null, PATH: null })
  })

  test('on Windows one of two cases of a variable counts', () => {
    const step = resolved({ ...LAUNCH, env: { Name: 'a', NAME: 'b' } }, { facts: WINDOWS })
    expect(step.arguments['env']).toMatchObject({ NAME: 'b' })
    expect(step.arguments['env']).not.toHaveProperty('Name')
    expect(step.problems.map(({ code }) => code)).toEqual(['duplicate-env-name'])
  })

  test('a flag and its property as false', () => {
    const step = resolved({ ...LAUNCH, debugOptions: ['RedirectOutput', 'Django'], redirectOutput: false })
    expect(step.arguments['debugOptions']).toEqual(['Django', 'ShowReturnValue'])
    expect(step.problems.map(({ code }) => code)).toEqual(['conflicting-attributes'])
  })

  test.each([
    [{ connect: 5678 }, { port: 5678 }, { host: '127.0.0.1', port: 5678 }],
    [{ connect: 'box:5678' }, { host: 'box', port: 5678 }, { host: 'box', port: 5678 }],
    [{ connect: { host: 'h', port: '1' } }, { host: 'h', port: 1 }, { host: 'h', port: 1 }],
    [{ connect: { host: null, port: 1 } }, { port: 1 }, { host: '127.0.0.1', port: 1 }],
  ])('attach %j', (written, connect, adapter) => {
    const step = resolved({ request: 'attach', ...written })
    expect(step.arguments['connect']).toEqual(connect)
    expect(step.adapter).toEqual({ connect: adapter })
  })
})

describe('what means nothing is refused before the start, with its place', () => {
  test.each<[configuration: object, message: string, path: (string | number)[]]>([
    [{ request: 'launch' }, 'There is nothing to run: "program", "module" or "code" is needed.', []],
    [{ request: 'launch', program: null }, 'There is nothing to run', []],
    [{ request: 'launch', program: '' }, '"program" is empty', ['program']],
    [{ request: 'launch', code: [] }, '"code" is empty', ['code']],
    [{ ...LAUNCH, module: 'm' }, '"program" and "module" exclude each other', ['module']],
    [
      { ...LAUNCH, console: 'terminal' },
      '"console" must be one of "integratedTerminal", "internalConsole"',
      ['console'],
    ],
    [{ ...LAUNCH, linux: { console: 5 } }, '"console" must be one of', ['linux', 'console']],
    [{ ...LAUNCH, args: [['a']] }, '"args[0]" must be a text', ['args', 0]],
    [{ ...LAUNCH, env: { A: { b: 1 } } }, '"env.A" must be a text or null', ['env', 'A']],
    [{ ...LAUNCH, env: ['A=1'] }, '"env" must be an object', ['env']],
    [{ ...LAUNCH, env: { 'A=B': '1' } }, 'An environment variable has a name without =', ['env', 'A=B']],
    [{ ...LAUNCH, qt: 'pyside6' }, '"qt" must be one of', ['qt']],
    [{ ...LAUNCH, subProcess: 'maybe' }, '"subProcess" must be true or false', ['subProcess']],
    [{ ...LAUNCH, pathMappings: ['/l'] }, '"pathMappings[0]" must be an object', ['pathMappings', 0]],
    [{ ...LAUNCH, python: 5 }, '"python" must be a text', ['python']],
    [{ request: 'attach' }, '"request":"attach" requires either', []],
    [{ ...ATTACH, port: 1 }, '"connect" and "port" exclude each other', ['port']],
    [{ ...ATTACH, listen: { port: 1 } }, '"listen" and "connect" exclude each other', ['connect']],
    [{ request: 'attach', connect: { port: 'x' } }, '"connect.port" is no port', ['connect', 'port']],
    [{ request: 'attach', connect: { host: 'h' } }, '"connect" needs a "port"', ['connect']],
    [{ request: 'attach', port: 70000 }, '"port" is no port', ['port']],
    [{ request: 'attach', processId: 'x' }, '"processId" is no process', ['processId']],
    [{ ...ATTACH, noDebug: true }, 'An attach cannot run without debugging', ['noDebug']],
    [{ request: 'lunch' }, "Attribute 'request' has an unsupported value 'lunch'", ['request']],
    [{ ...LAUNCH, type: 'node' }, "Configured debug type 'node' is not supported.", ['type']],
    [{ ...LAUNCH, cwd: 'a\0b' }, '"cwd" holds a NUL character', ['cwd']],
  ])('%j', (configuration, message, path) => {
    const step = resolve({ ...configuration })
    expect(step).toMatchObject({
      kind: 'refused',
      error: { message: expect.stringContaining(message), path },
    })
  })

  test('sudo on Windows', () => {
    expect(resolve({ ...LAUNCH, sudo: true }, { facts: WINDOWS })).toMatchObject({
      error: { code: 'not-on-windows' },
    })
  })
})
