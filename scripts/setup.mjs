// What every command of this repository needs first: node_modules as the lock file says, and a Python environment
// with debugpy for the tests, in .cache (never the user's own). Only Node's own modules may be imported here.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const cache = join(root, '.cache')

/** The debugpy that tests and the sample run with. */
export const DEBUGPY = '1.8.22'

/** Runs a command with its output shown only when it fails, or with LAUNCH_LS_VERBOSE. */
export function run(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    ...options,
  })
  if (status === 0) return stdout
  const said = error ? error.message : `${stdout ?? ''}${stderr ?? ''}`.trim()
  throw new Error(`${command} ${args.join(' ')}\n${said}`)
}

export function step(text) {
  process.stdout.write(`· ${text}\n`)
}

/** Installs node_modules when they are missing or older than the lock file. */
export function installPackages() {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const stamp = join(root, 'node_modules', '.launch-ls-lock')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  step('installing packages (npm ci) …')
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], { shell: process.platform === 'win32' })
  writeFileSync(stamp, lock)
}

/** A Python 3.9 or newer that can make virtual environments. */
export function basePython() {
  const wanted = process.env.LAUNCH_LS_PYTHON
  const names = wanted ? [wanted] : process.platform === 'win32' ? ['python', 'py'] : ['python3', 'python']
  for (const name of names) {
    const probe = 'import sys, venv; sys.exit(0 if sys.version_info >= (3, 9) else 1)'
    if (spawnSync(name, ['-c', probe]).status === 0) return name
  }
  throw new Error(
    `Python 3.9 or newer with venv is needed; tried ${names.join(', ')}. Set LAUNCH_LS_PYTHON to one.`,
  )
}

/**
 * A virtual environment in .cache with the given packages; made once. Returns its interpreter.
 * @param {string} name @param {string[]} packages pip requirements @param {string} [python] the base interpreter
 */
export function environment(name, packages, python = basePython()) {
  const folder = join(cache, name)
  const interpreter =
    process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python')
  const stamp = join(folder, '.launch-ls')
  const wanted = packages.join('\n')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(interpreter))
    return interpreter
  step(`making a Python environment with ${packages.join(', ') || 'nothing'} …`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(cache, { recursive: true })
  run(python, ['-m', 'venv', folder])
  if (packages.length > 0) run(interpreter, ['-m', 'pip', 'install', '--quiet', ...packages])
  writeFileSync(stamp, wanted)
  return interpreter
}

/** The environment of the tests; its interpreter. */
export function testPython() {
  return environment('venv', [`debugpy==${DEBUGPY}`])
}

/** The folder of the editors that tests run in: LAUNCH_LS_EDITORS, else .cache/editors with what can be had. */
export function editors() {
  const given = process.env.LAUNCH_LS_EDITORS
  if (given !== undefined) return given
  const folder = join(cache, 'editors')
  spawnSync('bash', [join(root, 'scripts', 'install-editors.sh'), folder], { stdio: 'inherit' })
  return folder
}
