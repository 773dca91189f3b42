// Writes the generated pages: docs/configuration.md, docs/diagnostics.md, docs/launch.schema.json.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './setup.mjs'

const program = join('test', 'support', 'writePages.ts')
const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'run.mjs'), program, root], {
  stdio: 'inherit',
})
process.exit(status ?? 1)
