import { expect, test } from 'vitest'
import { nearest } from '../../server/core/nearest'

test.each([
  { name: 'enviroment', among: ['env', 'environment'], meant: 'environment' },
  { name: 'JUSTMYCODE', among: ['justMyCode', 'module'], meant: 'justMyCode' },
  { name: 'porgram', among: ['program', 'process'], meant: 'program' },
  { name: 'prompt', among: ['promptString', 'pickString'], meant: 'promptString' },
  { name: 'workspace', among: ['workspaceFolder', 'workspaceRoot'], meant: undefined },
  { name: 'module', among: ['module', 'modules'], meant: undefined },
  { name: 'xyz', among: ['program', 'module'], meant: undefined },
  { name: 'Rn', among: ['Run', 'Stop'], meant: 'Run' },
  { name: '', among: ['a'], meant: undefined },
])('$name among $among', ({ name, among, meant }) => {
  expect(nearest(name, among)).toBe(meant)
})
