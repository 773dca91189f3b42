import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Environment, Files, Host, Platform } from '../core/host'
import type { TaskStart } from '../core/taskProcess'
import { familyOf, MARKER, type ProcessRow, processTable, signal } from './processTree'
import { endGroupWithUs, endWithUs } from './wards'

/** The process of a task, with all that it starts. */
export interface TaskChild {
  /** When the process itself has ended, and what it wrote has been told. Others that it left behind may live on. */
  readonly ended: Promise<TaskEnd>
  /** The last lines of its output. */
  tail(): string
  /** Ends it and all that it started, also what left its group; resolves when they are gone. */
  stop(): Promise<void>
  /** After its end: whether something it started still runs in its group. */
  leavesOthers(): boolean
  /** Ends that, as closing its terminal would. */
  sweep(): Promise<void>
}

export type TaskEnd =
  | { readonly kind: 'exited'; readonly code: number | null; readonly signal: NodeJS.Signals | null }
  | { readonly kind: 'notStarted'; readonly reason: string; readonly remedy: string }

export interface TaskMachine {
  /** Its environment is that of the task, before the task's own. */
  readonly host: Host
  readonly files: Files
  onOutput(text: string, stream: 'stdout' | 'stderr'): void
  /** Each line without its break and without colours. */
  onLine(line: string): void
}

/** Starts it, in a process group of its own and without a terminal. */
export function startTask(start: TaskStart, machine: TaskMachine): TaskChild {
  const { host, files } = machine
  const cwd = start.cwd ?? host.homeDir
  if (cwd !== '' && files.kind(cwd) !== 'folder') {
    return notStarted(
      `Starting directory (cwd) "${cwd}" does not exist.`,
      'Correct "options.cwd" of the task.',
    )
  }
  const marker = `task-${randomUUID()}`
  try {
    const env = taskEnvironment(host, { ...start.env, [MARKER]: marker })
    const { file, args, verbatim } = commandFor(start, host)
    const options: SpawnOptions = {
      ...(cwd === '' ? {} : { cwd }),
      env,
      // A session and group of its own, whose id is the pid: the whole of it can be signalled.
      detached: host.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      ...(verbatim ? { windowsVerbatimArguments: true, argv0: `"${file}"` } : {}),
    }
    const child = spawn(file, args, options)
    if (host.platform === 'win32') endWithUs(child, () => child.kill())
    else endGroupWithUs(child)
    return watch(child, start.executable, marker, machine)
  } catch (error) {
    return notStarted(...whyNot(start.executable, error))
  }
}

function watch(child: ChildProcess, command: string, marker: string, machine: TaskMachine): TaskChild {
  let tail = ''
  for (const stream of ['stdout', 'stderr'] as const) {
    const lines = lineSplitter(machine.onLine)
    child[stream]?.setEncoding('utf8')
    child[stream]?.on('data', (text: string) => {
      tail = (tail + text).slice(-TAIL_SIZE)
      lines(text)
      machine.onOutput(text, stream)
    })
    child[stream]?.on('end', () => lines('\n'))
  }
  const ended = new Promise<TaskEnd>(resolve => {
    child.once('error', error => {
      const [reason, remedy] = whyNot(command, error)
      resolve({ kind: 'notStarted', reason, remedy })
    })
    child.once('exit', (code, name) => {
      const end: TaskEnd = { kind: 'exited', code, signal: name }
      // Whatever it left behind may hold its output open for good.
      const timer = setTimeout(() => resolve(end), LAST_OUTPUT)
      child.once('close', () => {
        clearTimeout(timer)
        resolve(end)
      })
    })
  })
  return {
    ended,
    tail: () => tail.trimEnd().split('\n').slice(-TAIL_LINES).join('\n'),
    stop: () => stop(child, marker, machine),
    leavesOthers: () => machine.host.platform !== 'win32' && child.pid !== undefined && signal(-child.pid, 0),
    sweep: () => sweep(child, marker, machine),
  }
}

/** Code units and lines of output that a failure shows. */
const TAIL_SIZE = 16_384
const TAIL_LINES = 20

/** Milliseconds to wait for the last output of a process that has ended. */
const LAST_OUTPUT = 300

/** Milliseconds between two looks at what still runs. */
const POLL = 30

/** Milliseconds between the polite end and the other one. */
const GRACE = 2000

