import { isObject } from './json'

/** An input in a few words: its id, and what is asked or run. Undefined for one without an id. */
export function inputDescription(
  input: unknown,
): { readonly id: string; readonly detail: string } | undefined {
  if (!isObject(input) || typeof input['id'] !== 'string') return undefined
  const asked = input['description'] ?? input['command'] ?? input['type']
  return { id: input['id'], detail: typeof asked === 'string' ? asked : '' }
}
