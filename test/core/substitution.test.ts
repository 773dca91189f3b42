import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../server/core/json'
import { replaceVariables } from '../../server/core/replacement'
import { settingsOf } from '../../server/core/settings'
import { type Answer, substitute, type VariableFacts } from '../../server/core/substitution'
import { facts } from '../support/facts'
import { anyConfiguration } from '../support/variableTexts'

const ask = { id: 'x', type: 'promptString', description: 'x?' }
const run = { id: 'r', type: 'command', command: 'my.ask' }

describe('what a configuration becomes', () => {
  test.each<[what: string, env: Record<string, string>, configuration: JsonObject, value: JsonObject]>([
    ['a dollar in a value is plain text', { K: "a$&b$$c$'" }, { a: '<${env:K}>' }, { a: "<a$&b$$c$'>" }],
    ['a value with variables', { K: '${workspaceFolder}/k' }, { a: '${env:K}' }, { a: '/w/k' }],
    ['a value that names itself', { K: '<${env:K}>' }, { a: '${env:K}' }, { a: '<${env:K}>' }],
    [
      'three that name one another',
      { A: '${env:B}', B: '${env:C}', C: '${env:A}' },
      { a: '${env:A}' },
      { a: '${env:C}' },
    ],
    [
      'values that only together look like one',
      { A: '$', B: '{file}' },
      { a: '${env:A}${env:B}' },
      { a: '${file}' },
    ],
    ['names of properties', { K: 'k' }, { env: { '${env:K}1': 1, b: 2 } }, { env: { k1: 1, b: 2 } }],
    ['a renamed property beats one of that name', { K: 'b' }, { '${env:K}': 1, b: 2 }, { b: 1 }],
    [
      '__proto__ as a name',
      { K: '__proto__' },
      { env: { '${env:K}': 'v' } },
      JSON.parse('{"env":{"__proto__":"v"}}'),
    ],
    [
      'the section of this system, then variables',
      { K: 'k' },
      { a: '${file}', linux: { a: '${env:K}' } },
      { a: 'k' },
    ],
    ['sections of other systems are not read', {}, { windows: { a: '${file}' } }, {}],
  ])('%s', (_, env, configuration, value) => {
    expect(substitute(configuration, machine(env), new Map())).toMatchObject({ kind: 'done', value })
  })
})

describe('questions', () => {
  const inputs = facts({ inputs: [ask, run] })

  test('are asked one at a time, each once, and their answers are searched too', () => {
    const configuration = { a: '${input:x}${command:c}', b: '${input:x}' }
    expect(substitute(configuration, inputs, new Map())).toMatchObject({
      kind: 'ask',
      question: { id: 'input:x' },
    })
    const some = new Map<string, Answer>([['input:x', '${workspaceFolder}']])
    expect(substitute(configuration, inputs, some)).toMatchObject({
      kind: 'ask',
      question: { id: 'command:c' },
    })
    const all = new Map<string, Answer>([...some, ['command:c', '/c']])
    expect(substitute(configuration, inputs, all)).toEqual({
      kind: 'done',
      value: { a: '/w/c', b: '/w' },
      order: ['${input:x}', '${command:c}', '${workspaceFolder}'],
    })
  })

  test.each<[what: string, text: string, answer: Answer, outcome: object]>([
    ['Escape', '${input:x}', null, { kind: 'cancelled' }],
    ['a command that gives nothing', '${command:c}', null, { kind: 'cancelled' }],
    [
      'an input’s command that gives nothing',
      '${input:r}',
      null,
      { kind: 'done', value: { a: '${input:r}' } },
    ],
    [
      'an unknown command',
      '${command:c}',
      { failed: 'unknownCommand' },
      { message: "command 'c' not found" },
    ],
    [
      'an unknown command of an input',
      '${input:r}',
      { failed: 'unknownCommand' },
      { message: "command 'my.ask' not found" },
    ],
    [
      'a command that gives no text',
      '${command:c}',
      { failed: 'notText' },
      {
        message:
          "Cannot substitute command variable 'c' because command did not return a result of type string.",
      },
    ],
  ])('%s', (_, text, answer, outcome) => {
    const answers = new Map([[text.slice(2, -1), answer]])
    expect(substitute({ a: text }, inputs, answers)).toMatchObject(outcome)
  })

  test('an error that needs no answer comes first', () => {
    expect(substitute({ a: '${input:x}', b: '${file}' }, inputs, new Map())).toMatchObject({
      kind: 'error',
      variable: '${file}',
    })
  })

  test('an error in an answer names the variable there', () => {
    expect(substitute({ a: '${input:x}' }, inputs, new Map([['input:x', '${file}']]))).toMatchObject({
      kind: 'error',
      message: 'Variable ${file} can not be resolved. Please open an editor.',
    })
  })
})

