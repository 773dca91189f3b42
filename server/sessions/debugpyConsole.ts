import { commandWords } from '../core/commandWords'
import type { JsonObject } from '../core/json'
import type { ResolveFacts, ResolveProblem } from './resolveConfiguration'

/** Of a launch: what the console decides about, and flags of `debugOptions` that a property contradicts. */
export function mendConsole(
  configuration: JsonObject,
  facts: Pick<ResolveFacts, 'shellArgs' | 'host'>,
): { readonly value: JsonObject; readonly problems: readonly ResolveProblem[] } {
  const value: JsonObject = { ...configuration }
  const problems: ResolveProblem[] = []
  const isInternal = value['console'] === 'internalConsole'
  const { args } = value
  if (typeof args === 'string' && (isInternal || !facts.shellArgs || args.trim() === '')) {
    value['args'] = commandWords(args, facts.host.platform)
    if (args.trim() !== '') problems.push(splitArgs(isInternal))
  }
  const contradicted = new Set<unknown>()
  for (const [name, flag] of FLAGS) {
    const waits = name.startsWith('waitOn')
    const isOn =
      value[name] === true || (Array.isArray(value['debugOptions']) && value['debugOptions'].includes(flag))
    if (waits && isInternal && isOn) {
      const message = `"${name}" needs a terminal: with "console": "internalConsole" it is left out.`
      problems.push({ code: 'needs-terminal', message, severity: 'information', path: [name] })
      delete value[name]
      contradicted.add(flag)
    } else if (value[name] === false && isOn) {
      const message = `"${name}": false and "${flag}" in "debugOptions" contradict each other: false counts.`
      problems.push({ code: 'conflicting-attributes', message, severity: 'warning', path: ['debugOptions'] })
      contradicted.add(flag)
    }
  }
  if (Array.isArray(value['debugOptions']) && contradicted.size > 0) {
    value['debugOptions'] = value['debugOptions'].filter(flag => !contradicted.has(flag))
  }
  return { value, problems }
}

/** Flags that debugpy refuses beside the same property as `false`. */
const FLAGS: readonly (readonly [property: string, flag: string])[] = [
  ['redirectOutput', 'RedirectOutput'],
  ['sudo', 'Sudo'],
  ['waitOnNormalExit', 'WaitOnNormalExit'],
  ['waitOnAbnormalExit', 'WaitOnAbnormalExit'],
]

function splitArgs(isInternal: boolean): ResolveProblem {
  const why = isInternal
    ? 'With "console": "internalConsole" no shell reads'
    : 'No shell of this editor reads'
  return {
    code: 'args-need-terminal',
    message: `${why} "args" as a text: it is split into words, and variables such as $HOME stay as they are.`,
    severity: 'information',
    path: ['args'],
  }
}
