import type { Platform } from './host'

/** A command line in words, as the programs of the platform would get them; nothing is expanded. */
export function commandWords(text: string, platform: Platform): string[] {
  return platform === 'win32' ? windowsWords(text) : shellWords(text)
}

/** Quotes and backslashes as a POSIX shell reads them. */
export function shellWords(text: string): string[] {
  const words: string[] = []
  let word: string | undefined
  const pattern = /(\s+)|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+|['"\\])/gs
  for (const [, space, single, double, escaped, plain] of text.matchAll(pattern)) {
    if (space !== undefined) {
      if (word !== undefined) words.push(word)
      word = undefined
      continue
    }
    word = (word ?? '') + (single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? plain ?? '')
  }
  if (word !== undefined) words.push(word)
  return words
}

/** Words of a command line in which a shell would read more than text; variables of launch.json are none. */
export function shellOnlyWords(text: string): readonly string[] {
  const shown = text.replace(/\$\{[^}]*\}/g, variable => '_'.repeat(variable.length))
  return [...shown.matchAll(/(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\])+/gs)].flatMap(
    ({ 0: word, index }) => {
      const quoted = word
        .replace(/'[^']*'|\\./gs, '')
        .replace(/"[^"]*"/g, each => each.replace(/[^$`\w(]/g, ''))
      return SHELL.test(quoted) ? [text.slice(index, index + word.length)] : []
    },
  )
}

const SHELL = /[`*?<>|&;]|\$[\w(]|^~|%\w+%/

/** Double quotes hold words together, backslashes are plain. */
export function windowsWords(text: string): string[] {
  return [...text.matchAll(/(?:"[^"]*"?|[^\s"])+/g)].map(([word]) => word.replaceAll('"', ''))
}
