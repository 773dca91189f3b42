import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { environment } from '../../scripts/setup.mjs'
import { adapterCommand, type DebugpyPlace, isFastStartFailure } from '../../server/sessions/debugpyAdapter'
import {
  debugpyOf,
  type Outcome,
  type RunOptions,
  run,
  runProgram,
  startAdapter,
} from '../support/adapterProcess'
import { connectDap, type DapClient, frame, NVIM_DAP, startSession } from '../support/dapClient'
import { makeFolder, type TestFolder } from '../support/folder'

const boot = resolve(__dirname, '../../server/sessions/boot.py')

/** What a program can know of how it was started. */
const PROBE = `
import builtins, gc, inspect, json, os, sys, threading, warnings
main = sys.modules["__main__"]
print(json.dumps({
    "name": __name__, "file": globals().get("__file__"), "doc": __doc__, "package": __package__,
    "names": sorted(vars(main)), "spec": str(main.__spec__), "builtins": type(__builtins__).__name__,
    "argv": sys.argv, "orig_argv": [str(arg) for arg in getattr(sys, "orig_argv", [])], "path": sys.path,
    "flags": str(sys.flags), "xoptions": sys._xoptions, "warnoptions": sys.warnoptions, "filters": len(warnings.filters),
    "executable": sys.executable, "prefix": sys.prefix, "cwd": os.getcwd(), "env": dict(os.environ),
    "meta_path": [str(finder) for finder in sys.meta_path], "hook": sys.excepthook is sys.__excepthook__,
    "threads": [thread.name for thread in threading.enumerate()], "gc": [gc.isenabled(), gc.get_threshold()],
    "limit": sys.getrecursionlimit(), "encoding": [sys.stdout.encoding, sys.stdout.errors],
    "modules": sorted(sys.modules),
}))
`

const FILES = {
  'probe.py': PROBE,
  'pack/__init__.py': '',
  'pack/__main__.py': PROBE,
  'uncaught.py':
    'def f():\n    raise ValueError("é")\n\n\ntry:\n    f()\nexcept ValueError as error:\n    raise KeyError(1) from error\n',
  'hook.py':
    'import sys, traceback\n\n\ndef hook(kind, value, tb):\n    print("mine", kind, len(traceback.extract_tb(tb)), value.__traceback__ is tb)\n\n\nsys.excepthook = hook\n1 / 0\n',
  'interrupted.py': 'raise KeyboardInterrupt\n',
  'exit.py': 'import sys\nprint("bye")\nsys.exit(3)\n',
  'exit-text.py': 'import sys\nsys.exit("sorry")\n',
  'syntax.py': 'x = (\n',
  'at-exit.py':
    'import atexit, threading, time\n\n\ndef later():\n    time.sleep(0.2)\n    print("thread")\n\n\natexit.register(print, "at exit")\nthreading.Thread(target=later).start()\nprint("main")\n',
  'in-thread.py':
    'import threading\nthread = threading.Thread(target=lambda: 1 / 0, name="t")\nthread.start()\nthread.join()\n',
  'stops.py': 'def inner(x):\n    return 1 / x\n\n\ndef outer():\n    return inner(0)\n\n\nouter()\n',
  'input.py': 'try:\n    input()\nexcept EOFError:\n    print("no input")\n',
  'standard.py':
    'import email, http.client, http.server, importlib.metadata, ssl, xmlrpc.client, xmlrpc.server\nprint(xmlrpc.client.dumps((1,)), type(http.server), importlib.metadata.version("debugpy"))\n',
  'children.py': `import multiprocessing, os, subprocess, sys
here = os.path.dirname(os.path.abspath(__file__))


def probe():
    exec(open(os.path.join(here, "probe.py")).read(), {"__name__": "probe"})


if __name__ == "__main__":
    how = sys.argv[1]
    if how == "file":
        subprocess.run([sys.executable, os.path.join(here, "probe.py"), "a b"])
    elif how == "module":
        subprocess.run([sys.executable, "-m", "pack", "x"])
    elif how == "code":
        subprocess.run([sys.executable, "-c", open(os.path.join(here, "probe.py")).read(), "x"])
    elif how == "exec":
        os.execv(sys.executable, [sys.executable, os.path.join(here, "probe.py")])
    else:
        process = multiprocessing.get_context(how).Process(target=probe)
        process.start()
        process.join()
`,
}

