import { describe, expect, test } from 'vitest'
import { declaredMatchers, readMatchers, watchBackground } from '../../server/core/taskMatchers'

const pattern = { regexp: '^(.*)$', message: 1 }
const ready = { pattern, background: { activeOnStart: true, beginsPattern: 'begin', endsPattern: 'end' } }
const none = declaredMatchers(undefined)

function follow(problemMatcher: unknown, lines: readonly string[]): string[] {
  const { background } = readMatchers({ problemMatcher }, 'linux', none)
  const state = watchBackground(background ?? [])
  return [
    state.busy ? 'busy' : 'idle',
    ...lines.map(line => state.line(line) ?? (state.busy ? 'busy' : 'idle')),
  ]
}

describe('a background task is ready', () => {
  test.each([
    ['with the end of its first round', ready, ['begin', 'x', 'end'], ['busy', 'busy', 'busy', 'ready']],
    ['again with each round', ready, ['end', 'begin', 'end'], ['busy', 'ready', 'busy', 'ready']],
    [
      'not by an end without a beginning',
      { ...ready, background: { ...ready.background, activeOnStart: false } },
      ['end', 'begin', 'end'],
      ['idle', 'idle', 'busy', 'ready'],
    ],
    [
      'not by the line it begins with',
      { pattern, background: { beginsPattern: 'start', endsPattern: 'start|end' } },
      ['start', 'start'],
      ['idle', 'busy', 'ready'],
    ],
    [
      'when every matcher has met its end',
      [ready, { pattern, background: { activeOnStart: true, beginsPattern: 'b2', endsPattern: 'e2' } }],
      ['e2', 'end'],
      ['busy', 'busy', 'ready'],
    ],
    [
      'by patterns in the long form',
      { pattern, background: { beginsPattern: { regexp: 'b' }, endsPattern: { regexp: 'e', file: 1 } } },
      ['b', 'e'],
      ['idle', 'busy', 'ready'],
    ],
    [
      'by the patterns of old files',
      { pattern, watchedTaskBeginsRegExp: 'b', watchedTaskEndsRegExp: 'e' },
      ['b', 'e'],
      ['idle', 'busy', 'ready'],
    ],
    [
      'by the TypeScript compiler',
      '$tsc-watch',
      ['[10:00:00 AM] Starting compilation in watch mode...', 'Found 0 errors. Watching for file changes.'],
      ['busy', 'busy', 'ready'],
    ],
    [
      'by a matcher based on it',
      { base: '$tsc-watch', owner: 'mine' },
      ['Found 1 error. Watching for file changes.'],
      ['busy', 'ready'],
    ],
  ])('%s', (_, matcher, lines, expected) => {
    expect(follow(matcher, lines)).toEqual(expected)
  })
})

describe('a matcher', () => {
  const named = declaredMatchers([{ name: 'mine', ...ready }, 5, { name: 6 }])
  test.each([
    ['declared in the file', { problemMatcher: '$mine' }, 1],
    ['in a list', { problemMatcher: ['$mine', '$python', 7] }, 1],
    ['of an extension watches nothing', { problemMatcher: '$elsewhere' }, 0],
    ['of the platform goes first', { problemMatcher: '$go', linux: { problemMatcher: '$mine' } }, 1],
    ['of another platform', { problemMatcher: '$go', osx: { problemMatcher: '$mine' } }, 0],
    ['as an empty list', { problemMatcher: [] }, 0],
    ['that is no matcher', { problemMatcher: [null, { background: 5 }, { background: null }] }, 0],
    ['missing', {}, undefined],
    ['null', { problemMatcher: null }, undefined],
  ])('%s', (_, task, count) => {
    expect(readMatchers(task, 'linux', named).background?.length).toBe(count)
  })
})

describe("what VS Code says of a matcher's mistakes", () => {
  test.each([
    [
      { pattern, background: { beginsPattern: 'x' } },
      ['A problem matcher must define both a begin pattern and an end pattern for watching.'],
    ],
    [
      { pattern, background: { beginsPattern: '(', endsPattern: 'x' } },
      [
        'Error: The string ( is not a valid regular expression.\n',
        'A problem matcher must define both a begin pattern and an end pattern for watching.',
      ],
    ],
    [
      { owner: 'me' },
      ['Error: the description can\'t be converted into a problem matcher:\n{\n    "owner": "me"\n}\n'],
    ],
    [{ pattern }, []],
  ])('%j', (problemMatcher, expected) => {
    expect(readMatchers({ problemMatcher }, 'linux', none).complaints).toEqual(expected)
  })
})

test('a matcher that VS Code drops for want of a pattern still tells when the task is ready', () => {
  expect(follow({ background: ready.background }, ['end'])).toEqual(['busy', 'ready'])
})
