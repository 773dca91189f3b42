import type { Ask } from '../launching/answers'
import { interpreterFacts } from '../launching/facts'
import type { LaunchingParts } from '../launching/machine'
import { findInterpreters } from '../sessions/interpreters'
import { rememberInterpreter } from '../sessions/rememberedInterpreter'
import type { Context } from './context'

export const SELECT_INTERPRETER = 'launch-ls.selectInterpreter'

/**
 * Offers every interpreter that is found for a folder, the one in use first, and remembers the choice, as VS Code's
 * "Python: Select Interpreter" does. Answers the path, or null when nothing was chosen.
 */
export async function selectInterpreter(
  context: Context,
  parts: LaunchingParts,
  ask: Ask,
  args: readonly unknown[],
): Promise<string | null> {
  const { folders } = context.workspace
  const folder = typeof args[0] === 'string' ? folders.byUri(args[0]) : folders.list()[0]
  if (folder === undefined) return null
  const found = findInterpreters(folder.path, undefined, interpreterFacts(folder, {}, parts))
  const items = found.map(({ path, reason, version }) => ({
    label: version === undefined ? path : `Python ${version}  ${path}`,
    detail: reason,
    value: path,
  }))
  const title = `Select the interpreter of ${folder.name}`
  const chosen = await ask({ kind: 'pick', title, items }, new AbortController().signal)
  if (typeof chosen !== 'string') return null
  rememberInterpreter(parts.store, folder.path, chosen)
  context.changes.announce()
  return chosen
}
