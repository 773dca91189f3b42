import { type FSWatcher, realpathSync, statSync, watch } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Tells when one of a few named files appears, changes, is replaced by a rename, or goes, whether or not its folders
 * exist yet. Servers must watch for themselves: Neovim on Linux and Sublime Text do not.
 *
 * Only folders are watched, none below them: the nearest one that exists on the way to each file, and the one above
 * it, which tells when the first is removed and made anew. A watch on a file would follow the inode, which editors
 * replace when they save. (Why not chokidar: ARCHITECTURE.md, "Watching".)
 */
export class Watcher {
  private targets: readonly string[] = []
  /** The same by their folders. */
  private targetsIn: ReadonlyMap<string, readonly string[]> = new Map()
  /** Every target, its real path behind links, and all folders above: what an event must be about. */
  private interesting: ReadonlySet<string> = new Set()
  private readonly watches = new Map<string, { readonly which: Identity; readonly watcher: FSWatcher }>()
  private changed = new Set<string>()
  private pending: NodeJS.Immediate | undefined

  /** `onChange` gets the paths that events were about, targets or folders above them, at most once a turn. */
  constructor(private readonly onChange: (paths: ReadonlySet<string>) => void) {}

  /** Watches these files (absolute paths), and no longer what was asked before. */
  watch(targets: readonly string[]): void {
    this.targets = targets
    const targetsIn = new Map<string, string[]>()
    for (const target of targets) {
      const folder = dirname(target)
      targetsIn.set(folder, [...(targetsIn.get(folder) ?? []), target])
    }
    this.targetsIn = targetsIn
    this.aim()
  }

  close(): void {
    if (this.pending !== undefined) clearImmediate(this.pending)
    this.targets = []
    this.aim()
  }

  /** Looks where to watch now, and begins and ends watches accordingly. */
  private aim(): void {
    const interesting = new Set<string>()
    const folders = new Map<string, Identity>()
    for (const target of this.targets) {
      for (const path of new Set([target, realPath(target)])) {
        for (const each of selfAndAbove(path)) interesting.add(each)
        const nearest = nearestFolder(path)
        for (const folder of [nearest, dirname(nearest)]) folders.set(folder, identity(folder))
      }
    }
    this.interesting = interesting
    for (const [folder, { which }] of this.watches) {
      if (folders.get(folder) !== which) this.end(folder)
    }
    for (const [folder, which] of folders) {
      if (!this.watches.has(folder) && which !== undefined) this.begin(folder, which)
    }
  }

  private begin(folder: string, which: Identity): void {
    try {
      const begun = watch(folder, { persistent: false }, (event, name) => {
        // Without a name (some systems, some events) it may be about any file of the folder.
        if (name === null) return this.note(...this.targets)
        const path = join(folder, name)
        // A watched folder came or went: the watch holds the old one, even if the new one has its inode.
        if (event === 'rename') this.end(path)
        if (this.interesting.has(path)) this.note(path)
      })
      begun.on('error', () => this.note(folder))
      this.watches.set(folder, { which, watcher: begun })
      // What happened between the last look and this watch would otherwise be missed.
      this.note(...(this.targetsIn.get(folder) ?? []))
    } catch {
      // Gone again, or the system has no watches left (inotify's limit): the next event elsewhere tries anew, and
      // editors tell of what they save.
    }
  }

  private end(folder: string): void {
    this.watches.get(folder)?.watcher.close()
    this.watches.delete(folder)
  }

  private note(...paths: readonly string[]): void {
    for (const path of paths) this.changed.add(path)
    if (this.changed.size > 0) this.pending ??= setImmediate(() => this.tell())
  }

  private tell(): void {
    this.pending = undefined
    const changed = this.changed
    this.changed = new Set()
    this.aim()
    this.onChange(changed)
  }
}

/** Device and inode: a folder made anew under the same name needs a new watch. Undefined: there is none. */
type Identity = string | undefined

function identity(folder: string): Identity {
  const stat = statSync(folder, { throwIfNoEntry: false })
  return stat?.isDirectory() ? `${stat.dev}:${stat.ino}` : undefined
}

function nearestFolder(file: string): string {
  const [, ...above] = selfAndAbove(file)
  return above.find(folder => identity(folder) !== undefined) ?? dirname(file)
}

function selfAndAbove(path: string): string[] {
  const above = dirname(path)
  return above === path ? [path] : [path, ...selfAndAbove(above)]
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
