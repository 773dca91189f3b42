import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Environment, Store } from '../core/host'
import type { StartError } from '../protocol'
import { type DebugpyFiles, debugpyIn } from './debugpyFiles'
import { type Machine, machineOf } from './interpreters/machine'
import { onPath } from './interpreters/searchPath'
import { type PythonFacts, type PythonOptions, pythonFacts } from './pythonFacts'
import { lastLines, type ProgramEnd, runProgram } from './runProgram'
import { debugpyMissing, startCancelled } from './startError'

export interface ProvisionOptions extends PythonOptions {
  /** The setting `debugpy.provision`. */
  readonly provision: 'ask' | 'always' | 'never'
  /** For 'ask': the question, answered true to install. Without it, nobody can say yes. */
  readonly ask?: ((question: string) => Promise<boolean>) | undefined
  /** Told what takes long, in a sentence. */
  readonly progress?: ((message: string) => void) | undefined
}

export type Provisioned =
  | {
      readonly kind: 'ready'
      readonly files: DebugpyFiles
      readonly facts: PythonFacts
      readonly isNew: boolean
    }
  | { readonly kind: 'refused'; readonly error: StartError }

/** debugpy in our cache that fits the interpreter; undefined when there is none. */
export function cachedDebugpy(machine: Machine, facts: PythonFacts, store: Store): DebugpyFiles | undefined {
  return debugpyIn(machine, machine.paths.join(store.folder, nameFor(facts)))
}

/**
 * Puts debugpy into our cache with the interpreter's own pip, with uv, or with the pip that Python brings along; never
 * into the user's environment. One server at a time: another that wants the same waits, and then finds it there.
 */
