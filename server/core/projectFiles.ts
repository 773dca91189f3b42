import type { Files, Host } from './host'
import { pathsOf } from './staticText'

/** What a project is made of, told from the names and texts of its files near the top. */
export interface ProjectFiles {
  /** Python files of the folder and of the folders in it, relative, with slashes, in order. */
  readonly python: readonly PythonFile[]
  /** Names in the folder itself. */
  readonly names: ReadonlySet<string>
  /** Relative paths of all files that were seen. */
  readonly paths: readonly string[]
}

export interface PythonFile {
  readonly path: string
  readonly text: string
}

/** Looks two levels deep and reads a bounded number of files, so that it is quick in any project. */
export function readProject(files: Files, host: Host, folder: string): ProjectFiles {
  const paths = pathsOf(host)
  const names = files.list(folder)
  const seen: string[] = []
  const python: PythonFile[] = []
  let budget = LOOKED_AT
  const look = (relative: string, depth: number): void => {
    if (budget-- <= 0) return
    const full = paths.join(folder, relative)
    const kind = files.kind(full)
    if (kind === 'file') {
      seen.push(relative)
      if (relative.endsWith('.py') && python.length < READ) {
        python.push({ path: relative, text: (files.read(full) ?? '').slice(0, CHARACTERS) })
      }
    } else if (kind === 'folder' && depth < DEPTH) {
      for (const name of files.list(full).toSorted()) {
        if (!isElsewhere(name)) look(`${relative}/${name}`, depth + 1)
      }
    }
  }
  for (const name of names.toSorted()) if (!isElsewhere(name)) look(name, 0)
  return { python, names: new Set(names), paths: seen }
}

/** `src/shop/cli.py` → `shop.cli` with `src` as the place to start from. */
export function moduleOf(path: string): { readonly module: string; readonly root: string | undefined } {
  const root = path.startsWith('src/') ? 'src' : undefined
  const inside = root === undefined ? path : path.slice(4)
  return { module: inside.replace(/(?:\/__(?:init|main)__)?\.py$/, '').replaceAll('/', '.'), root }
}

const LOOKED_AT = 600
const READ = 120
const CHARACTERS = 100_000
const DEPTH = 2

/** Environments, caches, what other tools own. */
function isElsewhere(name: string): boolean {
  return (
    /^(?:\.|__pycache__$|node_modules$|venv$|env$|site-packages$|build$|dist$)/.test(name) ||
    name.endsWith('.egg-info')
  )
}
