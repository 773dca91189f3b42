import { renameSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { diskFiles } from '../../server/workspace/disk'
import { makeFolder, type TestFolder } from '../support/folder'

let folder: TestFolder
beforeEach(() => {
  folder = makeFolder({ 'a.txt': 'hello', 'bom.json': '\uFEFF{}', 'sub/b.txt': '' })
})
afterEach(() => folder.remove())

test.each([
  { path: 'a.txt', kind: 'file', text: 'hello', names: [] },
  { path: 'bom.json', kind: 'file', text: '\uFEFF{}', names: [] },
  { path: 'sub', kind: 'folder', text: undefined, names: ['b.txt'] },
  { path: 'sub/b.txt', kind: 'file', text: '', names: [] },
  { path: 'missing', kind: undefined, text: undefined, names: [] },
  { path: 'a.txt/below', kind: undefined, text: undefined, names: [] },
  { path: 'with\0null', kind: undefined, text: undefined, names: [] },
])('$path', ({ path, kind, text, names }) => {
  const file = join(folder.path, path)
  expect(diskFiles.kind(file)).toBe(kind)
  expect(diskFiles.read(file)).toBe(text)
  expect(diskFiles.list(file)).toEqual(names)
})

test('links are followed; one that leads nowhere or in a circle is not there', () => {
  const link = (name: string, target: string) => {
    symlinkSync(target, join(folder.path, name))
    return join(folder.path, name)
  }
  const good = link('good', 'a.txt')
  expect(diskFiles.kind(good)).toBe('file')
  expect(diskFiles.read(good)).toBe('hello')
  expect(diskFiles.real?.(good)).toBe(join(folder.path, 'a.txt'))
  for (const bad of [link('dead', 'nothing'), link('circle', 'circle')]) {
    expect(diskFiles.kind(bad)).toBeUndefined()
    expect(diskFiles.read(bad)).toBeUndefined()
    expect(diskFiles.stamp?.(bad)).toBeUndefined()
    expect(diskFiles.real?.(bad)).toBeUndefined()
  }
})

test('a device is not read, since that could wait for ever', () => {
  expect(diskFiles.read('/dev/zero')).toBeUndefined()
})

test('the stamp changes when a file is replaced by one of the same size', () => {
  const path = folder.write('a.txt', 'hello')
  const before = diskFiles.stamp?.(path)
  renameSync(folder.write('a.txt.new', 'olleh'), path)
  expect(diskFiles.stamp?.(path)).not.toBe(before)
  expect(diskFiles.stamp?.(path)).toBe(diskFiles.stamp?.(path))
})
