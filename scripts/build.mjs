// What runs: out/launch-ls.cjs, a few lines that start out/program.cjs, which holds all of it, with a code cache
// (server/workspace/codeCache.ts). CommonJS starts faster than ES modules on every Node we support.
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installPackages, root } from './setup.mjs'

const out = join(root, 'out')

export async function buildServer() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  mkdirSync(out, { recursive: true })
  const program = await bundle('cli.ts', 'program.cjs', { LAUNCH_LS_VERSION: version })
  const build = createHash('sha256').update(readFileSync(program)).digest('hex')
  const main = await bundle('main.ts', 'launch-ls.cjs', { LAUNCH_LS_BUILD: build }, '#!/usr/bin/env node')
  chmodSync(main, 0o755)
  // Python files that the server starts debugpy with.
  cpSync(join(root, 'server', 'sessions', 'boot.py'), join(out, 'boot.py'))
  return main
}

async function bundle(entry, name, constants, banner = '') {
  const { build } = await import('esbuild')
  const outfile = join(out, name)
  await build({
    entryPoints: [join(root, 'server', entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // Both JSON packages have UMD as `main`, which esbuild cannot bundle.
    mainFields: ['module', 'main'],
    // A start reads all of it. Names stay, and lines are short: both are what a stack trace shows.
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 120,
    banner: { js: banner },
    define: Object.fromEntries(
      Object.entries(constants).map(([constant, value]) => [constant, JSON.stringify(value)]),
    ),
    logLevel: 'warning',
  })
  return outfile
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  installPackages()
  await buildServer()
}
