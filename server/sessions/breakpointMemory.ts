import { isObject, type JsonObject } from '../core/json'
import type { DapRequest } from './dapMessage'

/** One request that configures debugging, as the editor sent it last, and the ids debugpy gave its breakpoints. */
interface Remembered {
  readonly command: string
  readonly arguments: JsonObject
  ids: readonly unknown[]
}

/**
 * What the editor has set (breakpoints, exception filters), so that a new adapter can be told. The editor keeps the
 * ids of the first one: later ones are translated.
 */
export interface BreakpointMemory {
  remember(request: DapRequest): void
  /** The answer to one of them went to the editor. */
  answered(request: DapRequest, body: JsonObject): void
  /** All that a new adapter must be told, in order. `body` is its answer; the breakpoints that differ come back. */
  replay(): readonly Replay[]
  /** The body of a `breakpoint` or `stopped` event in the ids of the editor; undefined: pass it on as it is. */
  translate(body: JsonObject): JsonObject | undefined
}

export interface Replay {
  readonly command: string
  readonly arguments: JsonObject
  /** Bodies of the `breakpoint` events that tell the editor how the new adapter took them. */
  answered(body: JsonObject): readonly JsonObject[]
}

export function breakpointMemory(): BreakpointMemory {
  const kept = new Map<string, Remembered>()
  /** The editor's id by the present adapter's. */
  const ids = new Map<unknown, unknown>()
  return {
    remember: request => {
      const key = keyOf(request)
      if (key !== undefined)
        kept.set(key, { command: request.command, arguments: request.arguments, ids: [] })
    },
    answered: (request, body) => {
      const remembered = kept.get(keyOf(request) ?? '')
      if (remembered === undefined) return
      remembered.ids = breakpointsOf(body).map(({ id }) => id)
      for (const id of remembered.ids) ids.delete(id)
    },
    replay: () => {
      ids.clear()
      return [...kept.values()].map(remembered => ({
        command: remembered.command,
        arguments: remembered.arguments,
        answered: body =>
          breakpointsOf(body).flatMap((breakpoint, index) => {
            const id = remembered.ids[index]
            if (id === undefined) return []
            if (breakpoint['id'] !== undefined) ids.set(breakpoint['id'], id)
            return [{ reason: 'changed', breakpoint: { ...breakpoint, id } }]
          }),
      }))
    },
    translate: body => {
      const { breakpoint, hitBreakpointIds: hit } = body
      if (isObject(breakpoint) && ids.has(breakpoint['id'])) {
        return { ...body, breakpoint: { ...breakpoint, id: ids.get(breakpoint['id']) } }
      }
      if (!Array.isArray(hit) || !hit.some(id => ids.has(id))) return undefined
      return { ...body, hitBreakpointIds: hit.map(id => ids.get(id) ?? id) }
    },
  }
}

/** Whether a request is one of those that are kept. */
export function isRemembered({ command }: DapRequest): boolean {
  return command === 'setBreakpoints' || SET_ONCE.includes(command)
}

const SET_ONCE = ['setFunctionBreakpoints', 'setExceptionBreakpoints', 'setDebuggerProperty']

function keyOf(request: DapRequest): string | undefined {
  if (SET_ONCE.includes(request.command)) return request.command
  const { source } = request.arguments
  if (!isObject(source)) return undefined
  return `${request.command} ${String(source['path'] ?? source['sourceReference'])}`
}

function breakpointsOf({ breakpoints }: JsonObject): JsonObject[] {
  return Array.isArray(breakpoints) ? breakpoints.map(item => (isObject(item) ? item : {})) : []
}
