import { parse } from 'dotenv'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseEnvFile } from '../../server/core/envFile'
import { envLine } from '../../server/core/envFileWrite'

test.each([
  ['dev', 'A=dev'],
  ['', 'A='],
  ['a # b', 'A="a # b"'],
  [' a ', 'A=" a "'],
  ['C:\\new', 'A=C:\\new'],
  ['a\\nb', 'A=a\\nb'],
  ['\\n', 'A=\\n'],
  ['a\nb', 'A="a\\nb"'],
  ['$5', 'A=$5'],
  ["it's", 'A="it\'s"'],
  ['{"a": "b"}', 'A={"a": "b"}'],
])('%j', (value, line) => {
  expect(envLine('A', value)).toBe(line)
})

test.each(['# C:\\new', 'a\rb', 'a\\${B}', `'"#`])('%j has no notation that both dialects read', value => {
  expect(envLine('A', value)).toBeUndefined()
})

test.each(['__proto__', '1A', 'A-B'])('%s is no name in both', name => {
  expect(envLine(name, 'x')).toBeUndefined()
})

/** Texts of what the dialects treat in a way of their own. */
const value = fc
  .array(
    fc.constantFrom('a', 'n', 'r', '\\', '"', "'", '`', '#', ' ', '\n', '$', '{', '}', '=', 'C:\\new', '\\n'),
    { maxLength: 12 },
  )
  .map(parts => parts.join(''))

test('what is written is read again, by both dialects and by dotenv itself', () => {
  let written = 0
  fc.assert(
    fc.property(fc.oneof(value, fc.string()), text => {
      const line = envLine('A', text)
      if (line === undefined) return
      written += 1
      const file = `# it is\nFIRST=1\n${line}\nLAST=2\n`
      const variables = { FIRST: '1', A: text, LAST: '2' }
      expect(parseEnvFile(file, 'debugpy').value.variables).toEqual(variables)
      expect(parseEnvFile(file, 'dotenv').value.variables).toEqual(variables)
      expect(parse(file)).toEqual(variables)
    }),
    { numRuns: 2_000 },
  )
  expect(written).toBeGreaterThan(500)
})
