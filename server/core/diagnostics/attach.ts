import type { Node } from 'jsonc-parser'
import { insertProperty, mergeProperties, replaceNode } from '../jsonEdit'
import { type Property, propertiesOf, textOf } from '../properties'
import type { Check, Scope, ScopeRule } from './check'

/** Where an attach goes, and whether breakpoints will be found there. */
export const checkAttach: ScopeRule = (scope, configuration, check) => {
  checkPort(check, scope.own.get('port'), 1)
  checkPort(check, scope.own.get('debugServer'), 1, 'warning')
  for (const name of ['connect', 'listen']) {
    const address = propertiesOf(scope.own.get(name)?.value)
    checkPort(check, address.get('port'), name === 'listen' ? 0 : 1)
    checkHost(check, name, address.get('host'))
  }
  checkHost(check, 'connect', scope.own.get('host'))
  checkProcess(check, scope.own.get('processId'))
  if (configuration.request !== 'attach' || scope.system !== undefined) return
  if (!configuration.scopes.some(hasTarget)) reportNowhere(check, scope)
  if (!configuration.scopes.some(hasMappings)) checkRemote(check, scope)
  checkRestart(check, scope)
}

function hasTarget(scope: Scope): boolean {
  return ['connect', 'listen', 'port', 'processId', 'debugServer'].some(name => {
    const value = scope.own.get(name)?.value
    return value !== undefined && value.type !== 'null'
  })
}

function hasMappings(scope: Scope): boolean {
  return scope.own.has('pathMappings') || (scope.own.has('localRoot') && scope.own.has('remoteRoot'))
}

function checkPort(
  check: Check,
  property: Property | undefined,
  lowest: number,
  severity: 'error' | 'warning' = 'error',
): void {
  const node = property?.value
  const text = textOf(property)
  if (node === undefined || node.type === 'null' || text?.includes('${')) return
  const port = wholeNumber(node)
  if (port !== undefined && port >= lowest && port <= 65_535) return
  const harm = severity === 'error' ? 'the start is refused' : 'VS Code cannot connect'
  check.report('invalid-port', node, `A port is a whole number from 1 to 65535: ${harm}.`, { severity })
}

/** Written as a number or in a text. */
function wholeNumber({ type, value }: Node): number | undefined {
  if (type === 'string' && !/^\s*\d+\s*$/.test(String(value))) return undefined
  const number = type === 'string' || type === 'number' ? Number(value) : Number.NaN
  return Number.isSafeInteger(number) ? number : undefined
}

function checkHost(check: Check, name: string, host: Property | undefined): void {
  const text = textOf(host)
  const [, plain] = /^(?:\w+:\/\/)?([\w.-]+)(?::\d+)?\/?$/.exec(text ?? '') ?? []
  if (host?.value !== undefined && plain !== undefined && plain !== text) {
    const message =
      '"host" is a name or an address alone, without http:// and without a port: nothing answers there.'
    check.report('invalid-value', host.value, message, {
      fixes: [{ title: `Change to "${plain}"`, edits: [replaceNode(host.value, plain)], preferred: true }],
    })
    return
  }
  if (host?.value === undefined || text === undefined || !ANY.has(text)) return
  const fix = {
    title: 'Change to "127.0.0.1"',
    edits: [replaceNode(host.value, '127.0.0.1')],
    preferred: true,
  }
  if (name === 'connect') {
    const message =
      `${text} is an address to listen on, not one to connect to: some systems take it for this machine, others ` +
      'fail. Name the machine.'
    const severity = check.facts.host.platform === 'win32' ? 'warning' : 'information'
    check.report('connect-to-any', host.value, message, { severity, fixes: [fix] })
    return
  }
  const message = `On ${text} everyone who reaches this machine can connect, and run code with your rights.`
  check.report('listen-on-any', host.value, message, { fixes: [{ ...fix, isGuess: true }] })
}

const ANY: ReadonlySet<string> = new Set(['0.0.0.0', '::', '*'])

function checkProcess(check: Check, process: Property | undefined): void {
  const node = process?.value
  if (node === undefined || (node.type !== 'number' && node.type !== 'string')) return
  if (String(node.value).includes('${') || (wholeNumber(node) ?? 0) > 0) return
  const message =
    'A process is named by its number, or picked with "${command:pickProcess}": the start is refused.'
  check.report('invalid-value', node, message, {
    severity: 'error',
    fixes: [
      {
        title: 'Pick the process at each start',
        edits: [replaceNode(node, '${command:pickProcess}')],
        preferred: true,
        isGuess: true,
      },
    ],
  })
}

function reportNowhere(check: Check, scope: Scope): void {
  const place = scope.own.get('request')?.value ?? { offset: scope.node.offset, length: 1 }
  const message =
    'An attach needs to know where to: add "connect" with a port, "listen", or "processId". Without one the start ' +
    'is refused.'
  const host = scope.own.get('host')
  const address = { host: textOf(host) ?? 'localhost', port: 5678 }
  const edits =
    host === undefined
      ? [insertProperty(check.text, scope.node, 'connect', address, scope.own.get('request')?.node)]
      : mergeProperties(check.text, [host], 'connect', address)
  const empty = ['connect', 'port', 'listen', 'processId'].some(name => scope.own.has(name))
  check.report('missing-target', place, message, {
    severity: 'error',
    fixes: empty ? [] : [{ title: 'Add "connect"', edits, preferred: true, isGuess: true }],
  })
}

/** An unmapped path of another machine: breakpoints are shown as set and never hit. */
function checkRemote(check: Check, scope: Scope): void {
  const host = propertiesOf(scope.own.get('connect')?.value).get('host') ?? scope.own.get('host')
  const text = textOf(host)
  if (host?.value === undefined || text === undefined || text === '' || text.includes('${')) return
  if (isThisMachine(text) || ANY.has(text) || /[/]|\w:\d+$/.test(text)) return
  const message =
    `On ${text} the sources may stand elsewhere: without "pathMappings" breakpoints are then shown as set and never ` +
    'hit.'
  check.report('remote-without-mappings', host.value, message)
}

export function isThisMachine(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|::1|\[::1\])$/i.test(host)
}

function checkRestart(check: Check, scope: Scope): void {
  const restart = scope.own.get('restart')
  if (restart?.value?.value !== true || scope.own.has('listen')) return
  const message = '"restart" works with "listen" only: here the session ends with the program.'
  check.report('without-effect', restart.key, message, { tags: ['unnecessary'] })
}
