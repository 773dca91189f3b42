import { createScanner } from 'jsonc-parser'
import { expect, test } from 'vitest'
import { formattingEdits } from '../../server/core/formatting'
import { applyTextEdits } from '../../server/core/jsonEdit'
import { pick, type Random, random } from '../fuzz/mutation'

const CHOSEN = { insertSpaces: true, tabSize: 4 }
const USUAL = `// What F5 starts
{ "version": "0.2.0",
  "configurations": [
    {"name":"a","type":"debugpy", "request": "launch" /* here */, "program": "\${file}", // run
      "args": ["x", 1, -2.5e3, true, null, [ ], { }],
\t\t"env": {"A": "1",
      "B": "two // no comment"}},

    { "name": "b" }
  ]
}
`
/** What people leave behind while they write. */
const PIECES = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '"x"',
  '//',
  '/*',
  '*/',
  '\n',
  ' ',
  '\\',
  '1',
  "'",
  '\r\n',
  '//c\n',
  ',,',
]

function formatted(text: string): string {
  const edits = formattingEdits(text, undefined, CHOSEN)
  return applyTextEdits(
    text,
    edits.map(({ offset, length, content }) => ({ span: { offset, length }, newText: content })),
  )
}

/** All that is not white space between tokens; of a comment, its text. */
function tokensOf(text: string): string[] {
  const scanner = createScanner(text, false)
  const tokens: string[] = []
  for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) {
    const start = scanner.getTokenOffset()
    tokens.push(text.slice(start, start + scanner.getTokenLength()).trim())
  }
  return tokens.filter(token => token !== '')
}

function mutated(text: string, next: Random): string {
  let result = text
  for (let times = Math.floor(next() * 4); times > 0; times -= 1) {
    const at = Math.floor(next() * result.length)
    const gone = next() < 0.5 ? Math.floor(next() * 4) : 0
    result = result.slice(0, at) + (next() < 0.6 ? pick(PIECES, next) : '') + result.slice(at + gone)
  }
  return result
}

test('formatting changes no token of any document, and a second time nothing', () => {
  const next = random(4)
  let changed = 0
  for (let round = 0; round < 3000; round += 1) {
    const text = mutated(USUAL, next)
    const once = formatted(text)
    expect(tokensOf(once), text).toEqual(tokensOf(text))
    expect(formatted(once), text).toBe(once)
    if (once !== text) changed += 1
  }
  expect(changed).toBeGreaterThan(500)
})

test('what is no JSON stays as it is', () => {
  const text = '{ "configurations": [\n  {\n    "name":"x"\n    "type":"y" },\n  { "name":"z" }\n] }\n'
  expect(formatted(text)).toBe(text)
  const whole = text.replace('"x"', '"x",')
  expect(formatted(whole)).not.toBe(whole)
})