export async function provisionDebugpy(
  python: readonly string[],
  options: ProvisionOptions,
): Promise<Provisioned> {
  const machine = machineOf(options.host, options.files)
  // pip may have come or gone since the interpreter was last asked.
  const answer = await pythonFacts(python, options, true)
  if (answer.kind === 'refused') return answer
  const { facts } = answer
  const installer = installerFor(machine, python, facts)
  const refused = (why: string, output?: string): Provisioned => ({
    kind: 'refused',
    error: debugpyMissing(python, why, remedy(machine, python, facts), output),
  })
  if (options.provision === 'never')
    return refused('installing it is switched off by the setting debugpy.provision')
  if (installer === undefined) return refused('it has neither pip nor ensurepip, and uv is not on PATH')
  if (options.provision === 'ask' && !(await options.ask?.(question(python, facts, options.store)))) {
    return refused('it was not to be installed')
  }
  options.progress?.(`Installing debugpy for Python ${facts.version} into the cache of launch-ls …`)
  try {
    return await withLock(facts, options, () => install(machine, installer, facts, options, refused))
  } catch (error) {
    if (options.signal?.aborted) return { kind: 'refused', error: startCancelled() }
    return refused(`the cache cannot be used: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const WANTED = 'debugpy>=1.8.0'
/** Longest time for a download, in milliseconds; a wheel has 2 to 5 MB. */
const TIMEOUT = 5 * 60_000

type Installer = (target: string) => readonly string[]
type Refused = (why: string, output?: string) => Provisioned

async function withLock(
  facts: PythonFacts,
  { store, signal }: ProvisionOptions,
  act: () => Promise<Provisioned>,
): Promise<Provisioned> {
  const release = await store.lock(nameFor(facts), signal)
  try {
    return await act()
  } finally {
    release()
  }
}

/** Into a folder beside, then renamed: what stands in its place is always whole. */
async function install(
  machine: Machine,
  installer: Installer,
  facts: PythonFacts,
  options: ProvisionOptions,
  refused: Refused,
): Promise<Provisioned> {
  const { store } = options
  const present = cachedDebugpy(machine, facts, store)
  if (present !== undefined) return { kind: 'ready', files: present, facts, isNew: false }
  const name = nameFor(facts)
  removeRemains(store, name)
  const beside = `${name}.${randomBytes(4).toString('hex')}.new`
  const target = store.makeFolder(beside)
  try {
    const command = installer(target)
    const end = await runProgram(command, {
      env: installEnvironment(options.host.env),
      cwd: store.folder,
      timeout: TIMEOUT,
      signal: options.signal,
    })
    if (end.kind === 'aborted') return { kind: 'refused', error: startCancelled() }
    if (!succeeded(end) || debugpyIn(machine, target) === undefined) {
      return refused(
        `${command.join(' ')} ${howItEnded(end)}`,
        'output' in end ? lastLines(end.output) : undefined,
      )
    }
    // There may be one that is no longer whole.
    store.remove(name)
    const moved = await moveAway(store, beside, name)
    const files = cachedDebugpy(machine, facts, store)
    if (moved && files !== undefined) return { kind: 'ready', files, facts, isNew: true }
    return refused(`the cache cannot be written: ${machine.paths.join(store.folder, name)}`)
  } finally {
    store.remove(beside)
  }
}

/** Windows refuses while a virus scanner still reads the new files. */
async function moveAway(store: Store, from: string, to: string): Promise<boolean> {
  for (let attempt = 0; attempt < 20; attempt++) {
    if (store.rename(from, to)) return true
    await delay(100)
  }
  return false
}

/** What an installation that was killed has left. We hold the lock, so nobody works on it. */
function removeRemains(store: Store, name: string): void {
  const [folder = '', base = ''] = name.split('/')
  for (const other of store.list(folder)) {
    if (other.startsWith(`${base}.`) && other.endsWith('.new')) store.remove(`${folder}/${other}`)
  }
}

/**
 * Wheels only, so that nothing is built; debugpy has a pure one for every platform. Compiled at once, since users who
 * forbid Python to write .pyc files would pay for it at every start.
 */
function installerFor(
  machine: Machine,
  python: readonly string[],
  facts: PythonFacts,
): Installer | undefined {
  const pip = [
    'install',
    '--no-user',
    '--no-deps',
    '--only-binary',
    ':all:',
    '--retries',
    '1',
    '--timeout',
    '15',
  ]
  if (facts.hasPip) return target => [...python, '-I', '-m', 'pip', ...pip, '--target', target, WANTED]
  const uv = findUv(machine)
  if (uv !== undefined) {
    const options = ['--no-deps', '--only-binary', ':all:', '--compile-bytecode']
    return target => [
      uv,
      'pip',
      'install',
      '--python',
      facts.executable,
      ...options,
      '--target',
      target,
      WANTED,
    ]
  }
  if (facts.bundledPip === '') return undefined
  // A wheel is a zip file, and Python runs the folder `pip` in it.
  const bundled = machine.paths.join(facts.bundledPip, 'pip')
  return target => [...python, '-I', bundled, ...pip, '--target', target, WANTED]
}

function findUv(machine: Machine): string | undefined {
  const { paths, files, home, windows } = machine
  const name = windows ? 'uv.exe' : 'uv'
  // Where uv's own installers put it: an editor that was not started from a shell may lack them on PATH.
  const usual = [paths.join(home, '.local', 'bin', name), paths.join(home, '.cargo', 'bin', name)]
  return onPath(machine, 'uv', 'path', '', undefined)?.path ?? usual.find(path => files.kind(path) === 'file')
}

/** pip refuses `--target` beside some settings of the user, which say nothing about our cache. */
function installEnvironment(env: Environment): Environment {
  return {
    ...env,
    PIP_REQUIRE_VIRTUALENV: '0',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    PIP_NO_INPUT: '1',
    PIP_USER: undefined,
    PIP_PREFIX: undefined,
    PIP_ROOT: undefined,
  }
}

function question(python: readonly string[], facts: PythonFacts, { folder }: Store): string {
  return `${python.join(' ')} (Python ${facts.version}) has no debugpy 1.8 or newer. Download it into ${folder}?`
}

function remedy(machine: Machine, python: readonly string[], facts: PythonFacts): string {
  const command = facts.hasPip
    ? [...python, '-m', 'pip', 'install', 'debugpy']
    : findUv(machine) !== undefined
      ? ['uv', 'pip', 'install', '--python', ...python, 'debugpy']
      : undefined
  const install =
    command === undefined
      ? `Install uv, or run "${python.join(' ')} -m ensurepip" and "${python.join(' ')} -m pip install debugpy"`
      : `Run "${command.join(' ')}"`
  return `${install}; without a network, name a folder that holds debugpy in the setting debugpy.path.`
}

function succeeded(end: ProgramEnd): boolean {
  return end.kind === 'exited' && end.code === 0
}

function howItEnded(end: ProgramEnd): string {
  switch (end.kind) {
    case 'exited':
      return end.code === 0 ? 'brought no debugpy' : `failed (exit code ${end.code ?? 'none: it was killed'})`
    case 'timeout':
      return `took longer than ${TIMEOUT / 60_000} minutes`
    case 'notStarted':
      return `could not be started (${end.code})`
    case 'aborted':
      return 'was cancelled'
  }
}

function nameFor({ version, abi }: PythonFacts): string {
  return `debugpy/py${version.split('.').slice(0, 2).join('.')}-${abi}`
}