let folder: TestFolder
beforeAll(() => {
  folder = makeFolder(FILES)
})
afterAll(() => folder.remove())

const newest = () => process.env['LAUNCH_LS_TEST_PYTHON'] ?? 'python3'

describe.each([
  { version: 'the newest', python: newest },
  { version: '1.8.0', python: () => environment('venv-debugpy-1.8.0', ['debugpy==1.8.0']) },
])('a program is what it is under debugpy alone: $version', ({ python: interpreter }) => {
  let python: string
  let debugpy: DebugpyPlace
  beforeAll(async () => {
    python = interpreter()
    debugpy = await debugpyOf(python)
  })

  const ways: readonly (readonly [string, Record<string, unknown>])[] = [
    ['program', { program: 'probe.py', args: ['a b', '-x', '--', 'é'] }],
    ['module', { module: 'pack', args: ['x'] }],
    ['code', { code: PROBE.split('\n'), args: ['x'] }],
    ['python -O -X dev -W error', { program: 'probe.py', pythonArgs: ['-O', '-X', 'dev', '-W', 'error'] }],
    ['python -I', { program: 'probe.py', pythonArgs: ['-I'] }],
    ['python -I -m', { module: 'json.tool', pythonArgs: ['-I'], args: ['--help'] }],
    [
      'env',
      {
        program: 'probe.py',
        env: { A: 'é', PYTHONPATH: '/nowhere', PYTHONSAFEPATH: '1', PYTHONHASHSEED: '1' },
      },
    ],
    ['noDebug', { program: 'probe.py', noDebug: true, args: ['x'] }],
    ['terminal', { program: 'probe.py', console: 'integratedTerminal', args: ['a b'] }],
    ['terminal, redirected', { program: 'probe.py', console: 'integratedTerminal', redirectOutput: true }],
    ['terminal, noDebug', { program: 'probe.py', console: 'integratedTerminal', noDebug: true }],
    ['another folder', { program: 'probe.py', cwd: '/' }],
    ['without children', { program: 'probe.py', subProcess: false }],
    ['a folder that is missing', { program: 'probe.py', cwd: '/nowhere' }],
    ['the standard library', { program: 'standard.py' }],
    ['an uncaught exception', { program: 'uncaught.py' }],
    ['an uncaught exception in a terminal', { program: 'uncaught.py', console: 'integratedTerminal' }],
    ['an excepthook', { program: 'hook.py' }],
    ['KeyboardInterrupt', { program: 'interrupted.py' }],
    ['sys.exit(3)', { program: 'exit.py' }],
    ['sys.exit("sorry")', { program: 'exit-text.py' }],
    ['a syntax error', { program: 'syntax.py' }],
    ['a missing program', { program: 'missing.py' }],
    ['a missing module', { module: 'missing' }],
    ['threads and atexit', { program: 'at-exit.py' }],
    ['an exception in a thread', { program: 'in-thread.py' }],
    ['a log of debugpy', { program: 'probe.py', env: { DEBUGPY_LOG_DIR: join(tmpdir(), 'launch-ls-log') } }],
    ['no standard input', { program: 'input.py' }],
  ]
  test.concurrent.each(ways)('%s', async (_name, launch) => {
    const { alone, fast } = await bothWays(launch)
    expect(fast).toEqual(alone)
  })

  test.concurrent.each(['file', 'module', 'code', 'exec', 'fork', 'spawn', 'forkserver'])(
    'a child: %s',
    async how => {
      const children = { configure: attachToChildren }
      const { alone, fast } = await bothWays({ program: 'children.py', args: [how] }, children)
      expect(alone.known).toContain('"argv"')
      expect(fast).toEqual(alone)
    },
  )

  test.concurrent.each([
    ['a breakpoint', { breakpoints: [2], filters: [], justMyCode: false }],
    ['an uncaught exception', { breakpoints: [], filters: ['uncaught'], justMyCode: true }],
    ['a raised exception', { breakpoints: [], filters: ['raised'], justMyCode: true }],
  ])('the stack at %s', async (_name, { breakpoints, filters, justMyCode }) => {
    const stops: { alone: unknown[]; fast: unknown[] } = { alone: [], fast: [] }
    for (const way of ['alone', 'fast'] as const) {
      await start(
        way,
        { program: 'stops.py', justMyCode },
        {
          configure: async client => {
            const source = { path: join(folder.path, 'stops.py') }
            await client.request('setBreakpoints', {
              source,
              breakpoints: breakpoints.map(line => ({ line })),
            })
            await client.request('setExceptionBreakpoints', { filters })
          },
          whileRunning: async client => {
            const { threadId, reason } = await client.waitFor('stopped')
            const { stackFrames } = await client.request('stackTrace', { threadId })
            const frames = (stackFrames as { name: string; line: number; source: unknown }[]).map(frame => ({
              ...frame,
              id: 0,
            }))
            stops[way].push(reason, frames)
            await client.request('setExceptionBreakpoints', { filters: [] })
            await client.request('continue', { threadId })
          },
        },
      )
    }
    expect(stops.fast).toEqual(stops.alone)
  })

  function start(
    way: 'alone' | 'fast',
    launch: Record<string, unknown>,
    options: RunOptions,
  ): Promise<Outcome> {
    const choice = adapterCommand(debugpy, [python], {
      bootFile: way === 'fast' ? boot : undefined,
      isInternalConsole: true,
      env: process.env,
      cwd: folder.path,
    })
    const { program, ...rest } = launch
    const path = program === undefined ? {} : { program: join(folder.path, String(program)) }
    const defaults = { console: 'internalConsole', cwd: folder.path, python: [python] }
    return runProgram(choice, { ...defaults, ...path, ...rest }, options)
  }

  async function bothWays(launch: Record<string, unknown>, options: RunOptions = {}) {
    const [alone, fast] = await Promise.all([
      start('alone', launch, options).then(comparable, refusal),
      start('fast', launch, options).then(comparable, refusal),
    ])
    expect(fast.modules.filter(name => !alone.modules.includes(name))).toEqual([])
    return { alone: { ...alone, modules: [] }, fast: { ...fast, modules: [] } }
  }
})

