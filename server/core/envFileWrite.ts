import { type EnvDialect, parseEnvFile } from './envFile'

/**
 * The line that gives a variable this value, without its line break: the plainest notation of which both dialects read
 * exactly that. Undefined: there is none.
 */
export function envLine(name: string, value: string): string | undefined {
  const escaped = value.replaceAll('\n', '\\n')
  const notations = [value, `"${value}"`, `'${value}'`, `"${escaped}"`].filter(each => !each.includes('\n'))
  return [...notations, `"${value}"`, `'${value}'`]
    .map(notation => `${name}=${notation}`)
    .filter(line => setsInBoth(line, name, value))
    .find(line => DIALECTS.every(dialect => reads(line, name, value, dialect)))
}

/** Whether the variable has this value in the file, as both dialects read it. */
export function setsInBoth(text: string, name: string, value: string): boolean {
  return DIALECTS.every(dialect => {
    const { variables } = parseEnvFile(text, dialect).value
    return Object.hasOwn(variables, name) && variables[name] === value
  })
}

const DIALECTS: readonly EnvDialect[] = ['debugpy', 'dotenv']

/** As one line among others, which are left as they are. */
function reads(line: string, name: string, value: string, dialect: EnvDialect): boolean {
  const { entries } = parseEnvFile(`${OTHER}=1\n${line}\n${OTHER}=2\n`, dialect).value
  const [before, entry, behind, ...more] = entries
  return (
    before?.value === '1' &&
    entry?.key === name &&
    entry.value === value &&
    behind?.value === '2' &&
    more.length === 0
  )
}

const OTHER = 'OTHER'
