import type { JsonObject } from '../core/json'

/**
 * What an editor is told in answer to `initialize`, before it says which session it wants: debugpy's own answer, which
 * does not depend on the session (adapter/clients.py), with what the broker adds and without what debugpy misspells.
 */
export const CAPABILITIES: JsonObject = {
  supportsCompletionsRequest: true,
  supportsConditionalBreakpoints: true,
  supportsConfigurationDoneRequest: true,
  supportsDelayedStackTraceLoading: true,
  supportsEvaluateForHovers: true,
  supportsExceptionInfoRequest: true,
  supportsExceptionOptions: true,
  supportsFunctionBreakpoints: true,
  supportsHitConditionalBreakpoints: true,
  supportsLogPoints: true,
  supportsModulesRequest: true,
  supportsSetExpression: true,
  supportsSetVariable: true,
  supportsValueFormattingOptions: true,
  supportsTerminateRequest: true,
  supportsGotoTargetsRequest: true,
  supportsClipboardContext: true,
  supportsStepInTargetsRequest: true,
  exceptionBreakpointFilters: [
    {
      filter: 'raised',
      label: 'Raised Exceptions',
      default: false,
      description: 'Break whenever any exception is raised.',
    },
    {
      filter: 'uncaught',
      label: 'Uncaught Exceptions',
      default: true,
      description: 'Break when the process is exiting due to unhandled exception.',
    },
    {
      filter: 'userUnhandled',
      label: 'User Uncaught Exceptions',
      default: false,
      description: 'Break when exception escapes into library code.',
    },
  ],
  // debugpy writes `supportsTerminateDebuggee`, which no client reads.
  supportTerminateDebuggee: true,
  // The broker's own.
  supportsRestartRequest: true,
  supportsCancelRequest: true,
}

/** Keys of debugpy's answer that the protocol does not know. */
const NOT_OF_THE_PROTOCOL = ['supportsTerminateDebuggee', 'supportsDebuggerProperties']

/**
 * What a `capabilities` event must correct once the adapter's own answer is known: an older or newer debugpy may
 * support less or more. Undefined when all that was told is true.
 */
export function correction(actual: JsonObject): JsonObject | undefined {
  const changed: JsonObject = {}
  for (const [key, value] of Object.entries(actual)) {
    if (!NOT_OF_THE_PROTOCOL.includes(key) && !isSame(CAPABILITIES[key], value)) changed[key] = value
  }
  for (const [key, value] of Object.entries(CAPABILITIES)) {
    if (value === true && !OURS.includes(key) && actual[key] === undefined) changed[key] = false
  }
  return Object.keys(changed).length === 0 ? undefined : changed
}

const OURS = ['supportTerminateDebuggee', 'supportsRestartRequest', 'supportsCancelRequest']

function isSame(told: unknown, actual: unknown): boolean {
  return told === actual || JSON.stringify(told) === JSON.stringify(actual)
}
