import type { Host } from '../host'
import type { Problem } from '../problem'
import { messageMask } from '../secrets'
import { once } from './check'

/** The problems of a text as they may be shown: nothing in them tells a secret. */
export function withoutSecrets(
  problems: readonly Problem[],
  text: string,
  { env, platform }: Host,
): Problem[] {
  // Most problems of a file say the same of another place.
  const shown = once(messageMask(text, env, platform))
  return problems.map(({ fixes, ...problem }) => ({
    ...problem,
    message: shown(problem.message),
    ...(fixes === undefined ? {} : { fixes: fixes.map(fix => ({ ...fix, title: shown(fix.title) })) }),
  }))
}
