// npm run pictures: each editor that can be had, stopped at a breakpoint through launch-ls, drawn into docs/pictures.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildServer } from './build.mjs'
import { editors, installPackages, root, testPython } from './setup.mjs'

installPackages()
const env = {
  ...process.env,
  LAUNCH_LS_SERVER: await buildServer(),
  LAUNCH_LS_TEST_PYTHON: testPython(),
  LAUNCH_LS_EDITORS: editors(),
}
const run = join(root, 'scripts', 'run.mjs')
const { status } = spawnSync(process.execPath, [run, 'test/pictures/take.ts'], {
  stdio: 'inherit',
  cwd: root,
  env,
})
process.exit(status ?? 1)
