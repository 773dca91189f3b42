import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire, wrap } from 'node:module'
import { dirname } from 'node:path'
import { Script } from 'node:vm'
import type { Store } from '../core/host'

export interface CachedProgram {
  /** A CommonJS file. */
  readonly path: string
  /** Tells one content of the file from another: V8 itself only compares lengths. */
  readonly build: string
  /** Under which its code is kept: what one command compiles is of little use to another. */
  readonly name: string
  /** Whether what this start compiles is worth keeping. */
  readonly keeps: boolean
}

/**
 * Runs a program with what V8 compiled of it at an earlier start: a quarter of the time of a start goes into compiling.
 * What is kept is taken only as it was written, for this very program and this Node; otherwise it is written anew,
 * when the start is over. Answers the program's exports.
 */
export function runWithCodeCache({ path, build, name, keeps }: CachedProgram, store: Store): unknown {
  const key = createHash('sha256').update([path, process.version, process.arch].join('\n'))
  const file = `${FOLDER}/${name}-${key.digest('hex').slice(0, 12)}`
  const cachedData = unsealed(store.readBytes(file), build)
  const script = new Script(wrap(readFileSync(path, 'utf8')), {
    filename: path,
    ...(cachedData === undefined ? {} : { cachedData }),
  })
  if (keeps && (cachedData === undefined || script.cachedDataRejected === true)) {
    keepLater(() => {
      if (store.list(FOLDER).length >= MOST) store.remove(FOLDER)
      store.write(file, sealed(script.createCachedData(), build))
    })
  }
  const module = { exports: {} }
  const run: (...args: unknown[]) => void = script.runInThisContext()
  run.call(module.exports, module.exports, createRequire(path), module, path, dirname(path))
  return module.exports
}

const FOLDER = 'code'
/** Files of a megabyte each: of several commands, and of installations and Nodes that are long gone. */
const MOST = 16
/** By then an editor has asked what it asks at its start. */
const SETTLED_MS = 5_000
/** The exit code of a start that did nothing. */
const WRONG_USE = 2

function keepLater(keep: () => void): void {
  const atExit = (code: number) => {
    if (code !== WRONG_USE) keep()
  }
  process.once('exit', atExit)
  setTimeout(() => {
    process.off('exit', atExit)
    keep()
  }, SETTLED_MS).unref()
}

/** V8 believes what it is given: a file that a crash left half written must not reach it. */
function sealed(data: Buffer, build: string): Buffer {
  return Buffer.concat([sealOf(data, build), data])
}

function unsealed(bytes: Buffer | undefined, build: string): Buffer | undefined {
  if (bytes === undefined || bytes.length <= SEAL_LENGTH) return undefined
  const data = bytes.subarray(SEAL_LENGTH)
  return sealOf(data, build).equals(bytes.subarray(0, SEAL_LENGTH)) ? data : undefined
}

function sealOf(data: Buffer, build: string): Buffer {
  return createHash('sha256').update(`${build}\n`).update(data).digest()
}

const SEAL_LENGTH = 32
