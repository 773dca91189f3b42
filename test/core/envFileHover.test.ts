import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hoverInEnvFile } from '../../server/core/envFileHover'
import type { Host } from '../../server/core/host'

const host: Host = { platform: 'linux', env: { PATH: '/bin' }, homeDir: '/home/u', cwd: '/' }
const users = [{ name: 'Run', env: { STAGE: 'x', PATH: '/l', GONE: null } }]

test('whatever the file, no place of it shows the secret, and none makes it throw', () => {
  const line = fc.constantFrom(
    ...['A_TOKEN=hidden99', 'B="x ${A_TOKEN}"', "C='${B}'", 'PATH=/f:${B}', 'STAGE=${C}', 'GONE=1', '# A=1'],
    ...[
      'A_TOKEN="hidden99',
      "D=it's",
      'export E=${A_TOKEN}',
      'F=\\${A_TOKEN}',
      '',
      'G=${nope:-1}',
      'H=`${B}`',
    ],
  )
  const file = fc.array(line, { maxLength: 8 }).map(lines => lines.join('\n'))
  let told = 0
  fc.assert(
    fc.property(file, fc.constantFrom('debugpy', 'dotenv'), fc.nat(200), (text, dialect, offset) => {
      const found = hoverInEnvFile(text, { dialect, host, users }, offset)
      if (found !== undefined) told += 1
      expect(found?.markdown ?? '').not.toContain('hidden99')
    }),
    { numRuns: 1_000 },
  )
  expect(told).toBeGreaterThan(100)
})
