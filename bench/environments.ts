import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DEBUGPY, environment } from '../scripts/setup.mjs'

/**
 * A virtual environment with debugpy and about so many packages. The packages are made up: only their metadata is
 * there, since reading it is all that debugpy does with them at a start (`log.describe_environment`).
 */
export function environmentOf(packages: number): { python: string; debugpy: string } {
  const python = environment(`bench-${packages}`, [`debugpy==${DEBUGPY}`])
  const lib = join(dirname(dirname(python)), 'lib')
  const version = readdirSync(lib).find(name => name.startsWith('python')) ?? ''
  const site = join(lib, version, 'site-packages')
  const there = readdirSync(site).filter(name => name.endsWith('.dist-info')).length
  for (let index = there; index < packages; index += 1) {
    const folder = join(site, `made_up_${index}-1.${index}.0.dist-info`)
    if (existsSync(folder)) continue
    mkdirSync(folder)
    writeFileSync(join(folder, 'METADATA'), metadata(index))
    writeFileSync(join(folder, 'RECORD'), '')
  }
  return { python, debugpy: join(site, 'debugpy') }
}

/** KB of METADATA by tenths of a real environment (FastAPI, Django, pandas, pytest …: 90 packages, 13.6 KB on average). */
const SIZES = [2, 3, 4, 5, 6, 7, 9, 13, 20, 66]

function metadata(index: number): string {
  const classifiers = Array.from(
    { length: 12 },
    (_, at) => `Classifier: Programming Language :: Python :: 3.${at}`,
  )
  const requires = Array.from(
    { length: 8 },
    (_, at) => `Requires-Dist: made-up-${at} (>=1.${at}) ; extra == 'dev'`,
  )
  const head = [
    'Metadata-Version: 2.1',
    `Name: made-up-${index}`,
    `Version: 1.${index}.0`,
    ...classifiers,
    ...requires,
  ]
  const line = 'A sentence of a description that nobody will ever read in full.\n'
  const lines = Math.floor(((SIZES[index % SIZES.length] ?? 0) * 1024) / line.length)
  return `${head.join('\n')}\n\n${line.repeat(lines)}`
}
