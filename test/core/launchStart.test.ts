import { describe, expect, test } from 'vitest'
import { parseLaunchDocument } from '../../server/core/launchDocument'
import { type LaunchPlace, launchesOf } from '../../server/core/launches'
import { startOf } from '../../server/core/launchStart'

describe('a compound', () => {
  test.each<[what: string, compound: object, outcome: object]>([
    ['starts its members', { configurations: ['a', 'b'] }, { started: ['a', 'b'], complete: true }],
    ['does not start itself', { configurations: ['a', 'c', 'b'] }, { started: ['a', 'b'], complete: false }],
    ['starts a member twice', { configurations: ['a', 'a'] }, { started: ['a', 'a'], complete: true }],
    [
      'stops at a member that is missing',
      { configurations: ['a', 'nope', 'b'], preLaunchTask: 't' },
      {
        started: ['a'],
        preLaunchTask: 't',
        complete: false,
        error: "Could not find launch configuration 'nope' in the workspace.",
      },
    ],
    [
      'has members with a folder',
      { configurations: [{ name: 'a', folder: 'w' }] },
      { started: ['a'], complete: true },
    ],
    [
      'needs a name in a member',
      { configurations: [{ folder: 'w' }] },
      {
        started: [],
        complete: false,
        error: "Can not find folder with name 'w' for configuration 'undefined' in compound 'c'.",
      },
    ],
    [
      'needs a folder in a member',
      { configurations: [{ name: 'a' }] },
      {
        started: [],
        complete: false,
        error: 'A member of compound \'c\' names no folder: write "a" alone, or add "folder".',
      },
    ],
    [
      'is not led astray by null',
      { configurations: ['a', null] },
      {
        started: ['a'],
        complete: false,
        error: 'A member of compound \'c\' names no folder: write "name" alone, or add "folder".',
      },
    ],
    [
      'wants a list',
      { configurations: 'ab' },
      {
        started: [],
        complete: false,
        error: '"configurations" of compound \'c\' is no list. Write the names in brackets.',
      },
    ],
    [
      'wants members',
      { configurations: 0, preLaunchTask: 't' },
      {
        started: [],
        complete: false,
        error: 'Compound must have "configurations" attribute set in order to start multiple configurations.',
      },
    ],
    ['may be empty', { configurations: [] }, { started: [], complete: true }],
  ])('%s', (_, compound, outcome) => {
    const place = folder('w', { configurations: [c('a'), c('b')], compounds: [{ name: 'c', ...compound }] })
    expect(start([place], place, 'c')).toEqual({ stopAll: false, preLaunchTask: undefined, ...outcome })
  })
})

describe('a name in several places', () => {
  const web = folder('web', { configurations: [c('s')], compounds: [{ name: 'c', configurations: ['s'] }] })
  const api = folder('api', { configurations: [c('s'), c('only')] })
  const twin = folder('api', { configurations: [c('only')] })
  const workspace: LaunchPlace = {
    source: { kind: 'workspace' },
    document: document({
      compounds: [
        { name: 'o', configurations: ['s'] },
        { name: 'f', configurations: [{ name: 'only', folder: 'api' }] },
      ],
    }),
  }

  test.each<
    [what: string, places: LaunchPlace[], place: LaunchPlace | undefined, name: string, outcome: object]
  >([
    ['a member of the own place', [web, api], web, 'c', { started: ['s'] }],
    ['a member of several others', [web, api, workspace], workspace, 'o', { error: several('s') }],
    [
      'folders of one name',
      [api, twin, workspace],
      workspace,
      'f',
      { error: "Can not find folder with name 'api' for configuration 'only' in compound 'f'." },
    ],
    ['no place, one has it', [web, api], undefined, 'only', { started: ['only'] }],
    ['no place, several have it', [web, api], undefined, 's', { error: several('s') }],
    [
      'no place, none has it',
      [web],
      undefined,
      'x',
      { error: "Configuration 'x' is missing in 'launch.json'." },
    ],
    [
      'another place has it',
      [web, api],
      web,
      'only',
      { error: "Configuration 'only' is missing in 'launch.json'." },
    ],
    [
      'there is nothing to start',
      [],
      undefined,
      'x',
      { error: "'launch.json' does not exist for passed workspace folder." },
    ],
  ])('%s', (_, places, place, name, outcome) => {
    expect(start(places, place, name)).toMatchObject(outcome)
  })
})

test('what is started has its section applied', () => {
  const place = folder('w', { configurations: [{ ...c('x'), program: 'p', linux: { program: 'l' } }] })
  expect(startOf(launchesOf([place], 'linux'), place, 'x').configurations[0]?.value).toMatchObject({
    program: 'l',
  })
})

function several(name: string): string {
  return (
    `There are multiple launch configurations '${name}' in the workspace. ` +
    'Use folder name to qualify the configuration.'
  )
}

/** What a start comes to, its configurations by name. */
function start(places: readonly LaunchPlace[], place: LaunchPlace | undefined, name: string) {
  const { configurations, compound, ...rest } = startOf(launchesOf(places, 'linux'), place, name)
  return { started: configurations.map(launch => launch.name), ...rest }
}

function c(name: string) {
  return { name, type: 'debugpy', request: 'launch' }
}

function folder(name: string, launch: object): LaunchPlace {
  return { source: { kind: 'folder', folder: { name, path: `/${name}` } }, document: document(launch) }
}

function document(launch: object) {
  return parseLaunchDocument(JSON.stringify(launch))
}
