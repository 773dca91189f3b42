/** One `${name}` or `${name:argument}` in a text. */
export interface Variable {
  /** All of it, from `${` to the last `}`. */
  readonly text: string
  /** What stands between the braces: the key of answers and of contributed values. */
  readonly inner: string
  readonly name: string
  /** What stands behind the first colon; absent when there is none. */
  readonly argument?: string
}

/** A variable and its place in the text, in UTF-16 code units. */
export interface VariableUse extends Variable {
  readonly offset: number
  readonly length: number
}

/**
 * The variables of a text from left to right. Braces are counted, so `${a${b}}` is one variable; `${` without its
 * closing brace is text, and what follows it is searched.
 */
export function findVariables(text: string): VariableUse[] {
  if (!text.includes('${')) return []
  const closing = closingBraces(text)
  const found: VariableUse[] = []
  let start = text.indexOf('${')
  while (start !== -1) {
    const end = closing[start + 1]
    if (end !== undefined) {
      found.push({ ...variable(text.slice(start + 2, end)), offset: start, length: end + 1 - start })
    }
    start = text.indexOf('${', end ?? start + 2)
  }
  return found
}

/** The variable with this text between its braces. */
export function variable(inner: string): Variable {
  const colon = inner.indexOf(':')
  const text = `\${${inner}}`
  if (colon === -1) return { text, inner, name: inner }
  return { text, inner, name: inner.slice(0, colon), argument: inner.slice(colon + 1) }
}

/** Puts the value in for every occurrence of the variable. `$&` and the like in the value are plain text. */
export function putValue(text: string, variable: Variable, value: string): string {
  return text.replaceAll(variable.text, () => value)
}

/** At the offset of each opening brace that is closed, the offset of its closing brace. */
function closingBraces(text: string): number[] {
  const closing: number[] = []
  const open: number[] = []
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '{') open.push(i)
    else if (text[i] === '}') {
      const start = open.pop()
      if (start !== undefined) closing[start] = i
    }
  }
  return closing
}
