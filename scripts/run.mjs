// run.mjs FILE.ts [arguments]: bundles a TypeScript program of this repository and runs it.
import { spawnSync } from 'node:child_process'
import { basename, join } from 'node:path'
import { build } from 'esbuild'
import { root } from './setup.mjs'

const [file, ...rest] = process.argv.slice(2)
if (file === undefined) {
  console.error('usage: node scripts/run.mjs FILE.ts [arguments]')
  process.exit(2)
}
const outfile = join(root, 'out', 'dev', `${file.replace(/[^A-Za-z0-9]+/g, '-')}.mjs`)
await build({
  entryPoints: [join(root, file)],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  mainFields: ['module', 'main'],
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  logLevel: 'warning',
})
const { status, signal } = spawnSync(process.execPath, [outfile, ...rest], { stdio: 'inherit', cwd: root })
if (signal !== null) console.error(`${basename(file)} ended by ${signal}`)
process.exit(status ?? 1)
