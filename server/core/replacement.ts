import { isObject, type JsonObject } from './json'
import { findVariables, putValue, type Variable } from './variables'

/** What is to become of a variable: a text in its place, or undefined: it stays. */
export type Decision<Stop> = { readonly value: string | undefined } | { readonly stop: Stop }

export type Replacement<Stop> =
  | { readonly kind: 'done'; readonly value: JsonObject; readonly order: readonly string[] }
  | { readonly kind: 'stopped'; readonly stop: Stop }
  /** The values of the variables hold one another so often that the text has no sensible end. */
  | { readonly kind: 'endless'; readonly variable: string }

/**
 * Replaces the variables in every text of a configuration, keys included, and then those in the values put in.
 *
 * The order is VS Code's (configurationResolverExpression.ts): a key before its value, each distinct variable decided
 * once, those that a value brings in after all that are known already. A variable's value is not searched for a
 * variable that it is being put into, so cycles end at the first repeat. `decide` gets the variable whose value
 * brought this one in, undefined for one that stands in the configuration itself.
 */
export function replaceVariables<Stop>(
  configuration: JsonObject,
  decide: (variable: Variable, source: Variable | undefined) => Decision<Stop>,
): Replacement<Stop> {
  const state: State = { known: new Map(), spent: 0, renames: 0, endless: undefined }
  const shape = shapeOf(configuration, state)
  const order: string[] = []
  // Entries that are added while this runs are visited too.
  for (const entry of state.known.values()) {
    const decision = decide(entry.variable, entry.source)
    if ('stop' in decision) return { kind: 'stopped', stop: decision.stop }
    order.push(entry.variable.text)
    entry.decided = decision
    for (const place of entry.places) put(entry, place, [], state)
    if (state.endless !== undefined) return { kind: 'endless', variable: state.endless }
  }
  const value = built(shape)
  return { kind: 'done', value: isObject(value) ? value : {}, order }
}

/** Code units written in one replacement of a configuration, and variables within variables, before it is endless. */
const LONGEST = 20_000_000
const DEEPEST = 500

interface State {
  readonly known: Map<string, Entry>
  spent: number
  renames: number
  endless: string | undefined
}

interface Entry {
  readonly variable: Variable
  readonly source: Variable | undefined
  /** One for each time the variable was met. */
  readonly places: Place[]
  decided: { readonly value: string | undefined } | undefined
}

/** A text of the configuration: a value, or the name of a property. */
interface Place {
  text: string
  /** When it was last changed, counted over the configuration; 0: it is as written. */
  changed: number
}

type Shape =
  | { readonly kind: 'plain'; readonly value: unknown }
  | { readonly kind: 'text'; readonly place: Place }
  | { readonly kind: 'list'; readonly items: readonly Shape[] }
  | { readonly kind: 'object'; readonly members: readonly { key: Place; value: Shape }[] }

function shapeOf(value: unknown, state: State): Shape {
  if (typeof value === 'string') return { kind: 'text', place: newPlace(value, state) }
  if (Array.isArray(value)) return { kind: 'list', items: value.map(item => shapeOf(item, state)) }
  if (!isObject(value)) return { kind: 'plain', value }
  const members = Object.entries(value).map(([key, member]) => ({
    key: newPlace(key, state),
    value: shapeOf(member, state),
  }))
  return { kind: 'object', members }
}

function newPlace(text: string, state: State): Place {
  const place = { text, changed: 0 }
  note(text, place, [], state)
  return place
}

/** Notes the variables of a text that now stands in the place; `path` are the variables that brought it there. */
function note(text: string, place: Place, path: readonly Variable[], state: State): void {
  for (const { offset, length, ...variable } of findVariables(text)) {
    if (path.some(outer => outer.text === variable.text)) continue
    const entry = state.known.get(variable.text) ?? newEntry(variable, path.at(-1), state)
    entry.places.push(place)
    put(entry, place, path, state)
  }
}

function newEntry(variable: Variable, source: Variable | undefined, state: State): Entry {
  const entry: Entry = { variable, source, places: [], decided: undefined }
  state.known.set(variable.text, entry)
  return entry
}

/** Puts the variable's value into the place, once it is decided. */
function put(entry: Entry, place: Place, path: readonly Variable[], state: State): void {
  const value = entry.decided?.value
  if (value === undefined || state.endless !== undefined) return
  place.text = putValue(place.text, entry.variable, value)
  state.renames += 1
  place.changed = state.renames
  state.spent += place.text.length + value.length
  if (state.spent > LONGEST || path.length > DEEPEST) state.endless = entry.variable.text
  else note(value, place, [...path, entry.variable], state)
}

function built(shape: Shape): unknown {
  switch (shape.kind) {
    case 'plain':
      return shape.value
    case 'text':
      return shape.place.text
    case 'list':
      return shape.items.map(built)
    case 'object':
      return Object.fromEntries(
        distinct(shape.members).map(({ key, value }) => [key.text, built(value)] as const),
      )
  }
}

/** Of properties that came to the same name, the one that was renamed last wins. */
function distinct<T extends { readonly key: Place }>(members: readonly T[]): T[] {
  const winners = new Map<string, T>()
  for (const member of members) {
    const other = winners.get(member.key.text)
    if (other === undefined || other.key.changed <= member.key.changed) winners.set(member.key.text, member)
  }
  return [...winners.values()]
}
