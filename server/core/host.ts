/**
 * The machine as a value. `cli.ts` fills it from `process`; everything else takes it as an argument, so that
 * posix and win32 behaviour is tested on any machine.
 */
export interface Host {
  readonly platform: Platform
  readonly env: Environment
  /** Home directory of the user; '' when unknown. */
  readonly homeDir: string
  /** Current directory of the server's process: used by `${cwd}` without a folder, and nowhere else. */
  readonly cwd: string
}

/** Node's names: `osx` sections of launch.json belong to `darwin`, `windows` to `win32`. */
export type Platform = 'linux' | 'darwin' | 'win32'

/** Variables by name. On win32 names are compared without regard to case. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * What core may ask about the disk. `workspace/disk.ts` answers from the real one, tests from a record. Answers are
 * immediate and never throw; a path is absolute.
 */
export interface Files {
  /** Text of a file (UTF-8, a BOM is kept), or undefined when there is none or it cannot be read. */
  read(path: string): string | undefined
  /** What stands at the path, links followed; undefined when nothing does. */
  kind(path: string): 'file' | 'folder' | undefined
  /** Names in a folder, unsorted; empty when there is no such folder. */
  list(path: string): readonly string[]
  /** Changes whenever the file's content may have changed (its time and size), links followed. For caches only. */
  stamp?(path: string): string | undefined
  /** The path with every link resolved; undefined when nothing stands there. */
  real?(path: string): string | undefined
}

/**
 * The server's own files: caches and state, in a folder that only the user can enter (0700, files 0600). Names are
 * relative to `folder` and may hold slashes. `workspace/store.ts` is the real one.
 */
export interface Store {
  readonly folder: string
  read(name: string): string | undefined
  readBytes(name: string): Buffer | undefined
  list(name: string): readonly string[]
  /** Whole or not at all: written beside and renamed. */
  write(name: string, content: string | Uint8Array): void
  append(name: string, text: string): void
  /** Bytes; 0 when there is no such file. */
  size(name: string): number
  /** Makes the folder and the ones above it; returns its absolute path. */
  makeFolder(name: string): string
  /** Replaces what stands at `to`; false when it could not (for instance it exists as a folder already). */
  rename(from: string, to: string): boolean
  /** A file, or a folder with all that is in it; nothing there is fine. */
  remove(name: string): void
  /**
   * Waits until no other process (nor this one) holds `name`, then holds it until the returned function is called. A
   * holder that died is noticed and replaced.
   */
  lock(name: string, signal?: AbortSignal): Promise<() => void>
}
