import { parse } from 'dotenv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type EnvDialect, parseEnvFile } from '../../server/core/envFile'
import { applyTextEdits } from '../../server/core/jsonEdit'
import type { Problem, Span } from '../../server/core/problem'

const BASE = { BASE: '/base', HOME: '/home/u' }

describe('values, as VS Code’s debugger and as dotenv read them', () => {
  test.each<[text: string, debugpy: Record<string, string>, dotenv: Record<string, string>]>([
    ['A=1', { A: '1' }, { A: '1' }],
    ['export A=1', {}, { A: '1' }],
    ['A=1 # note', { A: '1 # note' }, { A: '1' }],
    ['A="x y" # note', { A: '"x y" # note' }, { A: 'x y' }],
    ["A='a\\nb'", { A: 'a\nb' }, { A: 'a\\nb' }],
    ['A="l1\nl2"\nB=2', { A: 'l1\nl2', B: '2' }, { A: 'l1\nl2', B: '2' }],
    ['A=`x`', { A: '`x`' }, { A: 'x' }],
    ['A=1\nB=${A}/${BASE}', { A: '1', B: '1//base' }, { A: '1', B: '${A}/${BASE}' }],
    ['A=1\nB=\\${A} \\$5', { A: '1', B: '${A} $5' }, { A: '1', B: '\\${A} \\$5' }],
    ['B=${BASE}${NOPE:-d}', { B: '${BASE}${NOPE:-d}' }, { B: '${BASE}${NOPE:-d}' }],
    ['B=${BASE}-${1x}', { B: '/base-${1x}' }, { B: '${BASE}-${1x}' }],
    ['A=${workspaceFolder}/src', { A: '/src' }, { A: '${workspaceFolder}/src' }],
    ['A.B=1\nA-B=2\n1A=3\nA: 4', {}, { 'A.B': '1', 'A-B': '2', '1A': '3', A: '4' }],
    ['A="x\nB=2', { A: '"x\nB=2' }, { A: '"x', B: '2' }],
    ["A=it's\nB=2", { A: "it's\nB=2" }, { A: "it's", B: '2' }],
    ["# x = it's\nA=1", {}, { A: '1' }],
    ['A=1\rB=2', { A: '1\rB=2' }, { A: '1', B: '2' }],
    ['\uFEFFA=1\r\nB="x"\r\n', { A: '1', B: 'x' }, { A: '1', B: 'x' }],
    ['__proto__=1\nconstructor=2', { constructor: '2' }, { constructor: '2' }],
    ["A='", { A: "'" }, { A: "'" }],
    ['A=\nB', { A: '' }, { A: '' }],
  ])('%j', (text, debugpy, dotenv) => {
    expect(parseEnvFile(text, 'debugpy', BASE).value.variables).toEqual(debugpy)
    expect(parseEnvFile(text, 'dotenv', BASE).value.variables).toEqual(dotenv)
  })
})