test('without debugging, the output of a program that ends before launch is answered comes before its end', async () => {
  const folder = makeFolder({ 'app.py': 'print("all of it")\n' })
  const python = process.env['LAUNCH_LS_TEST_PYTHON'] ?? 'python3'
  // The adapter answers late, as on a busy machine: debugpy holds events back until then.
  const original = readFileSync(boot, 'utf8')
  const late = original.replace(
    'return spawn(session, start_request, python, launcher_path, *args, **options)',
    'spawn(session, start_request, python, launcher_path, *args, **options), session.wait_for(lambda: session.is_finalizing and not session.launcher.is_connected, 10)',
  )
  expect(late).not.toBe(original)
  const bootFile = folder.write('boot.py', late)
  const choice = adapterCommand(await debugpyOf(python), [python], {
    bootFile,
    env: process.env,
    cwd: folder.path,
  })
  const { client, end } = startAdapter(choice)
  client.ignoreViolations()
  await client.request('initialize', NVIM_DAP)
  const program = join(folder.path, 'app.py')
  const launch = { program, python: [python], cwd: folder.path, console: 'internalConsole', noDebug: true }
  const started = client.request('launch', launch)
  await client.waitFor('terminated')
  expect(client.output('stdout')).toBe('all of it\n')
  await started
  await end()
  folder.remove()
})

// Only root can be somebody else.
test.runIf(process.getuid?.() === 0 && process.platform === 'linux')(
  "debugpy's own port answers nobody else",
  async () => {
    const python = newest()
    const options = { bootFile: boot, env: process.env, cwd: folder.path }
    const { client, end } = startAdapter(adapterCommand(await debugpyOf(python), [python], options))
    client.ignoreViolations()
    const { sockets } = await client.waitFor('debugpySockets')
    const [{ port = 0 } = {}] = sockets as { port?: number }[]
    expect(await saidTo(port, 65534)).toBe('nothing')
    expect(await saidTo(port, 0)).toBe('an answer')
    await end()
  },
)

async function saidTo(port: number, user: number): Promise<string> {
  const request = { seq: 1, type: 'request', command: 'initialize', arguments: { adapterID: 'debugpy' } }
  const code = `
import os, socket
os.setuid(${user})
s = socket.socket()
s.settimeout(5)
s.connect(("127.0.0.1", ${port}))
try:
    s.sendall(${JSON.stringify(frame(request).toString())}.encode())
    print("an answer" if s.recv(4096) else "nothing")
except ConnectionError:
    print("nothing")
`
  const { stdout } = await run('python3', ['-c', code], { cwd: folder.path })
  return stdout.trim()
}

