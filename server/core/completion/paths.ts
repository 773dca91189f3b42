import type { Names } from '../attributes'
import { absolutePath, workingFolder } from '../configurationPaths'
import { propertyOf, textOf } from '../properties'
import { pathsOf } from '../staticText'
import type { CompletionContext, Draft } from './completion'
import { escapeSnippet } from './snippets'

/** What stands in the folder that is written so far; `before` is the text from its start to the cursor. */
export function completePaths(context: CompletionContext, names: Names, before: string): readonly Draft[] {
  const fits = FITS[names]
  const { token, offset, text } = context.place
  if (fits === undefined || token === undefined) return []
  const written = /^(.*(?:\/|\\\\))?(.*)$/s.exec(before)
  const start = written?.[1] ?? ''
  const begun = written?.[2] ?? ''
  const folder = folderOf(context, names, start)
  const end = token.content.offset + token.content.length
  const rest = /^[^/\\"]*/.exec(text.slice(offset, end))?.[0].length ?? 0
  const span = { offset: offset - begun.length, length: begun.length + rest }
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
          label: kind === 'folder' ? `${name}/` : name,
          kind,
          filterText: content,
          span,
          snippet: escapeSnippet(kind === 'folder' && !hasSlash ? `${content}/` : content),
          isWhole: false,
          keepsRest: true,
          ...(kind === 'folder' && !hasSlash ? { again: true } : {}),
        },
      ]
    })
}

/** The folder whose content is offered: of what is written, else where relative paths begin. */
function folderOf({ paths, place }: CompletionContext, names: Names, start: string): string | undefined {
  const cwd = place.configuration === undefined ? undefined : textOf(propertyOf(place.configuration, 'cwd'))
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
  interpreter: name => /^(?:python|pypy)[\d.]*(?:\.exe)?$/.test(name),
  'env file': name => /env/i.test(name),
}
