import { join } from 'node:path'
import { expect, test } from 'vitest'
import { debugpyPlan, programFolder, testBroker } from '../support/debugSession'
import { eventually } from '../support/eventually'
import { fuzzBroker, fuzzDebugpy } from './dapFuzz'

test('mutated messages from both sides', async () => {
  const report = await fuzzBroker(5_000, 1)
  expect(report.fromAdapter).toBeGreaterThan(1_000)
  expect(report.fromEditor).toBeGreaterThan(1_000)
})

test('mutated requests to debugpy', async () => {
  const broker = await testBroker()
  const folder = programFolder({ 'app.py': 'import time\nwhile True:\n    time.sleep(0.01)\n' })
  const args = { program: join(folder, 'app.py'), cwd: folder, console: 'internalConsole', stopOnEntry: true }
  await fuzzDebugpy(broker, debugpyPlan(args), 500, Number(process.env['LAUNCH_LS_SEED'] ?? 1))
  await eventually('it is over', () => broker.sessions().length === 0)
})
