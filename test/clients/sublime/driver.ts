import { serverBundle } from '../../support/lspClient'
import type { Client } from '../conformance/client'
import { workspace } from '../conformance/workspace'
import { realPackages, runInSublime } from './sublime'

/** Sublime Text cannot be run here: a stand-in for its own module runs the packages, the real ones where they are. */
export function sublimeClients(): readonly Client[] {
  const found = realPackages()
  const real = 'missing' in found ? undefined : found
  return [
    {
      name:
        real === undefined
          ? 'Sublime Text, Debugger (stand-ins)'
          : 'Sublime Text (stand-in), LSP and Debugger',
      cannot: {},
      play: steps =>
        runInSublime({ rig: 'conformance', files: workspace(), server: serverBundle(), real, steps }),
    },
  ]
}
