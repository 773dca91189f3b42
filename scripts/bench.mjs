// npm run bench: the table of ratios, each pair measured in turn in one run. --smoke: few runs, as CI does it.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildServer } from './build.mjs'
import { installPackages, root, testPython } from './setup.mjs'

installPackages()
const server = await buildServer()
const { status } = spawnSync(
  process.execPath,
  [join(root, 'scripts', 'run.mjs'), 'bench/run.ts', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    cwd: root,
    env: { ...process.env, LAUNCH_LS_SERVER: server, LAUNCH_LS_TEST_PYTHON: testPython() },
  },
)
process.exit(status ?? 1)
