import { describe, expect, test } from 'vitest'
import { inputQuestion, rememberAnswer } from '../../server/core/inputs'

const pick = { id: 'x', type: 'pickString', description: 'Which?' }

describe('what a prompt shows', () => {
  test.each<[what: string, input: object, remembered: Record<string, string>, shown: object]>([
    ['an empty box', { type: 'promptString' }, {}, { password: false }],
    ['the default', { type: 'promptString', default: 'd' }, {}, { value: 'd', password: false }],
    ['a number as text', { type: 'promptString', default: 5 }, {}, { value: '5', password: false }],
    [
      'the previous answer',
      { type: 'promptString', default: 'd' },
      { x: 'p' },
      { value: 'p', password: false },
    ],
    [
      'an empty previous answer',
      { type: 'promptString', default: 'd' },
      { x: '' },
      { value: '', password: false },
    ],
    ['another input’s answer never', { type: 'promptString' }, { y: 'p' }, { password: false }],
    ['no previous password', { type: 'promptString', password: true }, { x: 'p' }, { password: true }],
  ])('%s', (_, input, remembered, shown) => {
    const question = { kind: 'text', id: 'input:x', title: 'Name?', ...shown }
    expect(inputQuestion('x', [{ id: 'x', description: 'Name?', ...input }], remembered)).toEqual({
      kind: 'ask',
      question,
    })
  })

  test.each<
    [what: string, options: unknown[], fallback: unknown, previous: string | undefined, rows: string[]]
  >([
    ['options in their order', ['a', 'b'], undefined, undefined, ['a', 'b']],
    [
      'labels',
      [{ label: 'Bee', value: 'b' }, { value: 'c' }, { label: '', value: 'd' }],
      '',
      undefined,
      ['Bee: b', 'c', 'd'],
    ],
    ['the default on top', ['a', 'b', 'c'], 'b', undefined, ['b (Default)', 'a', 'c']],
    ['the previous answer on top', ['a', 'b', 'c'], undefined, 'c', ['c', 'a', 'b']],
    ['both, the later option first', ['a', 'b', 'c'], 'b', 'c', ['c', 'b (Default)', 'a']],
    ['both, the other way round', ['a', 'c', 'b'], 'b', 'c', ['b (Default)', 'c', 'a']],
    ['an answer that is no option any more', ['a'], undefined, 'gone', ['a']],
    ['no options', [], 'a', undefined, []],
  ])('%s', (_, options, fallback, previous, rows) => {
    const input = { ...pick, options, default: fallback }
    const found = inputQuestion('x', [input], previous === undefined ? {} : { x: previous })
    const items = found.kind === 'ask' && found.question.kind === 'pick' ? found.question.items : []
    expect(items.map(({ label, detail }) => (detail === undefined ? label : `${label} ${detail}`))).toEqual(
      rows,
    )
  })

  test('a command gets its args as written', () => {
    const input = { id: 'x', type: 'command', command: 'my.ask', args: { k: [1] } }
    expect(inputQuestion('x', [input])).toEqual({
      kind: 'ask',
      question: { kind: 'command', id: 'input:x', command: 'my.ask', args: { k: [1] } },
    })
  })

  test('of equal ids the last one counts', () => {
    const inputs = [pick, null, 'text', { id: 'x', type: 'command', command: 'last' }]
    expect(inputQuestion('x', inputs)).toMatchObject({ question: { command: 'last' } })
  })
})

test.each<[inputs: unknown[] | undefined, message: string]>([
  [undefined, "Variable 'x' must be defined in an 'inputs' section of the debug or task configuration."],
  [[], "Undefined input variable 'x' encountered. Remove or define 'x' to continue."],
  [[{ id: 'X' }], "Undefined input variable 'x' encountered. Remove or define 'x' to continue."],
  [[{ id: 'x' }], "Input variable 'x' can only be of type 'promptString', 'pickString', or 'command'."],
  [
    [{ id: 'x', type: 'promptString' }],
    "Input variable 'x' is of type 'promptString' and must include 'description'.",
  ],
  [
    [{ id: 'x', type: 'pickString' }],
    "Input variable 'x' is of type 'pickString' and must include 'description'.",
  ],
  [[{ ...pick, options: 'a' }], "Input variable 'x' is of type 'pickString' and must include 'options'."],
  [[{ ...pick, options: ['a', 5] }], "Input variable 'x' is of type 'pickString' and must include 'value'."],
  [[{ ...pick, options: [null] }], "Input variable 'x' is of type 'pickString' and must include 'value'."],
  [
    [{ id: 'x', type: 'command', command: 5 }],
    "Input variable 'x' is of type 'command' and must include 'command'.",
  ],
])('%j is refused', (inputs, message) => {
  expect(inputQuestion('x', inputs)).toEqual({ kind: 'error', message })
})

describe('previous answers', () => {
  test('the last five are kept, a repeated one anew', () => {
    let kept: Readonly<Record<string, string>> = {}
    for (const id of ['1', 'b', 'c', 'd', 'e', 'b', 'f'])
      kept = rememberAnswer(kept, text(id, false), `of ${id}`)
    expect(Object.values(kept).toSorted()).toEqual(['of b', 'of c', 'of d', 'of e', 'of f'])
  })

  test('a password and what a command gives are not', () => {
    expect(rememberAnswer({}, text('x', true), 's3cret')).toEqual({})
    expect(rememberAnswer({}, { kind: 'command', id: 'input:x', command: 'c' }, 'v')).toEqual({})
  })

  test('a pick is', () => {
    expect(rememberAnswer({}, { kind: 'pick', id: 'input:x', title: '', items: [] }, 'v')).toEqual({ x: 'v' })
  })
})

function text(id: string, password: boolean) {
  return { kind: 'text', id: `input:${id}`, title: '', password } as const
}
