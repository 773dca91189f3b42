import {
  COMPOUND,
  CONFIGURATION,
  INPUTS,
  LAUNCH_FILE,
  PLATFORM_SECTIONS,
  VSCODE_CONFIGURATION,
} from './attributeTable'

export type Request = 'launch' | 'attach'

/** Who looks at an attribute. An attribute that debugpy does not know never reaches the program. */
export type Reader = 'VS Code' | 'Python Debugger extension' | 'debugpy'

/** What a text stands for: decides completion, links, hover and which check looks at it. */
export type Names =
  | 'python file'
  | 'file'
  | 'folder'
  | 'interpreter'
  | 'env file'
  | 'module'
  | 'task'
  | 'configuration'
  | 'workspace folder'
  | 'command'
  | 'host'
  | 'option'
  | 'npm script'
  | 'folder beside'

export interface AllowedValue {
  readonly value: string | boolean | null
  readonly documentation: string
}

/** The JSON values that an attribute takes. */
export type Shape =
  | {
      readonly is: 'text'
      readonly values?: readonly AllowedValue[]
      /** The listed values are examples. Other texts are fine, too. */
      readonly open?: true
      readonly names?: Names
    }
  /** `lenient`: debugpy takes "true" and "false" for what they say. Elsewhere a text is refused or counts as true. */
  | { readonly is: 'flag'; readonly lenient?: true }
  | { readonly is: 'number' }
  | { readonly is: 'null' }
  | { readonly is: 'anything' }
  | { readonly is: 'list'; readonly of: Shape }
  | {
      readonly is: 'object'
      readonly attributes: readonly Attribute[]
      readonly required?: readonly string[]
      /** What attributes beside the listed ones hold; absent: there are none. */
      readonly others?: Shape
    }
  | { readonly is: 'either'; readonly shapes: readonly Shape[] }

export type NullMeaning = 'absent' | 'false' | 'refused'

export interface Attribute {
  readonly name: string
  /** Markdown; the first sentence stands alone. */
  readonly documentation: string
  readonly shape: Shape
  readonly readBy: readonly Reader[]
  /** The request that it suits; absent: both. */
  readonly request?: Request
  readonly default?: unknown
  /** Markdown, where the default depends on something. */
  readonly defaultNote?: string
  /** What `null` is in VS Code; by itself a refusal where the debugger is strict, elsewhere nothing. */
  readonly nullIs?: NullMeaning | Readonly<Record<Request, NullMeaning>>
  /** A value of another type refuses the start; elsewhere it is passed over. */
  readonly strict?: true
  /** Attributes that cannot stand beside it. */
  readonly conflicts?: readonly string[]
  readonly deprecated?: { readonly message: string; readonly replacement?: string }
  /** Set by the debuggers themselves: known, but never offered. */
  readonly internal?: true
  /** The value to insert, as an LSP snippet. Absent: made from the shape and the default. */
  readonly snippet?: string
}

/** Attributes of a Python configuration; without a request, those of both. */
export function configurationAttributes(request: Request | undefined): readonly Attribute[] {
  return request === undefined ? CONFIGURATION : BY_REQUEST[request]
}

/** An attribute of Python configurations, whatever request it suits. */
export function configurationAttribute(name: string): Attribute | undefined {
  return BY_NAME.get(name)
}

/** Names of all attributes of Python configurations that one may write. */
export const ATTRIBUTE_NAMES: readonly string[] = CONFIGURATION.filter(each => !each.internal).map(
  each => each.name,
)

/** An attribute that VS Code itself reads in configurations of every type. */
export function vscodeAttribute(name: string): Attribute | undefined {
  return VSCODE_BY_NAME.get(name)
}

export function suits(attribute: Attribute, request: Request | undefined): boolean {
  return request === undefined || attribute.request === undefined || attribute.request === request
}

/** What becomes of `null` in VS Code, without a request in launch. */
export function meaningOfNull(attribute: Attribute, request: Request = 'launch'): NullMeaning {
  const { nullIs, strict } = attribute
  const meaning = typeof nullIs === 'object' ? nullIs[request] : nullIs
  return meaning ?? (strict && isOfDebugger(attribute) ? 'refused' : 'absent')
}

/** Read by debugpy or its extension; what VS Code itself reads stays as it is written. */
export function isOfDebugger({ readBy }: Attribute): boolean {
  return readBy.includes('debugpy') || readBy.includes('Python Debugger extension')
}

/** The shapes a value may have, with alternatives spread out. */
export function alternatives(shape: Shape): readonly Shape[] {
  const known = SPREAD.get(shape)
  if (known !== undefined) return known
  const spread = shape.is === 'either' ? shape.shapes.flatMap(alternatives) : [shape]
  SPREAD.set(shape, spread)
  return spread
}

/** Each check asks this for every attribute of a file, and the shapes are those of the table. */
const SPREAD = new WeakMap<Shape, readonly Shape[]>()

/** The object shape among the alternatives, if there is one. */
export function objectShape(shape: Shape): Extract<Shape, { is: 'object' }> | undefined {
  return alternatives(shape).find(each => each.is === 'object')
}

/** The shape of a list's elements, if the value may be a list. */
export function elementShape(shape: Shape): Shape | undefined {
  return alternatives(shape).find(each => each.is === 'list')?.of
}

/** The values that are worth offering: allowed ones, true and false. */
export function allowedValues(shape: Shape): readonly AllowedValue[] {
  return alternatives(shape).flatMap(each => {
    if (each.is === 'text') return each.values ?? []
    if (each.is === 'flag') return FLAG_VALUES
    return each.is === 'null' ? NULL_VALUE : []
  })
}

/** What a text of this shape names, if anything. */
export function namesOf(shape: Shape): Names | undefined {
  for (const each of alternatives(shape)) {
    if (each.is === 'text' && each.names !== undefined) return each.names
  }
  return undefined
}

/** The shape in words: `text`, `a list of texts`, `true or false`. */
export function shapeInWords(shape: Shape): string {
  const words = [...new Set(alternatives(shape).map(each => WORDS[each.is](each)))]
  const last = words.pop() ?? ''
  return words.length === 0 ? last : `${words.join(', ')} or ${last}`
}

export { COMPOUND, INPUTS, LAUNCH_FILE, PLATFORM_SECTIONS }

const BY_NAME: ReadonlyMap<string, Attribute> = new Map(CONFIGURATION.map(each => [each.name, each]))
const VSCODE_BY_NAME: ReadonlyMap<string, Attribute> = new Map(
  VSCODE_CONFIGURATION.map(each => [each.name, each]),
)
const BY_REQUEST = {
  launch: CONFIGURATION.filter(each => suits(each, 'launch')),
  attach: CONFIGURATION.filter(each => suits(each, 'attach')),
}
const FLAG_VALUES: readonly AllowedValue[] = [
  { value: true, documentation: '' },
  { value: false, documentation: '' },
]
const NULL_VALUE: readonly AllowedValue[] = [{ value: null, documentation: '' }]

const WORDS: Readonly<Record<Shape['is'], (shape: Shape) => string>> = {
  text: () => 'a text',
  flag: () => 'true or false',
  number: () => 'a number',
  null: () => 'null',
  anything: () => 'any value',
  object: () => 'an object',
  list: shape => (shape.is === 'list' && shape.of.is === 'text' ? 'a list of texts' : 'a list'),
  either: () => '',
}
