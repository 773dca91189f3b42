import type { Question } from '../core/inputs'
import { isObject } from '../core/json'
import { maskText, secretsAskedFor } from '../core/secrets'
import type { Answer } from '../core/substitution'
import type { Task } from '../core/taskDocument'
import { type BackgroundState, watchBackground } from '../core/taskMatchers'
import type { PlannedTask } from '../core/taskPlan'
import { type TaskFacts, type TaskStart, taskToProcess } from '../core/taskProcess'
import { startTask, type TaskChild, type TaskEnd } from './taskChild'

export interface TaskRunOptions {
  readonly facts: TaskFacts
  /** Answers that are known beforehand; what is asked is added, so that one run asks each thing once. */
  readonly answers: Map<string, Answer>
  /** Asks the user or runs a command. What it throws, `done` rejects with. */
  ask(question: Question): Promise<Answer>
  /** What the tasks write, and `Executing task: …` before each. */
  onOutput(text: string, stream: 'stdout' | 'stderr', label: string): void
  /** What the user should know while it takes its time. */
  onNotice(text: string): void
  /** Aborting is `cancel`. */
  readonly signal?: AbortSignal
  /** Milliseconds that a background task without a pattern for its output is given to fail; 1000 by default. */
  readonly patience?: number
}

export interface TaskRun {
  /** Settles when what waits for the task may go on, or when nothing of a run that failed is left. */
  readonly done: Promise<TaskResult>
  /** Ends all that this run started; resolves when it is gone. */
  cancel(): Promise<void>
}

export type TaskResult = { readonly ok: true } | TaskFailure

export interface TaskFailure {
  readonly ok: false
  /** The task that failed: the one that was asked for, or one it waits for. */
  readonly task: Task
  readonly label: string
  readonly why: 'exited' | 'notStarted' | 'variable' | 'cancelled'
  /** One sentence. */
  readonly reason: string
  readonly remedy?: string
  readonly exitCode?: number
  readonly signal?: NodeJS.Signals
  /** The last lines it wrote; '' when there are none. */
  readonly output: string
}

/** Runs tasks, and keeps those that run in the background until it is disposed of. One a server. */
export class TaskRunner {
  readonly #running = new Map<string, Running>()
  readonly #leftBehind = new Set<TaskChild>()
  /** Those that are not done. */
  readonly #runs = new Set<Run>()

  /** Starts the task and what it waits for. A task that is running already is not started again. */
  run(plan: PlannedTask, options: TaskRunOptions): TaskRun {
    const run = newRun(options)
    if (options.signal?.aborted) run.over.abort()
    const done = this.#runToEnd(plan, run)
    const cancel = async () => {
      run.over.abort()
      await done.catch(() => undefined)
      await endStarted(run, () => true)
    }
    // Also later: what a start began in the background goes with it when it is cancelled at a later step.
    options.signal?.addEventListener('abort', () => void cancel(), { once: true })
    return { done, cancel }
  }

