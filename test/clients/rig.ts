import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { eventually } from '../support/eventually'

export interface Rig {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** A folder that the command lines of all that the rig starts contain; it is also HOME. */
  readonly folder: string
  /** Files to show when the rig fails. */
  readonly logs?: readonly string[]
}

/**
 * Runs a script inside an editor. It has passed when the editor ends with 0 and its last line is PASS: the code alone
 * says nothing, because a headless Neovim ends with 0 at a prompt that nobody answers. Afterwards nothing of it may run.
 */
export async function runRig(rig: Rig): Promise<void> {
  const { code, stdout, stderr } = await runEditor(rig)
  const passed = code === 0 && stdout.trimEnd().split('\n').at(-1) === 'PASS'
  const left = await remaining(rig.folder)
  if (passed && left.length === 0) return
  const logs = (rig.logs ?? []).map(file => `\n--- ${file}\n${tail(file)}`).join('')
  const rest = left.length === 0 ? '' : `\nstill running:\n${left.map(({ line }) => line).join('\n')}`
  for (const { pid } of left) process.kill(pid, 'SIGKILL')
  throw new Error(`exit code ${code}${rest}\n${stdout}\n${stderr}${logs}`)
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

/** Processes with the folder in their command line that do not end by themselves soon (Linux; elsewhere none). */
async function remaining(folder: string): Promise<readonly Running[]> {
  let left: readonly Running[] = []
  const ended = eventually('end of all processes', () => {
    left = processes().filter(({ line }) => line.includes(folder))
    return left.length === 0
  })
  await ended.catch(() => undefined)
  return left
}

interface Running {
  readonly pid: number
  readonly line: string
}

function processes(): readonly Running[] {
  if (process.platform !== 'linux') return []
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
  return pids.map(pid => ({ pid: Number(pid), line: tail(`/proc/${pid}/cmdline`).replaceAll('\0', ' ') }))
}

function tail(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(-4000)
  } catch {
    return ''
  }
}
