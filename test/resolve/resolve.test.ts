import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeFolder, type TestFolder } from '../support/folder'
import { serverBundle } from '../support/lspClient'

/**
 * Each *.txt is a workspace and what `launch-ls resolve` prints for it: a sentence, files as `-- path --` and their
 * text, commands as `$ arguments`, and under each its whole output. `<root>` is the workspace's folder. Written anew
 * with UPDATE=1; then read the difference.
 */
const cases = readdirSync(__dirname).filter(name => name.endsWith('.txt'))

let folder: TestFolder
beforeEach(() => {
  folder = makeFolder()
})
afterEach(() => folder.remove())

test.each(cases)('%s', name => {
  const file = join(__dirname, name)
  const text = readFileSync(file, 'utf8')
  const [head = '', ...commands] = text.split(/^(?=\$ )/m)
  for (const [, path = '', content = ''] of head.matchAll(/^-- (.+) --\n([\s\S]*?)(?=^-- |$(?![\s\S]))/gm)) {
    folder.write(path, content.replaceAll('<root>', folder.path))
  }
  const outputs = commands.map(command => {
    const [line = ''] = command.split('\n')
    return `${line}\n${run(line.slice(2))}`
  })
  const whole = [head, ...outputs].join('')
  if (process.env['UPDATE'] === '1') writeFileSync(file, whole)
  expect(whole).toBe(text)
})

/** Words of a command line: blanks separate, single quotes hold together. */
function run(line: string): string {
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
  const settings = words
    .filter(word => /^[A-Z_]+=/.test(word))
    .map(word => word.split('=') as [string, string])
  const args = words.filter(word => !/^[A-Z_]+=/.test(word))
  const { stdout, stderr, status } = spawnSync(process.execPath, [serverBundle(), ...args], {
    cwd: folder.path,
    encoding: 'utf8',
    // Nothing of this machine: no interpreter but the workspace's, no settings, no colours.
    env: {
      HOME: join(folder.path, 'home'),
      PATH: join(folder.path, 'bin'),
      XDG_STATE_HOME: join(folder.path, 'home', 'state'),
      ...Object.fromEntries(settings.map(([key, value]) => [key, value.replaceAll('<root>', folder.path)])),
    },
  })
  const said = `${stdout}${stderr}${status === 0 ? '' : `(exit code ${status})\n`}`
  return said.replaceAll(folder.path, '<root>')
}
