import { isObject, type JsonObject } from '../core/json'

/** The three kinds of message of the Debug Adapter Protocol, checked as far as we rely on them. */
export type DapMessage = DapRequest | DapResponse | DapEvent

export interface DapRequest {
  readonly type: 'request'
  readonly seq: number
  readonly command: string
  readonly arguments: JsonObject
  /** False when what stood there as `arguments` was no object. */
  readonly isWhole: boolean
}

export interface DapResponse {
  readonly type: 'response'
  readonly request_seq: number
  readonly command: string | undefined
  readonly success: boolean
  readonly message: string | undefined
  readonly body: JsonObject
  /** False for a failed response without a body, which the protocol wants: debugpy sends none. */
  readonly isWhole: boolean
}

export interface DapEvent {
  readonly type: 'event'
  readonly event: string
  readonly body: JsonObject
}

/** A message as it leaves us; `seq` is given when it is sent. */
export type Outgoing =
  | { readonly type: 'request'; readonly command: string; readonly arguments?: unknown }
  | {
      readonly type: 'response'
      readonly request_seq: number
      readonly command: string
      readonly success: boolean
      readonly message?: string
      readonly body?: unknown
    }
  | { readonly type: 'event'; readonly event: string; readonly body?: unknown }

/** What stands in a frame; undefined when it is no JSON or no message of the protocol. Never throws. */
export function parseMessage(body: Buffer): DapMessage | undefined {
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
  return isObject(value) ? asMessage(value) : undefined
}

function asMessage(value: JsonObject): DapMessage | undefined {
  switch (value['type']) {
    case 'request': {
      const { seq, command, arguments: given } = value
      if (!isSeq(seq) || typeof command !== 'string') return undefined
      const isWhole = given === undefined || given === null || isObject(given)
      return { type: 'request', seq, command, arguments: objectOr(given), isWhole }
    }
    case 'response': {
      const { request_seq, command, success, message, body } = value
      if (!isSeq(request_seq)) return undefined
      return {
        type: 'response',
        request_seq,
        command: textOr(command),
        success: success === true,
        message: textOr(message),
        body: objectOr(body),
        isWhole: success === true || isObject(body),
      }
    }
    case 'event': {
      const { event, body } = value
      return typeof event === 'string' ? { type: 'event', event, body: objectOr(body) } : undefined
    }
    default:
      return undefined
  }
}

function isSeq(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

function textOr(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function objectOr(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}
