import type { CompleteDraft, Refused } from './debugpyDraft'
import type { ResolveFacts, ResolveProblem } from './resolveConfiguration'
export function checkArguments(
  draft: CompleteDraft,
  _facts: ResolveFacts,
): ({ kind: 'complete'; problems: ResolveProblem[] } & CompleteDraft) | Refused {
  return { kind: 'complete', ...draft, problems: [] }
}
