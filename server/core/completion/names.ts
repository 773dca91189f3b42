import type { Names } from '../attributes'
import { workingFolder } from '../configurationPaths'
import type { DiagnosticFacts } from '../diagnostics/diagnose'
import { parseJson } from '../json'
import { propertiesOf, propertyOf, stringNodes, textOf } from '../properties'
import { isModule, moduleNames, readPackages } from '../pythonPackages'
import { RUNNABLE_MODULES } from '../runnableModules'
import { pathsOf } from '../staticText'
import type { CompletionContext } from './completion'

export interface Candidate {
  readonly value: string
  readonly detail?: string
  readonly documentation?: string
  readonly kind?: 'reference' | 'module' | 'variable'
}

/** What exists under a kind of name: configurations, tasks, folders, modules. */
export function nameCandidates(context: CompletionContext, kind: Names): readonly Candidate[] {
  switch (kind) {
    case 'configuration':
      return configurations(context)
    case 'workspace folder':
      return context.facts.folders.map(({ name, path }) => ({ value: name, detail: path }))
    case 'task':
      return tasks(context)
    case 'module':
      return modules(context)
    case 'host':
      return HOSTS
    case 'interpreter':
      return interpreters(context)
    case 'option':
      return options(context)
    case 'npm script':
      return npmScripts(context)
    default:
      return []
  }
}

/** Names of this file first, then those that only one other folder has; members that are there already are not. */
function configurations({ document, facts, place }: CompletionContext): readonly Candidate[] {
  const taken = new Set(
    stringNodes(place.container)
      .filter(node => node.offset !== place.token?.offset)
      .map(node => String(node.value)),
  )
  const own = document.configurations.map(({ name }) => name)
  const inFolder = place.path.at(-1) === 'name' && place.container !== undefined
  const folder =
    inFolder && place.container !== undefined ? textOf(propertyOf(place.container, 'folder')) : undefined
  const others = facts.otherLaunches.filter(other => folder === undefined || other.folder === folder)
  const elsewhere = others.flatMap(other =>
    other.configurations.map(name => ({ name, folder: other.folder })),
  )
  const single = elsewhere.filter(
    ({ name }) => !own.includes(name) && elsewhere.filter(each => each.name === name).length === 1,
  )
  const all: readonly Candidate[] = [
    ...(folder === undefined ? own.map(value => ({ value })) : []),
    ...single.map(({ name, folder: where }) => ({ value: name, detail: `in ${where ?? 'the workspace'}` })),
  ]
  return all.filter(({ value }) => !taken.has(value))
}

function tasks({ document, facts, place }: CompletionContext): readonly Candidate[] {
  const build: Candidate = {
    value: '${defaultBuildTask}',
    detail: 'the default build task',
    kind: 'variable',
  }
  const [list, index] = place.path
  // In tasks.json itself: the labels of the file as it is, broken or not, without the task's own.
  const own = propertiesOf(document.section).get('tasks')?.value?.children ?? []
  const labels =
    list === 'tasks'
      ? own.flatMap((node, at) => (at === index ? [] : (textOf(propertyOf(node, 'label')) ?? [])))
      : (facts.tasks ?? [])
  const candidates = [...new Set(labels)].map(value => ({ value }))
  return list === 'configurations' ? [...candidates, build] : candidates
}

/** Of the package.json in the folder that the task names. */
function npmScripts({ facts, paths, place }: CompletionContext): readonly Candidate[] {
  if (paths.folder === undefined) return []
  const { join } = pathsOf(facts.host)
  const below = place.container === undefined ? undefined : textOf(propertyOf(place.container, 'path'))
  const text = facts.files.read(join(paths.folder, below ?? '', 'package.json'))
  const { root } = parseJson(text ?? '')
  const scripts = propertiesOf(root).get('scripts')?.value
  return [...propertiesOf(scripts).values()].map(script => ({
    value: script.name,
    ...(textOf(script) === undefined ? {} : { detail: textOf(script) ?? '' }),
  }))
}

/** What the input lets one pick from. */
function options({ place }: CompletionContext): readonly Candidate[] {
  const list = propertiesOf(place.container).get('options')?.value?.children ?? []
  const values = list.map(node => (node.type === 'object' ? propertyOf(node, 'value')?.value : node)?.value)
  return [...new Set(values.filter(each => typeof each === 'string'))].map(value => ({ value }))
}

/** Modules of the project, then those of the environment. */
function modules(context: CompletionContext): readonly Candidate[] {
  const { facts, paths, place } = context
  const cwd = place.configuration === undefined ? undefined : textOf(propertyOf(place.configuration, 'cwd'))
  const folder = workingFolder(paths, cwd)
  const interpreter = facts.interpreter?.()
  const packages = interpreter === undefined ? undefined : readPackages(facts.files, facts.host, interpreter)
  const installed = (packages?.folders ?? []).flatMap(each => moduleNames(facts.files, facts.host, each))
  const runnable = RUNNABLE_MODULES.filter(
    name =>
      packages === undefined || packages.folders.some(each => isModule(facts.files, facts.host, each, name)),
  )
  const project = folder === undefined ? [] : projectModules(facts, folder, '')
  const found = new Map<string, Candidate>()
  for (const value of project) found.set(value, { value, detail: 'of the project', kind: 'module' })
  for (const value of [...runnable, ...installed]) {
    if (!found.has(value)) found.set(value, { value, detail: 'installed', kind: 'module' })
  }
  return [...found.values()].slice(0, 300)
}

/** Dotted names below a folder: packages and files, two levels deep. */
function projectModules(
  facts: DiagnosticFacts,
  folder: string,
  prefix: string,
  depth = 0,
): readonly string[] {
  const join = pathsOf(facts.host).join
  return moduleNames(facts.files, facts.host, folder).flatMap(name => {
    const dotted = `${prefix}${name}`
    const below = join(folder, name)
    const deeper = depth < 2 && facts.files.kind(below) === 'folder'
    const inner = deeper ? projectModules(facts, below, `${dotted}.`, depth + 1) : []
    return name === '__init__' || name === 'setup' ? [] : [dotted, ...inner]
  })
}

function interpreters({ facts, paths }: CompletionContext): readonly Candidate[] {
  const { join } = pathsOf(facts.host)
  const folder = paths.folder
  if (folder === undefined) return []
  const python = facts.host.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python'
  return ['.venv', 'venv', 'env']
    .filter(name => facts.files.kind(join(folder, name, python)) === 'file')
    .map(name => ({ value: `\${workspaceFolder}/${name}/${python}`, detail: `the environment in ${name}` }))
}

const HOSTS: readonly Candidate[] = [
  { value: 'localhost', detail: 'this machine' },
  { value: '127.0.0.1', detail: 'this machine, by IPv4' },
]
