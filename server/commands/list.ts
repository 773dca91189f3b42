import { listConfigurations } from '../features/configurations'
import { openWorkspace, parse } from './arguments'
import type { Command } from './command'
import { styleOf } from './style'

/**
 * `launch-ls list`: configurations and compounds, as `debug/configurations` answers. `--names`: the name of each that
 * is not hidden, one a line, for editors that offer them.
 */
export const list: Command = async (args, machine) => {
  const { values } = parse(args, { json: { type: 'boolean' }, names: { type: 'boolean' } })
  const items = listConfigurations(openWorkspace(values, machine), machine.host.platform, () => [], {})
  if (values.json) {
    machine.output.write(`${JSON.stringify({ items }, null, 2)}\n`)
    return 0
  }
  if (values.names) {
    for (const { name, hidden } of items) if (!hidden) machine.output.write(`${name}\n`)
    return items.length > 0 ? 0 : 2
  }
  const style = styleOf(machine)
  const width = Math.max(0, ...items.map(({ name }) => name.length))
  for (const { name, type, request = '', hidden } of items) {
    machine.output.write(
      `${style.bold(name.padEnd(width))}  ${style.dim(`${type} ${request}${hidden ? ' (hidden)' : ''}`)}\n`,
    )
  }
  if (items.length === 0) machine.error.write('No configurations.\n')
  return items.length > 0 ? 0 : 2
}
