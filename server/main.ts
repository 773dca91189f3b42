import { join } from 'node:path'
import { thisHost } from './thisHost'
import { runWithCodeCache } from './workspace/codeCache'
import { cacheFolder, createStore } from './workspace/store'

/** Set by scripts/build.mjs: the digest of program.cjs. */
declare const LAUNCH_LS_BUILD: string

/** out/launch-ls.cjs: runs out/program.cjs (cli.ts with all that it imports), compiled before where that is kept. */
const args = process.argv.slice(2)
const [command = '--stdio'] = args
const program = {
  path: join(__dirname, 'program.cjs'),
  build: LAUNCH_LS_BUILD,
  name: command.startsWith('--') ? 'serve' : command.replace(/\W/g, ''),
  keeps: !args.includes('--version') && !args.includes('--help'),
}
runWithCodeCache(program, createStore(cacheFolder(thisHost())))
