import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Host } from '../../server/core/host'
import type { Question } from '../../server/core/inputs'
import type { Answer } from '../../server/core/substitution'
import { parseTaskDocument } from '../../server/core/taskDocument'
import { planTask } from '../../server/core/taskPlan'
import {
  type TaskResult,
  type TaskRun,
  TaskRunner,
  type TaskRunOptions,
} from '../../server/sessions/taskRunner'
import { diskFiles } from '../../server/workspace/disk'
import { eventually } from '../support/eventually'
import { makeFolder, type TestFolder } from '../support/folder'
import { nothingRemains, processesNaming } from '../support/processes'

const host: Host = { platform: 'linux', env: { ...process.env }, homeDir: '/', cwd: '/' }

/** `label: text` for each line that the tasks wrote, without the lines that tell what is executed. */
interface Heard {
  readonly lines: string[]
  readonly notices: string[]
  readonly asked: string[]
}

let folder: TestFolder
let runner: TaskRunner
let heard: Heard

beforeEach(() => {
  folder = makeFolder({ never: '' })
  runner = new TaskRunner()
  heard = { lines: [], notices: [], asked: [] }
})

afterEach(async () => {
  await runner.dispose()
  await nothingRemains(folder.path)
  folder.remove()
})

interface Given {
  readonly file?: object
  readonly signal?: AbortSignal
  readonly ask?: (question: Question) => Promise<Answer>
  readonly patience?: number
}

/** Starts the task `t` of the file; `$F` in a command is the test's folder, so that what is left behind is found. */
function begin(tasks: readonly object[], given: Given = {}): TaskRun {
  const text = JSON.stringify({ tasks, ...given.file }).replaceAll('$F', folder.path)
  const plan = planTask([parseTaskDocument(text, { platform: 'linux' })], 't')
  if (plan.kind !== 'plan') throw new Error(plan.message)
  const own = { name: 'w', path: folder.path }
  const options: TaskRunOptions = {
    facts: {
      variables: {
        host,
        folders: [own],
        folder: own,
        editor: { env: { OF_EDITOR: 'editor' } },
        settings: () => undefined,
        execPath: undefined,
        extensions: {},
        contributed: {},
        inputs: undefined,
        commandAliases: {},
      },
      shell: { path: '/bin/sh' },
      files: diskFiles,
    },
    answers: new Map(),
    ask: question => {
      heard.asked.push(question.id)
      return given.ask?.(question) ?? Promise.resolve(null)
    },
    onOutput: (part, _, label) => {
      for (const line of part.trimEnd().split('\n')) heard.lines.push(`${label}: ${line}`)
    },
    onNotice: notice => heard.notices.push(notice),
    ...(given.signal === undefined ? {} : { signal: given.signal }),
    ...(given.patience === undefined ? {} : { patience: given.patience }),
  }
  return runner.run(plan.root, options)
}

function run(tasks: readonly object[], given: Given = {}): Promise<TaskResult> {
  return begin(tasks, given).done
}

const shell = (label: string, command: string, rest: object = {}) => ({
  label,
  type: 'shell',
  command,
  ...rest,
})
const quiet = { presentation: { echo: false } }
/** Runs until it is ended; its command line names the folder. */
const FOREVER = 'exec tail -f "$F/never"'

const PERMISSION = 'Make it executable (chmod +x), or name the program that runs it as the command.'

const WATCH = {
  isBackground: true,
  problemMatcher: {
    pattern: { regexp: 'x' },
    background: { activeOnStart: true, beginsPattern: 'working', endsPattern: 'ready' },
  },
}

