// What runs: out/launch-ls.cjs, a few lines that start out/program.cjs, which holds all of it, with a code cache
// (server/workspace/codeCache.ts). CommonJS starts faster than ES modules on every Node we support.
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installPackages, root } from './setup.mjs'

const out = join(root, 'out')

export async function buildServer() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  mkdirSync(out, { recursive: true })
  const program = await bundle('cli.ts', 'program.cjs', { LAUNCH_LS_VERSION: version })
  const build = createHash('sha256').update(readFileSync(program.outfile)).digest('hex')
  const main = await bundle('main.ts', 'launch-ls.cjs', { LAUNCH_LS_BUILD: build }, '#!/usr/bin/env node')
  chmodSync(main.outfile, 0o755)
  writeFileSync(join(out, 'licenses.txt'), licenses(program.packages))
  // Python files that the server starts debugpy with.
  cpSync(join(root, 'server', 'sessions', 'boot.py'), join(out, 'boot.py'))
  return main.outfile
}

async function bundle(entry, name, constants, banner = '') {
  const { build } = await import('esbuild')
  const outfile = join(out, name)
  const { metafile } = await build({
    entryPoints: [join(root, 'server', entry)],
    outfile,
    absWorkingDir: root,
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
    metafile: true,
  })
  const packages = Object.keys(metafile.inputs).flatMap(file => {
    const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file) ?? []
    return name === undefined ? [] : [name]
  })
  return { outfile, packages: [...new Set(packages)].sort() }
}

/** The licences of what the bundle holds, as they ask for. */
function licenses(packages) {
  return packages
    .map(name => {
      const folder = join(root, 'node_modules', name)
      const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      const file = readdirSync(folder).find(each => /^licen[cs]e/i.test(each))
      if (file === undefined) throw new Error(`${name} has no licence file`)
      return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`
    })
    .join('\n---\n\n')
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  installPackages()
  await buildServer()
}
