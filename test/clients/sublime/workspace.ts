import { workspace as shared } from '../conformance/workspace'

/** The workspace of the rigs, and the same folder again outside of it. */
export function workspace(): Record<string, string> {
  const files = shared({ configurations: CONFIGURATIONS, inputs: INPUTS })
  const outside = Object.entries(files).map(([name, text]) => [name.replace('ws/', 'outside/'), text])
  return {
    ...files,
    ...Object.fromEntries(outside),
    'outside/app.env': 'MODE=outside\n',
    'ws/notes.txt': '',
    'ws/.vscode/tasks.json': JSON.stringify({ version: '2.0.0', tasks: [TASK] }),
    'alone.py': '',
  }
}

const TASK = {
  label: 'fails',
  type: 'shell',
  command: "printf 'bad \\033[31mluck\\033[0m\\n'; exit 3",
}
const CONFIGURATIONS = [
  {
    name: 'asks all',
    program: 'app.py',
    env: { MODE: '${input:the-mode.x} ${input:pick} ${input:secret} ${selectedText}' },
  },
  { name: 'task', program: 'app.py', preLaunchTask: 'fails' },
  { name: 'hidden', program: 'app.py', presentation: { hidden: true } },
  { name: 'with ${file}', program: 'app.py', env: { MODE: 'odd' } },
  { name: 'browser', type: 'chrome' },
]
const INPUTS = [
  { id: 'pick', type: 'pickString', description: 'Pick one', options: ['a', 'b'], default: 'b' },
  { id: 'secret', type: 'promptString', description: 'Token', password: true },
]
