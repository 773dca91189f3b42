import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { eventually } from '../support/eventually'
import type { TestFolder } from '../support/folder'
import type { Step } from './conformance/scenarios'

export interface Rig {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** HOME: what the rig starts is known by it. */
  readonly folder: string
  /** Files to show when the rig fails. */
  readonly logs?: readonly string[]
  /** The rig kills its editor, after this as its last line; without it, it ends with PASS. */
  readonly killedAfter?: string | undefined
}

/**
 * Runs a script inside an editor. It has passed when the editor ends with 0 and its last line is PASS: the code alone
 * says nothing, because a headless Neovim ends with 0 at a prompt that nobody answers. Afterwards nothing of it may run.
 */
export async function runRig(rig: Rig): Promise<void> {
  const { code, stdout, stderr } = await runEditor(rig)
  const last = stdout.trimEnd().split('\n').at(-1)
  const passed = rig.killedAfter === undefined ? code === 0 && last === 'PASS' : last === rig.killedAfter
  const left = await remaining(rig.folder)
  if (passed && left.length === 0) return
  const logs = (rig.logs ?? []).map(file => `\n--- ${file}\n${contents(file).slice(-4000)}`).join('')
  const rest = left.length === 0 ? '' : `\nstill running:\n${left.map(({ line }) => line).join('\n')}`
  for (const { pid } of left) process.kill(pid, 'SIGKILL')
  throw new Error(`exit code ${code}${rest}\n${stdout}\n${stderr}${logs}`)
}

/** What a rig that plays the steps of a scenario gets; its last line is `killed` when it kills its editor. */
export function stepsOf(folder: TestFolder, steps: readonly Step[] | undefined) {
  if (steps === undefined) return { env: {} }
  const file = folder.write('steps.json', JSON.stringify(steps))
  return { env: { RIG_STEPS: file }, killedAfter: steps.at(-1)?.[0] === 'kill' ? 'killed' : undefined }
}

/** Ends and tells what of the folder does not end by itself. */
export async function nothingLeft(folder: string): Promise<void> {
  const left = await remaining(folder)
  for (const { pid } of left) process.kill(pid, 'SIGKILL')
  if (left.length > 0) throw new Error(`still running:\n${left.map(({ line }) => line).join('\n')}`)
}

/** Longer than a rig's own deadlines; only an editor that is blocked meets it. */
const DEADLINE = 50_000

async function runEditor({ command, args, env, folder }: Rig) {
  const child = spawn(command, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', ...env, HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', text => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', text => (stderr += text))
  const deadline = setTimeout(() => child.kill('SIGKILL'), DEADLINE)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  clearTimeout(deadline)
  return { code, stdout, stderr }
}

/** Processes with the folder in their command line or environment that do not end by themselves soon (on Linux). */
async function remaining(folder: string): Promise<readonly Running[]> {
  let left: readonly Running[] = []
  const ended = eventually('end of all processes', () => {
    left = processes().filter(
      ({ line, environment }) => line.includes(folder) || environment.includes(folder),
    )
    return left.length === 0
  })
  await ended.catch(() => undefined)
  return left
}

interface Running {
  readonly pid: number
  readonly line: string
  readonly environment: string
}

function processes(): readonly Running[] {
  if (process.platform !== 'linux') return []
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
  return pids.map(pid => ({
    pid: Number(pid),
    line: contents(`/proc/${pid}/cmdline`).replaceAll('\0', ' '),
    environment: contents(`/proc/${pid}/environ`),
  }))
}

function contents(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
