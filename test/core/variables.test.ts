import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findVariables, putValue, variable } from '../../server/core/variables'
import { variableText } from '../support/variableTexts'

test.each<[text: string, found: string[]]>([
  ['no variable', []],
  ['${file}', ['${file}']],
  ['a ${env:A}${env:B} b', ['${env:A}', '${env:B}']],
  ['braces are counted: ${input:x{y}z}', ['${input:x{y}z}']],
  ['one, not two: ${env:K${env:J}}', ['${env:K${env:J}}']],
  ['unclosed: ${env:K and ${env:J}', ['${env:J}']],
  ['an open brace inside: ${env:A{} ${env:B}', ['${env:B}']],
  ['$file $$ ${ $ {file} {}', []],
  ['${}', ['${}']],
  ['no escape: \\${file} $${file}', ['${file}', '${file}']],
])('%s', (text, found) => {
  expect(findVariables(text).map(use => use.text)).toEqual(found)
})

test.each<[inner: string, name: string, argument: string | undefined]>([
  ['file', 'file', undefined],
  ['env:HOME', 'env', 'HOME'],
  ['config:a:b', 'config', 'a:b'],
  ['env:', 'env', ''],
  ['', '', undefined],
  ['/', '/', undefined],
])('${%s} is %s of %s', (inner, name, argument) => {
  expect(variable(inner)).toEqual({
    text: `\${${inner}}`,
    inner,
    name,
    ...(argument === undefined ? {} : { argument }),
  })
})

test('a dollar in the value is plain text', () => {
  expect(putValue('<${env:K}>', variable('env:K'), "$& $$ $1 $'")).toBe("<$& $$ $1 $'>")
})

test('every use stands where it says, and the uses do not overlap', () => {
  fc.assert(
    fc.property(variableText, text => {
      let end = 0
      for (const use of findVariables(text)) {
        expect(text.slice(use.offset, use.offset + use.length)).toBe(use.text)
        expect(use.text).toBe(`\${${use.inner}}`)
        expect(use.offset).toBeGreaterThanOrEqual(end)
        end = use.offset + use.length
      }
    }),
  )
})

test('a long text of open braces is read in one go', () => {
  expect(findVariables('${'.repeat(500_000))).toEqual([])
})
