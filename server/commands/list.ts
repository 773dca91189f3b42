import { listConfigurations } from '../features/configurations'
import type { ConfigurationItem } from '../protocol'
import { pathOf } from '../workspace/paths'
import { openWorkspace, parse } from './arguments'
import type { Command, Machine } from './command'
import { shown } from './places'
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
  for (const item of items) {
    const { name, type, request = '', hidden } = item
    const isAmbiguous = items.filter(each => each.name === name).length > 1
    const place = isAmbiguous ? `  in ${placeOf(item, machine)}` : ''
    machine.output.write(
      `${style.bold(name.padEnd(width))}  ${style.dim(`${type} ${request}${hidden ? ' (hidden)' : ''}${place}`)}\n`,
    )
  }
  if (items.length === 0) machine.error.write('No configurations.\n')
  return items.length > 0 ? 0 : 2
}

/** As `--folder` takes it; of what belongs to all folders the file. */
function placeOf({ folder, location }: ConfigurationItem, machine: Machine): string {
  return shown(pathOf(folder === '' ? location.uri : folder), machine)
}
