import type { EnvReference } from './envExpansion'
import type { ReadAssignment } from './envFile'
import type { EnvReading } from './envFileProblems'
import type { Fix, Problem, Span } from './problem'

/** `${…}` in values that do not give what they say. */
export function referenceProblems(reading: EnvReading): Problem[] {
  return reading.dialect === 'dotenv'
    ? notExpanded(reading)
    : reading.read.flatMap(each => ofValue(reading, each))
}

function notExpanded({ text, dotenv }: EnvReading): Problem[] {
  return dotenv.flatMap(({ valueSpan: { offset, length } }): Problem[] => {
    const found = /\$\{\w+\}/.exec(text.slice(offset, offset + length))
    if (found === null) return []
    const span = { offset: offset + found.index, length: found[0].length }
    const message =
      'dotenv does not replace `${…}`: it stays as written. The dialect of VS Code’s debugger does.'
    return [{ code: 'env-reference', span, severity: 'information', message }]
  })
}

function ofValue({ text }: EnvReading, { assignment, references, tooLong }: ReadAssignment): Problem[] {
  const { valueSpan } = assignment
  if (tooLong) {
    const message = 'The references are not replaced: their values double from line to line.'
    return [{ code: 'env-reference', span: valueSpan, severity: 'error', message }]
  }
  return references.flatMap(reference => {
    const message = messageFor(assignment.key, reference)
    if (message === undefined) return []
    const raw = text.slice(valueSpan.offset, valueSpan.offset + valueSpan.length)
    const offset = valueSpan.offset + rawOffset(raw, assignment.value, reference.offset)
    const span = { offset, length: reference.length }
    const fixes = joinedAnyway(assignment.key, reference) ? withoutSelf(text, span) : []
    return [{ code: 'env-reference', span, severity: 'warning', message, fixes }]
  })
}

function messageFor(key: string, reference: EnvReference): string | undefined {
  const { name, kind } = reference
  switch (kind) {
    case 'set':
      return undefined
    case 'unset':
      if (joinedAnyway(key, reference)) {
        return `\${${name}} is empty here. The ${name} of the editor is joined behind this value by itself.`
      }
      return (
        `\${${name}} is empty here: only variables from further up and from "env" of the configuration are known, ` +
        'neither those of the editor’s environment nor the variables of launch.json.'
      )
    case 'literal':
      return 'This stays as written: a name in ${…} begins with a letter.'
    case 'unreadable':
      return 'Only a plain ${NAME} is known. Because of this one the whole value stays as written.'
  }
}

/** `PATH=${PATH}:/x`: VS Code's debugger joins the two itself, and what is left is an empty entry. */
function joinedAnyway(key: string, { name, kind }: EnvReference): boolean {
  return kind === 'unset' && name === key && /^(?:path|pythonpath)$/i.test(name)
}

/** The edit that takes a name out of its own search path, with the separator beside it. */
export function withoutSelf(text: string, { offset, length }: Span): Fix[] {
  const before = /[:;]/.test(text[offset - 1] ?? '') ? 1 : 0
  const behind = before === 0 && /[:;]/.test(text[offset + length] ?? '') ? 1 : 0
  const span = { offset: offset - before, length: before + length + behind }
  return [{ title: 'Remove it', edits: [{ span, newText: '' }], preferred: true }]
}

/** The place in the value as written for a place in what was read from it: without quotes, `\n` as a line feed. */
function rawOffset(raw: string, value: string, offset: number): number {
  const quoted = raw.length > value.length && /^["']/.test(raw)
  let at = quoted ? 1 : 0
  for (let i = 0; i < offset; i++) at += quoted && value[i] === '\n' && raw[at] === '\\' ? 2 : 1
  return at
}
