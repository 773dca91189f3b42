import type { Node } from 'jsonc-parser'
import { absolutePath } from '../configurationPaths'
import { lookUp } from '../environment'
import { type Property, propertiesOf, stringNodes, textOf } from '../properties'
import type { Check, Configuration } from './check'

/** Two members of a compound that want the same port: the second of them fails. */
export function checkPorts(check: Check): void {
  const list = propertiesOf(check.document.section).get('compounds')?.value
  const compounds = list?.type === 'array' ? (list.children ?? []) : []
  if (compounds.length === 0) return
  const wanted = new Map<string, Endpoint>()
  for (const configuration of check.configurations) {
    const { name, isPython } = configuration
    const endpoint =
      isPython && name !== undefined && !wanted.has(name) ? wantedBy(configuration, check) : undefined
    if (name !== undefined && endpoint !== undefined) wanted.set(name, endpoint)
  }
  for (const compound of compounds) checkMembers(check, compound, wanted)
}

function checkMembers(check: Check, compound: Node, wanted: ReadonlyMap<string, Endpoint>): void {
  const users: { readonly member: Node; readonly endpoint: Endpoint }[] = []
  for (const member of propertiesOf(compound).get('configurations')?.value?.children ?? []) {
    const endpoint = wanted.get(nameOf(member) ?? '')
    if (endpoint === undefined) continue
    const first = users.find(user => isSame(user.endpoint, endpoint))
    if (first === undefined) users.push({ member, endpoint })
    else reportPort(check, member, first.member, endpoint.port)
  }
}

function nameOf(member: Node): string | undefined {
  return member.type === 'string' ? String(member.value) : textOf(propertiesOf(member).get('name'))
}

function reportPort(check: Check, member: Node, first: Node, port: string): void {
  // The same configuration twice has a report of its own.
  if (nameOf(member) === nameOf(first)) return
  const message = `"${nameOf(first)}" uses port ${port}, too: the second of them to start fails.`
  check.report('port-used-twice', member, message, {
    related: [{ span: { offset: first.offset, length: first.length }, message: 'The other one.' }],
  })
}

/** What only one can have: a port that a server listens on, or the one client that a debug server takes. */
interface Endpoint {
  readonly use: 'listens' | 'connects'
  readonly host: string
  readonly port: string
}

function isSame(a: Endpoint, b: Endpoint): boolean {
  if (a.use !== b.use || a.port !== b.port) return false
  return a.host === b.host || (a.use === 'listens' && (a.host === EVERY || b.host === EVERY))
}

const LOCAL = '127.0.0.1'
/** All addresses of the machine. */
const EVERY = '0.0.0.0'
const NAMES: Readonly<Record<string, string>> = {
  localhost: LOCAL,
  '': EVERY,
  '0': EVERY,
  '::': EVERY,
  '[::]': EVERY,
}

/** Undefined when a part is not known, and for port 0, which is a free one. */
function endpointOf(
  use: Endpoint['use'],
  host: string | undefined,
  port: string | undefined,
): Endpoint | undefined {
  if (host === undefined || port === undefined || host.includes('${') || !/^0*[1-9]\d*$/.test(port))
    return undefined
  return { use, host: NAMES[host.toLowerCase()] ?? host.toLowerCase(), port }
}

/** As far as the configuration says it; servers by their own defaults. */
function wantedBy(configuration: Configuration, check: Check): Endpoint | undefined {
  if (configuration.request === 'attach') return attachEndpoint(configuration)
  const args = stringNodes(configuration.own.get('args')?.value).map(node => String(node.value))
  const server = serverOf(configuration, args)
  if (server === undefined) return undefined
  const { host, port, variables } = server
  const [ofHost, ofPort] = variables ?? []
  return endpointOf(
    'listens',
    host ?? fromEnvironment(check, configuration, ofHost, server.defaultHost),
    port ?? fromEnvironment(check, configuration, ofPort, server.defaultPort),
  )
}

function attachEndpoint({ own }: Configuration): Endpoint | undefined {
  const listen = own.get('listen')
  const address = propertiesOf((own.get('connect') ?? listen)?.value)
  const [host, port] =
    address.size > 0 ? [address.get('host'), address.get('port')] : [own.get('host'), own.get('port')]
  const use = listen !== undefined && own.get('connect') === undefined ? 'listens' : 'connects'
  return endpointOf(use, host === undefined ? LOCAL : textOf(host), portText(port))
}

interface Server {
  /** As the arguments say it. */
  readonly host: string | undefined
  readonly port: string | undefined
  /** Environment variables that count where the arguments say nothing. */
  readonly variables?: readonly [host: string, port: string]
  readonly defaultHost: string
  readonly defaultPort: string
}

function serverOf({ own }: Configuration, args: readonly string[]): Server | undefined {
  const module = textOf(own.get('module'))
  const usual = { defaultHost: LOCAL, defaultPort: '8000' }
  if (module === 'uvicorn') {
    if (args.some(each => each.startsWith('--uds') || each.startsWith('--fd'))) return undefined
    const variables = ['UVICORN_HOST', 'UVICORN_PORT'] as const
    return { ...usual, host: option(args, ['--host']), port: option(args, ['--port']), variables }
  }
  if (module === 'flask' && args.includes('run')) {
    const variables = ['FLASK_RUN_HOST', 'FLASK_RUN_PORT'] as const
    const [host, port] = [option(args, ['--host', '-h']), option(args, ['--port', '-p'])]
    return { host, port, variables, defaultHost: LOCAL, defaultPort: '5000' }
  }
  if (module === 'http.server') {
    const host = option(args, ['--bind', '-b'])
    return { ...usual, host, port: args.find(each => /^\d+$/.test(each)), defaultHost: EVERY }
  }
  if (textOf(own.get('program'))?.endsWith('manage.py') && args[0] === 'runserver') {
    const address = args.slice(1).find(each => !each.startsWith('-'))
    const [, host, port] = /^(?:(.*):)?(\d+)$/.exec(address ?? '') ?? []
    return address === undefined
      ? { ...usual, host: LOCAL, port: '8000' }
      : { ...usual, host: host ?? LOCAL, port: port ?? UNKNOWN }
  }
  return undefined
}

const UNKNOWN = ''

/** The value of the variable for the program; undefined when an env file may set it. */
function fromEnvironment(
  check: Check,
  { own }: Configuration,
  name: string | undefined,
  otherwise: string,
): string | undefined {
  if (name === undefined) return otherwise
  const { host, files } = check.facts
  const written = propertiesOf(own.get('env')?.value).get(name)
  if (written !== undefined) return textOf(written)
  const path = absolutePath(
    check.paths,
    textOf(own.get('envFile')) ?? '${workspaceFolder}/.env',
    check.paths.folder,
  )
  if (path === undefined || files.read(path)?.includes(name)) return undefined
  return lookUp(host.env, name, host.platform) ?? otherwise
}

function option(args: readonly string[], names: readonly string[]): string | undefined {
  for (const [index, argument] of args.entries()) {
    if (names.includes(argument)) return args[index + 1]
    const name = names.find(each => argument.startsWith(`${each}=`))
    if (name !== undefined) return argument.slice(name.length + 1)
  }
  return undefined
}

function portText(property: Property | undefined): string | undefined {
  const value = property?.value
  return value?.type === 'number' ? String(value.value) : textOf(property)
}
