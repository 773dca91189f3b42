import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rememberedInterpreter, rememberInterpreter } from '../../server/sessions/rememberedInterpreter'
import { createStore } from '../../server/workspace/store'
import { makeFolder } from '../support/folder'

test('a choice is kept for its folder alone, over the end of the server, until it is taken back', () => {
  const folder = makeFolder()
  const open = () => createStore(join(folder.path, 'state'))
  expect(rememberedInterpreter(open(), '/w/shop')).toBeUndefined()
  rememberInterpreter(open(), '/w/shop', '/e/bin/python')
  rememberInterpreter(open(), '/w/api', '/f/bin/python')
  expect(rememberedInterpreter(open(), '/w/shop')).toBe('/e/bin/python')
  expect(rememberedInterpreter(open(), '/w/api')).toBe('/f/bin/python')
  rememberInterpreter(open(), '/w/shop', undefined)
  expect(rememberedInterpreter(open(), '/w/shop')).toBeUndefined()

  const [kept = ''] = open().list('interpreters')
  for (const broken of ['', '{', '[]', 'null', '{"python":1}']) {
    open().write(`interpreters/${kept}`, broken)
    expect(rememberedInterpreter(open(), '/w/api')).toBeUndefined()
  }
  folder.remove()
})
