import { resolve as resolvePath } from 'node:path'
import { DiagnosticSeverity } from 'vscode-languageserver-types'
import { createLauncher } from '../launching/launcher'
import type { Ui } from '../launching/machine'
import type { ResolveResult } from '../protocol'
import { StartRefused } from '../sessions/startError'
import { diskFiles } from '../workspace/disk'
import { inputAnswers, openWorkspace, parse } from './arguments'
import { type Command, type Machine, UsageError } from './command'
import { type Breakpoints, runSession } from './consoleClient'
import { launchingParts } from './launching'
import { exitCodeOf, writeRefusal } from './refusal'
import { lineNumber, problemLine } from './resolve'
import { stopOnSignal } from './signals'
import { styleOf } from './style'

/** `launch-ls run NAME`: starts a configuration, prints its output and each stop; ends with the program's exit code. */
export const run: Command = async (args, machine) => {
  const { values, positionals } = parse(args, {
    'no-debug': { type: 'boolean' },
    break: { type: 'string', multiple: true },
    input: { type: 'string', multiple: true },
    file: { type: 'string' },
    json: { type: 'boolean' },
  })
  const [name] = positionals
  if (name === undefined || positionals.length > 1) throw new UsageError('run takes one NAME.')
  const noDebug = values['no-debug'] === true
  const breakpoints = breakpointsOf(values.break ?? [], machine)
  if (noDebug && breakpoints.size > 0) machine.error.write('--no-debug: nothing stops at a --break.\n')
  const parts = launchingParts(machine, openWorkspace(values, machine))
  const stop = stopOnSignal(parts.close, machine)
  try {
    const params = {
      configuration: name,
      noDebug,
      inputs: inputAnswers(values.input),
      ...(values.file === undefined ? {} : { editor: { file: resolvePath(machine.host.cwd, values.file) } }),
    }
    const launcher = createLauncher(parts)
    tellWarnings(launcher.resolve(params), machine)
    const result = await launcher.start(params, terminalUi(machine), stop.signal)
    for (const refused of result.refused ?? []) writeRefusal(refused, machine, false)
    const client = {
      machine,
      broker: await parts.broker(),
      breakpoints: noDebug ? new Map() : breakpoints,
      style: styleOf(machine),
      hasTerminal: machine.input.isTTY === true,
    }
    const codes = await Promise.all(
      result.sessions.map(({ configuration }) => runSession(client, { ...configuration })),
    )
    if (stop.signal.aborted) return 130
    return codes.find(code => code !== 0) ?? (result.refused === undefined ? 0 : 1)
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error
    if (stop.signal.aborted) return 130
    writeRefusal(error.error, machine, values.json === true)
    return exitCodeOf(error.error)
  } finally {
    stop.forget()
    await parts.close()
  }
}

/** What `resolve` would say, but for what refuses the start: that is told by the refusal. */
function tellWarnings({ items }: ResolveResult, machine: Machine): void {
  const style = styleOf(machine)
  for (const { name, problems } of items) {
    for (const problem of problems.filter(({ severity }) => severity !== DiagnosticSeverity.Error)) {
      const of = items.length > 1 ? `${name}: ` : ''
      machine.error.write(`${of}${problemLine(problem, style)}\n`)
    }
  }
}

/** `--break FILE:LINE`, as often as needed. */
function breakpointsOf(given: readonly string[], machine: Machine): Breakpoints {
  const found = new Map<string, number[]>()
  for (const text of given) {
    const [, file, line] = /^(.+):([^:]+)$/.exec(text) ?? []
    if (file === undefined || line === undefined)
      throw new UsageError(`--break takes FILE:LINE, not '${text}'.`)
    const path = resolvePath(machine.host.cwd, file)
    if (diskFiles.kind(path) !== 'file') throw new UsageError(`--break ${text}: there is no file ${path}.`)
    found.set(path, [...(found.get(path) ?? []), lineNumber(line)])
  }
  return found
}

/** Without an editor nothing can be asked; what would be is named by the refusal, which says how to give it. */
function terminalUi(machine: Machine): Ui {
  return {
    ask: () => Promise.resolve(undefined),
    runCommand: () => undefined,
    progress: () => undefined,
    output: ({ text, stream }) => void (stream === 'stdout' ? machine.output : machine.error).write(text),
  }
}
