/** The package as Package Control gets it: resources, commands, settings, and Python that Sublime Text can run. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { type ParseError, parse } from 'jsonc-parser'
import { describe, expect, test } from 'vitest'
import { cache, environment } from '../../../scripts/setup.mjs'
import { makeFolder } from '../../support/folder'
import { testPython } from '../../support/lspClient'
import { checkout, readmeLines, sublimePackage, sublimePackages } from './sublime'

const files = readdirSync(sublimePackage, { recursive: true, encoding: 'utf8' })
const resources = files.filter(file => /\.(json|sublime-\w+)$/.test(file))
const modules = files.filter(file => file.endsWith('.py'))

test.each(resources)('%s is JSON', file => {
  const errors: ParseError[] = []
  parse(text(file), errors, { allowTrailingComma: true })
  expect(errors).toEqual([])
})

describe('commands', () => {
  const classes = [...text('plugin.py').matchAll(/^class (LaunchLs\w+)Command\(/gm)].map(([, name]) =>
    String(name)
      .replace(/(?<!^)(?=[A-Z])/g, '_')
      .toLowerCase(),
  )
  const palette = commandsIn(read('Default.sublime-commands'))
  const menu = commandsIn(read('Main.sublime-menu'))
  // Nothing is bound; the comments show what one may bind.
  const keys = commandsIn(parse(text('Default.sublime-keymap').replace(/^(\s*)\/\/ (?=\{)/gm, '$1')))

  test('the palette has all of ours', () => expect(ours(palette)).toEqual(new Set(classes)))
  test('the menu has them too', () => expect(ours(menu)).toEqual(new Set(classes)))
  test('keys that are shown are of commands that are there', () => {
    expect(keys.filter(name => !classes.includes(name) && name !== 'debugger')).toEqual([])
    expect(keys).toContain('launch_ls_debug')
  })
  test("the README's keys are of commands that are there", () => {
    const named = readmeLines()
      .slice(1)
      .flatMap(line => commandsIn(parse(line.replace(/,$/, ''))))
    expect(named).toEqual(['launch_ls_debug', 'debugger'])
    expect(classes).toContain(named[0])
  })
  test('no key is taken', () => expect(read('Default.sublime-keymap')).toEqual([]))
  test('files that are opened are there', () => {
    const named = `${text('Default.sublime-commands')}${text('Main.sublime-menu')}`.matchAll(
      /\$\{packages\}\/LSP-launch-ls\/([^"]+)/g,
    )
    const missing = [...named].map(([, file]) => String(file)).filter(file => !files.includes(file))
    expect(missing).toEqual([])
  })
})

describe('settings', () => {
  const [{ schema }] = read('sublime-package.json').contributions.settings
  const properties: Record<string, { readonly default: unknown; readonly markdownDescription: string }> =
    schema.definitions.PluginConfig.properties.settings.properties

  test("are the server's", () => {
    const protocol = readFileSync(join(checkout, 'PROTOCOL.md'), 'utf8')
    const [, listed = ''] = /^## initializationOptions.*\n(.*)$/m.exec(protocol) ?? []
    const named = [...listed.replace(/\([^)]*\)/g, '').matchAll(/[a-z]\w*\.\w+/g)].map(
      ([name]) => `launch-ls.${name}`,
    )
    expect(named.length).toBeGreaterThan(8)
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(named))
  })

  test('mean what the README says', () => {
    const readme = readFileSync(join(checkout, 'README.md'), 'utf8').split('## Settings')[1] ?? ''
    const rows = [...readme.matchAll(/^\| `([\w.]+)` \| (?:`(.*?)` )?\| (.*) \|$/gm)]
    const fromReadme = rows.map(([, name, value = '', meaning]) => [`launch-ls.${name}`, value, meaning])
    const fromSchema = Object.entries(properties).map(([name, property]) => [
      name,
      String(property.default),
      property.markdownDescription,
    ])
    expect(fromSchema).toEqual(fromReadme)
  })

  test('have the defaults of the schema', () => {
    const given: Record<string, unknown> = read('LSP-launch-ls.sublime-settings').settings
    const defaults = Object.keys(given).map(name => [name, properties[name]?.default])
    expect(Object.entries(given)).toEqual(defaults)
  })
})

test('messages are there', () => {
  for (const file of Object.values<string>(read('messages.json'))) expect(files).toContain(file)
})

describe('Python', () => {
  test.each(modules)('%s can be read by Python 3.8', file => {
    const program = 'import ast, sys; ast.parse(sys.stdin.read(), feature_version=(3, 8))'
    const { status, stderr } = spawnSync(testPython(), ['-c', program], {
      input: text(file),
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(text('.python-version').trim()).toBe('3.8')
  })
})

describe('types', () => {
  const found = sublimePackages()
  const packages = [
    {
      of: 'the stand-ins',
      path: join(import.meta.dirname, 'standin/packages'),
      missing: undefined,
      options: [],
    },
    {
      of: 'LSP and Debugger',
      path: 'folder' in found ? found.folder : '',
      missing: 'missing' in found ? found.missing : undefined,
      options: ['--implicit-reexport', '--follow-imports=silent'],
    },
  ]

  for (const { of, path, missing, options } of packages)
    test(`agree with ${of}`, { timeout: 300_000 }, ({ skip }) => {
      if (missing !== undefined) skip(missing)
      const python = mypy()
      if ('missing' in python) return skip(python.missing)
      const folder = makeFolder({})
      try {
        mkdirSync(join(folder.path, 'packages'))
        symlinkSync(sublimePackage, join(folder.path, 'packages', 'launch_ls_package'))
        const checks = [
          '--strict',
          '--python-version=3.8',
          '--namespace-packages',
          `--cache-dir=${join(cache, 'mypy-cache', of)}`,
        ]
        const { stdout } = spawnSync(
          python.command,
          ['-m', 'mypy', ...checks, ...options, '-p', 'launch_ls_package'],
          { cwd: join(folder.path, 'packages'), env: { ...process.env, MYPYPATH: path }, encoding: 'utf8' },
        )
        expect(stdout).toContain('Success: no issues found')
      } finally {
        folder.remove()
      }
    })
})

/** Sublime Text's published stubs are of the version that LSP and Debugger ask for. */
function mypy(): { readonly command: string } | { readonly missing: string } {
  try {
    return { command: environment('mypy', ['mypy==1.14.1', 'sublime-text-stubs==4200.1']) }
  } catch (error) {
    return { missing: `mypy cannot be installed: ${String(error).split('\n').at(-1)}` }
  }
}

function text(file: string): string {
  return readFileSync(join(sublimePackage, file), 'utf8')
}

function read(file: string) {
  return parse(text(file), [], { allowTrailingComma: true })
}

function commandsIn(value: unknown): readonly string[] {
  const names: string[] = []
  JSON.stringify(value, (key, inner) => {
    if (key === 'command') names.push(inner)
    return inner
  })
  return names
}

function ours(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.filter(name => name.startsWith('launch_ls_')))
}
