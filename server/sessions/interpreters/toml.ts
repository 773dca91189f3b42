/**
 * One text value of a TOML file: what project files say about names and places. A line with the key in the table is
 * enough for them; multi-line texts and inline tables are not read. Undefined when it is not there.
 */
export function tomlText(text: string, table: string, key: string): string | undefined {
  let current = ''
  for (const line of text.split(/\r?\n/)) {
    const header = HEADER.exec(line)
    if (header !== null) {
      current = (header[1] ?? '').replace(/["'\s]/g, '')
      continue
    }
    const [, name = '', escaped, literal] = ENTRY.exec(current === table ? line : '') ?? []
    if (name.replace(/["']/g, '') === key) return literal ?? unescaped(escaped ?? '')
  }
  return undefined
}

export function hasTomlTable(text: string, table: string): boolean {
  return text.split(/\r?\n/).some(line => {
    const name = (HEADER.exec(line)?.[1] ?? '').replace(/["'\s]/g, '')
    return name === table || name.startsWith(`${table}.`)
  })
}

const HEADER = /^\uFEFF?\s*\[\s*([^[\]]+?)\s*\]\s*(?:#.*)?$/
const ENTRY = /^\uFEFF?\s*([\w-]+|"[^"]*"|'[^']*')\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)')\s*(?:#.*)?$/

function unescaped(text: string): string {
  return text.replace(/\\(["\\])/g, '$1')
}
