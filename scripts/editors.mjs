// npm run test:editors: the clients in their real editors, which are unpacked into .cache/editors first, and a table
// of what each did. An editor or package that cannot be had is skipped with its reason. `--write` puts the table into
// README.md; other arguments go to vitest.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { editors, root } from './setup.mjs'

const given = process.argv.slice(2)
const page = given.includes('--write') ? { LAUNCH_LS_TABLE: join(root, 'README.md') } : {}
const reporters = [
  '--reporter=default',
  `--reporter=${join(root, 'test', 'clients', 'conformance', 'table.ts')}`,
]
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'scripts', 'test.mjs'),
    'test/clients',
    ...reporters,
    ...given.filter(each => each !== '--write'),
  ],
  { stdio: 'inherit', cwd: root, env: { ...process.env, ...page, LAUNCH_LS_EDITORS: editors() } },
)
process.exit(status ?? 1)
