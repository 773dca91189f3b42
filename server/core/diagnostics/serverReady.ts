import { propertiesOf, textOf } from '../properties'
import type { Check, ScopeRule } from './check'
import { reportUndefined } from './compounds'

/** `serverReadyAction`: its pattern, its address, and what it starts. */
export const checkServerReady: ScopeRule = (scope, _configuration, check) => {
  const action = propertiesOf(scope.own.get('serverReadyAction')?.value)
  if (action.size === 0) return
  const pattern = action.get('pattern')
  const written = textOf(pattern)
  const groups = written === undefined ? undefined : captureGroups(written)
  if (pattern?.value !== undefined && groups === null) {
    check.report(
      'invalid-pattern',
      pattern.value,
      `This is no regular expression: nothing happens when the server is ready.`,
    )
  }
  const format = action.get('uriFormat')
  const text = textOf(format)
  if (
    format?.value !== undefined &&
    text !== undefined &&
    textOf(action.get('action')) !== 'startDebugging'
  ) {
    const places = text.split('%s').length - 1
    const needed = groups === undefined || groups === null || groups > 0
    if (places > 1) {
      const message =
        'An address takes what the pattern captured once: with more than one %s nothing is opened.'
      check.report('invalid-uri-format', format.value, message)
    } else if (places === 1 && !needed) {
      const message =
        'The pattern has no group in ( and ), so that there is nothing to put in the place of %s.'
      check.report('invalid-uri-format', format.value, message)
    } else if (places === 0 && groups !== undefined && groups !== null && groups > 0) {
      const message = 'The pattern captures an address, and "uriFormat" has no %s for it: nothing is opened.'
      check.report('invalid-uri-format', format.value, message)
    }
  }
  checkStart(check, action)
}

function checkStart(check: Check, action: ReturnType<typeof propertiesOf>): void {
  if (textOf(action.get('action')) !== 'startDebugging') return
  const name = action.get('name')
  const text = textOf(name)
  if (name?.value !== undefined && text !== undefined) {
    const known = new Set([
      ...check.names,
      ...check.document.compounds.map(each => each.name),
      ...check.facts.otherLaunches.flatMap(each => each.configurations),
    ])
    const harm = 'nothing is started when the server is ready'
    if (!known.has(text)) reportUndefined(check, name.value, text, known, harm)
    return
  }
  const place = action.get('action')
  if (action.has('config') || place === undefined) return
  check.report(
    'missing-attribute',
    place.key,
    '"startDebugging" needs the "name" of a configuration, or a "config".',
  )
}

/** How many groups a pattern has; null: it is no regular expression. */
function captureGroups(pattern: string): number | null {
  try {
    return (new RegExp(`${pattern}|`).exec('')?.length ?? 1) - 1
  } catch {
    return null
  }
}
