import { dirname, join, resolve } from 'node:path'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { diskFiles } from '../workspace/disk'
import { NOTHING_OPEN } from '../workspace/documents'
import { uriOf } from '../workspace/paths'
import { createWorkspace, type Workspace } from '../workspace/workspace'
import { type Machine, UsageError } from './command'

type Options = NonNullable<ParseArgsConfig['options']>

/** Flags that every subcommand has. */
const COMMON = {
  folder: { type: 'string', multiple: true },
  workspace: { type: 'string' },
  python: { type: 'string' },
} as const satisfies Options

/** Parses a subcommand's arguments; wrong ones are a UsageError that names the flag. */
export function parse<const O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options: { ...COMMON, ...options }, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

export interface Common {
  readonly folder?: string[] | undefined
  readonly workspace?: string | undefined
  readonly python?: string | undefined
}

/**
 * The workspace that the flags name: `--folder` (several: a multi-root workspace), `--workspace FILE.code-workspace`,
 * else the nearest parent of `from` that has a .vscode/launch.json.
 */
export function openWorkspace(flags: Common, machine: Machine, from = machine.host.cwd): Workspace {
  const workspace = createWorkspace(NOTHING_OPEN)
  const file = workspaceFile(flags, machine)
  const named = (flags.folder ?? []).map(folder => resolve(machine.host.cwd, folder))
  for (const folder of named) {
    if (diskFiles.kind(folder) !== 'folder') throw new UsageError(`There is no folder ${folder}.`)
  }
  const folders = named.length > 0 || file !== undefined ? named : [nearestFolder(from)]
  workspace.open(
    folders.map(folder => ({ uri: uriOf(folder) })),
    settingsOf(flags, file),
  )
  return workspace
}

/** The file that `--workspace` names. */
export function workspaceFile({ workspace }: Common, { host }: Machine): string | undefined {
  if (workspace === undefined) return undefined
  const file = resolve(host.cwd, workspace)
  if (diskFiles.kind(file) !== 'file') throw new UsageError(`There is no file ${file}.`)
  return file
}

/** What the flags say, as an editor's settings would. */
export function settingsOf({ python }: Common, file: string | undefined): object {
  return {
    ...(file === undefined ? {} : { workspaceFile: file }),
    ...(python === undefined ? {} : { 'python.defaultInterpreterPath': python }),
  }
}

function nearestFolder(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (diskFiles.kind(join(folder, '.vscode', 'launch.json')) === 'file') return folder
    if (folder === dirname(folder)) {
      throw new UsageError(
        `Neither ${from} nor a folder above it has a .vscode/launch.json. Name one with --folder DIR.`,
      )
    }
  }
}

/** `--input ID=VALUE`, as often as needed; `where` is what an editor calls it. */
export function inputAnswers(
  given: readonly string[] | undefined,
  where = '--input',
): Record<string, string> {
  return Object.fromEntries(
    (given ?? []).map(text => {
      const equals = text.indexOf('=')
      if (equals < 1) throw new UsageError(`${where} takes ID=VALUE, not '${text}'.`)
      return [text.slice(0, equals), text.slice(equals + 1)]
    }),
  )
}
