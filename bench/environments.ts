import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DEBUGPY, environment } from '../scripts/setup.mjs'

/** An environment as people have them: with what these bring along, about 60 packages. */
const COMMON = [
  'fastapi',
  'uvicorn',
  'requests',
  'flask',
  'django',
  'pandas',
  'pytest',
  'black',
  'mypy',
  'celery',
  'sqlalchemy',
  'rich',
  'httpx',
]

/**
 * A virtual environment with debugpy and about so many packages. Beyond the real ones it holds copies of their
 * metadata under other names: reading it is all that debugpy does with packages at a start.
 * A smoke run does without the real ones, which take half a minute to install: its figures mean little anyway.
 */
export function environmentOf(packages: number, smoke: boolean): { python: string; debugpy: string } {
  const real = smoke ? [] : COMMON
  const python = environment(`bench-${packages}${smoke ? '-smoke' : ''}`, [`debugpy==${DEBUGPY}`, ...real])
  const lib = join(dirname(dirname(python)), 'lib')
  const version = readdirSync(lib).find(name => name.startsWith('python')) ?? ''
  const site = join(lib, version, 'site-packages')
  const infos = readdirSync(site).filter(name => name.endsWith('.dist-info'))
  const originals = infos.filter(name => !name.startsWith('copy_'))
  for (let index = infos.length; index < packages; index += 1) {
    const original = originals[index % originals.length] ?? ''
    const copy = join(site, `copy_${index}_${original}`)
    if (existsSync(copy)) continue
    cpSync(join(site, original), copy, { recursive: true })
    const metadata = join(copy, 'METADATA')
    writeFileSync(metadata, readFileSync(metadata, 'utf8').replace(/^Name: /m, `Name: copy-${index}-`))
  }
  return { python, debugpy: join(site, 'debugpy') }
}
