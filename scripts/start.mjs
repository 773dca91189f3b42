// npm start: installs, builds, and runs the main job on the sample workspace: configurations, diagnostics, and a real
// debug session through the server and the broker that stops at a breakpoint.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildServer } from './build.mjs'
import { installPackages, root, step, testPython } from './setup.mjs'

installPackages()
step('building …')
const server = await buildServer()
const python = testPython()
const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'run.mjs'), 'sample/session.ts'], {
  stdio: 'inherit',
  cwd: root,
  env: { ...process.env, LAUNCH_LS_SERVER: server, LAUNCH_LS_TEST_PYTHON: python },
})
process.exit(status ?? 1)
