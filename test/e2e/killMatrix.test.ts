import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { adapterCommand } from '../../server/sessions/debugpyAdapter'
import type { AdapterChoice } from '../../server/sessions/launchPlan'
import { signal } from '../../server/sessions/processTree'
import { connectDap, type DapClient, NVIM_DAP } from '../support/dapClient'
import {
  debugpyPlace,
  debugpyPlan,
  ended,
  PYTHON,
  programFolder,
  stubOf,
  testBroker,
} from '../support/debugSession'
import { eventually } from '../support/eventually'
import { makeFolder } from '../support/folder'
import {
  buildBrokerServer,
  nothingLives,
  type Parties,
  partiesOf,
  startBrokerProcess,
} from '../support/killMatrix'

/** Waits for the file `go`, then does what `action.py` says. Its child, if it has one, is `app.py` with `child`. */
const PROGRAM = `
import os, subprocess, sys, time
here = os.path.dirname(os.path.abspath(__file__))

def wait_and_act():
    while not os.path.exists(os.path.join(here, "go")):
        time.sleep(0.01)
    exec(open(os.path.join(here, "action.py")).read())

if sys.argv[1] == "parent":
    subprocess.run([sys.executable, __file__, "child"])
print("here", flush=True)  # line 13
wait_and_act()
`
const STOP_LINE = 13

const PHASES = ['starting', 'running', 'stopped', 'in a child'] as const
type Phase = (typeof PHASES)[number]

interface Situation {
  readonly client: DapClient
  /** Of the child, in a child. */
  readonly child: DapClient | undefined
  readonly parties: Parties
  readonly folder: string
  readonly phase: Phase
}

interface End {
  readonly action?: string
  /** The editor is there to hear of it. */
  readonly isHeard: boolean
  act(situation: Situation): unknown
}

const ENDS: Readonly<Record<string, End>> = {
  disconnect: { isHeard: true, act: ({ client }) => client.request('disconnect', {}, 2_000) },
  terminate: { isHeard: true, act: ({ client }) => client.request('terminate', {}, 2_000) },
  'editor gone': { isHeard: false, act: ({ client }) => client.end() },
  'connection reset': { isHeard: false, act: ({ client }) => client.reset() },
  'SIGTERM of the adapter': kill('adapter', 'SIGTERM'),
  'SIGKILL of the adapter': kill('adapter', 'SIGKILL'),
  'SIGTERM of the launcher': kill('launcher', 'SIGTERM'),
  'SIGKILL of the launcher': kill('launcher', 'SIGKILL'),
  'SIGTERM of the program': kill('program', 'SIGTERM'),
  'SIGKILL of the program': kill('program', 'SIGKILL'),
  'the program exits': { isHeard: true, action: 'os._exit(3)', act: go },
  'the program daemonises': {
    isHeard: true,
    action: `
if os.fork() == 0:
    os.setsid()
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    os.execvp("sleep", ["sleep", "300"])
os._exit(3)
`,
    act: go,
  },
  'a stray holds stdout': {
    isHeard: true,
    action: 'subprocess.Popen(["sleep", "300"], start_new_session=True)\nos._exit(3)',
    act: go,
  },
  'disconnect while a stray holds stdout': {
    isHeard: true,
    action: 'subprocess.Popen(["sleep", "300"], start_new_session=True)\ntime.sleep(300)',
    act: async situation => {
      if (situation.phase !== 'starting') await go(situation)
      await situation.client.request('disconnect', {}, 2_000)
    },
  },
}

let cells = 0
afterAll(() => console.info(`kill matrix: ${cells} cells, 0 survivors`))