describe('a task that ends', () => {
  test.each<[string, object, Partial<TaskResult>]>([
    ['well', shell('t', 'echo fine'), { ok: true }],
    [
      'badly, with its last lines',
      shell('t', 'for i in $(seq 30); do echo line $i; done; exit 3'),
      {
        ok: false,
        label: 't',
        exitCode: 3,
        output: Array.from({ length: 20 }, (_, i) => `line ${i + 11}`).join('\n'),
      },
    ],
    [
      'badly, with its errors',
      shell('t', 'echo wrong >&2; exit 1'),
      { ok: false, exitCode: 1, output: 'wrong' },
    ],
    [
      'by a signal',
      shell('t', 'kill -9 $$'),
      { ok: false, signal: 'SIGKILL', reason: "The task 't' was ended by SIGKILL." },
    ],
    [
      'in a shell that finds no command',
      shell('t', 'no-such-command'),
      {
        ok: false,
        exitCode: 127,
        remedy:
          'The shell did not find a command: install it, or correct "command" of the task. ' +
          'It is looked for along the PATH the editor was started with.',
      },
    ],
    [
      'before it starts, without such a command',
      { label: 't', command: 'no-such-command' },
      {
        ok: false,
        why: 'notStarted',
        reason: "The command 'no-such-command' was not found.",
        remedy:
          'Install it, or correct "command" of the task: it is looked for along the PATH the editor was started with.',
      },
    ],
    [
      'before it starts, without such a folder',
      shell('t', 'echo', { options: { cwd: '/no/such/folder' } }),
      { ok: false, why: 'notStarted', reason: 'Starting directory (cwd) "/no/such/folder" does not exist.' },
    ],
    [
      'before it starts, with a file that is no program',
      { label: 't', command: '$F/never' },
      { ok: false, why: 'notStarted', remedy: PERMISSION },
    ],
    [
      'before it starts, with a text no program can get',
      { label: 't', command: 'echo', args: ['a\0b'] },
      { ok: false, why: 'notStarted' },
    ],
    [
      'before it starts, by a variable',
      shell('t', 'echo ${env:}'),
      {
        ok: false,
        why: 'variable',
        reason: 'Variable ${env:} can not be resolved because no environment variable name is given.',
      },
    ],
  ])('%s', async (_, task, expected) => {
    expect(await run([task])).toMatchObject(expected)
  })
})

describe('a task gets', () => {
  test.each<[string, object, string]>([
    ['the command line it shows first', shell('t', 'echo a b'), 't: Executing task: echo a b|t: a b'],
    [
      'its arguments as they are',
      { label: 't', command: 'echo', args: ['a  b', '$HOME'], ...quiet },
      't: a  b $HOME',
    ],
    ['its folder', shell('t', 'pwd', { options: { cwd: '/' }, ...quiet }), 't: /'],
    [
      'its environment',
      shell('t', 'echo $A $OF_EDITOR $PYTHONUNBUFFERED', { options: { env: { A: 1 } }, ...quiet }),
      't: 1 editor 1',
    ],
    ['no input to wait for', shell('t', 'read x; echo got $x', quiet), 't: got'],
  ])('%s', async (_, task, expected) => {
    expect(await run([task])).toEqual({ ok: true })
    expect(heard.lines.join('|')).toBe(expected)
  })
})

describe('what a task waits for', () => {
  const log = (label: string, rest: object = {}) => shell(label, `echo ${label} >> "$F/log"`, rest)
  const order = () => readFileSync(join(folder.path, 'log'), 'utf8').trim().split('\n')

  test('runs before it, in sequence', async () => {
    const slow = shell('a', 'until [ -e "$F/log" ]; do echo a > "$F/log"; done')
    const tasks = [
      log('t', { dependsOn: ['a', 'b', 'c'], dependsOrder: 'sequence' }),
      slow,
      log('b'),
      log('c'),
    ]
    expect(await run(tasks)).toEqual({ ok: true })
    expect(order()).toEqual(['a', 'b', 'c', 't'])
  })

  test('runs side by side', async () => {
    const meet = (label: string, other: string) =>
      shell(label, `touch "$F/${label}"; until [ -e "$F/${other}" ]; do sleep 0.01; done`)
    const tasks = [{ label: 't', dependsOn: ['a', 'b'] }, meet('a', 'b'), meet('b', 'a')]
    expect(await run(tasks)).toEqual({ ok: true })
  })

  test('runs once when several wait for it', async () => {
    const tasks = [
      log('t', { dependsOn: ['a', 'b'] }),
      log('a', { dependsOn: 'c' }),
      log('b', { dependsOn: 'c' }),
      log('c'),
    ]
    expect(await run(tasks)).toEqual({ ok: true })
    expect(order().filter(line => line === 'c')).toHaveLength(1)
    expect(order()[0]).toBe('c')
    expect(order().at(-1)).toBe('t')
  })

  test('fails it, and in sequence what stands behind', async () => {
    const tasks = [
      log('t', { dependsOn: ['a', 'b'], dependsOrder: 'sequence' }),
      shell('a', 'exit 2'),
      log('b'),
    ]
    expect(await run(tasks)).toMatchObject({ ok: false, label: 'a', exitCode: 2 })
    expect(() => order()).toThrow()
  })

  test('fails it at once, and what runs beside is ended', async () => {
    const tasks = [log('t', { dependsOn: ['a', 'b'] }), shell('a', FOREVER), shell('b', 'exit 2')]
    expect(await run(tasks)).toMatchObject({ ok: false, label: 'b', exitCode: 2 })
    expect(processesNaming(folder.path)).toEqual([])
  })

  test('is missing, which is told', async () => {
    expect(await run([shell('t', 'echo done', { dependsOn: 'gone', ...quiet })])).toEqual({ ok: true })
    expect(heard.lines).toEqual([
      `t: Couldn't resolve dependent task 'gone' in workspace folder '${folder.path}'`,
      't: done',
    ])
  })
})

