import type { Node } from 'jsonc-parser'
import { type Property, propertiesOf, stringNodes, textOf } from '../properties'
import type { Check, Configuration } from './check'

/** Two members of a compound that want the same port: the second of them fails. */
export function checkPorts(check: Check): void {
  const list = propertiesOf(check.document.section).get('compounds')?.value
  for (const compound of list?.type === 'array' ? (list.children ?? []) : []) {
    const users = new Map<string, Node>()
    for (const member of propertiesOf(compound).get('configurations')?.value?.children ?? []) {
      const configuration = check.configurations.find(each => each.isPython && each.name === nameOf(member))
      const port = configuration === undefined ? undefined : wantedPort(configuration)
      if (port === undefined || configuration === undefined) continue
      const first = users.get(port)
      if (first === undefined) users.set(port, member)
      else reportPort(check, member, first, port)
    }
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

/** The port that a configuration occupies, as far as it says so; servers by their own default. */
function wantedPort(configuration: Configuration): string | undefined {
  if (configuration.request === 'attach') {
    const address = configuration.own.get('connect') ?? configuration.own.get('listen')
    return portText(propertiesOf(address?.value).get('port')) ?? portText(configuration.own.get('port'))
  }
  const args = stringNodes(configuration.own.get('args')?.value).map(node => String(node.value))
  const module = textOf(configuration.own.get('module'))
  const program = textOf(configuration.own.get('program'))
  if (module === 'uvicorn') return uvicornPort(args)
  if (module === 'flask' && args.includes('run')) return option(args, ['--port', '-p']) ?? '5000'
  if (module === 'http.server') return args.find(each => /^\d+$/.test(each)) ?? '8000'
  if (program?.endsWith('manage.py') && args[0] === 'runserver') {
    const address = args.slice(1).find(each => !each.startsWith('-'))
    return address === undefined ? '8000' : /(?:^|:)(\d+)$/.exec(address)?.[1]
  }
  return undefined
}

function uvicornPort(args: readonly string[]): string | undefined {
  if (args.some(each => each.startsWith('--uds') || each.startsWith('--fd'))) return undefined
  return option(args, ['--port']) ?? '8000'
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
  if (value?.type === 'number') return String(value.value)
  const text = textOf(property)
  return text !== undefined && /^\d+$/.test(text) ? text : undefined
}
