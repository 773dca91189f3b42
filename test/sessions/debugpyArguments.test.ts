import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shellWords } from '../../server/core/commandWords'
import { fitToClient, initializeArguments } from '../../server/sessions/debugpyArguments'

test.each([
  ['', []],
  ['a  b', ['a', 'b']],
  ['--name "two words"', ['--name', 'two words']],
  ['\'a "b" c\' d', ['a "b" c', 'd']],
  ['"a \\"b\\" \\n" c\\ d', ['a "b" \\n', 'c d']],
  ['a""b \'\'', ['ab', '']],
  ['"never ends', ['"never', 'ends']],
  ['--path=$HOME/*', ['--path=$HOME/*']],
  ['a\nb', ['a', 'b']],
])('shellWords(%j)', (text, words) => {
  expect(shellWords(text)).toEqual(words)
})

test('words in single quotes come back as they are', () => {
  const word = fc.string({ unit: 'grapheme' }).filter(text => !text.includes("'"))
  fc.assert(
    fc.property(fc.array(word), words => {
      expect(shellWords(words.map(text => `'${text}'`).join(' '))).toEqual(words)
    }),
  )
})

describe('an editor without a terminal', () => {
  test('gets the internal console, its output, and none of what debugpy refuses there', () => {
    const args = {
      program: 'a.py',
      console: 'externalTerminal',
      waitOnNormalExit: true,
      redirectOutput: false,
    }
    const fitted = fitToClient(args, {})
    expect(fitted.arguments).toEqual({ program: 'a.py', console: 'internalConsole', redirectOutput: true })
    expect(fitted.notes).toHaveLength(1)
  })

  test('that asked for none keeps its configuration', () => {
    const args = { program: 'a.py', console: 'internalConsole', args: ['a b'] }
    expect(fitToClient(args, {})).toEqual({ arguments: args, notes: [] })
  })
})

test('initialize: what debugpy would fail on is left out, the rest is passed on', () => {
  expect(
    initializeArguments({
      clientID: 7,
      locale: 'de',
      linesStartAt1: 'yes',
      supportsVariableType: true,
      supportsRunInTerminalRequest: null,
      supportsProgressReporting: true,
    }),
  ).toEqual({
    adapterID: 'debugpy',
    pathFormat: 'path',
    locale: 'de',
    supportsVariableType: true,
    supportsProgressReporting: true,
    supportsStartDebuggingRequest: true,
  })
})
