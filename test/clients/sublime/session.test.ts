/** Our package for Sublime Text, with a stand-in for Sublime, and the real server and debugpy. */
import { resolve } from 'node:path'
import { describe, test } from 'vitest'
import { attachable, attachedConfiguration } from '../attachable'
import { workspace as shared } from '../conformance/workspace'
import { type RealPackages, realPackages, runInSublime, type SublimeRig } from './sublime'
import { workspace } from './workspace'

const fakeServer = resolve(import.meta.dirname, '../fakeServer.mjs')
const OLD = { LAUNCH_LS_IS_OLD: '1', LAUNCH_LS_LOG: '/dev/null' }

const rows: (SublimeRig & { readonly says: string })[] = [
  { rig: 'session', says: 'breakpoint, env file, restart, run again, stop, run without debugging' },
  { rig: 'family', says: 'a child process, and a compound' },
  { rig: 'readme', says: 'the lines of the README: the link, and its key', server: 'README' },
  { rig: 'asks', says: 'inputs are asked in panels, and cancelled' },
  { rig: 'refused', says: 'a refusal is shown with its place, a failed task with its output' },
  { rig: 'lists', says: 'Debugger lists what launch.json has, and starts it' },
  { rig: 'terminal', says: 'a program in a terminal, with and without Terminus' },
  { rig: 'reloaded', says: 'upgrades of the package and of Debugger while Sublime Text runs' },
  { rig: 'pages', says: 'resolve, new configuration, code lens' },
  { rig: 'old', says: 'a server that is too old is told', server: fakeServer, env: OLD },
  { rig: 'absent', says: 'what is missing is told', env: { RIG_DEBUGGER: 'none' } },
  { rig: 'absent', says: 'a Debugger that is too old is told', env: { RIG_DEBUGGER: 'old' } },
]

describe('Sublime Text, LSP and Debugger stand in', () => {
  for (const { says, ...rig } of rows) test(says, () => runInSublime({ files: workspace(), ...rig }))
  test(ATTACHED, () => attached())
})

/** A program is attached to, and outlives its session. */
async function attached(real?: RealPackages): Promise<void> {
  const program = await attachable()
  const configurations = [attachedConfiguration(program.port)]
  await runInSublime({ files: shared({ configurations }), rig: 'attached', real })
  await program.livesOn()
}

const ATTACHED = 'a program that ran before lives on when its session is stopped'
const found = realPackages()

describe('Sublime Text, its packages LSP and Debugger', () => {
  for (const { says, ...rig } of rows.filter(row => row.rig !== 'absent'))
    test(says, async ({ skip }) => {
      if ('missing' in found) skip(found.missing)
      else await runInSublime({ files: workspace(), ...rig, real: found })
    })
  test(ATTACHED, async ({ skip }) => {
    if ('missing' in found) skip(found.missing)
    else await attached(found)
  })
})