async function stop(child: ChildProcess, marker: string, { host, files }: TaskMachine): Promise<void> {
  const { pid } = child
  if (pid === undefined) return
  if (host.platform === 'win32') {
    if (child.exitCode === null) await killTree(pid)
    return
  }
  const table = processTable(host, files)
  // Once it has ended, its pid may be that of a stranger: only the marker tells then.
  const isOver = child.exitCode !== null || child.signalCode !== null
  const own = isOver ? undefined : pid
  const family = async () => familyOf(await table(), { marker, adapter: own, since: undefined, program: own })
  await endAll(family)
}

async function sweep(child: ChildProcess, marker: string, { host, files }: TaskMachine): Promise<void> {
  const table = processTable(host, files)
  await endAll(async () => (await table()).filter(row => row.group === child.pid && row.isMarked(marker)))
}

async function endAll(find: () => Promise<readonly ProcessRow[]>): Promise<void> {
  const deadline = Date.now() + GRACE
  let left = await find()
  for (const { pid } of left) signal(pid, 'SIGTERM')
  while (left.length > 0 && Date.now() < deadline) {
    await delay(POLL)
    left = await find()
  }
  for (let round = 0; left.length > 0 && round < 20; round++) {
    for (const { pid } of left) signal(pid, 'SIGKILL')
    await delay(POLL)
    left = await find()
  }
}

function killTree(pid: number): Promise<void> {
  return new Promise(resolve => {
    execFile('taskkill', ['/pid', String(pid), '/T', '/F'], () => resolve())
  })
}

function notStarted(reason: string, remedy: string): TaskChild {
  const ended = Promise.resolve<TaskEnd>({ kind: 'notStarted', reason, remedy })
  const nothing = () => Promise.resolve()
  return { ended, tail: () => '', stop: nothing, leavesOthers: () => false, sweep: nothing }
}

function whyNot(command: string, error: unknown): [reason: string, remedy: string] {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') {
    return [
      `The command '${command}' was not found.`,
      'Install it, or correct "command" of the task: it is looked for along the PATH the editor was started with.',
    ]
  }
  if (code === 'EACCES') {
    return [
      `'${command}' cannot be run: permission denied.`,
      'Make it executable (chmod +x), or name the program that runs it as the command.',
    ]
  }
  const message = error instanceof Error ? error.message : String(error)
  return [`The command '${command}' could not be started: ${message}.`, 'Correct the task in tasks.json.']
}

/** How Node is to start it. A batch file on Windows runs only in cmd. */
function commandFor({ executable, args }: TaskStart, { platform, env }: Host) {
  if (typeof args === 'string') return { file: executable, args: [args], verbatim: true }
  if (platform !== 'win32' || !/\.(cmd|bat)$/i.test(executable)) {
    return { file: executable, args: [...args], verbatim: false }
  }
  const line = [executable, ...args].map(text => (/[\s"&|<>^()]/.test(text) ? `"${text}"` : text)).join(' ')
  return { file: env['ComSpec'] ?? 'cmd.exe', args: [`/d /s /c "${line}"`], verbatim: true }
}

/**
 * The environment with the task's own over it. Without a terminal Python would keep back what it writes, and with it
 * the line that tells that a background task is ready.
 */
function taskEnvironment(
  host: Host,
  own: Readonly<Record<string, string | null>>,
): Record<string, string | undefined> {
  return merged(host.platform, merged(host.platform, { PYTHONUNBUFFERED: '1' }, host.env), own)
}

function merged(
  platform: Platform,
  base: Environment,
  over: Readonly<Record<string, string | null | undefined>>,
): Record<string, string | undefined> {
  const result: Record<string, string | undefined> = { ...base }
  for (const [name, value] of Object.entries(over)) {
    // Windows knows one variable by any of its spellings.
    const same = (key: string) => platform === 'win32' && key.toLowerCase() === name.toLowerCase()
    for (const key of Object.keys(result).filter(same)) delete result[key]
    if (value === null) delete result[name]
    else if (value !== undefined) result[name] = value
  }
  return result
}

/** Gives each whole line on, without colours. An endless line is given on in pieces. */
function lineSplitter(onLine: (line: string) => void): (text: string) => void {
  let rest = ''
  return text => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > LONGEST_LINE) {
      lines.push(rest)
      rest = ''
    }
    for (const line of lines) onLine(line.slice(0, LONGEST_LINE).replace(/\r$/, '').replace(ESCAPES, ''))
  }
}

const LONGEST_LINE = 10_000

/** What colours text and sets titles in a terminal. */
const ESCAPES = /\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g
