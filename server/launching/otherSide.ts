import { isObject, type JsonObject } from '../core/json'
import type { CommandLineResult, PathMappingsResult, StartDebugParams } from '../protocol'
import { StartRefused } from '../sessions/startError'
import type { LaunchingParts } from './machine'
import { preview } from './preview'

/**
 * `debug/commandLine`: what to run on the other side of an attach configuration.
 * @throws StartRefused when it has no other side
 */
export function commandLine(parts: LaunchingParts, params: StartDebugParams): CommandLineResult {
  const args = resolvedArguments(parts, params)
  const { connect, listen } = args
  if (isObject(listen)) return { debugpy: debugpyLine('--connect', addressOf(listen), args) }
  const address = isObject(connect) ? addressOf(connect) : addressOf(args)
  if (args['request'] !== 'attach' || address === undefined) {
    throw new StartRefused({
      kind: 'invalidConfiguration',
      message: `'${String(args['name'])}' does not attach to a port: there is nothing to run on the other side.`,
      remedy: 'Use a configuration with "request": "attach" and "connect": { "host": …, "port": … }.',
    })
  }
  const isHere = HERE.includes(address.host)
  // The tunnel ends at the other machine's own loopback: nothing has to listen to its network.
  const debugpy = debugpyLine('--listen', { ...address, host: isHere ? address.host : '127.0.0.1' }, args)
  const { host, port } = address
  return isHere ? { debugpy } : { debugpy, ssh: `ssh -N -L ${port}:127.0.0.1:${port} ${quoted(host)}` }
}

/** `debug/pathMappings`: the mappings that the session will have. */
export function pathMappings(parts: LaunchingParts, params: StartDebugParams): PathMappingsResult {
  const { pathMappings: given } = resolvedArguments(parts, params)
  const mappings = Array.isArray(given) ? given.filter(isObject) : []
  return {
    pathMappings: mappings.map(({ localRoot, remoteRoot }) => ({
      localRoot: String(localRoot),
      remoteRoot: String(remoteRoot),
    })),
  }
}

function resolvedArguments(parts: LaunchingParts, params: StartDebugParams): JsonObject {
  const [item] = preview(parts, { ...params, reveal: true }).items
  return { ...item?.configuration, name: item?.name }
}

const HERE = ['localhost', '127.0.0.1', '::1', '']

interface Address {
  readonly host: string
  readonly port: number
}

function addressOf({ host, port }: JsonObject): Address | undefined {
  const number = Number(port)
  if (port === undefined || port === null || !Number.isInteger(number)) return undefined
  return { host: typeof host === 'string' ? host : '127.0.0.1', port: number }
}

function debugpyLine(flag: string, address: Address | undefined, { subProcess }: JsonObject): string {
  const { host, port } = address ?? { host: '127.0.0.1', port: 5678 }
  const wait = flag === '--listen' ? ' --wait-for-client' : ''
  const children = subProcess === false ? ' --configure-subProcess False' : ''
  return `python -m debugpy ${flag} ${quoted(host)}:${port}${wait}${children} PROGRAM.py`
}

function quoted(word: string): string {
  return /^[\w.:@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
