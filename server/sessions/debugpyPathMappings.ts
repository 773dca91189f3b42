import { isObject, type JsonObject } from '../core/json'
import {
  type DebugpyFacts,
  put,
  type Refused,
  refused,
  smallDrive,
  type WorkingDraft,
  withWorkspaceFolder,
} from './debugpyDraft'

export function isLocalHost(host: unknown): boolean {
  return typeof host === 'string' && ['localhost', '127.0.0.1', '::1'].includes(host.toLowerCase())
}

/** Of a launch: those that are written, and none without a folder. Returned: why they are of no use. */
export function launchPathMappings(
  draft: WorkingDraft,
  folder: string | undefined,
  facts: DebugpyFacts,
): Refused | undefined {
  const { pathMappings } = draft.arguments
  if (!pathMappings) return undefined
  if (typeof pathMappings !== 'string' && !Array.isArray(pathMappings)) {
    put(draft, 'pathMappings', undefined)
    return undefined
  }
  const fixed = pathMappings.length === 0 ? [] : fixUp(pathMappings, folder, facts)
  return putMappings(draft, fixed)
}

/**
 * Of an attach: those that are written and the older `localRoot` with `remoteRoot`; on this machine, where nothing is
 * written, the folder to itself.
 */
export function attachPathMappings(
  draft: WorkingDraft,
  folder: string | undefined,
  facts: DebugpyFacts,
): Refused | undefined {
  const { pathMappings, localRoot, remoteRoot, host } = draft.arguments
  let mappings: unknown = pathMappings || []
  if (localRoot && remoteRoot) {
    if (!Array.isArray(mappings)) return notList()
    mappings = [...mappings, { localRoot, remoteRoot }]
  }
  if (isLocalHost(host)) return putMappings(draft, fixUp(mappings, folder, facts))
  if (typeof mappings === 'string') return undefined
  return putMappings(draft, Array.isArray(mappings) ? mappings : [])
}

function putMappings(draft: WorkingDraft, mappings: readonly unknown[] | Refused): Refused | undefined {
  if ('kind' in mappings) return mappings
  const { pathMappings: written, localRoot } = draft.arguments
  const isWritten = Array.isArray(written) && written.length > 0
  const value = mappings.length > 0 ? mappings : undefined
  if (isWritten) {
    // Places in the list stay what they are.
    if (value === undefined) delete draft.arguments['pathMappings']
    else draft.arguments['pathMappings'] = value
  } else put(draft, 'pathMappings', value, localRoot ? { kind: 'written', key: 'localRoot' } : undefined)
  return undefined
}

function fixUp(mappings: unknown, folder: string | undefined, facts: DebugpyFacts): unknown[] | Refused {
  if (folder === undefined || folder === '') return []
  if (!Array.isArray(mappings)) return notList()
  if (mappings.length === 0) return [{ localRoot: folder, remoteRoot: folder }]
  const fixed: unknown[] = []
  for (const [index, mapping] of mappings.entries()) {
    if (mapping === null) {
      return refused('wrong-type', 'A path mapping must be an object.', ['pathMappings', index])
    }
    const { localRoot, remoteRoot }: JsonObject = isObject(mapping) ? mapping : {}
    if (localRoot && typeof localRoot !== 'string') {
      return refused('wrong-type', '"localRoot" must be a text.', ['pathMappings', index, 'localRoot'])
    }
    const local = typeof localRoot === 'string' ? withWorkspaceFolder(localRoot, folder) : ''
    fixed.push({ localRoot: smallDrive(local, facts), ...(remoteRoot === undefined ? {} : { remoteRoot }) })
  }
  return fixed
}

function notList(): Refused {
  return refused('wrong-type', '"pathMappings" must be a list.', ['pathMappings'])
}