describe('problems', () => {
  test.each<[text: string, code: string, at: string, severity: string, fixed?: string]>([
    ['export A=1', 'env-export', 'export ', 'warning', 'A=1'],
    ['A=1 # note\n', 'env-comment-in-value', '# note', 'warning', '# note\nA=1\n'],
    ['A="x y" # note\n', 'env-comment-in-value', '# note', 'warning', '# note\nA="x y"\n'],
    ['A=a#b', 'env-hash', '#b', 'information', 'A="a#b"'],
    ['A=`x`', 'env-backticks', '`x`', 'warning', 'A="x"'],
    ["A='a\\nb'", 'env-escape', "'a\\nb'", 'warning'],
    ['A=${NOPE:-d}', 'env-reference', '${NOPE:-d}', 'warning'],
    ['A=${workspaceFolder}/src', 'env-reference', '${workspaceFolder}', 'warning'],
    ['_A=1\nB=x${_A}', 'env-reference', '${_A}', 'warning'],
    ['B="\\n${NOPE}"', 'env-reference', '${NOPE}', 'warning'],
    ['PATH=${PATH}:/x', 'env-reference', '${PATH}', 'warning', 'PATH=/x'],
    ['PYTHONPATH=/x:${PYTHONPATH}', 'env-reference', '${PYTHONPATH}', 'warning', 'PYTHONPATH=/x'],
    ['A.B=1', 'env-name', 'A.B', 'warning', 'A_B=1'],
    ['A-B=1', 'env-name', 'A-B', 'warning', 'A_B=1'],
    ['1A=1', 'env-name', '1A', 'warning', 'V1A=1'],
    ['A: 1', 'env-colon', ': ', 'warning', 'A=1'],
    ['A="x\nB=2', 'env-open-quote', '"', 'error', 'A="x"\nB=2'],
    ['A="x', 'env-open-quote', '"', 'warning'],
    ["A=it's\nB=2", 'env-open-quote', "'", 'error', 'A="it\'s"\nB=2'],
    ["# x = it's\nA=1\nB=2", 'env-open-quote', "'", 'error', '# x = its\nA=1\nB=2'],
    ['A=1\rB=2', 'env-line-break', 'B', 'warning', 'A=1\nB=2'],
    ['A=1\nB=2\nA=3', 'env-duplicate', 'A', 'warning', 'B=2\nA=3'],
    ['A=1\n what is this\n', 'env-ignored-line', 'what is this', 'warning'],
  ])('%j: %s', (text, code, at, severity, fixed) => {
    const { problems } = parseEnvFile(text, 'debugpy', {})
    const found = problems.filter(problem => problem.code === code)
    expect(problems.map(problem => problem.code)).toContain(code)
    expect(found.map(({ span }) => text.slice(span.offset, span.offset + span.length))).toEqual([at])
    expect(found[0]?.severity).toBe(severity)
    if (fixed !== undefined) expect(apply(text, found[0])).toBe(fixed)
  })

  test.each([
    ['A=1\n# it = fine\n\nB="x # y"\n_C=\n'],
    ['A="l1\nl2"\nB=2'],
    ["MSG='several\nlines'\n"],
    ['A=1\nPATH=/x\nPATH=${PATH}:/y'],
    ['B=${BASE}/x'],
    ['\uFEFFA=1\r\nB="two\r\nlines"\r\n'],
  ])('none: %j', text => {
    expect(parseEnvFile(text, 'debugpy', BASE).problems).toEqual([])
  })

  test.each([
    ['A="x', 'env-open-quote'],
    ['A=${B}', 'env-reference'],
    ['A=1\nA=2', 'env-duplicate'],
    ['A=1\nnothing', 'env-ignored-line'],
  ])('dotenv, %j: %s', (text, code) => {
    expect(parseEnvFile(text, 'dotenv').problems.map(problem => problem.code)).toEqual([code])
  })

  test('an open quote names what it takes away', () => {
    const [problem] = parseEnvFile("A=it's\nB=2\nexport C=3\n", 'debugpy').problems
    expect(problem?.message).toContain('B, C are not set')
  })

  test('no value is in a message', () => {
    const text = "S=hunter2 # hunter2\nexport T=hunter2\nU: hunter2\nV='hunter2\nW=${X:-hunter2}\n"
    for (const { message } of parseEnvFile(text, 'debugpy').problems) expect(message).not.toContain('hunter2')
  })
})

test('lines are counted from 1, whatever ends them', () => {
  const { entries } = parseEnvFile('A=1\r\n\r\nB=2\nC="x\ny"\nD=4', 'debugpy').value
  expect(entries.map(({ key, line }) => `${key} ${line}`)).toEqual(['A 1', 'B 3', 'C 4', 'D 6'])
})

