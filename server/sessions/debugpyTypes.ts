import { meantAddress, meantMappings } from '../core/attributeMeaning'
import {
  type Attribute,
  configurationAttributes,
  isOfDebugger,
  meaningOfNull,
  type Request,
} from '../core/attributes'
import type { Platform } from '../core/host'
import { isObject, type JsonObject } from '../core/json'
import { mendConsole } from './debugpyConsole'
import { isRefused, type Refused, refused } from './debugpyDraft'
import { type Mended, mendShape, type Path } from './debugpyShapes'
import type { ResolveFacts, ResolveProblem } from './resolveConfiguration'

/**
 * Types that debugpy would refuse in words of its own, or take and die on, are made what their author meant, and a
 * problem says so; what means nothing is refused. On a configuration whose variables have been replaced, before the
 * extension's defaults. Source: debugpy's `adapter/clients.py`, `launcher/handlers.py`, `common/json.py` and pydevd's
 * `_set_debug_options`, of which `core/attributeTable.ts` holds the types.
 */
export function mendTypes(
  configuration: JsonObject,
  facts: Pick<ResolveFacts, 'shellArgs' | 'host'>,
): { readonly value: JsonObject; readonly problems: readonly ResolveProblem[] } | Refused {
  const request: Request = configuration['request'] === 'attach' ? 'attach' : 'launch'
  const value: JsonObject = { ...configuration }
  const problems: ResolveProblem[] = []
  for (const attribute of configurationAttributes(request)) {
    const { name } = attribute
    if (!Object.hasOwn(value, name) || !isOfDebugger(attribute)) continue
    const mended = mendAttribute(value[name], attribute, request, facts.host.platform)
    if (isRefused(mended)) return mended
    problems.push(...mended.problems)
    if (mended.value === undefined) delete value[name]
    else value[name] = mended.value
  }
  // A system that debugpy does not know would end the program.
  value['clientOS'] ??= facts.host.platform === 'win32' ? 'windows' : 'unix'
  if (request === 'attach') return { value, problems }
  const fitted = mendConsole(value, facts)
  return { value: fitted.value, problems: [...problems, ...fitted.problems] }
}

function mendAttribute(
  value: unknown,
  attribute: Attribute,
  request: Request,
  platform: Platform,
): Mended | Refused {
  const { name, shape } = attribute
  const special = SPECIAL[name]?.(value, request)
  if (special !== undefined && isRefused(special)) return special
  const notes = special?.problems ?? []
  const first = special === undefined ? value : special.value
  if (first === undefined) return { value: undefined, problems: notes }
  const mended = mendShape(first, shape, [name], {
    nullable: meaningOfNull(attribute, request) === 'absent',
    strict: attribute.strict === true,
    platform,
  })
  return isRefused(mended) ? mended : { ...mended, problems: [...notes, ...mended.problems] }
}

/** What debugpy sets by itself between its processes: it would be overwritten, or believed. */
const DEBUGPY_SETS: ReadonlySet<string> = new Set(['adapterAccessToken', 'isOutputRedirected', 'processName'])

type Special = (value: unknown, request: Request) => Mended | Refused | undefined

/** Attributes of which more can be understood than their type says. Undefined: nothing special. */
const SPECIAL: Readonly<Record<string, Special>> = {
  ...Object.fromEntries([...DEBUGPY_SETS].map(name => [name, () => dropped(name)])),
  pathMappings: mendPathMappings,
  connect: value => mendAddress('connect', value),
  listen: value => mendAddress('listen', value),
  port: value => mendPort(value, ['port']),
  processId: mendProcessId,
  // Launch takes a text alone; attach takes it for true or false, and refuses false.
  onTerminate: (value, request) =>
    value === '' || value === false || (request === 'launch' && value === true)
      ? { value: undefined, problems: [] }
      : undefined,
}

function dropped(name: string): Mended {
  const message = `"${name}" is set by debugpy alone, and is left out.`
  return {
    value: undefined,
    problems: [{ code: 'without-effect', message, severity: 'information', path: [name] }],
  }
}

/** Also one mapping without its list, `{ "/here": "/there" }`, and mappings with a root that is missing. */
function mendPathMappings(value: unknown): Mended | Refused | undefined {
  const problems: ResolveProblem[] = []
  const note = (message: string, path: Path) =>
    problems.push({ code: 'wrong-type', message, severity: 'warning', path })
  const meant = meantMappings(value)
  if (meant !== undefined) {
    note('"pathMappings" is a list: this object is taken as what is in it.', ['pathMappings'])
  }
  const mappings = meant ?? value
  if (!Array.isArray(mappings)) return undefined
  const whole = mappings.filter((mapping, index) => {
    const isWhole = !isObject(mapping) || (mapping['localRoot'] && mapping['remoteRoot'])
    if (!isWhole) {
      note('A path mapping needs "localRoot" and "remoteRoot": this one is left out.', [
        'pathMappings',
        index,
      ])
    }
    return isWhole
  })
  return { value: whole, problems }
}

/** Also a port alone, and `"host:port"`. */
function mendAddress(name: 'connect' | 'listen', value: unknown): Mended | Refused | undefined {
  if (isObject(value)) {
    if (value['port'] === undefined || value['port'] === null) {
      const message = `"${name}" needs a "port".`
      return refused(
        'missing-attribute',
        message,
        [name],
        'Write "port": 5678, or the one that debugpy was given.',
      )
    }
    const port = mendPort(value['port'], [name, 'port'])
    return port === undefined || isRefused(port)
      ? port
      : { value: { ...value, port: port.value }, problems: port.problems }
  }
  const meant = meantAddress(value)
  if (meant === undefined) return undefined
  const message = `"${name}" is an object with "host" and "port": this is taken for one.`
  return {
    value: meant,
    problems: [{ code: 'wrong-type', message, severity: 'warning', path: [name] }],
  }
}

/** A port in a text is fine: it often comes from a variable. */
function mendPort(value: unknown, path: Path): Mended | Refused | undefined {
  if (value === null || value === undefined || UNANSWERED.test(String(value))) return undefined
  const port = typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value
  const lowest = path[0] === 'listen' ? 0 : 1
  if (typeof port === 'number' && Number.isInteger(port) && port >= lowest && port <= 65_535) {
    return { value: port, problems: [] }
  }
  return refused('invalid-port', `"${path.join('.')}" is no port: a whole number from 1 to 65535.`, path)
}

/** In a preview nobody is asked: the question itself stands there. */
const UNANSWERED = /^\$\{(input|command):[^}]*\}$/

function mendProcessId(value: unknown): Mended | Refused | undefined {
  if (value === null || UNANSWERED.test(String(value))) return undefined
  const id = typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value
  if (typeof id === 'number' && Number.isSafeInteger(id) && id > 0) return { value: id, problems: [] }
  const remedy = 'Write the number of a running process, or "${command:pickProcess}" to be asked.'
  return refused('invalid-value', '"processId" is no process: a whole number above 0.', ['processId'], remedy)
}
