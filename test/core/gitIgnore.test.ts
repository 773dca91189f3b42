import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { isGitIgnored } from '../../server/core/gitIgnore'
import type { Host } from '../../server/core/host'

const host: Host = { platform: 'linux', env: {}, homeDir: '/home/u', cwd: '/' }

function ignored(path: string, texts: Readonly<Record<string, string>>): boolean {
  const files = { read: (name: string) => texts[name], kind: () => undefined, list: () => [] }
  return isGitIgnored(files, host, '/work', posix.join('/work', path))
}

test.each([
  ['.env', 'a/.env'],
  ['*.env', 'prod.env'],
  ['/prod.env', 'prod.env'],
  ['env/', 'env/prod'],
  ['config/**', 'config/a/b.env'],
  ['**/secret', 'a/b/secret'],
  ['a/*/c', 'a/b/c'],
  ['prod.en?', 'prod.env'],
  ['*.[e]nv', 'prod.env'],
  ['\\#a', '#a'],
  ['.env  ', '.env'],
])('%s ignores %s', (pattern, path) => {
  expect(ignored(path, { '/work/.gitignore': `${pattern}\r\n` })).toBe(true)
})

test.each([
  ['/prod.env', 'a/prod.env'],
  ['prod.env/', 'prod.env'],
  ['# .env', '.env'],
  ['.env\n!.env', '.env'],
  ['a/*', 'b/a/c'],
  ['.env', 'x.env'],
  ['.', 'ab'],
  ['.env', '../.env'],
])('%s ignores %s not', (pattern, path) => {
  expect(ignored(path, { '/work/.gitignore': pattern })).toBe(false)
})

test('the file of an inner folder has the last word', () => {
  const texts = { '/work/.gitignore': '*.env', '/work/a/.gitignore': '!prod.env' }
  expect(ignored('a/prod.env', texts)).toBe(false)
  expect(ignored('b/prod.env', texts)).toBe(true)
})
