// One bundle is what runs: out/launch-ls.cjs. CommonJS starts faster than ES modules on every Node we support.
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installPackages, root } from './setup.mjs'

export async function buildServer() {
  const { build } = await import('esbuild')
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const outfile = join(root, 'out', 'launch-ls.cjs')
  await build({
    entryPoints: [join(root, 'server', 'cli.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // Both JSON packages have UMD as `main`, which esbuild cannot bundle.
    mainFields: ['module', 'main'],
    minify: false,
    banner: { js: '#!/usr/bin/env node' },
    define: { LAUNCH_LS_VERSION: JSON.stringify(version) },
    logLevel: 'warning',
  })
  chmodSync(outfile, 0o755)
  mkdirSync(join(root, 'out'), { recursive: true })
  // Python files that the server starts debugpy with.
  const python = join(root, 'server', 'sessions', 'boot.py')
  if (existsSync(python)) cpSync(python, join(root, 'out', 'boot.py'))
  return outfile
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  installPackages()
  await buildServer()
}
