import { execFile } from 'node:child_process'
import type { Files, Host } from '../core/host'

/** A running process, as the pick of `${command:pickProcess}` shows it. */
export interface RunningProcess {
  readonly pid: number
  readonly name: string
  readonly commandLine: string
}

/**
 * The processes of this machine, the newest first as in VS Code's list; the server's own is left out. Linux is read
 * from /proc; elsewhere `ps` or PowerShell is asked (10 s at most). Empty when nothing answers.
 */
export async function listProcesses(
  host: Host,
  files: Files,
  ownPid: number,
): Promise<readonly RunningProcess[]> {
  const found =
    host.platform === 'linux'
      ? fromProc(files)
      : host.platform === 'win32'
        ? fromLines(await run('powershell', ['-NoProfile', '-Command', WINDOWS_LIST]))
        : fromLines(await run('ps', ['-axww', '-o', 'pid=,comm=,args=']))
  return found.filter(({ pid }) => pid !== ownPid).sort((a, b) => b.pid - a.pid)
}

const WINDOWS_LIST =
  'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.Name -replace " ","_") $($_.CommandLine)" }'

/** Whether there is such a process. One of another user counts: who may join it is for debugpy to say. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function fromProc(files: Files): RunningProcess[] {
  return files.list('/proc').flatMap((name): RunningProcess[] => {
    if (!/^\d+$/.test(name)) return []
    const words = (files.read(`/proc/${name}/cmdline`) ?? '').split('\0').filter(word => word !== '')
    // Kernel threads have no command line, and nothing can attach to them.
    if (words.length === 0) return []
    const program = (files.read(`/proc/${name}/comm`) ?? '').trim()
    return [{ pid: Number(name), name: program, commandLine: words.join(' ') }]
  })
}

function fromLines(output: string): RunningProcess[] {
  return output.split(/\r?\n/).flatMap((line): RunningProcess[] => {
    const [, pid, path = '', commandLine = ''] = /^\s*(\d+)\s+(\S+)\s*(.*)$/.exec(line) ?? []
    return pid === undefined ? [] : [{ pid: Number(pid), name: path.replace(/^.*[\\/]/, ''), commandLine }]
  })
}

function run(command: string, args: readonly string[]): Promise<string> {
  return new Promise(resolve => {
    execFile(command, args, { timeout: 10_000, maxBuffer: 64 * 1024 * 1024 }, (_error, stdout) =>
      resolve(stdout),
    )
  })
}
