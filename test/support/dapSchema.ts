import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Whether messages are as the Debug Adapter Protocol wants them. The rules are read from the protocol's own published
 * types (@vscode/debugprotocol), which are made from its JSON schema and so regular that fifty lines can read them.
 */

type Shape =
  | { readonly kind: 'any' }
  | { readonly kind: 'primitive'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'reference'; readonly name: string }
  | { readonly kind: 'list'; readonly item: Shape }
  | { readonly kind: 'union'; readonly members: readonly Shape[] }
  | { readonly kind: 'object'; readonly bases: readonly string[]; readonly properties: readonly Property[] }

interface Property {
  readonly name: string
  readonly isOptional: boolean
  readonly shape: Shape
}

const text = readFileSync(
  join(process.cwd(), 'node_modules', '@vscode', 'debugprotocol', 'lib', 'debugProtocol.d.ts'),
  'utf8',
)
const shapes = readShapes(text)
/** Interface by event name, and by command of a request. */
const events = namesIn(/interface (\w+) extends Event \{\s*\/\/ event: '(\w+)'/g)
const commands = namesIn(/interface (\w+) extends Request \{\s*\/\/ command: '(\w+)'/g)

/** Every request that the protocol knows, of editors and of adapters. */
export const COMMANDS = [...commands.keys()]

/** debugpy's own, which clients know. */
const CUSTOM_EVENTS = ['debugpyAttach', 'debugpyWaitingForServer']
const CUSTOM_COMMANDS = ['debugpySystemInfo', 'pydevdSystemInfo', 'setDebuggerProperty', 'setPydevdSourceMap']

/** What is wrong with a message of an adapter; empty when nothing is. */
export function violations(message: Record<string, unknown>): string[] {
  const name = shapeOf(message)
  return name === undefined ? [] : check(message, { kind: 'reference', name }, name)
}

function shapeOf(message: Record<string, unknown>): string | undefined {
  const { type, event, command, success } = message
  switch (type) {
    case 'event':
      return CUSTOM_EVENTS.includes(String(event))
        ? 'Event'
        : (events.get(String(event)) ?? `no event ${event}`)
    case 'request':
      return commands.get(String(command)) ?? `no request ${command}`
    case 'response': {
      if (success !== true) return 'ErrorResponse'
      const request = commands.get(String(command))
      if (request === undefined)
        return CUSTOM_COMMANDS.includes(String(command)) ? 'Response' : `no ${command}`
      return request.replace(/Request$/, 'Response')
    }
    default:
      return `no type ${type}`
  }
}

function check(value: unknown, shape: Shape, at: string): string[] {
  switch (shape.kind) {
    case 'any':
      return []
    case 'primitive':
      return shape.name === (value === null ? 'null' : typeof value)
        ? []
        : [`${at}: ${shape.name} wanted, ${show(value)} found`]
    case 'literal':
      return value === shape.value ? [] : [`${at}: '${shape.value}' wanted, ${show(value)} found`]
    case 'list':
      if (!Array.isArray(value)) return [`${at}: a list wanted, ${show(value)} found`]
      return value.flatMap((item, index) => check(item, shape.item, `${at}[${index}]`))
    case 'union': {
      const found = shape.members.map(member => check(value, member, at))
      return found.some(problems => problems.length === 0) ? [] : found.flat()
    }
    case 'reference': {
      const known = shapes.get(shape.name)
      return known === undefined ? [`${at}: ${shape.name} is not of the protocol`] : check(value, known, at)
    }
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return [`${at}: an object wanted, ${show(value)} found`]
      }
      const own = new Map(Object.entries(value))
      const inherited = shape.bases.flatMap(name => check(value, { kind: 'reference', name }, at))
      return [
        // A property that is given again, narrower, counts as it is given last.
        ...inherited.filter(
          problem => !shape.properties.some(({ name }) => problem.startsWith(`${at}.${name}`)),
        ),
        ...shape.properties.flatMap(({ name, isOptional, shape: wanted }) => {
          if (!own.has(name)) return isOptional ? [] : [`${at}.${name} is missing`]
          return check(own.get(name), wanted, `${at}.${name}`)
        }),
      ]
    }
  }
}

function show(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 60) ?? String(value)
}

function namesIn(pattern: RegExp): Map<string, string> {
  return new Map([...text.matchAll(pattern)].map(([, shape = '', name = '']) => [name, shape]))
}

function readShapes(source: string): Map<string, Shape> {
  const plain = source.replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, '')
  const tokens = plain.match(/'[^']*'|\w+|[{}[\]();:?|=,]/g) ?? []
  const found = new Map<string, Shape>()
  let at = 0
  const next = () => tokens[at++] ?? ''
  const accept = (token: string) => tokens[at] === token && next() !== ''

  const object = (bases: readonly string[]): Shape => {
    const properties: Property[] = []
    while (!accept('}')) {
      if (accept('[')) {
        // An index signature: any key.
        while (!accept(']')) next()
        accept(':')
        union()
      } else {
        const name = next()
        const isOptional = accept('?')
        accept(':')
        properties.push({ name, isOptional, shape: union() })
      }
      accept(';')
    }
    return { kind: 'object', bases, properties }
  }
  const single = (): Shape => {
    const token = next()
    let shape: Shape
    if (token === '{') shape = object([])
    else if (token === '(') {
      shape = union()
      accept(')')
    } else if (token.startsWith("'")) shape = { kind: 'literal', value: token.slice(1, -1) }
    else if (token === 'any') shape = { kind: 'any' }
    else if (['string', 'number', 'boolean', 'null'].includes(token))
      shape = { kind: 'primitive', name: token }
    else shape = { kind: 'reference', name: token }
    while (tokens[at] === '[' && tokens[at + 1] === ']') {
      at += 2
      shape = { kind: 'list', item: shape }
    }
    return shape
  }
  const union = (): Shape => {
    const members = [single()]
    while (accept('|')) members.push(single())
    return members.length === 1 && members[0] !== undefined ? members[0] : { kind: 'union', members }
  }
  while (at < tokens.length) {
    const token = next()
    if (token === 'interface') {
      const name = next()
      const bases: string[] = []
      if (accept('extends'))
        do bases.push(next())
        while (accept(','))
      accept('{')
      found.set(name, object(bases))
    } else if (token === 'type' && tokens[at + 1] === '=') {
      const name = next()
      next()
      found.set(name, union())
    }
  }
  return found
}
