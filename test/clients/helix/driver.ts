import type { Client } from '../conformance/client'
import { workspace } from '../conformance/workspace'
import { helix } from '../editors'
import { playInHelix } from './helix'

const ONE_SESSION = 'Helix 25.01 has one session, and does not know startDebugging'
const PLAIN_BREAKPOINTS =
  'Helix 25.01 lets one write conditions and log messages, and tells the adapter the line only'
const NO_QUESTION = 'Helix asks before a start only: its template "debug with an answer to its question" does'

export function helixClients(): readonly Client[] {
  const editor = helix('25')
  return [
    {
      name: editor.name,
      missing: 'missing' in editor ? editor.missing : undefined,
      cannot: {
        'start by pick': 'Helix lists templates; the name of a configuration is typed',
        'conditional breakpoint': PLAIN_BREAKPOINTS,
        'log point': PLAIN_BREAKPOINTS,
        'child process': ONE_SESSION,
        'compound of two': ONE_SESSION,
        'prompt answered': NO_QUESTION,
        'prompt cancelled': NO_QUESTION,
      },
      play: steps => playInHelix('command' in editor ? editor.command : '', workspace(), steps),
    },
  ]
}