describe.each(PHASES)('%s', phase => {
  test.each(Object.keys(ENDS))('%s', async name => {
    const end = ENDS[name] as End
    const broker = await testBroker()
    const folder = programWith(end.action ?? '')
    const plan = planOf(folder, phase)
    const { id, token } = broker.prepare(plan)
    const client = await connectDap(broker.endpoint)
    onTestFinished(() => client.reset())
    const situation = await reach(phase, client, stubOf(plan, token), folder, id)
    await end.act(situation)

    await nothingLives(id)
    await eventually('the session is over', () => broker.sessions().length === 0)
    if (end.isHeard) await heard(situation)
    const next = await connectDap(broker.endpoint)
    expect(await next.request('initialize', NVIM_DAP)).toHaveProperty('supportsRestartRequest')
    next.end()
    cells += 1
  })
})

describe('launch was just sent', () => {
  const EARLY = ['disconnect', 'terminate', 'editor gone', 'connection reset'] as const
  test.each(EARLY)('%s', async name => {
    const broker = await testBroker()
    const folder = programWith('')
    const plan = planOf(folder, 'running')
    const { id, token } = broker.prepare(plan)
    const client = await connectDap(broker.endpoint)
    onTestFinished(() => client.reset())
    await client.request('initialize', NVIM_DAP)
    const launched = client.ask('launch', stubOf(plan, token))
    launched.catch(() => undefined)
    const parties = { adapter: 0, launcher: 0, program: 0 }
    await (ENDS[name] as End).act({ client, child: undefined, parties, folder, phase: 'starting' })
    await ended(broker, id)
    if (name === 'disconnect') expect((await launched).success).toBe(false)
    cells += 1
  })
})

describe('the server', () => {
  const builds = makeFolder()
  let bundle = ''
  beforeAll(async () => {
    bundle = await buildBrokerServer(builds.path)
  })
  afterAll(builds.remove)

  describe.each(PHASES)('%s', phase => {
    test.each(['SIGTERM', 'SIGKILL'] as const)('%s', async name => {
      const { server, id } = await inItsOwnProcess(phase, '')
      server.kill(name)
      await server.exited
      await nothingLives(id)
      cells += 1
    })

    test('SIGKILL while a stray holds stdout, and a next server', async () => {
      const action = 'subprocess.Popen(["sleep", "300"], start_new_session=True)\ntime.sleep(300)'
      const { server, id, situation, store } = await inItsOwnProcess(phase, action)
      if (phase !== 'starting') await go(situation)
      server.kill('SIGKILL')
      await server.exited
      const next = await startBrokerProcess(bundle, store)
      await nothingLives(id)
      next.kill('SIGTERM')
      await next.exited
      cells += 1
    })
  })

  async function inItsOwnProcess(phase: Phase, action: string) {
    const folder = programWith(action)
    const store = join(folder, 'store')
    const server = await startBrokerProcess(bundle, store)
    onTestFinished(() => server.kill('SIGKILL'))
    const plan = planOf(folder, phase)
    const args = argumentsOf(folder, phase)
    const { id, token } = await server.prepare({ request: 'launch', arguments: args, adapter: plan.adapter })
    const client = await connectDap(server.endpoint)
    const situation = await reach(phase, client, stubOf(plan, token), folder, id)
    return { server, id, situation, store }
  }
})

test('what the user keeps lives on', async () => {
  const broker = await testBroker()
  const folder = programWith((ENDS['the program daemonises'] as End).action ?? '')
  // A child that is debugged is ended by debugpy itself.
  const kept = { terminateChildProcesses: false, subProcess: false }
  const plan = debugpyPlan({ ...argumentsOf(folder, 'running'), ...kept })
  const { id, token } = broker.prepare(plan)
  const client = await connectDap(broker.endpoint)
  const situation = await reach('running', client, stubOf(plan, token), folder, id)
  await go(situation)
  await client.waitFor('terminated')
  await eventually('the session is over', () => broker.sessions().length === 0)
  await expect(nothingLives(id, 300)).rejects.toThrow(/sleep 300/)
})

function kill(party: keyof Parties, name: NodeJS.Signals): End {
  return { isHeard: true, act: ({ parties }) => expect(signal(parties[party], name)).toBe(true) }
}

