import { describe, expect, test } from 'vitest'
import type { Folder } from '../../server/core/editor'
import { parseLaunchDocument } from '../../server/core/launchDocument'
import {
  folderOf,
  inputsOf,
  type LaunchPlace,
  launchesOf,
  listed,
  startMenu,
} from '../../server/core/launches'

describe('names', () => {
  test.each<[what: string, launch: object, shown: string[], names: string[]]>([
    [
      'the second of a name gets a number',
      { configurations: [c('x'), c('x'), c('x (1)')] },
      ['x', 'x (1)', 'x (1)'],
      ['x', 'x (1)', 'x (1)'],
    ],
    [
      'a section’s name is shown, the written one starts',
      { configurations: [{ ...c('x'), linux: { name: 'y' } }] },
      ['y'],
      ['x'],
    ],
    [
      'without request a section is not looked at',
      { configurations: [{ name: 'x', type: 'debugpy', linux: { name: 'y' } }] },
      ['x'],
      ['x'],
    ],
    [
      'a section’s name that is no text',
      { configurations: [{ ...c('x'), linux: { name: 5 } }] },
      ['x'],
      ['x'],
    ],
    [
      'a compound without members is in no list',
      { compounds: [{ name: 'c' }, { name: 'd', configurations: [] }] },
      [],
      [],
    ],
    ['no lists at all', { configurations: {}, compounds: 'x' }, [], []],
  ])('%s', (_, launch, shown, names) => {
    const place = folderPlace(launch)
    const found = listed(launchesOf([place], 'linux'), place)
    expect(found.map(launch => launch.shown)).toEqual(shown)
    expect(found.map(launch => launch.name)).toEqual(names)
  })
})

test('of two lists of the same name, the second counts', () => {
  const text = '{"configurations": [{"name": "first"}], "configurations": [{"name": "second"}]}'
  const place: LaunchPlace = { source: { kind: 'user' }, document: parseLaunchDocument(text) }
  expect(launchesOf([place], 'linux').map(({ name }) => name)).toEqual(['second'])
})

describe('order', () => {
  test.each<[what: string, presentations: Record<string, unknown>, shown: string[]]>([
    [
      'groups by the alphabet, not by code',
      { a: { group: 'b' }, b: { group: 'A' }, c: { group: 'a' } },
      ['c', 'b', 'a'],
    ],
    ['null, false and empty are none', { a: null, b: false, c: '', d: {} }, ['d', 'a', 'b', 'c']],
    ['an empty group is none', { a: { group: '', order: 1 }, b: { group: 'g', order: 9 } }, ['b', 'a']],
    ['a number is a group too', { a: {}, b: { group: 5 } }, ['b', 'a']],
    ['hidden by anything that is true', { a: { hidden: 1 }, b: { hidden: 0 } }, ['b']],
  ])('%s', (_, presentations, shown) => {
    const configurations = Object.entries(presentations).map(([name, presentation]) => ({
      ...c(name),
      presentation,
    }))
    const place = folderPlace({ configurations })
    expect(listed(launchesOf([place], 'linux'), place).map(launch => launch.shown)).toEqual(shown)
  })
})

describe('the start menu', () => {
  test('sorts over all places and leaves out what only a section names', () => {
    const places = [
      folderPlace({ configurations: [c('plain'), { ...c('x'), linux: { name: 'y' } }] }, 'web'),
      folderPlace({ configurations: [{ ...c('grouped'), presentation: { group: 'g' } }] }, 'api'),
    ]
    expect(startMenu(launchesOf(places, 'linux')).map(({ name }) => name)).toEqual(['grouped', 'plain'])
  })

  test('a compound stands where the configuration of its name would', () => {
    const place = folderPlace({
      configurations: [
        { ...c('x'), presentation: { order: 2 } },
        { ...c('y'), presentation: { order: 3 } },
      ],
      compounds: [{ name: 'x', configurations: ['y'], presentation: { order: 9 } }],
    })
    expect(startMenu(launchesOf([place], 'linux')).map(({ name }) => name)).toEqual(['x', 'x', 'y'])
  })
})

describe('launch of settings.json', () => {
  const settings = { configurations: [c('s')], inputs: [{ id: 's' }] }
  test.each<[what: string, launch: object | undefined, shown: string[], inputs: unknown]>([
    ['counts without a launch.json', undefined, ['s'], [{ id: 's' }]],
    ['counts for the lists that launch.json lacks', { compounds: [] }, ['s'], [{ id: 's' }]],
    ['is replaced list by list', { configurations: [], inputs: [] }, [], []],
    ['is replaced by null, too', { configurations: null }, [], [{ id: 's' }]],
  ])('%s', (_, launch, shown, inputs) => {
    const place: LaunchPlace = {
      ...folderPlace(launch),
      settings: parseLaunchDocument(JSON.stringify({ launch: settings }), ['launch']),
    }
    expect(listed(launchesOf([place], 'linux'), place).map(found => found.shown)).toEqual(shown)
    expect(inputsOf(place, [place])).toEqual(inputs)
  })
})

describe('a folder and inputs for what stands outside of folders', () => {
  const one = folderPlace({ inputs: [{ id: 'folder' }] }, 'one')
  const two = folderPlace({}, 'two')
  const workspace: LaunchPlace = { source: { kind: 'workspace' }, document: document({}) }
  const user: LaunchPlace = { source: { kind: 'user' }, document: document({ inputs: [{ id: 'user' }] }) }

  test.each<[what: string, place: LaunchPlace, places: LaunchPlace[], inputs: unknown]>([
    ['its own go first', user, [one, user], [{ id: 'user' }]],
    ['then those of the only folder', workspace, [one, workspace, user], [{ id: 'folder' }]],
    ['of several folders none', workspace, [one, two, workspace, user], [{ id: 'user' }]],
    ['a folder without falls back', two, [one, two, user], [{ id: 'user' }]],
    ['nowhere', two, [two, workspace], undefined],
  ])('%s', (_, place, places, inputs) => {
    expect(inputsOf(place, places)).toEqual(inputs)
  })

  test('the folder is the only one that is open', () => {
    const folders: Folder[] = [{ name: 'a', path: '/a' }]
    expect(folderOf({ kind: 'user' }, folders)).toBe(folders[0])
    expect(folderOf({ kind: 'user' }, [...folders, { name: 'b', path: '/b' }])).toBeUndefined()
    expect(folderOf({ kind: 'workspace' }, [])).toBeUndefined()
  })
})

function c(name: string) {
  return { name, type: 'debugpy', request: 'launch' }
}

function folderPlace(launch: object | undefined, name = 'w'): LaunchPlace {
  const source = { kind: 'folder', folder: { name, path: `/${name}` } } as const
  return { source, document: launch && document(launch) }
}

function document(launch: object) {
  return parseLaunchDocument(JSON.stringify(launch))
}
