import type { JsonObject } from './json'
import { readOptions, type TaskCommand } from './taskCommand'
import type { Task } from './taskDocument'

/** What VS Code's npm extension runs for a script of package.json; `options` of the task go over it. */
export function npmCommand(script: string, value: JsonObject): TaskCommand {
  const { path } = value
  const below = typeof path === 'string' && path !== '' ? `/${path}` : ''
  const args = script === 'install' ? [script] : ['run', script]
  const options = { cwd: `\${workspaceFolder}${below}`, ...readOptions(value['options']) }
  return { runtime: 'shell', name: 'npm', args, options }
}

/**
 * The task VS Code finds by itself in package.json: `npm: build` in the root folder, `npm: build - web` in a folder
 * below it. Whether there is such a script is for npm to say.
 */
export function npmTask(label: string): Task | undefined {
  const [, script, path] = /^npm: (.+?)(?: - (.+))?$/.exec(label) ?? []
  if (script === undefined) return undefined
  const value = { type: 'npm', script, ...(path === undefined ? {} : { path }) }
  return {
    label,
    identifier: label,
    kind: 'contributed',
    type: 'npm',
    value,
    node: undefined,
    command: npmCommand(script, value),
    isBackground: false,
    background: [],
    hasMatcher: false,
    dependsOn: [],
    sequence: false,
    group: undefined,
    inputs: undefined,
  }
}