/** Lets the program do what it was written for. */
async function go({ client, child, folder, phase }: Situation): Promise<void> {
  writeFileSync(join(folder, 'go'), '')
  if (phase === 'starting') {
    await client.request('configurationDone')
    await client.waitFor('process')
  }
  const stopped = child ?? (phase === 'stopped' ? client : undefined)
  await stopped?.request('continue', { threadId: 1 }).catch(() => undefined)
}

/** Drives a session into the phase. */
async function reach(
  phase: Phase,
  client: DapClient,
  stub: Record<string, unknown>,
  folder: string,
  id: string,
): Promise<Situation> {
  await client.request('initialize', NVIM_DAP)
  client.onRequest('startDebugging', () => ({}))
  const started = client.ask('launch', stub)
  started.catch(() => undefined)
  await client.waitFor('initialized')
  const path = join(folder, 'app.py')
  let child: DapClient | undefined
  if (phase !== 'starting') {
    const breakpoints = phase === 'stopped' ? [{ line: STOP_LINE }] : []
    await client.request('setBreakpoints', { source: { path }, breakpoints })
    await client.request('configurationDone')
    expect((await started).success).toBe(true)
    if (phase === 'running') await eventually('it says so', () => client.output('stdout').includes('here'))
    if (phase === 'stopped') await client.waitFor('stopped')
    if (phase === 'in a child') child = await attachChild(client, path)
  }
  return { client, child, parties: await partiesOf(id), folder, phase }
}

async function attachChild(client: DapClient, path: string): Promise<DapClient> {
  const { configuration } = await client.waitForRequest('startDebugging')
  const stub = configuration as Record<string, unknown> & { connect: { host: string; port: number } }
  const child = await connectDap(stub.connect)
  onTestFinished(() => child.reset())
  await child.request('initialize', NVIM_DAP)
  const started = child.ask('attach', stub)
  await child.waitFor('initialized')
  await child.request('setBreakpoints', { source: { path }, breakpoints: [{ line: STOP_LINE }] })
  await child.request('configurationDone')
  expect((await started).success).toBe(true)
  await child.waitFor('stopped')
  return child
}

/** The editor has an answer to all that it asked, and knows that the session is over. */
async function heard({ client, child, phase }: Situation): Promise<void> {
  const wasStarted = client.received.some(
    message =>
      message.type === 'response' &&
      'success' in message &&
      message['success'] === true &&
      'command' in message &&
      message['command'] === 'launch',
  )
  if (wasStarted) {
    await client.waitFor('exited')
    await client.waitFor('terminated')
    const ends = client.received.filter(message => 'event' in message && message['event'] === 'terminated')
    expect(ends).toHaveLength(1)
  } else expect(phase).toBe('starting')
  await child?.waitFor('terminated')
  await eventually('all is answered', () => openRequests(client).length === 0, 2_000)
}

function openRequests({ sent, received }: DapClient) {
  const answered = new Set(
    received.flatMap(message => ('request_seq' in message ? [message.request_seq] : [])),
  )
  return sent.filter(message => message.type === 'request' && !answered.has(message.seq))
}

function programWith(action: string): string {
  return programFolder({ 'app.py': PROGRAM, 'action.py': action })
}

function argumentsOf(folder: string, phase: Phase): Record<string, unknown> {
  return {
    program: join(folder, 'app.py'),
    args: [phase === 'in a child' ? 'parent' : 'alone'],
    cwd: folder,
    console: 'internalConsole',
  }
}

function planOf(folder: string, phase: Phase) {
  const bootFile = join(__dirname, '..', '..', 'server', 'sessions', 'boot.py')
  const place = debugpyPlace()
  const options = { bootFile, isInternalConsole: true, env: process.env, cwd: dirname(folder) }
  const adapter: AdapterChoice = adapterCommand(place, [PYTHON], options)
  mkdirSync(folder, { recursive: true })
  return debugpyPlan(argumentsOf(folder, phase), { adapter })
}
