import { spawn } from 'node:child_process'
import type { Environment } from '../core/host'
import { isObject, type JsonObject } from '../core/json'

/**
 * Runs what a `runInTerminal` request asks for in the terminal that this very process has: stdin, stdout and stderr
 * are shared, so that a program of `launch-ls run` can ask and be answered. Gives the process id.
 */
export function runInOwnTerminal(request: JsonObject, environment: Environment): Promise<number> {
  const { args, cwd, env } = request
  const [command, ...rest] = Array.isArray(args) ? args.map(String) : []
  if (command === undefined) return Promise.reject(new Error('there is nothing to run'))
  return new Promise((resolve, reject) => {
    const child = spawn(command, rest, {
      stdio: 'inherit',
      env: withChanges(environment, isObject(env) ? env : {}),
      ...(typeof cwd === 'string' && cwd !== '' ? { cwd } : {}),
    })
    child.once('error', reject)
    child.once('spawn', () => resolve(child.pid ?? 0))
  })
}

/** DAP: null unsets a variable. */
function withChanges(environment: Environment, changes: JsonObject): Record<string, string | undefined> {
  const result: Record<string, string | undefined> = { ...environment }
  for (const [name, value] of Object.entries(changes)) {
    result[name] = value === null ? undefined : String(value)
  }
  return result
}
