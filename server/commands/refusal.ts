import type { StartError } from '../protocol'
import { pathOf } from '../workspace/paths'
import type { Machine } from './command'
import { styleOf } from './style'

/** 2 for what is not there to start, like any other wrong use; 1 for what could not start. */
export function exitCodeOf({ kind }: StartError): 1 | 2 {
  return kind === 'noConfiguration' ? 2 : 1
}

/** A refusal for people: what happened, where, what was tried, what to do. */
export function writeRefusal(error: StartError, machine: Machine, json: boolean): void {
  if (json) {
    machine.output.write(`${JSON.stringify({ error }, null, 2)}\n`)
    return
  }
  const style = styleOf(machine)
  const place =
    error.location === undefined
      ? ''
      : `${pathOf(error.location.uri)}:${error.location.range.start.line + 1}: `
  const lines = [`${place}${style.red(error.message)}`]
  for (const tried of error.tried ?? []) lines.push(style.dim(`  tried: ${tried}`))
  if (error.output)
    lines.push(
      ...error.output
        .trimEnd()
        .split('\n')
        .map(line => `  │ ${line}`),
    )
  if (error.remedy !== undefined) lines.push(error.remedy)
  machine.error.write(`${lines.join('\n')}\n`)
}
