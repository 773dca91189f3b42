/** Our package for Sublime Text, with stand-ins for Sublime, LSP and Debugger, and the real server and debugpy. */
import { describe, test } from 'vitest'
import { runInSublime, type SublimeRig } from './sublime'
import { workspace } from './workspace'

const rows: (SublimeRig & { readonly says: string })[] = [
  { rig: 'session', says: 'breakpoint, env file, restart, run again, stop, run without debugging' },
  { rig: 'family', says: 'a child process, and a compound' },
  { rig: 'asks', says: 'inputs are asked in panels, and cancelled' },
  { rig: 'refused', says: 'a refusal is shown with its place, a failed task with its output' },
  { rig: 'lists', says: 'Debugger lists what launch.json has, and starts it' },
  { rig: 'pages', says: 'resolve, new configuration, code lens' },
  { rig: 'absent', says: 'what is missing is told', env: { RIG_DEBUGGER: 'none' } },
]

describe('Sublime Text', () => {
  for (const { says, ...rig } of rows) test(says, () => runInSublime({ files: workspace(), ...rig }))
})
