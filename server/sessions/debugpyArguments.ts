import { shellWords } from '../core/commandWords'
import type { JsonObject } from '../core/json'

/** What the editor said in `initialize`. */
export type ClientCapabilities = JsonObject

/** Arguments of debugpy that suit the editor, and what the user should know about the difference. */
export interface Fitted {
  readonly arguments: JsonObject
  readonly notes: readonly string[]
}

/**
 * The editor's `initialize` arguments as debugpy takes them: a capability of the wrong type makes it fail, and
 * children are announced to us by request, whatever the editor can do.
 */
export function initializeArguments(client: ClientCapabilities): JsonObject {
  const fitted: JsonObject = { ...client, adapterID: 'debugpy', pathFormat: 'path' }
  for (const key of BOOLEANS) if (typeof fitted[key] !== 'boolean') delete fitted[key]
  for (const key of TEXTS) if (typeof fitted[key] !== 'string') delete fitted[key]
  return { ...fitted, supportsStartDebuggingRequest: true }
}

/** `launch` arguments for an editor that lacks a terminal or a shell. */
export function fitToClient(args: JsonObject, client: ClientCapabilities): Fitted {
  const notes: string[] = []
  let fitted = args
  const { console, args: programArgs } = fitted
  if (isTerminal(console) && client['supportsRunInTerminalRequest'] !== true) {
    notes.push(
      `This editor has no terminal for debuggees: "console": "${console}" becomes "internalConsole".`,
    )
    fitted = { ...withoutKeys(fitted, TERMINAL_KEYS), console: 'internalConsole', redirectOutput: true }
  }
  const hasShell = isTerminal(fitted['console']) && client['supportsArgsCanBeInterpretedByShell'] === true
  if (typeof programArgs === 'string' && !hasShell) fitted = { ...fitted, args: shellWords(programArgs) }
  return { arguments: fitted, notes }
}

export function isTerminal(console: unknown): boolean {
  return console === 'integratedTerminal' || console === 'externalTerminal'
}

const BOOLEANS = [
  'linesStartAt1',
  'columnsStartAt1',
  'supportsVariableType',
  'supportsVariablePaging',
  'supportsRunInTerminalRequest',
  'supportsMemoryReferences',
  'supportsArgsCanBeInterpretedByShell',
]
const TEXTS = ['clientID', 'clientName', 'locale']
/** debugpy refuses them with the internal console. */
const TERMINAL_KEYS = ['waitOnNormalExit', 'waitOnAbnormalExit']

function withoutKeys(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)))
}
