// npm test: installs, builds and runs every test. Arguments go to vitest: npm test -- test/core
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildServer } from './build.mjs'
import { installPackages, root, step, testPython } from './setup.mjs'

installPackages()
step('building …')
const server = await buildServer()
const env = { ...process.env, LAUNCH_LS_SERVER: server, LAUNCH_LS_TEST_PYTHON: testPython() }
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const { status } = spawnSync(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  stdio: 'inherit',
  cwd: root,
  env,
})
process.exit(status ?? 1)
