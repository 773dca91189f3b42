import type { Node } from 'jsonc-parser'
import { referenceNodes } from './diagnostics/tasks'
import type { EnvEntry } from './envFile'
import { nodeAt } from './json'
import { jsonText } from './jsonEdit'
import { closingQuote, spanInString } from './jsonStrings'
import type { LaunchDocument } from './launchDocument'
import type { Span } from './problem'
import { propertiesOf, propertyOf, textOf, visitTexts } from './properties'
import type { TaskDocument } from './taskDocument'
import { findVariables } from './variables'

/** What can be named in one place and asked for in another. */
export type NamedKind =
  | 'configuration'
  | 'compound'
  | 'input'
  | 'task input'
  | 'task'
  | 'environment variable'

export interface NamedPlace {
  readonly kind: NamedKind
  readonly name: string
  /** The name alone, without quotes or braces. */
  readonly span: Span
  readonly role: 'definition' | 'reference'
  /** The workspace folder that a member of a compound names. */
  readonly folder?: string
}

/** Every name of a launch section, and every place that asks for one. */
export function namesInLaunch(document: LaunchDocument): readonly NamedPlace[] {
  const found: NamedPlace[] = []
  const { text } = document.json
  const add = (kind: NamedKind, role: NamedPlace['role'], node: Node | undefined, folder?: string) => {
    if (typeof node?.value !== 'string') return
    const place = { kind, role, name: node.value, span: content(text, node) }
    found.push(folder === undefined ? place : { ...place, folder })
  }
  const section = propertiesOf(document.section)
  for (const node of elements(section.get('configurations')?.value)) {
    add('configuration', 'definition', propertyOf(node, 'name')?.value)
    for (const scope of [node, ...SYSTEMS.flatMap(name => propertyOf(node, name)?.value ?? [])]) {
      for (const name of TASKS) add('task', 'reference', propertyOf(scope, name)?.value)
      const action = propertyOf(scope, 'serverReadyAction')?.value
      if (action !== undefined) add('configuration', 'reference', propertyOf(action, 'name')?.value)
      for (const property of propertiesOf(propertyOf(scope, 'env')?.value).values()) {
        add('environment variable', 'definition', property.key)
      }
    }
  }
  for (const node of elements(section.get('compounds')?.value)) {
    add('compound', 'definition', propertyOf(node, 'name')?.value)
    add('task', 'reference', propertyOf(node, 'preLaunchTask')?.value)
    for (const member of elements(propertyOf(node, 'configurations')?.value)) {
      if (member.type === 'string') add('configuration', 'reference', member)
      else {
        const folder = textOf(propertyOf(member, 'folder'))
        add('configuration', 'reference', propertyOf(member, 'name')?.value, folder)
      }
    }
  }
  for (const node of elements(section.get('inputs')?.value)) {
    add('input', 'definition', propertyOf(node, 'id')?.value)
  }
  found.push(...inputUses(text, document.section, 'input'))
  return found
}

/** Every name of a tasks.json, and every place that asks for one. */
export function namesInTasks(document: TaskDocument): readonly NamedPlace[] {
  const { text } = document.json
  const named = (kind: NamedKind, role: NamedPlace['role'], node: Node | undefined): NamedPlace[] =>
    typeof node?.value === 'string' ? [{ kind, role, name: node.value, span: content(text, node) }] : []
  return [
    ...document.tasks.flatMap(task => [
      ...named('task', 'definition', nodeAt(task.node, ['label'])),
      ...referenceNodes(task).flatMap(node => named('task', 'reference', node)),
    ]),
    ...elements(nodeAt(document.section, ['inputs'])).flatMap(node =>
      named('task input', 'definition', propertyOf(node, 'id')?.value),
    ),
    ...inputUses(text, document.section, 'task input'),
  ]
}

/** Every variable of an env file, and every `${NAME}` that asks for one. */
export function namesInEnvFile(text: string, entries: readonly EnvEntry[]): readonly NamedPlace[] {
  const kind = 'environment variable'
  return entries.flatMap(({ key, keySpan, valueSpan }): NamedPlace[] => {
    const value = text.slice(valueSpan.offset, valueSpan.offset + valueSpan.length)
    const uses = [...value.matchAll(/(?<!\\)\$\{([A-Za-z_]\w*)\}/g)]
    return [
      { kind, role: 'definition', name: key, span: keySpan },
      ...uses.map(({ index, 1: name = '' }): NamedPlace => {
        const span = { offset: valueSpan.offset + index + 2, length: name.length }
        return { kind, role: 'reference', name, span }
      }),
    ]
  })
}

export function nameAt(places: readonly NamedPlace[], offset: number): NamedPlace | undefined {
  return places.find(({ span }) => offset >= span.offset && offset <= span.offset + span.length)
}

/** Whether two places of the same folder mean the same thing. */
export function isSameName(a: NamedPlace, b: NamedPlace): boolean {
  return a.kind === b.kind && a.name === b.name
}

/** Why a name cannot be taken, as a sentence; undefined when it can. */
export function refusesName(kind: NamedKind, name: string): string | undefined {
  if (name.trim() === '') return 'A name cannot be empty.'
  if (kind === 'environment variable' && !/^[A-Za-z_]\w*$/.test(name)) {
    return 'The name of an environment variable has letters, digits and _ alone, and begins with no digit.'
  }
  if ((kind === 'input' || kind === 'task input') && /[{}]/.test(name)) {
    return 'The id of an input stands between braces, and so has none in it.'
  }
  return undefined
}

/** A name as it is written inside of quotes. */
export function writtenName(kind: NamedKind, name: string): string {
  return kind === 'environment variable' ? name : jsonText(name).slice(1, -1)
}

const SYSTEMS = ['windows', 'osx', 'linux'] as const
const TASKS = ['preLaunchTask', 'postDebugTask', 'preRestartTask', 'postRestartTask'] as const

function inputUses(text: string, node: Node | undefined, kind: 'input' | 'task input'): NamedPlace[] {
  const found: NamedPlace[] = []
  visitTexts(node, (value, each) => {
    if (!value.includes('${input:')) return
    for (const { name, argument, offset } of findVariables(value)) {
      if (name !== 'input' || !argument) continue
      const span = spanInString(text, each, offset + '${input:'.length, argument.length)
      found.push({ kind, role: 'reference', name: argument, span })
    }
  })
  return found
}

function elements(node: Node | undefined): readonly Node[] {
  return node?.type === 'array' ? (node.children ?? []) : []
}

function content(text: string, node: Node): Span {
  return { offset: node.offset + 1, length: Math.max(0, closingQuote(text, node) - node.offset - 1) }
}
