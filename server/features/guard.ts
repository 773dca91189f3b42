import type { CancellationToken } from 'vscode-languageserver'
import type { Log } from '../core/log'
import { StartRefused } from '../sessions/startError'
import { LSPErrorCodes, ResponseError } from './library'

/**
 * The one error boundary. A refusal becomes RequestFailed with its StartError as data; a cancelled request becomes
 * RequestCancelled; anything else is our own bug: it is logged with the request's name, answered as InternalError,
 * and the server lives on.
 */
export function guard<P, R>(
  name: string,
  log: Log,
  handler: (params: P, token: CancellationToken) => R | Promise<R>,
): (params: P, token: CancellationToken) => Promise<R> {
  return async (params, token) => {
    const begun = performance.now()
    try {
      return await handler(params, token)
    } catch (error) {
      if (error instanceof StartRefused) {
        log('info', `${name}: refused, ${error.error.kind}`)
        throw new ResponseError(LSPErrorCodes.RequestFailed, error.message, error.error)
      }
      if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.')
      if (error instanceof ResponseError) throw error
      const said = error instanceof Error ? error.message : String(error)
      log('error', `${name}: ${error instanceof Error ? (error.stack ?? said) : said}`)
      throw new ResponseError(
        -32603,
        `launch-ls failed in ${name}: ${said}. This is a bug of launch-ls; please report it.`,
      )
    } finally {
      log('debug', `${name}: ${(performance.now() - begun).toFixed(1)} ms`)
    }
  }
}
