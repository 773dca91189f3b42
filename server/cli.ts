import { homedir } from 'node:os'
import { join } from 'node:path'
import { check } from './commands/check'
import type { Command, Machine } from './commands/command'
import { UsageError } from './commands/command'
import { dap } from './commands/dap'
import { list } from './commands/list'
import { resolve } from './commands/resolve'
import { run } from './commands/run'
import { serve } from './commands/serve'
import type { Host, Platform } from './core/host'
import { createStore, stateFolder } from './workspace/store'

/** Set by scripts/build.mjs from package.json. */
declare const LAUNCH_LS_VERSION: string

const HELP = `launch-ls: VS Code's Python debugging for every editor

usage: launch-ls [--stdio | --socket=PORT | --pipe=NAME | --node-ipc]    the language server
       launch-ls check [PATH…] [--format text|json|sarif] [--severity error|warning|info|hint]
       launch-ls list [--json | --names]
       launch-ls resolve NAME [--file F] [--line N] [--input ID=VALUE]… [--reveal] [--json]
       launch-ls run NAME [--no-debug] [--break FILE:LINE]… [--input ID=VALUE]…
       launch-ls dap [--folder DIR]             a debug adapter on stdio, for editors without the language server
       launch-ls dap --connect HOST:PORT        a pipe between stdio and an endpoint

common: --folder DIR (default: the nearest parent with .vscode/launch.json), --help, --version
`

const COMMANDS: Readonly<Record<string, Command>> = { check, list, resolve, run, dap }

async function main(args: readonly string[]): Promise<number | undefined> {
  const [first, ...rest] = args
  if (args.includes('--version')) return say(`${LAUNCH_LS_VERSION}\n`)
  if (args.includes('--help') || first === 'help') return say(HELP)
  const machine = thisMachine()
  const command = first === undefined ? undefined : COMMANDS[first]
  if (command !== undefined) return await command(rest, machine)
  if (first !== undefined && !first.startsWith('--')) throw new UsageError(`There is no command '${first}'.`)
  serve(args, machine)
  return undefined
}

function thisMachine(): Machine {
  const host: Host = {
    platform: platform(),
    env: { ...process.env },
    homeDir: homedir(),
    cwd: process.cwd(),
  }
  return {
    host,
    store: createStore(stateFolder(host)),
    version: LAUNCH_LS_VERSION,
    self: [process.execPath, __filename],
    bootFile: join(__dirname, 'boot.py'),
    pid: process.pid,
    input: process.stdin,
    output: process.stdout,
    error: process.stderr,
  }
}

/** Other Unixes (FreeBSD …) behave as Linux does for everything asked here. */
function platform(): Platform {
  return process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux'
}

function say(text: string): number {
  process.stdout.write(text)
  return 0
}

main(process.argv.slice(2)).then(
  code => {
    if (code !== undefined) process.exitCode = code
  },
  (error: unknown) => {
    const usage = error instanceof UsageError
    process.stderr.write(`launch-ls: ${error instanceof Error ? error.message : String(error)}\n`)
    if (usage) process.stderr.write("Try 'launch-ls --help'.\n")
    process.exitCode = usage ? 2 : 1
  },
)
