import { join } from 'node:path'
import { check } from './commands/check'
import type { Command, Machine } from './commands/command'
import { UsageError } from './commands/command'
import { dap } from './commands/dap'
import { GENERAL_HELP, HELP } from './commands/help'
import { list } from './commands/list'
import { watchOutput } from './commands/output'
import { resolve } from './commands/resolve'
import { run } from './commands/run'
import { serve } from './commands/serve'
import { thisHost } from './thisHost'
import { createStore, stateFolder } from './workspace/store'

/** Set by scripts/build.mjs from package.json. */
declare const LAUNCH_LS_VERSION: string

const COMMANDS: Readonly<Record<string, Command>> = { check, list, resolve, run, dap }

async function main(args: readonly string[], machine: Machine): Promise<number | undefined> {
  const [first, ...rest] = args
  if (args.includes('--version')) return say(`${LAUNCH_LS_VERSION}\n`)
  if (first === 'help' || args.includes('--help') || args.includes('-h'))
    return say(helpOf(first === 'help' ? rest[0] : first))
  const command = first !== undefined && Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined
  if (command !== undefined) return await command(rest, machine)
  if (first !== undefined && !first.startsWith('--')) throw new UsageError(`There is no command '${first}'.`)
  await serve(args, machine)
  return undefined
}

function thisMachine(): Machine {
  const host = thisHost()
  return {
    host,
    store: createStore(stateFolder(host)),
    version: LAUNCH_LS_VERSION,
    self: [process.execPath, join(__dirname, 'launch-ls.cjs')],
    bootFile: join(__dirname, 'boot.py'),
    pid: process.pid,
    input: process.stdin,
    output: process.stdout,
    error: process.stderr,
  }
}

function helpOf(name: string | undefined): string {
  return (name !== undefined && Object.hasOwn(HELP, name) ? HELP[name] : undefined) ?? GENERAL_HELP
}

function commandNamed(): readonly string[] {
  return Object.keys(COMMANDS).filter(name => name === process.argv[2])
}

function say(text: string): number {
  process.stdout.write(text)
  return 0
}

const machine = thisMachine()
const output = watchOutput(machine)

main(process.argv.slice(2), machine).then(
  code => {
    if (code !== undefined) process.exitCode = output.code() ?? code
  },
  (error: unknown) => {
    const usage = error instanceof UsageError
    process.stderr.write(`launch-ls: ${error instanceof Error ? error.message : String(error)}\n`)
    if (usage) process.stderr.write(`Try '${['launch-ls', ...commandNamed(), '--help'].join(' ')}'.\n`)
    process.exitCode = usage ? 2 : 1
  },
)
