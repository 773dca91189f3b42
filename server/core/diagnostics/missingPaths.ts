import type { Node } from 'jsonc-parser'
import { absolutePath } from '../configurationPaths'
import { replaceNode } from '../jsonEdit'
import type { Fix, Severity } from '../problem'
import { pathsOf } from '../staticText'
import type { Check } from './check'

/** What must be known to tell that a path leads nowhere. */
export type PathCheck = Pick<Check, 'paths' | 'kind' | 'near' | 'report'>

/** What happens without a folder. */
export interface Harm {
  readonly harm: string
  /** What is said of a folder that may be made before it is needed. */
  readonly maybe?: (path: string) => string
  /** Of one whose name is not nearly that of another. */
  readonly severity?: Severity
}

/** A folder that is named and not there, or is a file. */
export function checkFolder(check: PathCheck, node: Node, text: string, wrong: Harm): void {
  const { harm, maybe } = wrong
  if (reportBackslashes(check, 'missing-folder', node, text, check.paths.folder)) return
  const ofFile = /^\$\{(?:relativeF|f)ile\}$/.test(text)
  if (ofFile) {
    const fixed = text.replace('ile}', 'ileDirname}')
    check.report('missing-folder', node, `${text} is a file, not a folder: ${harm} Write ${fixed}.`, {
      fixes: [{ title: `Change to ${fixed}`, edits: [replaceNode(node, fixed)], preferred: true }],
    })
    return
  }
  const path = absolutePath(check.paths, text, check.paths.folder)
  if (path === undefined) return
  const kind = check.kind(path)
  if (kind === 'folder') return
  const fixes = nearFiles(check, node, text, path)
  const message =
    kind === 'file'
      ? `${path} is a file, not a folder: ${harm}`
      : (maybe?.(path) ?? `${path} does not exist: ${harm}`)
  const severity = maybe === undefined ? (fixes.length === 0 ? wrong.severity : undefined) : 'information'
  check.report('missing-folder', node, message, {
    ...(kind === undefined && severity !== undefined ? { severity } : {}),
    fixes,
  })
}

/** On this system a backslash is a part of a name: what is meant is there with slashes. */
export function reportBackslashes(
  check: PathCheck,
  code: 'missing-program' | 'missing-folder' | 'missing-env-file',
  node: Node,
  text: string,
  base: string | undefined,
): boolean {
  if (check.paths.host.platform === 'win32' || !text.includes('\\')) return false
  const slashed = text.replaceAll('\\', '/')
  const path = absolutePath(check.paths, slashed, base)
  if (path === undefined || check.kind(path) === undefined) return false
  const message =
    'Backslashes separate folders on Windows alone: here this is not found. With slashes it is found on every system.'
  check.report(code, node, message, {
    fixes: [{ title: 'Write it with slashes', edits: [replaceNode(node, slashed)], preferred: true }],
  })
  return true
}

/** A file beside it whose name is nearly the same. */
export function nearFiles(check: PathCheck, node: Node, text: string, path: string): readonly Fix[] {
  const name = pathsOf(check.paths.host).basename(path)
  if (!text.endsWith(name)) return []
  const meant = check.near(path)
  if (meant === undefined) return []
  const corrected = text.slice(0, -name.length) + meant
  return [
    { title: `Change to ${meant}`, edits: [replaceNode(node, corrected)], preferred: true, isGuess: true },
  ]
}