describe('a command is run only where the configuration or the user names it', () => {
  const env = { E: '${command:c}', F: '${env:E}' }
  test.each<[what: string, changes: Partial<VariableFacts>, text: string, source: string]>([
    ['an environment variable', machine(env), '${env:E}', '${env:E}'],
    ['one that another names', machine(env), '${env:F}', '${env:E}'],
    ['a setting', { settings: settingsOf([{ s: '${command:c}' }]) }, '${config:s}', '${config:s}'],
    ['the selection', { editor: { selectedText: '${command:c}' } }, '${selectedText}', '${selectedText}'],
  ])('%s', (_, changes, text, source) => {
    expect(substitute({ a: text }, facts(changes), new Map([['command:c', 'ran']]))).toEqual({
      kind: 'error',
      code: 'commandInValue',
      variable: source,
      message:
        `The value of ${source} holds \${command:c}, which is not run: ` +
        'a command runs only where the launch configuration itself names it.',
    })
  })

  test('what the user types may name one', () => {
    const answers = new Map([
      ['input:x', '${command:c}'],
      ['command:c', 'ran'],
    ])
    expect(substitute({ a: '${input:x}' }, facts({ inputs: [ask] }), answers)).toMatchObject({
      value: { a: 'ran' },
    })
  })

  test('one that stands in the configuration as well is run once', () => {
    const result = substitute(
      { a: '${command:c}', b: '${env:E}' },
      machine(env),
      new Map([['command:c', 'ran']]),
    )
    expect(result).toMatchObject({ value: { a: 'ran', b: 'ran' } })
  })
})

test('values that double without end are refused', () => {
  const names = Array.from({ length: 60 }, (_, i) => [`V${i}`, `\${env:V${i + 1}}\${env:V${i + 1}}`] as const)
  expect(substitute({ a: '${env:V0}' }, machine(Object.fromEntries(names)), new Map())).toMatchObject({
    kind: 'error',
    code: 'endlessVariable',
  })
})

describe('of any configuration', () => {
  const values = fc.dictionary(
    fc.constantFrom('A', 'B'),
    fc.constantFrom('', '${env:B}', '${env:A}x', '${input:x}', '$&'),
  )

  test('substitution has an outcome and leaves the configuration as it is', () => {
    fc.assert(
      fc.property(anyConfiguration, values, (configuration, env) => {
        const before = JSON.stringify(configuration)
        const given = facts({ host: { ...facts().host, env }, inputs: [ask], editor: { file: '/w/a.py' } })
        const answers = new Map<string, Answer>([['input:x', '${env:A}']])
        expect(['done', 'ask', 'error']).toContain(substitute(configuration, given, answers).kind)
        expect(JSON.stringify(configuration)).toBe(before)
      }),
    )
  })

  test('a text without variables stays', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue({ stringUnit: 'grapheme-ascii' })),
        configuration => {
          fc.pre(!JSON.stringify(configuration).includes('${'))
          expect(replaceVariables(configuration, () => ({ stop: 'asked' }))).toEqual({
            kind: 'done',
            value: configuration,
            order: [],
          })
        },
      ),
    )
  })

  test('each distinct variable is decided once', () => {
    fc.assert(
      fc.property(anyConfiguration, configuration => {
        const decided: string[] = []
        const once = replaceVariables(configuration, variable => {
          decided.push(variable.text)
          return { value: 'text' }
        })
        expect(decided).toEqual([...new Set(decided)])
        expect(once).toMatchObject({ kind: 'done', order: decided })
      }),
    )
  })
})

function machine(env: Record<string, string>): VariableFacts {
  return facts({ host: { ...facts().host, env } })
}
