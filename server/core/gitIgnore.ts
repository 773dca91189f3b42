import type { Files, Host } from './host'
import { pathsOf } from './staticText'

/** Whether a .gitignore of the folder, or of one between it and the file, keeps the file out of the repository. */
export function isGitIgnored(files: Files, host: Host, folder: string, path: string): boolean {
  const paths = pathsOf(host)
  const relative = paths.relative(folder, path).replaceAll('\\', '/')
  if (relative === '' || relative.startsWith('..') || paths.isAbsolute(relative)) return false
  const parts = relative.split('/')
  let ignored = false
  // The last pattern that fits decides, and those of an inner folder come later.
  for (let depth = 0; depth < parts.length; depth++) {
    const text = files.read(paths.join(folder, ...parts.slice(0, depth), '.gitignore'))
    const below = parts.slice(depth).join('/')
    for (const { pattern, keeps } of patternsIn(text ?? '')) if (pattern.test(below)) ignored = !keeps
  }
  return ignored
}

interface Pattern {
  readonly pattern: RegExp
  /** It begins with `!`: what fits is not ignored after all. */
  readonly keeps: boolean
}

function patternsIn(text: string): readonly Pattern[] {
  return text.split(/\r?\n/).flatMap(line => {
    const written = line.trimEnd()
    if (written === '' || written.startsWith('#')) return []
    const keeps = written.startsWith('!')
    const body = written.slice(keeps ? 1 : 0)
    const plain = body.replace(/^\/|\/$/g, '')
    const start = body.startsWith('/') || plain.includes('/') ? '^' : '^(?:.*/)?'
    const end = body.endsWith('/') ? '/.*$' : '(?:/.*)?$'
    return [{ pattern: new RegExp(start + expression(plain) + end), keeps }]
  })
}

function expression(glob: string): string {
  return glob.replace(/\*\*\/|\*+|\?|\[[^\]]*\]|\\.|[^\w/]/g, sign => {
    if (sign === '**/') return '(?:.*/)?'
    if (sign.startsWith('**')) return '.*'
    if (sign === '*') return '[^/]*'
    if (sign === '?' || sign.length > 2 || sign === '[]') return '[^/]'
    return `\\u${(sign.at(-1) ?? '').charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
