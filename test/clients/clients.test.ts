/** What no client may do: the server does it once for all of them. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const clients = resolve(import.meta.dirname, '../../clients')
const files = readdirSync(clients, { recursive: true, encoding: 'utf8' }).filter(
  file => statSync(join(clients, file)).isFile() && /\.(lua|el|py|vim|toml)$/.test(file),
)

test.each(files)('%s', file => {
  const text = readFileSync(join(clients, file), 'utf8')
  expect(text, 'expands variables').not.toContain('$' + '{')
  expect(text, 'parses JSON').not.toMatch(/json\.decode|json_decode|json-parse|json-read|json\.loads?\b/)
  expect(text, 'reads env files').not.toMatch(/envFile/)
  const lines = text.split('\n')
  expect(lines.filter(line => line.length > 120)).toEqual([])
  expect(lines.length, 'lines').toBeLessThanOrEqual(400)
})
