import type { Attribute } from '../attributes'
import { removeChild } from '../jsonEdit'
import type { Fix } from '../problem'
import type { Property } from '../properties'
import type { Check, Scope } from './check'

/** An attribute of launch in attach, or the reverse. */
export function reportOtherRequest(check: Check, property: Property, attribute: Attribute): void {
  const other = attribute.request === 'launch' ? 'attach' : 'launch'
  const message = `"${property.name}" is for "request": "${attribute.request}" and has no effect in ${other}.`
  check.report('attribute-of-other-request', property.key, message, {
    ...(countsAsNothing(property) ? { severity: 'hint' as const } : {}),
    tags: ['unnecessary'],
    fixes: [removeFix(check, property)],
  })
}

/** Attributes of which debugpy takes one only. */
export function reportConflicts(check: Check, property: Property, attribute: Attribute, scope: Scope): void {
  if (countsAsNothing(scope.get(property.name))) return
  for (const name of attribute.conflicts ?? []) {
    const other = scope.own.get(name) ?? (scope.system === undefined ? undefined : scope.get(name))
    if (countsAsNothing(scope.get(name)) || (isEmptyText(property) && isEmptyText(other))) continue
    // Once a pair: at the one that stands later, or in the section.
    if (other === undefined || (scope.own.has(name) && other.key.offset > property.key.offset)) continue
    const message = `"${property.name}" and "${name}" exclude each other: with both the start is refused. Remove one.`
    check.report('conflicting-attributes', property.key, message, {
      related: [
        { span: { offset: other.key.offset, length: other.key.length }, message: `"${name}" is here.` },
      ],
      fixes: [removeFix(check, property), ...(scope.own.has(name) ? [removeFix(check, other)] : [])],
    })
  }
}

function countsAsNothing(property: Property | undefined): boolean {
  return property?.value?.type === 'null'
}

/** Of two empty ones it is told that there is nothing to run. */
function isEmptyText(property: Property | undefined): boolean {
  return property?.value?.value === ''
}

export function removeFix(check: Check, property: Property): Fix {
  return { title: `Remove "${property.name}"`, edits: removeChild(check.text, property.node) }
}
