import { resolve as resolvePath } from 'node:path'
import { createLauncher } from '../launching/launcher'
import type { ResolvedConfiguration, ResolveParams, ResolveProblem } from '../protocol'
import { StartRefused } from '../sessions/startError'
import { pathOf } from '../workspace/paths'
import { inputAnswers, openWorkspace, parse } from './arguments'
import { type Command, type Machine, UsageError } from './command'
import { launchingParts } from './launching'
import { exitCodeOf, writeRefusal } from './refusal'
import { type Style, styleOf } from './style'

/** `launch-ls resolve NAME`: what debugpy would get, and where each value comes from. */
export const resolve: Command = async (args, machine) => {
  const { values, positionals } = parse(args, {
    file: { type: 'string' },
    line: { type: 'string' },
    input: { type: 'string', multiple: true },
    reveal: { type: 'boolean' },
    json: { type: 'boolean' },
  })
  const [name] = positionals
  if (name === undefined || positionals.length > 1) throw new UsageError('resolve takes one NAME.')
  const file = values.file === undefined ? {} : { file: resolvePath(machine.host.cwd, values.file) }
  const line = values.line === undefined ? {} : { line: lineNumber(values.line) }
  const params: ResolveParams = {
    configuration: name,
    editor: { ...file, ...line },
    inputs: inputAnswers(values.input),
    reveal: values.reveal === true,
  }
  try {
    const result = createLauncher(launchingParts(machine, openWorkspace(values, machine))).resolve(params)
    if (values.json) machine.output.write(`${JSON.stringify(result, null, 2)}\n`)
    else for (const item of result.items) writePage(item, machine)
    return result.items.some(({ problems }) => problems.some(({ severity }) => severity === 1)) ? 1 : 0
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error
    writeRefusal(error.error, machine, values.json === true)
    return exitCodeOf(error.error)
  }
}

export function lineNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new UsageError(`A line is a number from 1, not '${text}'.`)
  return Number(text)
}

/** One line a value: its path, the value, and behind it where it comes from. */
function writePage(item: ResolvedConfiguration, machine: Machine): void {
  const { name, configuration, origins, problems, interpreter } = item
  const style = styleOf(machine)
  machine.output.write(`${style.bold(name)}\n`)
  if (interpreter !== undefined) {
    const version = interpreter.version === undefined ? '' : ` ${interpreter.version}`
    const line = `  runs with Python${version} ${interpreter.path}: ${interpreter.reason}`
    machine.output.write(`${style.dim(line)}\n`)
  }
  const sources = new Map(origins.map(origin => [JSON.stringify(origin.path), sourceOf(origin)]))
  const rows = leaves(configuration, []).map(({ path, value }) => ({
    key: path.join('.'),
    value: JSON.stringify(value),
    source: nearestSource(sources, path),
  }))
  const width = Math.max(0, ...rows.map(({ key }) => key.length))
  for (const { key, value, source } of rows) {
    machine.output.write(`  ${style.blue(key.padEnd(width))}  ${value}  ${style.dim(source)}\n`)
  }
  for (const problem of problems) machine.output.write(`  ${problemLine(problem, style)}\n`)
}

export function problemLine({ severity, code, message }: ResolveProblem, style: Style): string {
  return `${severityWord(severity, style)} ${message} ${style.dim(`[${code}]`)}`
}

type Path = readonly (string | number)[]

/** Lists are shown whole: their elements mean little alone. */
function leaves(value: unknown, path: Path): { path: Path; value: unknown }[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ path, value }]
  const entries = Object.entries(value)
  if (entries.length === 0) return path.length === 0 ? [] : [{ path, value }]
  return entries.flatMap(([key, inner]) => leaves(inner, [...path, key]))
}

function nearestSource(sources: ReadonlyMap<string, string>, path: Path): string {
  for (let length = path.length; length > 0; length -= 1) {
    const source = sources.get(JSON.stringify(path.slice(0, length)))
    if (source !== undefined) return source
  }
  return ''
}

function sourceOf({ kind, location }: ResolvedConfiguration['origins'][number]): string {
  if (location === undefined) return kind
  const words = kind === 'platform' ? 'platform section, ' : ''
  return `${words}${pathOf(location.uri)}:${location.range.start.line + 1}`
}

function severityWord(severity: number, style: Style): string {
  if (severity === 1) return style.red('error')
  return severity === 2 ? style.yellow('warning') : style.blue('note')
}
