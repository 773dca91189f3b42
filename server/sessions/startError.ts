import type { StartError } from '../protocol'

/**
 * The catalogue of refusals: one constructor a kind, each with what was tried and what to do. Thrown as
 * `StartRefused` through the request boundary, which answers RequestFailed with `error` as data.
 */
export class StartRefused extends Error {
  constructor(readonly error: StartError) {
    super(error.message)
  }
}
