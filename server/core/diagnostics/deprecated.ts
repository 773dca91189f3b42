import { meantFlag } from '../attributeMeaning'
import { configurationAttribute } from '../attributes'
import { spanOf } from '../json'
import { gapBefore, jsonText, mergeProperties, removeChild, replaceNode } from '../jsonEdit'
import type { Fix } from '../problem'
import { type Property, stringNodes, textOf } from '../properties'
import type { Check, Scope, ScopeRule } from './check'

/** What earlier debuggers called things: it works, and one fix writes it as it is written today. */
export const checkDeprecated: ScopeRule = (scope, _configuration, check) => {
  for (const property of scope.own.values()) {
    const attribute = configurationAttribute(property.name)
    if (attribute?.deprecated === undefined) continue
    const fix = MODERNISE[property.name]?.(check, scope, property)
    const message = `"${property.name}" is of an earlier debugger. ${attribute.deprecated.message}`
    check.report('deprecated-attribute', property.key, message, {
      tags: ['deprecated'],
      fixes: fix === undefined ? [] : [{ ...fix, preferred: true }],
    })
  }
}

type Modernise = (check: Check, scope: Scope, property: Property) => Fix | undefined

const MODERNISE: Readonly<Record<string, Modernise>> = {
  pythonPath: (check, scope, property) =>
    scope.get('python') === undefined
      ? { title: 'Rename to "python"', edits: [replaceNode(property.key, 'python')] }
      : { title: 'Remove "pythonPath"', edits: removeChild(check.text, property.node) },
  host: toConnect,
  port: toConnect,
  localRoot: toMappings,
  remoteRoot: toMappings,
  debugStdLib: (check, scope, property) => {
    if (scope.get('justMyCode') !== undefined) {
      return { title: 'Remove "debugStdLib"', edits: removeChild(check.text, property.node) }
    }
    const value = property.value
    const isOn = value?.type === 'boolean' ? value.value : meantFlag(value?.value)
    if (value === undefined || typeof isOn !== 'boolean') return undefined
    return {
      title: `Change to "justMyCode": ${!isOn}`,
      edits: [replaceNode(property.key, 'justMyCode'), replaceNode(value, !isOn)],
    }
  },
  debugOptions: (check, scope, property) => {
    const names = stringNodes(property.value).flatMap(node => {
      const flag = FLAGS[String(node.value)]
      return flag === undefined || scope.get(flag[0]) !== undefined ? [] : [flag]
    })
    if (property.value?.type !== 'array') return undefined
    const written = [...new Map(names)].map(([name, value]) => `${jsonText(name)}: ${value}`)
    if (written.length === 0) {
      return { title: 'Remove "debugOptions"', edits: removeChild(check.text, property.node) }
    }
    const separator = `,${gapBefore(check.text, property.node)}`
    return {
      title: `Write ${written.join(', ')}`,
      edits: [{ span: spanOf(property.node), newText: written.join(separator) }],
    }
  },
  options: (check, _scope, property) => ({
    title: 'Remove "options"',
    edits: removeChild(check.text, property.node),
  }),
}

/** A flag of `debugOptions` as the attribute it is today; the others are set by the editor. */
const FLAGS: Readonly<Record<string, readonly [string, boolean]>> = {
  RedirectOutput: ['redirectOutput', true],
  Django: ['django', true],
  Jinja: ['jinja', true],
  Flask: ['jinja', true],
  Pyramid: ['pyramid', true],
  StopOnEntry: ['stopOnEntry', true],
  ShowReturnValue: ['showReturnValue', true],
  Sudo: ['sudo', true],
  Multiprocess: ['subProcess', true],
  DebugStdLib: ['justMyCode', false],
  WaitOnNormalExit: ['waitOnNormalExit', true],
  WaitOnAbnormalExit: ['waitOnAbnormalExit', true],
  BreakOnSystemExitZero: ['breakOnSystemExitZero', true],
}

function toConnect(check: Check, scope: Scope): Fix | undefined {
  if (scope.get('connect') !== undefined || scope.get('listen') !== undefined) return undefined
  const host = scope.own.get('host')
  const port = scope.own.get('port')
  if (port?.value === undefined) return undefined
  const address = { host: textOf(host) ?? 'localhost', port: port.value.value }
  const edits = mergeProperties(check.text, [host, port], 'connect', address)
  return { title: 'Change to "connect"', edits }
}

function toMappings(check: Check, scope: Scope): Fix | undefined {
  const local = scope.own.get('localRoot')
  const remote = scope.own.get('remoteRoot')
  const localRoot = textOf(local)
  const remoteRoot = textOf(remote)
  if (localRoot === undefined || remoteRoot === undefined || scope.get('pathMappings') !== undefined)
    return undefined
  const edits = mergeProperties(check.text, [local, remote], 'pathMappings', [{ localRoot, remoteRoot }])
  return { title: 'Change to "pathMappings"', edits }
}
