import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startSession } from '../support/dapClient'
import { connectTo, debugpyPlan, programFolder, survivors, testBroker } from '../support/debugSession'
import { eventually } from '../support/eventually'

test('launch with a token: breakpoint, variables, exit code, nothing left', async () => {
  const broker = await testBroker()
  const folder = programFolder({
    'app.py': 'import os\nvalue = os.environ["GREETING"]\nprint(value)\nraise SystemExit(3)\n',
  })
  const program = join(folder, 'app.py')
  const ended: string[] = []
  const plan = debugpyPlan(
    { program, cwd: folder, console: 'internalConsole', env: { GREETING: 'hello' } },
    { ended: () => void ended.push('once') },
  )
  const { id, client, stub } = await connectTo(broker, plan)
  const capabilities = await startSession(client, stub, { breakpoints: { [program]: [3] } })
  expect(capabilities).toMatchObject({ supportTerminateDebuggee: true, supportsRestartRequest: true })

  const { threadId } = await client.waitFor('stopped')
  const { stackFrames } = await client.request('stackTrace', { threadId })
  const [frame] = stackFrames as { id: number; line: number }[]
  expect(frame?.line).toBe(3)
  const value = await client.request('evaluate', { expression: 'value', frameId: frame?.id })
  expect(value['result']).toBe("'hello'")
  expect(broker.sessions()).toMatchObject([{ id, state: 'stopped' }])

  await client.request('continue', { threadId })
  expect(await client.waitFor('exited')).toMatchObject({ exitCode: 3 })
  await client.waitFor('terminated')
  await eventually('the session is over', () => broker.changes.some(({ state }) => state === 'ended'))
  expect(client.output('stdout')).toBe('hello\n')
  expect(broker.changes.map(({ state }) => state)).toEqual([
    'starting',
    'running',
    'stopped',
    'running',
    'ended',
  ])
  expect(broker.changes.at(-1)).toMatchObject({ id, exitCode: 3 })
  expect(survivors(id)).toEqual([])
  expect(ended).toEqual(['once'])
})
