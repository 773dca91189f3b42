import type { VariableFacts } from '../../server/core/variableValues'

/** A Linux machine with the folder /w open, nothing in the editor and no settings; `changes` over it. */
export function facts(changes: Partial<VariableFacts> = {}): VariableFacts {
  const folder = { name: 'w', path: '/w' }
  return {
    host: { platform: 'linux', env: {}, homeDir: '/home/u', cwd: '/start' },
    folders: [folder],
    folder,
    editor: undefined,
    settings: () => undefined,
    execPath: undefined,
    extensions: {},
    contributed: {},
    inputs: undefined,
    commandAliases: {},
    ...changes,
  }
}
