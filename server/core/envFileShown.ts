import { type EnvDialect, type EnvFile, parseEnvFile } from './envFile'
import type { Environment } from './host'
import { isSecretName, MASK, maskText, SHORT } from './secrets'

/**
 * An env file as it may be shown: variables with the names of secrets are masked, also where another line puts them
 * in. Places are those of a text of its own, all else is that of the file. `base` must be fit to be shown.
 */
export function shownEnvFile(text: string, dialect: EnvDialect, base: Environment = {}): EnvFile {
  const { entries } = parseEnvFile(text, dialect, base).value
  let shown = ''
  let done = 0
  for (const { key, valueSpan } of entries) {
    if (!isSecretName(key) || valueSpan.length === 0) continue
    shown += text.slice(done, valueSpan.offset) + MASK
    done = valueSpan.offset + valueSpan.length
  }
  const { value } = parseEnvFile(shown + text.slice(done), dialect, base)
  const within = secretsWithin(text)
  return {
    variables: Object.fromEntries(
      Object.entries(value.variables).map(([name, each]) => [name, maskText(each, within)]),
    ),
    entries: value.entries.map((entry, index) => ({
      ...entry,
      value: maskText(entry.value, within),
      line: entries[index]?.line ?? entry.line,
    })),
  }
}

/** Secrets as their lines say them: a quote that is open may have made them a part of another value. */
function secretsWithin(text: string): string[] {
  return parseEnvFile(text, 'dotenv').value.entries.flatMap(({ key, value, valueSpan }) => {
    if (!isSecretName(key)) return []
    const written = text.slice(valueSpan.offset, valueSpan.offset + valueSpan.length)
    return [value, written].filter(each => each.length > SHORT)
  })
}
