import type { Node } from 'jsonc-parser'
import { spanInString } from './jsonStrings'
import type { Span } from './problem'
import { visitTexts } from './properties'
import { findVariables } from './variables'
import { VARIABLES } from './variableTable'

/** A piece of a variable inside of a text, to be coloured. */
export interface VariableToken extends Span {
  /** `name` for a variable that is known, `argument` for what stands behind its colon. */
  readonly kind: 'name' | 'argument'
  readonly deprecated: boolean
}

/** Known variables of all texts in their order: `${name:` with the brace at the end, and the argument apart. */
export function variableTokens(text: string, root: Node | undefined): readonly VariableToken[] {
  const found: VariableToken[] = []
  visitTexts(root, (value, node) => {
    if (!value.includes('${')) return
    for (const { name, argument, offset, length } of findVariables(value)) {
      const doc = VARIABLES.find(each => each.name === name)
      if (doc === undefined) continue
      const add = (kind: VariableToken['kind'], start: number, size: number) => {
        if (size <= 0) return
        found.push({ ...spanInString(text, node, start, size), kind, deprecated: doc.deprecated === true })
      }
      const head = argument === undefined ? length : '${:'.length + name.length
      add('name', offset, head)
      if (argument === undefined) continue
      add('argument', offset + head, argument.length)
      add('name', offset + head + argument.length, 1)
    }
  })
  return found.sort((a, b) => a.offset - b.offset)
}
