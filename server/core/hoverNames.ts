import { namesOf } from './attributes'
import { pathContextOf } from './configurationPaths'
import { type DiagnosticFacts, variableFacts } from './diagnostics/diagnose'
import { type Goal, goalOfText } from './goals'
import type { JsonObject } from './json'
import type { LaunchDocument } from './launchDocument'
import type { Place } from './places'
import { propertyOf, stringNodes, textOf } from './properties'
import { maskText } from './secrets'
import { findTaskPlace } from './taskFiles'

/** Markdown about what a text names: a task, a configuration, a module, an application; undefined: nothing. */
export function nameText(place: Place, document: LaunchDocument, facts: DiagnosticFacts): string | undefined {
  const text = place.token?.value
  const names = place.shape === undefined ? undefined : namesOf(place.shape)
  if (typeof text !== 'string' || text === '') return undefined
  if (place.path[0] === 'tasks' && place.path.length === 3 && place.path[2] === 'label') return ownTask(place)
  if (names === 'task') return taskText(document, facts, text)
  if (names === 'configuration') return configurationText(document, facts, text)
  if (names !== 'module' && place.attribute?.name !== 'args') return undefined
  const goal = goalOfText(place, document, facts, text)
  return goal === undefined ? undefined : goalText(facts, goal)
}

function taskText(document: LaunchDocument, facts: DiagnosticFacts, label: string): string | undefined {
  const folder = pathContextOf(variableFacts(document, facts)).folder
  const found = findTaskPlace(facts, folder, label)
  if (found === undefined) return undefined
  const command = found.command === undefined ? '' : `\`${found.command}\`\n\n`
  return `${command}In \`${found.path}\`.`
}

/** What a task runs, on its own label. */
function ownTask({ container }: Place): string | undefined {
  if (container === undefined) return undefined
  const texts = (name: string) => {
    const property = propertyOf(container, name)
    const own = textOf(property)
    return own === undefined ? stringNodes(property?.value).map(node => String(node.value)) : [own]
  }
  const [command] = [...texts('command'), ...texts('script')]
  const line = command === undefined ? undefined : [command, ...texts('args')].join(' ')
  const others = texts('dependsOn')
  const parts = [
    ...(others.length === 0 ? [] : [`Waits for ${others.map(code).join(', ')}.`]),
    ...(line === undefined ? [] : [`Runs ${code(maskText(line))}.`]),
  ]
  return parts.length === 0 ? undefined : parts.join('\n\n')
}

function code(text: string): string {
  return `\`${text}\``
}

function configurationText(
  { configurations }: LaunchDocument,
  { otherLaunches }: DiagnosticFacts,
  name: string,
): string | undefined {
  const own = configurations.find(each => each.name === name)
  if (own !== undefined) return summary(own.value)
  const other = otherLaunches.find(each => each.configurations.includes(name))
  if (other === undefined) return undefined
  return other.folder === undefined
    ? 'In the workspace file or the settings.'
    : `In the folder \`${other.folder}\`.`
}

/** What a configuration starts, in one line. */
function summary(value: JsonObject): string {
  const kind = [value['type'], value['request']].filter(each => typeof each === 'string').join(' ')
  const target = TARGETS.find(key => value[key] !== undefined)
  const what = target === undefined ? '' : `: \`"${target}": ${JSON.stringify(value[target])}\``
  return `\`${kind}\`${what}`
}

const TARGETS = ['program', 'module', 'code', 'connect', 'listen', 'processId', 'url']

function goalText({ files }: DiagnosticFacts, { path, kind, span }: Goal): string {
  if (span === undefined) return `\`${path}\` (a ${kind})`
  const text = files.read(path) ?? ''
  const line = text.slice(0, span.offset).split('\n').length
  const written = text.split('\n')[line - 1]?.trim() ?? ''
  return `\`${path}\`, line ${line}:\n\n\`\`\`python\n${written}\n\`\`\``
}
