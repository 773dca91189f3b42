// npm run test:editors: the clients' tests in their real editors, which are unpacked into .cache/editors first. An
// editor or package that cannot be had is a skipped test that says so. Arguments go to vitest.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './setup.mjs'

const editors = process.env.LAUNCH_LS_EDITORS ?? join(root, '.cache', 'editors')
if (process.env.LAUNCH_LS_EDITORS === undefined) {
  spawnSync('bash', [join(root, 'scripts', 'install-editors.sh'), editors], { stdio: 'inherit' })
}
const { status } = spawnSync(
  process.execPath,
  [join(root, 'scripts', 'test.mjs'), 'test/clients', '--reporter=verbose', ...process.argv.slice(2)],
  { stdio: 'inherit', cwd: root, env: { ...process.env, LAUNCH_LS_EDITORS: editors } },
)
process.exit(status ?? 1)