describe('the command', () => {
  const debugpy = { folder: '/site/debugpy', version: '1.8.22' }
  const options = { bootFile: '/out/boot.py', env: { A: '1', DEBUGPY_RUNNING: 'true' }, cwd: '/work' }
  const plain = { kind: 'spawn', command: ['python', '/site/debugpy/adapter'], env: { A: '1' }, cwd: '/work' }
  const logging = { ...plain, command: [...plain.command, '--log-dir', '/logs'] }
  const fast = { ...plain, command: ['python', '/out/boot.py', 'adapter', '/site/debugpy/adapter'] }
  const ahead = { ...plain, command: ['python', '/out/boot.py', 'ahead', '/site/debugpy/adapter'] }
  const inLog = { A: '1', DEBUGPY_LOG_DIR: '/logs' }

  test.each([
    ['fast', debugpy, options, { ...fast, fallback: plain }],
    ['without a terminal', debugpy, { ...options, isInternalConsole: true }, { ...ahead, fallback: plain }],
    ['turned off', debugpy, { ...options, bootFile: undefined }, plain],
    ['logToFile', debugpy, { ...options, logDir: '/logs' }, logging],
    ['DEBUGPY_LOG_DIR', debugpy, { ...options, env: inLog }, { ...plain, env: inLog }],
    ['debugpy 1.6.6', { ...debugpy, version: '1.6.6' }, options, plain],
    ['debugpy 2.0', { ...debugpy, version: '2.0.0' }, options, { ...fast, fallback: plain }],
    ['an unknown version', { ...debugpy, version: 'unknown' }, options, plain],
  ])('%s', (_name, place, given, expected) => {
    expect(adapterCommand(place, ['python'], given)).toEqual(expected)
  })
})

describe('when a start failed', () => {
  test.each([
    ['the adapter ended without a word', { isAnswered: false, message: '', isInTerminal: false }, true],
    [
      'no launcher',
      { isAnswered: true, message: 'Timed out waiting for launcher to connect', isInTerminal: false },
      true,
    ],
    [
      'a closed terminal',
      { isAnswered: true, message: 'Timed out waiting for launcher to connect', isInTerminal: true },
      false,
    ],
    [
      'no program',
      { isAnswered: true, message: 'Timed out waiting for debuggee to spawn', isInTerminal: true },
      true,
    ],
    ['a wrong argument', { isAnswered: true, message: '"cwd" must be str', isInTerminal: false }, false],
  ])('%s', (_name, failure, expected) => {
    expect(isFastStartFailure(failure)).toBe(expected)
  })
})

/** An outcome without what differs from start to start: ports, tokens, times. */
function comparable({ stdout, stderr, exitCode }: Outcome) {
  const known = /^\{.*\}$/m.exec(stdout)?.[0]
  if (known === undefined) return { known: '', modules: [], stdout, stderr: unlike(stderr), exitCode }
  const { modules, orig_argv, ...facts } = JSON.parse(known) as { modules: string[]; orig_argv: string[] }
  // pydevd's own command line of a child holds what takes boot.py there.
  const command = orig_argv.some(arg => arg.includes('preimport')) ? 'of pydevd' : orig_argv
  return {
    known: unlike(JSON.stringify({ ...facts, command }, null, 1)),
    modules,
    stdout: '',
    stderr: unlike(stderr),
    exitCode,
  }
}

function refusal(error: Error) {
  return {
    known: {},
    modules: [] as string[],
    stdout: '',
    stderr: error.message.split(';')[0],
    exitCode: 'refused',
  }
}

function unlike(text: string): string {
  return text
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
    .replace(/\b[0-9a-f]{64}\b/g, 'TOKEN')
    .replace(/0x[0-9a-f]+/g, 'ADDRESS')
    .replace(/^\d+\.\d\ds/gm, 'TIME')
    .replace(/"Thread-\d+/g, '"Thread')
}

/** Every child runs as an editor would have it. */
async function attachToChildren(client: DapClient): Promise<void> {
  client.onRequest('startDebugging', args => {
    const configuration = args['configuration'] as { connect: { host: string; port: number } }
    void connectDap(configuration.connect).then(async child => {
      child.ignoreViolations()
      await startSession(child, { ...configuration }, { request: 'attach' })
      await child.waitFor('terminated')
      child.end()
    })
    return {}
  })
}
