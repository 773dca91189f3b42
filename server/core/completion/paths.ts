import type { Names } from '../attributes'
import { absolutePath, workingFolder } from '../configurationPaths'
import { propertyOf, textOf } from '../properties'
import { pathsOf } from '../staticText'
import type { CompletionContext, Draft } from './completion'
import { escapeSnippet } from './snippets'

/** What stands in the folder that is written so far; `written` is the text from its start to the cursor. */
export function completePaths(context: CompletionContext, names: Names, written: string): readonly Draft[] {
  const fits = FITS[names]
  const { token, offset, text } = context.place
  if (fits === undefined || token === undefined) return []
  const [, start = '', begun = ''] = /^(.*(?:\/|\\\\))?(.*)$/s.exec(written) ?? []
  const folder = folderOf(context, names, start)
  const end = token.content.offset + token.content.length
  const rest = /^[^/\\"]*/.exec(text.slice(offset, end))?.[0].length ?? 0
  // A relative path of an env file is looked for nowhere.
  const rooted = names === 'env file' && isRelative(context, start)
  const above = rooted ? `\${workspaceFolder}/${start.replace(/^(?:\.\/)+/, '')}` : ''
  const before = begun.length + (rooted ? start.length : 0)
  const span = { offset: offset - before, length: before + rest }
  const hasSlash = /^[/\\]/.test(text.slice(offset + rest))
  if (folder === undefined) return []
  const { files, host } = context.facts
  return files
    .list(folder)
    .toSorted()
    .filter(name => isShown(name, begun, names))
    .flatMap((name): Draft[] => {
      const kind = files.kind(pathsOf(host).join(folder, name))
      if (kind === undefined || (kind === 'file' && !fits(name))) return []
      const content = JSON.stringify(name).slice(1, -1)
      return [
        {
          label: `${above}${name}${kind === 'folder' ? '/' : ''}`,
          kind,
          filterText: `${rooted ? start : ''}${content}`,
          span,
          snippet: escapeSnippet(`${above}${content}${kind === 'folder' && !hasSlash ? '/' : ''}`),
          isWhole: false,
          keepsRest: true,
          ...(kind === 'folder' && !hasSlash ? { again: true } : {}),
        },
      ]
    })
}

function isRelative({ facts }: CompletionContext, start: string): boolean {
  return !/^[~$]/.test(start) && !pathsOf(facts.host).isAbsolute(start.replaceAll('\\\\', '\\'))
}

/** The folder whose content is offered: of what is written, else where relative paths begin. */
function folderOf(
  { paths, place, facts }: CompletionContext,
  names: Names,
  start: string,
): string | undefined {
  const cwd = place.configuration === undefined ? undefined : textOf(propertyOf(place.configuration, 'cwd'))
  const { workspaceFile } = facts
  if (names === 'folder beside') {
    const beside = workspaceFile === undefined ? undefined : pathsOf(facts.host).dirname(workspaceFile)
    return absolutePath(paths, start.replaceAll('\\\\', '\\') || '.', beside)
  }
  const base = names === 'python file' || names === 'interpreter' ? workingFolder(paths, cwd) : paths.folder
  return start === '' ? base : absolutePath(paths, start.replaceAll('\\\\', '\\'), base)
}

function isShown(name: string, begun: string, names: Names): boolean {
  if (name === '__pycache__' || name === 'node_modules' || name === '.git') return false
  return !name.startsWith('.') || begun.startsWith('.') || names === 'env file' || names === 'interpreter'
}

/** Which files fit; folders always do. */
const FITS: Partial<Record<Names, (name: string) => boolean>> = {
  'python file': name => /\.pyw?$/.test(name) || !name.includes('.'),
  file: () => true,
  folder: () => false,
  'folder beside': () => false,
  interpreter: name => /^(?:python|pypy)[\d.]*(?:\.exe)?$/.test(name),
  'env file': name => /env/i.test(name),
}
