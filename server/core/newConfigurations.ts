import type { Files, Host } from './host'
import type { JsonObject } from './json'
import { type ProjectFiles, readProject } from './projectFiles'
import { TEMPLATES, type Template } from './templates'

/** A configuration (or compound) to add, as a template with what was found in the project. */
export interface NewEntry {
  readonly kind: 'configuration' | 'compound'
  readonly label: string
  /** What it runs, or what it was detected by. */
  readonly detail: string
  readonly detected: boolean
  readonly body: JsonObject
}

/**
 * What a project may want to start: first what its own files show, then the rest, each in the order of what people
 * really launch. `names` are taken already; two for a compound are needed to offer one.
 */
export function newConfigurations(
  files: Files,
  host: Host,
  folder: string | undefined,
  names: readonly string[] = [],
): readonly NewEntry[] {
  const project = folder === undefined ? NO_PROJECT : readProject(files, host, folder)
  const found = TEMPLATES.flatMap(template => entries(template, project))
  const ordered = [...found.filter(each => each.detected), ...found.filter(each => !each.detected)]
  const [first, second] = new Set(names)
  const compound: NewEntry[] =
    first === undefined || second === undefined
      ? []
      : [
          {
            kind: 'compound',
            label: 'Compound',
            detail: `starts "${first}" and "${second}" together`,
            detected: false,
            body: { name: 'All', configurations: [first, second], stopAll: true },
          },
        ]
  return [...ordered.map(each => withFreeName(each, names)), ...compound]
}

function entries(template: Template, project: ProjectFiles): NewEntry[] {
  const detected = template.detect(project).slice(0, MOST)
  if (detected.length === 0) {
    return [
      {
        kind: 'configuration',
        label: template.label,
        detail: template.detail,
        detected: false,
        body: template.body,
      },
    ]
  }
  return detected.map(({ detail, body }) => ({
    kind: 'configuration',
    label: template.label,
    detail,
    detected: true,
    body: { ...template.body, ...body },
  }))
}

/** A project with thirty scripts needs no list of thirty. */
const MOST = 5

const NO_PROJECT: ProjectFiles = { python: [], names: new Set(), paths: [] }

function withFreeName(entry: NewEntry, names: readonly string[]): NewEntry {
  const wanted = String(entry.body['name'])
  let name = wanted
  for (let i = 2; names.includes(name); i++) name = `${wanted} ${i}`
  return name === wanted ? entry : { ...entry, body: { ...entry.body, name } }
}
