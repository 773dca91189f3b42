import { posix, win32 } from 'node:path'
import type { Host } from './host'
import { findVariables } from './variables'
import { evaluateVariable, type VariableFacts } from './variableValues'

/**
 * The text with its variables replaced, as far as they are known without an editor, the user or a command. Undefined
 * when one is not, among them an environment variable that is not set here: the start may see another environment.
 */
export function staticText(text: string, facts: VariableFacts): string | undefined {
  const variables = findVariables(text)
  if (variables.length === 0) return text.includes('${') ? undefined : text
  let result = ''
  let position = 0
  for (const { inner, name, offset, length } of variables) {
    const value = evaluateVariable(inner, facts)
    if (value.kind !== 'value' || value.value.includes('${')) return undefined
    if (value.value === '' && name === 'env') return undefined
    result += text.slice(position, offset) + value.value
    position = offset + length
  }
  return result + text.slice(position)
}

/** Path functions of the host's system. */
export function pathsOf(host: Host): typeof posix {
  return host.platform === 'win32' ? win32 : posix
}