  /** Ends every task that still runs, and what ended ones left in their groups. */
  async dispose(): Promise<void> {
    for (const run of this.#runs) run.over.abort()
    const running = [...this.#running.values()].map(({ child }) => child.stop())
    const leftBehind = [...this.#leftBehind].map(child => child.sweep())
    await Promise.all([...running, ...leftBehind])
  }

  async #runToEnd(plan: PlannedTask, run: Run): Promise<TaskResult> {
    let result: TaskResult | undefined
    this.#runs.add(run)
    try {
      result = await this.#execute(plan, run)
      return result
    } finally {
      this.#runs.delete(run)
      if (result?.ok !== true) {
        // What else has begun is of no use now. What is ready stays for the next try, unless this one was cancelled.
        const all = run.over.signal.aborted
        run.over.abort()
        await endStarted(run, running => all || !(running.isOver || running.isReady))
      }
    }
  }

  #execute(node: PlannedTask, run: Run): Promise<TaskResult> {
    const known = run.results.get(node)
    if (known !== undefined) return known
    const result = this.#executeOnce(node, run)
    run.results.set(node, result)
    return result
  }

  async #executeOnce({ task, dependencies, missing }: PlannedTask, run: Run): Promise<TaskResult> {
    const { options } = run
    const key = keyOf(task, options)
    const already = this.#running.get(key)
    if (already !== undefined) return await wait(already, run)
    for (const name of missing) {
      const folder = options.facts.variables.folder?.path ?? ''
      const text = `Couldn't resolve dependent task '${name}' in workspace folder '${folder}'\n`
      options.onOutput(text, 'stderr', task.label)
    }
    if (task.sequence) {
      for (const dependency of dependencies) {
        const result = await this.#execute(dependency, run)
        if (!result.ok) return result
      }
    } else {
      const failure = await firstFailure(dependencies.map(dependency => this.#execute(dependency, run)))
      if (failure !== undefined) return failure
    }
    const start = await resolveTask(task, run)
    if (start === undefined) return { ok: true }
    if ('ok' in start) return start
    if (run.over.signal.aborted) return cancelled(task)
    // Another run may have started it while this one was asking.
    return await wait(this.#running.get(key) ?? this.#start(task, key, start, run), run)
  }

  #start(task: Task, key: string, start: TaskStart, run: Run): Running {
    const { options } = run
    const { host, editor } = options.facts.variables
    if (isEchoed(task))
      options.onOutput(`Executing task: ${shownLine(lineOf(start), task, run)}\n`, 'stdout', task.label)
    const state =
      task.isBackground && task.background.length > 0 ? watchBackground(task.background) : undefined
    const child = startTask(start, {
      host: { ...host, env: { ...host.env, ...editor?.env } },
      files: options.facts.files,
      onOutput: (text, stream) => options.onOutput(text, stream, task.label),
      onLine: line => {
        if (state?.line(line) === 'ready') running.settle({ ok: true })
      },
    })
    const running = newRunning(task, child, state)
    this.#running.set(key, running)
    run.started.add(running)
    const timers = patienceTimers(task, running, options)
    void child.ended.then(end => {
      for (const timer of timers) clearTimeout(timer)
      if (this.#running.get(key) === running) this.#running.delete(key)
      if (child.leavesOthers()) this.#leftBehind.add(child)
      running.isOver = true
      running.settle(resultOf(task, end, child))
    })
    return running
  }
}

/** One call of `run`. */
interface Run {
  readonly options: TaskRunOptions
  readonly results: Map<PlannedTask, Promise<TaskResult>>
  readonly started: Set<Running>
  /** Aborted when it was cancelled or has failed: nothing more is started. */
  readonly over: AbortController
  /** One question at a time, as several tasks may start at once. */
  asking: Promise<unknown>
  /** Answers that are not shown. */
  readonly secrets: Set<string>
}

function newRun(options: TaskRunOptions): Run {
  return {
    options,
    results: new Map(),
    started: new Set(),
    over: new AbortController(),
    asking: Promise.resolve(),
    secrets: new Set(),
  }
}

/** Ends what the run started, except what another run waits for too: that is then the other's to end. */
async function endStarted(run: Run, which: (running: Running) => boolean): Promise<void> {
  const own = [...run.started].filter(running => {
    const others = [...running.waiting].filter(other => other !== run)
    for (const other of others) other.started.add(running)
    return others.length === 0
  })
  await Promise.all(own.filter(which).map(({ child }) => child.stop()))
}

/** A process of a task that some run waits for or has waited for. */
interface Running {
  readonly task: Task
  readonly child: TaskChild
  /** Of a background task: it has been ready and is not at work again. */
  readonly isReady: boolean
  /** Runs that wait for it now. */
  readonly waiting: Set<Run>
  isOver: boolean
  /** The next time that it is ready or has ended. */
  next(): Promise<TaskResult>
  settle(result: TaskResult): void
}

function newRunning(task: Task, child: TaskChild, state: BackgroundState | undefined): Running {
  let hasBeenReady = false
  let waiters: ((result: TaskResult) => void)[] = []
  return {
    task,
    child,
    waiting: new Set(),
    isOver: false,
    get isReady() {
      return hasBeenReady && state?.busy !== true
    },
    next: () => new Promise(resolve => waiters.push(resolve)),
    settle(result) {
      if (task.isBackground && result.ok) hasBeenReady = true
      const all = waiters
      waiters = []
      for (const resolve of all) resolve(result)
    },
  }
}

/** VS Code's texts for a task that takes long, and the end of the wait for one that cannot say it is ready. */
function patienceTimers(task: Task, running: Running, options: TaskRunOptions): NodeJS.Timeout[] {
  const slow = setTimeout(() => {
    if (running.waiting.size > 0) options.onNotice(`Waiting for preLaunchTask '${task.label}'...`)
  }, SLOW)
  if (!task.isBackground || task.background.length > 0) return [slow]
  const goOn = setTimeout(() => {
    options.onNotice(
      `The task '${task.label}' has not exited and doesn't have a 'problemMatcher' defined. ` +
        'Make sure to define a problem matcher for watch tasks.',
    )
    running.settle({ ok: true })
  }, options.patience ?? PATIENCE)
  return [slow, goOn]
}

const SLOW = 10_000
const PATIENCE = 1000

async function wait(running: Running, run: Run): Promise<TaskResult> {
  if (running.isReady) return { ok: true }
  running.waiting.add(run)
  const result = await Promise.race([running.next(), cancellation(running.task, run.over.signal)])
  running.waiting.delete(run)
  return result
}

function cancellation(task: Task, over: AbortSignal): Promise<TaskFailure> {
  if (over.aborted) return Promise.resolve(cancelled(task))
  return new Promise(resolve => {
    over.addEventListener('abort', () => resolve(cancelled(task)), { once: true })
  })
}

function cancelled(task: Task): TaskFailure {
  const { label } = task
  return {
    ok: false,
    task,
    label,
    why: 'cancelled',
    reason: `The task '${label}' was cancelled.`,
    output: '',
  }
}

/** What the task starts, after its questions; undefined: nothing. Questions of several tasks queue up. */
async function resolveTask(task: Task, run: Run): Promise<TaskStart | TaskFailure | undefined> {
  const before = run.asking
  const resolved = before.then(() => ask(task, run))
  run.asking = resolved.catch(() => undefined)
  return await resolved
}

async function ask(task: Task, run: Run): Promise<TaskStart | TaskFailure | undefined> {
  const { options } = run
  for (;;) {
    if (run.over.signal.aborted) return cancelled(task)
    const next = taskToProcess(task, options.facts, options.answers)
    switch (next.kind) {
      case 'nothing':
        return undefined
      case 'process':
        return next
      case 'cancelled':
        return cancelled(task)
      case 'error':
        return { ok: false, task, label: task.label, why: 'variable', reason: next.message, output: '' }
      case 'ask': {
        const { question } = next
        const answer = await options.ask(question)
        if (question.kind === 'text' && question.password && typeof answer === 'string')
          run.secrets.add(answer)
        options.answers.set(question.id, answer)
      }
    }
  }
}

/** Resolves with the first failure, or with undefined when all have gone well. */
async function firstFailure(results: readonly Promise<TaskResult>[]): Promise<TaskFailure | undefined> {
  const failures = results.map(async result => {
    const found = await result
    if (!found.ok) throw new Failed(found)
  })
  try {
    await Promise.all(failures)
    return undefined
  } catch (error) {
    if (error instanceof Failed) return error.failure
    throw error
  }
}

class Failed extends Error {
  constructor(readonly failure: TaskFailure) {
    super(failure.reason)
  }
}

function resultOf(task: Task, end: TaskEnd, child: TaskChild): TaskResult {
  const { label } = task
  const output = child.tail()
  if (end.kind === 'notStarted') {
    const { reason, remedy } = end
    return { ok: false, task, label, why: 'notStarted', reason, remedy, output }
  }
  const { code, signal } = end
  if (code === 0) return { ok: true }
  const how = code === null ? `was ended by ${signal}` : `terminated with exit code ${code}`
  return {
    ok: false,
    task,
    label,
    why: 'exited',
    reason: `The task '${label}' ${how}.`,
    ...(code !== null && NOT_FOUND.includes(code) ? { remedy: COMMAND_MISSING } : {}),
    ...(code === null ? {} : { exitCode: code }),
    ...(signal === null ? {} : { signal }),
    output,
  }
}

/** Exit codes by which sh and cmd say that there is no such command. */
const NOT_FOUND = [127, 9009]
const COMMAND_MISSING =
  'The shell did not find a command: install it, or correct "command" of the task. ' +
  'It is looked for along the PATH the editor was started with.'

function keyOf(task: Task, { facts }: TaskRunOptions): string {
  return JSON.stringify([facts.variables.folder?.path, task.type, task.label])
}

function isEchoed({ value }: Task): boolean {
  const { presentation } = value
  return !isObject(presentation) || presentation['echo'] !== false
}

function lineOf({ executable, args, commandLine }: TaskStart): string {
  return commandLine ?? [executable, ...[args].flat()].join(' ')
}

function shownLine(line: string, { value }: Task, { secrets, options }: Run): string {
  const { host, editor } = options.facts.variables
  const env = { ...host.env, ...editor?.env }
  const asked = secretsAskedFor(JSON.stringify(value), env, host.platform)
  return maskText(line, [...secrets, ...asked.map(each => each.value)])
}