describe('any text', () => {
  const piece = fc.constantFrom(
    ...[
      'A',
      'B_1',
      '=',
      ' = ',
      ':',
      ': ',
      '#',
      ' # c',
      '"',
      "'",
      '`',
      '\\',
      '\\n',
      '\\r',
      '\\"',
      "\\'",
      '$',
      '${A}',
    ],
    ...[
      '${',
      '}',
      ':-',
      '\n',
      '\n\n',
      '\r\n',
      '\r',
      '\t',
      ' ',
      'export ',
      'export',
      '.',
      '-',
      '1',
      '\u2028',
      '\uFEFF',
    ],
    ...['é', '😀', '__proto__', '\n  ', 'x y', 'A=', '\nB=', '\nexport C='],
  )
  const files = fc.array(piece, { maxLength: 40 }).map(pieces => pieces.join(''))
  const dialects = fc.constantFrom<EnvDialect>('debugpy', 'dotenv')

  test('dotenv’s dialect is dotenv', () => {
    fc.assert(
      fc.property(files, text => {
        expect(parseEnvFile(text, 'dotenv').value.variables).toEqual({ ...parse(text) })
      }),
      { numRuns: 20_000 },
    )
  })

  test('keys and values are found where the spans say', () => {
    fc.assert(
      fc.property(files, dialects, (text, dialect) => {
        const at = ({ offset, length }: Span) => text.slice(offset, offset + length)
        for (const entry of parseEnvFile(text, dialect).value.entries) {
          expect(at(entry.keySpan)).toBe(entry.key)
          // What neither quotes nor escapes change is the value; any other is read the same where it stands alone.
          const raw = at(entry.valueSpan)
          const alone = parseEnvFile(`A=${raw}`, dialect).value.entries[0]
          if (!/["'`\\$\r\u2028]/.test(raw)) expect(entry.value).toBe(raw)
          else if (dialect === 'dotenv') expect(entry.value).toBe(alone?.value)
        }
      }),
      { numRuns: 5_000 },
    )
  })

  test('problems and their fixes stay in the text', () => {
    fc.assert(
      fc.property(files, dialects, (text, dialect) => {
        for (const { span, fixes } of parseEnvFile(text, dialect).problems) {
          for (const { offset, length } of [span, ...(fixes ?? []).flatMap(f => f.edits.map(e => e.span))]) {
            expect(offset).toBeGreaterThanOrEqual(0)
            expect(offset + length).toBeLessThanOrEqual(text.length)
          }
        }
      }),
      { numRuns: 5_000 },
    )
  })

  test('quotes around a value leave it as it is, and a comment that goes takes no variable with it', () => {
    fc.assert(
      fc.property(files, text => {
        const { value, problems } = parseEnvFile(text, 'debugpy')
        for (const { title, edits } of problems.flatMap(({ fixes = [] }) => fixes)) {
          const { variables } = parseEnvFile(applyTextEdits(text, edits), 'debugpy').value
          if (title === 'Put all of it in quotes') expect(variables).toEqual(value.variables)
          if (!/ the comment/.test(title)) continue
          expect(Object.keys(variables)).toEqual(expect.arrayContaining(Object.keys(value.variables)))
        }
      }),
      { numRuns: 20_000 },
    )
  })

  test('is read without an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), dialects, (text, dialect) => {
        parseEnvFile(text, dialect, BASE)
      }),
    )
  })
})

test.each<[name: string, line: string]>([
  ['blank lines', '\n'],
  ['blanks', ' '],
  ['open braces', '${a '],
  ['open braces on lines', '${a\n'],
  ['odd names in braces', '${1'],
  ['quotes on lines', 'A=\'x\nB="y\n'],
  ['escaped quotes', "A='\\'\n"],
  ['backslashes and quotes', 'A=\\\\\\"\n'],
  ['export', 'export '],
  ['names', 'A '],
  ['underscores', '_'],
  ['line separators', "'a\u2028"],
  ['duplicates', 'A=1\nB=${A}\n'],
  ['doubling', 'A=${A}${A}x\n'],
])('a million of %s takes no long time', (_, line) => {
  const text = `A=1\n${line.repeat(Math.ceil(1_000_000 / line.length))}}`
  const start = performance.now()
  for (const dialect of ['debugpy', 'dotenv'] as const) parseEnvFile(text, dialect)
  expect(performance.now() - start).toBeLessThan(30_000)
})

function apply(text: string, problem: Problem | undefined): string {
  const edits = problem?.fixes?.[0]?.edits ?? []
  return edits
    .toSorted((a, b) => b.span.offset - a.span.offset)
    .reduce((now, { span, newText }) => {
      return now.slice(0, span.offset) + newText + now.slice(span.offset + span.length)
    }, text)
}
