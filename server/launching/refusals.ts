import { TextDocument } from 'vscode-languageserver-textdocument'
import type { Location } from 'vscode-languageserver-types'
import { nodeAt } from '../core/json'
import { rangeOf } from '../core/ranges'
import { messageMask } from '../core/secrets'
import type { StartError, StartErrorKind } from '../protocol'
import type { ResolveStep } from '../sessions/resolveConfiguration'
import { StartRefused, startCancelled } from '../sessions/startError'
import { uriOf } from '../workspace/paths'
import type { LaunchingParts } from './machine'
import type { Member, Starting } from './members'

/** Types of configuration that we start. VS Code compares types without regard to case. */
const TYPES = ['debugpy', 'python']

/**
 * Type and request, which every start needs, as the editor's stub will hold them.
 * @throws StartRefused with VS Code's texts
 */
export function kindOf(
  member: Member,
  parts: LaunchingParts,
): { type: string; request: 'launch' | 'attach' } {
  const { type, request } = member.launch?.value ?? member.configuration
  const refuse = (message: string, remedy: string, key: string) =>
    new StartRefused(refusal('invalidConfiguration', message, remedy, member, parts, [key]))
  if (typeof type !== 'string' || type === '') {
    throw refuse(
      "Missing property 'type' for the chosen launch configuration.",
      'Add "type": "debugpy" to it.',
      'type',
    )
  }
  if (!TYPES.includes(type.toLowerCase())) {
    throw refuse(
      `Configured debug type '${type}' is not supported.`,
      'launch-ls starts Python configurations: "type": "debugpy". Another debugger of your editor may start this one.',
      'type',
    )
  }
  if (request === undefined || request === null || request === '') {
    throw refuse(
      "Attribute 'request' is missing from the chosen debug configuration.",
      'Add "request": "launch", or "attach" for a program that runs already.',
      'request',
    )
  }
  if (request !== 'launch' && request !== 'attach') {
    throw refuse(
      `Attribute 'request' has an unsupported value '${String(request)}' in the chosen debug configuration.`,
      'It can be "launch" or "attach".',
      'request',
    )
  }
  return { type, request }
}

/** A step that ends the start. */
export function refusedStep(
  step: Exclude<ResolveStep, { kind: 'ask' | 'resolved' }>,
  member: Member,
  parts: LaunchingParts,
): StartError {
  if (step.kind === 'cancelled') return startCancelled()
  const { code, message, remedy, path } = step.error
  const kind: StartErrorKind = VARIABLE_CODES.includes(code) ? 'unresolvedVariable' : 'invalidConfiguration'
  return refusal(kind, message, remedy, member, parts, path ?? [])
}

const VARIABLE_CODES = ['unresolvedVariable', 'commandInValue', 'endlessVariable']

export function cannotAsk(id: string, member: Member, parts: LaunchingParts): StartError {
  const { kind, message, remedy } = cannotAskTask(id)
  return refusal(kind, message, remedy, member, parts, [])
}

/** The same for a variable of a task. */
export function cannotAskTask(id: string): StartError {
  const [, name = id] = /^(?:input|command):(.*)$/.exec(id) ?? []
  return {
    kind: 'unresolvedVariable',
    message: `\${${id}} needs an answer, and this editor has no way to ask for one.`,
    remedy:
      `Give it with the start: "inputs": { "${name}": … } beside "configuration" in the arguments of launch or ` +
      `startDebug, or --input ${name}=VALUE.`,
  }
}

export function notFoundAnymore(name: string, found: Starting | StartError): StartError {
  if ('kind' in found) return found
  return { kind: 'noConfiguration', message: `Configuration '${name}' is missing in 'launch.json'.` }
}

export function noInterpreter(
  tried: readonly string[],
  member: Member,
  parts: LaunchingParts,
  wanted: unknown,
): StartError {
  const named = wanted !== undefined && wanted !== null && wanted !== ''
  const message = named
    ? `The Python interpreter of '${member.name}' was not found: ${tried.join('; ')}.`
    : `No Python interpreter was found for '${member.name}'.`
  const remedy = named
    ? 'Correct "python" in the configuration, or remove it to use the environment of the folder.'
    : 'Make one with `python3 -m venv .venv` in the folder, or name one: "python" in the configuration, ' +
      'or the setting python.defaultInterpreterPath.'
  return {
    ...refusal('interpreterNotFound', message, remedy, member, parts, named ? ['python'] : []),
    tried: [...tried],
  }
}

/** A refusal at a place of the configuration: the key, if it is written there, else the configuration itself. */
export function refusal(
  kind: StartErrorKind,
  message: string,
  remedy: string | undefined,
  member: Member,
  parts: LaunchingParts,
  path: readonly (string | number)[],
): StartError {
  const location = locationOf(member, parts, path)
  const { env, platform } = parts.host
  return {
    kind,
    message: messageMask(JSON.stringify(member.configuration), env, platform)(message),
    ...(remedy === undefined ? {} : { remedy }),
    ...(location === undefined ? {} : { location }),
  }
}

export function locationOf(
  member: Member,
  parts: LaunchingParts,
  path: readonly (string | number)[],
): Location | undefined {
  if (member.launch === undefined) return undefined
  const { document, entry } = member.launch
  const file = parts.workspace.launchFiles.pathOf(document)
  if (file === undefined) return undefined
  const node = nodeAt(entry.node, path) ?? entry.node
  const text = TextDocument.create('', '', 0, document.json.text)
  return { uri: uriOf(file), range: rangeOf(text, node) }
}
