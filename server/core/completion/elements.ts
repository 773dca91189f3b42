import type { CompletionContext, Draft } from './completion'

/** Frames for a new element of the lists of a file, other than `configurations`. */
export function completeElements({ place }: CompletionContext): readonly Draft[] {
  const [list, index, ...deeper] = place.path
  if (typeof list !== 'string' || typeof index !== 'number' || deeper.length > 0) return []
  const { token, offset } = place
  if (token?.isText) return []
  return (FRAMES[list] ?? []).map(({ label, detail, snippet }) => ({
    label,
    kind: 'template',
    detail,
    filterText: token === undefined ? '{' : label,
    span: token ?? { offset, length: 0 },
    snippet,
    isWhole: true,
  }))
}

interface Frame {
  readonly label: string
  readonly detail: string
  readonly snippet: string
}

const FRAMES: Readonly<Record<string, readonly Frame[]>> = {
  compounds: [
    {
      label: 'compound',
      detail: 'starts several configurations together',
      snippet: '{\n\t"name": "${1:All}",\n\t"configurations": ["$2"]\n}',
    },
  ],
  inputs: [
    {
      label: 'promptString',
      detail: 'asks for a text',
      snippet:
        '{\n\t"id": "${1:id}",\n\t"type": "promptString",\n\t"description": "${2:What to ask}",\n\t"default": "$3"\n}',
    },
    {
      label: 'pickString',
      detail: 'asks to pick one of several texts',
      snippet:
        '{\n\t"id": "${1:id}",\n\t"type": "pickString",\n\t"description": "${2:What to ask}",\n\t"options": ["$3"]\n}',
    },
    {
      label: 'command',
      detail: 'asks a command',
      snippet: '{\n\t"id": "${1:id}",\n\t"type": "command",\n\t"command": "${2:python.interpreterPath}"\n}',
    },
  ],
  tasks: [
    {
      label: 'shell',
      detail: 'a command line of a shell',
      snippet: '{\n\t"label": "${1:build}",\n\t"type": "shell",\n\t"command": "$2"\n}',
    },
    {
      label: 'process',
      detail: 'a program, without a shell',
      snippet: '{\n\t"label": "${1:build}",\n\t"type": "process",\n\t"command": "$2",\n\t"args": ["$3"]\n}',
    },
    {
      label: 'dependsOn',
      detail: 'waits for other tasks',
      snippet: '{\n\t"label": "${1:all}",\n\t"dependsOn": ["$2"]\n}',
    },
  ],
}
