import { acceptCompletion, type Completion, complete } from '../../server/core/completion/completion'
import { launchRoot } from '../../server/core/places'
import { diagnosticFacts, launchDocument, type World } from './world'

/** What an editor shows at a place, in words; undefined for a section that asks for nothing. */
export function atCursor(world: World, file: string, offset: number, section: string): string | undefined {
  const [, kind, argument = ''] = /^([a-z]+)(?:: (.*))?$/.exec(section) ?? []
  switch (kind) {
    case 'completion':
      return list(completions(world, file, offset))
    case 'accept':
      return accepted(world, file, offset, argument)
    case 'snippet':
      return `${find(world, file, offset, argument)?.snippet ?? 'There is no such snippet.'}\n`
    default:
      return undefined
  }
}

/** As editors do it: only what begins with what is written so far. */
function completions(world: World, file: string, offset: number): readonly Completion[] {
  const document = launchDocument(world, file)
  if (document === undefined) return []
  const root = launchRoot(file.endsWith('launch.json') ? [] : ['launch'])
  const text = world.text(file)
  return complete(document, root, diagnosticFacts(world, file), offset).filter(each =>
    each.filterText.toLowerCase().startsWith(text.slice(each.span.offset, offset).toLowerCase()),
  )
}

function list(items: readonly Completion[]): string {
  return items.map(({ label, detail }) => `${label}${detail === undefined ? '' : ` — ${detail}`}\n`).join('')
}

function find(world: World, file: string, offset: number, label: string): Completion | undefined {
  return completions(world, file, offset).find(each => each.label === label)
}

function accepted(world: World, file: string, offset: number, label: string): string {
  const item = find(world, file, offset, label)
  if (item === undefined) return 'There is no such completion.\n'
  return acceptCompletion(world.text(file), item)
}