describe('a background task', () => {
  test('is waited for until its output says that it is ready, and goes on', async () => {
    const command = `echo working; printf '\\033[32mall ready\\033[0m\\n'; ${FOREVER}`
    expect(await run([shell('t', command, WATCH)])).toEqual({ ok: true })
    expect(processesNaming(folder.path)).toHaveLength(1)
  })

  test('is not started again while it runs', async () => {
    const tasks = [shell('t', `echo started >> "$F/log"; echo ready; ${FOREVER}`, WATCH)]
    expect(await run(tasks)).toEqual({ ok: true })
    expect(await run(tasks)).toEqual({ ok: true })
    expect(readFileSync(join(folder.path, 'log'), 'utf8')).toBe('started\n')
  })

  test('is waited for again while it is at work again', async () => {
    const until = (file: string) => `until [ -e "$F/${file}" ]; do sleep 0.01; done`
    const command = `echo ready; ${until('again')}; echo working; ${until('enough')}; echo ready; ${FOREVER}`
    const tasks = [shell('t', command, WATCH)]
    const times = () => heard.lines.filter(line => line === 't: ready').length
    expect(await run(tasks)).toEqual({ ok: true })
    folder.write('again', '')
    await eventually('it works again', () => heard.lines.includes('t: working'))
    const second = begin(tasks)
    folder.write('enough', '')
    expect(await second.done).toEqual({ ok: true })
    expect(times()).toBe(2)
  })

  test('that ends before it is ready fails', async () => {
    expect(await run([shell('t', 'echo working; exit 4', WATCH)])).toMatchObject({ ok: false, exitCode: 4 })
  })

  test('that another waits for is ready before it', async () => {
    const server = shell('s', `echo s >> "$F/log"; echo ready; ${FOREVER}`, WATCH)
    expect(await run([shell('t', 'cat "$F/log"', { dependsOn: 's', ...quiet }), server])).toEqual({
      ok: true,
    })
    expect(heard.lines.at(-1)).toBe('t: s')
  })

  test('without a matcher is not waited for, which is told', async () => {
    expect(await run([shell('t', FOREVER, { isBackground: true })], { patience: 1 })).toEqual({ ok: true })
    expect(heard.notices).toEqual([
      "The task 't' has not exited and doesn't have a 'problemMatcher' defined. " +
        'Make sure to define a problem matcher for watch tasks.',
    ])
  })

  test('without a matcher that fails at once fails', async () => {
    expect(await run([shell('t', 'exit 5', { isBackground: true })])).toMatchObject({
      ok: false,
      exitCode: 5,
    })
  })

  test('stays when what waits for it fails', async () => {
    const tasks = [shell('t', 'exit 1', { dependsOn: 's' }), shell('s', `echo ready; ${FOREVER}`, WATCH)]
    expect(await run(tasks)).toMatchObject({ ok: false, label: 't' })
    expect(processesNaming(folder.path)).toHaveLength(1)
  })

  test('of Python says in time that it is ready', async () => {
    const program = `import time; print('ready'); time.sleep(600) # ${folder.path}`
    expect(await run([{ label: 't', command: 'python3', args: ['-c', program], ...WATCH }])).toEqual({
      ok: true,
    })
  })
})

