import type { Attribute, Shape } from '../attributes'
import type { DiagnosticFacts } from '../diagnostics/diagnose'
import type { LaunchDocument } from '../launchDocument'
import { placeAt, type Root } from '../places'
import { type Completion, complete } from './completion'

/** What holds sections of ours: a settings.json, which belongs to others but for one key, or a *.code-workspace. */
export type AroundKind = 'settings' | 'workspaceFile'

/** What fits around the sections of a file. Never throws. */
export function completeAround(
  kind: AroundKind,
  document: LaunchDocument,
  facts: DiagnosticFacts,
  offset: number,
  isTyped = false,
): readonly Completion[] {
  const root = ROOTS[kind]
  const place = placeAt(document.json.text, root, document.json.root, offset)
  const [first, ...deeper] = place?.path ?? []
  if (place === undefined || first === undefined) return []
  const isOfFile = deeper.length === 0 && (place.kind === 'key' || place.attribute !== undefined)
  if (!isOfFile && !(kind === 'workspaceFile' && first === 'folders')) return []
  return complete(document, root, facts, offset, isTyped)
}

const CODE = ['VS Code'] as const
const ANY: Shape = { is: 'object', attributes: [], others: { is: 'anything' } }

const LAUNCH: Attribute = {
  name: 'launch',
  documentation: 'Configurations and compounds, as in launch.json.',
  shape: ANY,
  readBy: CODE,
  snippet: '{\n\t"configurations": [\n\t\t$1\n\t]\n}',
}

const FOLDER: Shape = {
  is: 'object',
  attributes: [
    {
      name: 'path',
      documentation: 'Where the folder is, relative to this file.',
      shape: { is: 'text', names: 'folder beside' },
      readBy: CODE,
    },
    {
      name: 'name',
      documentation: 'What it is called. Absent: the name of the folder.',
      shape: { is: 'text' },
      readBy: CODE,
    },
  ],
}

const WORKSPACE_FILE: readonly Attribute[] = [
  {
    name: 'folders',
    documentation: 'The folders of the workspace.',
    shape: { is: 'list', of: FOLDER },
    readBy: CODE,
    snippet: '[\n\t{ "path": "${1:.}" }\n]',
  },
  {
    name: 'settings',
    documentation: 'Settings of the workspace; those of a folder go before them.',
    shape: ANY,
    readBy: CODE,
    snippet: '{\n\t$1\n}',
  },
  LAUNCH,
  {
    name: 'tasks',
    documentation: 'Tasks of the workspace, as in tasks.json.',
    shape: ANY,
    readBy: CODE,
    snippet: '{\n\t"version": "2.0.0",\n\t"tasks": [\n\t\t$1\n\t]\n}',
  },
  {
    name: 'extensions',
    documentation: 'Extensions that VS Code recommends to who opens the workspace.',
    shape: ANY,
    readBy: CODE,
    snippet: '{\n\t"recommendations": ["$1"]\n}',
  },
]

const ROOTS: Readonly<Record<AroundKind, Root>> = {
  settings: rootOf([LAUNCH]),
  workspaceFile: rootOf(WORKSPACE_FILE),
}

function rootOf(attributes: readonly Attribute[]): Root {
  return { path: [], shape: { is: 'object', attributes }, attributesOf: () => undefined }
}
