import { spawn } from 'node:child_process'
import { expect, onTestFinished } from 'vitest'
import { testPython } from '../support/lspClient'

export interface Attachable {
  /** Where it waits for a debugger. */
  readonly port: number
  /** It has outlived its debugger, and ends by itself when it is told to. */
  livesOn(): Promise<void>
}

const PROGRAM = `import debugpy
print(debugpy.listen(("127.0.0.1", 0))[1], flush=True)
input()
print("lives", flush=True)
`

/** A program that runs before an editor attaches to it. */
export async function attachable(): Promise<Attachable> {
  const env = { ...process.env, PYDEVD_DISABLE_FILE_VALIDATION: '1' }
  const program = spawn(testPython(), ['-c', PROGRAM], { env, stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void program.kill('SIGKILL'))
  program.stdin.on('error', () => undefined)
  let said = ''
  const port = new Promise<number>(resolve => {
    program.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.includes('\n')) resolve(Number.parseInt(said, 10))
    })
  })
  const ended = new Promise<string>(resolve =>
    program.once('close', (code, signal) => resolve(`${code ?? signal}`)),
  )
  return {
    port: await port,
    livesOn: async () => {
      program.stdin.end('\n')
      expect([await ended, said.split('\n')[1]]).toEqual(['0', 'lives'])
    },
  }
}

/** `connect` of a configuration named `attached`. */
export function attachedConfiguration(port: number): Record<string, unknown> {
  return { name: 'attached', type: 'debugpy', request: 'attach', connect: { host: '127.0.0.1', port } }
}
