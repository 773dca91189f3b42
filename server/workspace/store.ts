import { randomBytes } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, posix, relative, resolve, sep, win32 } from 'node:path'
import type { Environment, Host, Store } from '../core/host'
import { acquire } from './lock'

/**
 * The server's own files in `folder`, which is made when it is first needed, for its owner alone.
 *
 * Reading, writing and removing never fail: in a home that cannot be written, the server forgets but works.
 * `makeFolder` and `lock` throw an Error that names the folder and the reason, since who asks for them cannot do
 * without. A folder of another user is not used at all: what lies in it may be run.
 */
export function createStore(folder: string): Store {
  const root = resolve(folder)
  const at = (name: string) => pathInside(root, name)
  return {
    folder: root,
    read: name => attempt(at(name), path => (isOurs(root) ? readFileSync(path, 'utf8') : undefined)),
    readBytes: name => attempt(at(name), path => (isOurs(root) ? readFileSync(path) : undefined)),
    list: name => attempt(at(name), path => (isOurs(root) ? readdirSync(path) : [])) ?? [],
    size: name => attempt(at(name), path => statSync(path).size) ?? 0,
    write: (name, content) => attempt(at(name), path => writeWhole(root, path, content)),
    append: (name, text) => attempt(at(name), path => appendText(root, path, text)),
    makeFolder: name => makeFolders(root, at(name)),
    rename: (from, to) => attempt(at(to), target => move(root, at(from), target)) ?? false,
    remove: name => attempt(at(name), path => rmSync(path, { recursive: true, force: true })),
    lock: async (name, signal) => {
      const path = at(`locks/${name}`)
      makeFolders(root, dirname(path))
      return acquire(path, signal)
    },
  }
}

/**
 * Where what can be made again is kept: `$XDG_CACHE_HOME/launch-ls`, `~/.cache/launch-ls`; macOS
 * `~/Library/Caches/launch-ls`; Windows `%LOCALAPPDATA%\launch-ls\Cache`.
 */
export function cacheFolder(host: Host): string {
  return ownPlace(host, {
    xdg: 'XDG_CACHE_HOME',
    linux: ['.cache', NAME],
    darwin: ['Library', 'Caches', NAME],
    win32: [NAME, 'Cache'],
  })
}

/**
 * Where choices, the state of running sessions and logs are kept: `$XDG_STATE_HOME/launch-ls`,
 * `~/.local/state/launch-ls`; macOS `~/Library/Application Support/launch-ls`; Windows
 * `%LOCALAPPDATA%\launch-ls\State`.
 */
export function stateFolder(host: Host): string {
  return ownPlace(host, {
    xdg: 'XDG_STATE_HOME',
    linux: ['.local', 'state', NAME],
    darwin: ['Library', 'Application Support', NAME],
    win32: [NAME, 'State'],
  })
}

const NAME = 'launch-ls'
const FOLDER_MODE = 0o700
const FILE_MODE = 0o600

interface Place {
  readonly xdg: string
  readonly linux: readonly string[]
  readonly darwin: readonly string[]
  readonly win32: readonly string[]
}

function ownPlace({ platform, env, homeDir }: Host, place: Place): string {
  const home = homeDir || temporary(env)
  if (platform === 'win32') {
    const base = absolute(env['LOCALAPPDATA'], win32) ?? win32.join(home, 'AppData', 'Local')
    return win32.join(base, ...place.win32)
  }
  // The XDG specification: a relative path is to be ignored.
  const base = absolute(env[place.xdg], posix)
  return base === undefined ? posix.join(home, ...place[platform]) : posix.join(base, NAME)
}

function absolute(path: string | undefined, { isAbsolute }: typeof posix): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined
}

function temporary(env: Environment): string {
  return env['TMPDIR'] ?? env['TEMP'] ?? '/tmp'
}

/** Names come from the server itself; one that leads out of the folder is a bug of ours. */
function pathInside(root: string, name: string): string {
  const path = join(root, name)
  if (relative(root, path).split(sep)[0] === '..')
    throw new RangeError(`not a name inside the store: ${name}`)
  return path
}

/**
 * One folder after the other: Node's own `recursive` never ends where making a folder in one that exists answers
 * ENOENT, as in /proc.
 */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  const above = dirname(path)
  if (above !== path) makeFolder(above)
  try {
    mkdirSync(path, { mode: FOLDER_MODE })
  } catch (error) {
    // Another server may have made it meanwhile.
    if (!existsSync(path)) throw error
  }
}

/** Makes `path`, inside `root`, and sees to it that no other user can enter. */
function makeFolders(root: string, path: string): string {
  makeFolder(path)
  if (!isOurs(root)) throw new Error(`${root} belongs to another user, so it is not used.`)
  if (process.getuid !== undefined && (statSync(root).mode & 0o077) !== 0) chmodSync(root, FOLDER_MODE)
  return path
}

/** Always true on Windows, where Node cannot tell a folder's owner. */
function isOurs(root: string): boolean {
  const user = process.getuid?.()
  return user === undefined || statSync(root).uid === user
}

function writeWhole(root: string, path: string, content: string | Uint8Array): void {
  const beside = `${path}.${randomBytes(6).toString('hex')}.new`
  makeFolders(root, dirname(path))
  try {
    writeFileSync(beside, content, { mode: FILE_MODE, flag: 'wx' })
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}

function appendText(root: string, path: string, text: string): void {
  makeFolders(root, dirname(path))
  appendFileSync(path, text, { mode: FILE_MODE })
}

function move(root: string, from: string, to: string): true {
  makeFolders(root, dirname(to))
  renameSync(from, to)
  return true
}

function attempt<P, T>(path: P, act: (path: P) => T): T | undefined {
  try {
    return act(path)
  } catch {
    return undefined
  }
}
