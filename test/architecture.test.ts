import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { clientMessages, requests } from '../server/protocol'

const root = resolve(__dirname, '..')
const server = join(root, 'server')

/** Who may import whom: cli → commands → server → features → launching → { workspace, sessions } → core. Siblings meet in server.ts. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: ['core'],
  workspace: ['core', 'workspace', 'protocol.ts'],
  sessions: ['core', 'sessions', 'protocol.ts'],
  launching: ['core', 'workspace', 'sessions', 'launching', 'protocol.ts'],
  features: ['core', 'workspace', 'sessions', 'launching', 'features', 'protocol.ts'],
  commands: [
    'core',
    'workspace',
    'sessions',
    'launching',
    'features',
    'commands',
    'protocol.ts',
    'server.ts',
  ],
  'protocol.ts': ['core'],
  'server.ts': ['core', 'workspace', 'sessions', 'launching', 'features', 'protocol.ts'],
  'thisHost.ts': ['core'],
  'cli.ts': ['core', 'workspace', 'sessions', 'commands', 'protocol.ts', 'server.ts', 'thisHost.ts'],
  'main.ts': ['workspace', 'thisHost.ts'],
}

/** Packages that core may use: data and pure functions only. */
const CORE_PACKAGES = [
  'jsonc-parser',
  'vscode-languageserver-types',
  'vscode-languageserver-textdocument',
  'node:path',
]

/** Node's modules that only one place may touch. */
const ONLY_IN: readonly { module: RegExp; places: readonly string[] }[] = [
  { module: /^(node:)?fs(\/promises)?$/, places: ['workspace'] },
  { module: /^(node:)?(child_process|net)$/, places: ['sessions'] },
]

/** What may look at `process`; everything else takes the machine as an argument. */
const OF_THIS_PROCESS = ['main.ts', 'cli.ts', 'thisHost.ts']

/** Tables of data may be longer than 400 lines. */
const DATA_TABLES = ['core/attributes.ts', 'core/attributeTable.ts']

const files = sources(server)

describe('imports', () => {
  test.each(files)('%s', file => {
    const place = placeOf(file)
    for (const module of importsOf(file)) {
      if (module.startsWith('.')) {
        const target = placeOf(relative(server, resolve(server, file, '..', module)))
        expect(MAY_IMPORT[place], `${file} imports ${module}`).toContain(target)
        continue
      }
      if (place === 'core') expect(CORE_PACKAGES, `${file} imports ${module}`).toContain(module)
      const rule = ONLY_IN.find(({ module: pattern }) => pattern.test(module))
      if (rule !== undefined) expect(rule.places, `${file} imports ${module}`).toContain(place)
    }
  })
})

test('values of vscode-languageserver have one door', () => {
  const value = /^import \{[^}]*\} from 'vscode-languageserver'$/m
  expect(files.filter(file => value.test(readFileSync(join(server, file), 'utf8')))).toEqual([])
})

describe('size and taste', () => {
  test.each(files)('%s', file => {
    const text = readFileSync(join(server, file), 'utf8')
    const lines = text.split('\n')
    if (!DATA_TABLES.includes(file)) expect(lines.length, 'lines').toBeLessThanOrEqual(400)
    expect(lines.filter(line => line.length > 120)).toEqual([])
    if (!OF_THIS_PROCESS.includes(file)) expect(text).not.toMatch(/\bprocess\.(env|platform|cwd|argv)\b/)
    expect(text).not.toMatch(/\b(as any|: any)\b|<any>|@ts-ignore|@ts-expect-error/)
  })
})

test('every custom message is documented, and every documented one exists', () => {
  const text = readFileSync(join(root, 'PROTOCOL.md'), 'utf8')
  const documented = new Set([...text.matchAll(/`((?:debug\/\w+)|startDebug)`/g)].map(([, name]) => name))
  documented.delete('debug/runInTerminal')
  const names: string[] = [...Object.values(requests), ...Object.values(clientMessages)]
  expect([...documented].sort()).toEqual(names.sort())
})

function placeOf(file: string): string {
  const [first = '', second] = file.split(/[\\/]/)
  return second === undefined && !first.endsWith('.ts') && !(first in MAY_IMPORT) ? `${first}.ts` : first
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(server, file), 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, module]) => module ?? '')
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))
}
