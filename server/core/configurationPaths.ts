import type { Host } from './host'
import { pathsOf, staticText } from './staticText'
import type { VariableFacts } from './variableValues'

/** What is needed to tell which path a text of a configuration is. */
export interface PathContext {
  readonly host: Host
  /** Path of the configuration's workspace folder. */
  readonly folder: string | undefined
  /** The text with its variables replaced; undefined when one is not known without a start. */
  resolve(text: string): string | undefined
}

/** As far as paths are known while one writes, before any start. */
export function pathContextOf(variables: VariableFacts): PathContext {
  return {
    host: variables.host,
    folder: variables.folder?.path,
    resolve: text => staticText(text, variables),
  }
}

/** The path in its full form; undefined when a variable or its beginning is not known. */
export function absolutePath(
  context: PathContext,
  text: string,
  base: string | undefined,
): string | undefined {
  const resolved = context.resolve(text)
  if (resolved === undefined || UNSURE.test(resolved)) return undefined
  const paths = pathsOf(context.host)
  if (paths.isAbsolute(resolved)) return paths.normalize(resolved)
  // A path of the other system: nothing to look for here.
  if (/^[A-Za-z]:/.test(resolved) || (resolved.includes('\\') && paths.sep === '/')) return undefined
  return base === undefined ? undefined : paths.join(base, resolved)
}

/** The folder from which relative paths of a configuration with this `cwd` count, if it can be told. */
export function workingFolder(context: PathContext, cwd: string | undefined): string | undefined {
  if (cwd === undefined || cwd === '') return context.folder
  return absolutePath(context, cwd, context.folder)
}

/** What a shell would expand, and escapes gone wrong. */
const UNSURE = /^~|\$\w|\$\(|%\w+%|[\0-\x1f]/
