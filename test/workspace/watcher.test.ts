import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Watcher } from '../../server/workspace/watcher'
import { eventually } from '../support/eventually'
import { makeFolder, type TestFolder } from '../support/folder'

let folder: TestFolder
let watcher: Watcher
let seen: string[]

beforeEach(() => {
  folder = makeFolder()
  seen = []
  watcher = new Watcher(paths => seen.push(...paths))
})

afterEach(() => {
  watcher.close()
  folder.remove()
})

const file = (...names: string[]) => join(folder.path, ...names)
const told = (path: string) => eventually(`a change of ${path}`, () => seen.includes(path))

/** Does something, and expects to be told of the path because of it. */
async function tellsOf(path: string, happening: () => void) {
  seen.length = 0
  happening()
  await told(path)
}

async function watching(path: string) {
  folder.write('here.txt', '')
  watcher.watch([path, file('here.txt')])
  await told(file('here.txt'))
}

test('a file changes', async () => {
  folder.write('.env', 'A=1')
  watcher.watch([file('.env')])
  await told(file('.env'))
  await tellsOf(file('.env'), () => writeFileSync(file('.env'), 'A=2'))
})

test('a file in a folder that does not exist yet', async () => {
  await watching(file('.vscode', 'launch.json'))
  await tellsOf(file('.vscode', 'launch.json'), () => folder.write('.vscode/launch.json', '{}'))
  await tellsOf(file('.vscode', 'launch.json'), () => folder.write('.vscode/launch.json', '{ }'))
})

test('several missing folders above it', async () => {
  await watching(file('a', 'b', 'c', '.env'))
  await tellsOf(file('a', 'b', 'c', '.env'), () => folder.write('a/b/c/.env', 'A=1'))
})

test('a file is deleted and comes back', async () => {
  folder.write('.env', 'A=1')
  await watching(file('.env'))
  await tellsOf(file('.env'), () => rmSync(file('.env')))
  await tellsOf(file('.env'), () => folder.write('.env', 'A=2'))
})

test('a file is replaced by a rename, as editors save', async () => {
  folder.write('.env', 'A=1')
  await watching(file('.env'))
  for (const value of ['2', '3', '4']) {
    await tellsOf(file('.env'), () => {
      folder.write('.env.new', `A=${value}`)
      renameSync(file('.env.new'), file('.env'))
    })
  }
})

test('its folder is removed and made anew at once', async () => {
  folder.write('.vscode/launch.json', '{}')
  await watching(file('.vscode', 'launch.json'))
  rmSync(file('.vscode'), { recursive: true })
  mkdirSync(file('.vscode'))
  await tellsOf(file('.vscode', 'launch.json'), () => folder.write('.vscode/launch.json', '{ "a": 1 }'))
  await tellsOf(file('.vscode', 'launch.json'), () => folder.write('.vscode/launch.json', '{ "a": 12 }'))
})

test('a link: the file behind it is replaced, then the link points elsewhere', async () => {
  folder.write('real/one.env', 'A=1')
  folder.write('real/two.env', 'A=2')
  symlinkSync(file('real', 'one.env'), file('.env'))
  await watching(file('.env'))
  await tellsOf(file('real', 'one.env'), () => {
    folder.write('real/new', 'A=3')
    renameSync(file('real', 'new'), file('real', 'one.env'))
  })
  await tellsOf(file('.env'), () => {
    rmSync(file('.env'))
    symlinkSync(file('real', 'two.env'), file('.env'))
  })
  await tellsOf(file('real', 'two.env'), () => writeFileSync(file('real', 'two.env'), 'A=4'))
})

test('files that nobody named are not told', async () => {
  folder.write('.env', 'A=1')
  await watching(file('.env'))
  seen.length = 0
  folder.write('other.txt', 'x')
  await tellsOf(file('.env'), () => writeFileSync(file('.env'), 'A=2'))
  expect(seen).not.toContain(file('other.txt'))
})
