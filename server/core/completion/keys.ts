import type { Attribute } from '../attributes'
import { jsonText, skipBlank } from '../jsonEdit'
import type { Span } from '../problem'
import { propertiesOf } from '../properties'
import type { CompletionContext, Draft } from './completion'
import { environmentNames } from './environmentNames'
import { escapeSnippet, valueSnippet } from './snippets'

/** Attributes that the object may have and does not have yet; in `env`, names of variables. */
export function completeKeys(context: CompletionContext): readonly Draft[] {
  const { attribute, container, path } = context.place
  const own = context.place.token?.value
  const present = new Set([...propertiesOf(container).keys()].filter(name => name !== own))
  if (attribute?.name === 'env' && path.at(-2) === 'env') {
    return environmentNames(context)
      .filter(({ name }) => !present.has(name))
      .map(({ name, detail, value }) =>
        keyDraft(context, name, `"\${1:${escapeSnippet(value)}}"`, { detail }),
      )
  }
  return context.place.attributes
    .filter(each => isOffered(each, present))
    .map(each => {
      const documentation = each.documentation
      return keyDraft(context, each.name, valueSnippet(each), { documentation, detail: detailOf(each) })
    })
}

function isOffered(attribute: Attribute, present: ReadonlySet<string>): boolean {
  if (attribute.internal || attribute.deprecated !== undefined || present.has(attribute.name)) return false
  return !(attribute.conflicts ?? []).some(name => present.has(name))
}

/** The first sentence. */
function detailOf({ documentation }: Attribute): string {
  const end = documentation.indexOf('. ')
  return (end < 0 ? documentation : documentation.slice(0, end + 1)).replaceAll('`', '')
}

function keyDraft(
  { place }: CompletionContext,
  name: string,
  value: string,
  more: { detail?: string | undefined; documentation?: string },
): Draft {
  const span: Span = place.token ?? { offset: place.offset, length: 0 }
  const key = jsonText(name)
  const hasValue = place.text[skipBlank(place.text, span.offset + span.length)] === ':'
  return {
    label: name,
    kind: 'attribute',
    ...more,
    filterText: place.token?.isText === false ? name : key,
    span,
    snippet: hasValue ? escapeSnippet(key) : `${escapeSnippet(key)}: ${value}`,
    isWhole: true,
  }
}