describe('cancelled', () => {
  const running = [shell('t', `echo begun; ${FOREVER}`)]
  const begun = () => eventually('it has begun', () => heard.lines.includes('t: begun'))
  const gone = { ok: false, label: 't', why: 'cancelled', reason: "The task 't' was cancelled.", output: '' }

  test('a task ends with all that it started', async () => {
    const command = `(trap '' TERM; ${FOREVER}) & setsid -f tail -f "$F/never"; echo begun; wait`
    const task = begin([shell('t', command)])
    await begun()
    await eventually('both run', () => processesNaming(folder.path).length >= 2)
    await task.cancel()
    expect(processesNaming(folder.path)).toEqual([])
    expect(await task.done).toMatchObject(gone)
  })

  test('by a signal', async () => {
    const controller = new AbortController()
    const task = begin(running, { signal: controller.signal })
    await begun()
    controller.abort()
    expect(await task.done).toMatchObject(gone)
    expect(processesNaming(folder.path)).toEqual([])
  })

  test('before it has begun', async () => {
    expect(await run(running, { signal: AbortSignal.abort() })).toMatchObject(gone)
    expect(heard.lines).toEqual([])
  })

  test('what is ready in the background ends too', async () => {
    const task = begin([shell('t', `echo ready; ${FOREVER}`, WATCH)])
    await task.done
    await task.cancel()
    expect(processesNaming(folder.path)).toEqual([])
  })

  test('once, another start that waits for the same task goes on waiting', async () => {
    const tasks = [shell('t', 'echo begun; until [ -e "$F/enough" ]; do sleep 0.01; done')]
    const first = begin(tasks)
    await begun()
    const second = begin(tasks)
    await first.cancel()
    folder.write('enough', '')
    expect(await first.done).toMatchObject(gone)
    expect(await second.done).toEqual({ ok: true })
  })

  test.each(['the first', 'the second', 'both together'])('twice, %s before the other', async order => {
    const first = begin(running)
    await begun()
    const second = begin(running)
    if (order === 'the first') await first.cancel()
    if (order === 'the second') await second.cancel()
    await Promise.all([first.cancel(), second.cancel()])
    expect(await first.done).toMatchObject(gone)
    expect(await second.done).toMatchObject(gone)
    expect(processesNaming(folder.path)).toEqual([])
  })
})

describe('questions', () => {
  const inputs = [
    { id: 'a', type: 'promptString', description: 'A' },
    { id: 'secret', type: 'promptString', description: 'S', password: true },
  ]
  const echo = (label: string, rest: object = {}) => shell(label, 'echo ${input:a} ${input:secret}', rest)
  const ask = async (question: Question) => (question.id === 'input:a' ? 'one' : 'hush')

  test('are asked once for all tasks of a run; a password is not shown', async () => {
    const file = { inputs }
    expect(
      await run([echo('t', { dependsOn: ['x', 'y'], ...quiet }), echo('x'), echo('y')], { file, ask }),
    ).toEqual({ ok: true })
    expect(heard.asked).toEqual(['input:a', 'input:secret'])
    expect(heard.lines).toContain('x: Executing task: echo one ••••')
    expect(heard.lines.at(-1)).toBe('t: one hush')
  })

  test('that the user leaves open end the run', async () => {
    expect(await run([echo('t')], { file: { inputs } })).toMatchObject({ ok: false, why: 'cancelled' })
  })

  test('that cannot be asked are told to the caller, and nothing stays', async () => {
    const tasks = [
      echo('t', { dependsOn: ['s', 'x'], dependsOrder: 'sequence' }),
      shell('s', FOREVER, { isBackground: true }),
      echo('x'),
    ]
    const refuse = () => Promise.reject(new Error('no way to ask'))
    await expect(run(tasks, { file: { inputs }, ask: refuse, patience: 1 })).rejects.toThrow('no way to ask')
  })
})

describe('disposed of', () => {
  test('it ends what runs in the background, and what ended tasks left in their groups', async () => {
    const server = shell('s', `echo ready; ${FOREVER}`, WATCH)
    const leaving = shell('t', `tail -f "$F/never" > /dev/null 2>&1 &`, { dependsOn: 's' })
    expect(await run([leaving, server])).toEqual({ ok: true })
    expect(processesNaming(folder.path)).toHaveLength(2)
    await runner.dispose()
    expect(processesNaming(folder.path)).toEqual([])
  })

  test('it ends a run that is under way', async () => {
    const task = begin([shell('t', `echo begun; ${FOREVER}`)])
    await eventually('it has begun', () => heard.lines.includes('t: begun'))
    await runner.dispose()
    expect(await task.done).toMatchObject({ ok: false, why: 'cancelled' })
  })
})

test('a script of package.json', async () => {
  folder.write('package.json', JSON.stringify({ scripts: { hello: 'echo hello from npm' } }))
  expect(await run([{ label: 't', dependsOn: 'npm: hello' }])).toEqual({ ok: true })
  expect(heard.lines).toContain('npm: hello: hello from npm')
})

test('output without end is kept to its last lines, and a line without end is no trouble', async () => {
  const command = "yes | head -c 3000000 | tr '\\n' y; echo; echo last; exit 1"
  const result = await run([shell('t', command, { ...WATCH, ...quiet })])
  expect(result).toMatchObject({ ok: false, exitCode: 1, output: expect.stringMatching(/^y+\nlast$/) })
  expect('output' in result && result.output.length).toBeLessThan(17_000)
  expect(heard.lines.join('').match(/y/g)).toHaveLength(3_000_000)
})
