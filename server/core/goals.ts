import type { Node } from 'jsonc-parser'
import { namesOf } from './attributes'
import { absolutePath, type PathContext, pathContextOf, workingFolder } from './configurationPaths'
import { type DiagnosticFacts, variableFacts } from './diagnostics/diagnose'
import { parseJson } from './json'
import { indexInString } from './jsonStrings'
import type { LaunchDocument } from './launchDocument'
import { type Place, placeAt, type Root } from './places'
import type { Span } from './problem'
import { propertiesOf, propertyOf, textOf } from './properties'
import { readPackages } from './pythonPackages'
import { pathsOf } from './staticText'
import { findTaskPlace } from './taskFiles'
import { findVariables } from './variables'

/** A place outside of the names of these files: a file or folder, a script, a variable of a program, a setting. */
export interface Goal {
  readonly path: string
  readonly kind: 'file' | 'folder'
  /** In the file; undefined: its beginning. */
  readonly span?: Span
}

/** Where a text at the offset leads. Never throws. */
export function goalAt(
  document: LaunchDocument,
  root: Root,
  facts: DiagnosticFacts,
  offset: number,
): Goal | undefined {
  const place = placeAt(document.json.text, root, document.json.root, offset)
  const text = place?.token?.value
  if (place === undefined || place.kind !== 'value' || typeof text !== 'string' || text === '')
    return undefined
  return goalOfSetting(place, facts, text) ?? goalOfText(place, document, facts, text)
}

/** Where the whole text leads, whatever its variables are. */
export function goalOfText(
  place: Place,
  document: LaunchDocument,
  facts: DiagnosticFacts,
  text: string,
): Goal | undefined {
  const paths = pathContextOf(variableFacts(document, facts))
  const names = place.shape === undefined ? undefined : namesOf(place.shape)
  const { configuration, attribute } = place
  if (names === 'task') return goalOfTask(facts, paths.folder, text)
  if (attribute?.name === 'args' && configuration !== undefined) {
    return goalOfArgument(facts, paths, configuration, text)
  }
  if (names === 'module') return goalOfModule(facts, searched(paths, configuration), text)
  if (names === undefined || !PATHS.has(names)) return undefined
  const cwd = configuration === undefined ? undefined : textOf(propertyOf(configuration, 'cwd'))
  const isRun = names === 'python file' || names === 'interpreter'
  return existing(facts, absolutePath(paths, text, isRun ? workingFolder(paths, cwd) : paths.folder))
}

const PATHS: ReadonlySet<string> = new Set(['python file', 'file', 'folder', 'interpreter', 'env file'])

function existing({ files }: DiagnosticFacts, path: string | undefined, span?: Span): Goal | undefined {
  const kind = path === undefined ? undefined : files.kind(path)
  if (path === undefined || kind === undefined) return undefined
  return { path, kind, ...(span === undefined ? {} : { span }) }
}

function goalOfTask(facts: DiagnosticFacts, folder: string | undefined, label: string): Goal | undefined {
  const found = findTaskPlace(facts, folder, label)
  return found === undefined ? undefined : existing(facts, found.path, found.span)
}

/** `${config:…}` under the cursor: the setting in the folder's settings.json or the workspace file. */
export function goalOfSetting(place: Place, facts: DiagnosticFacts, text: string): Goal | undefined {
  const node = valueNode(place)
  if (node === undefined || !text.includes('${config:')) return undefined
  const index = indexInString(place.text, node, place.offset)
  const use = findVariables(text).find(
    ({ name, offset, length }) => name === 'config' && index >= offset && index < offset + length,
  )
  const key = use?.argument
  if (!key) return undefined
  const folder = facts.source.kind === 'folder' ? facts.source.folder.path : facts.folders[0]?.path
  const ofFolder =
    folder === undefined ? undefined : pathsOf(facts.host).join(folder, '.vscode', 'settings.json')
  const places = [
    { path: ofFolder, section: [] },
    { path: facts.workspaceFile, section: ['settings'] },
  ]
  for (const { path, section } of places) {
    const json = path === undefined ? undefined : facts.files.read(path)
    const found = json === undefined ? undefined : keyNode(parseJson(json).root, section, key)
    if (found !== undefined) return existing(facts, path, found)
  }
  return undefined
}

/** A setting is written in one name with dots, or in objects. */
function keyNode(root: Node | undefined, section: readonly string[], key: string): Node | undefined {
  let node = root
  for (const name of section) node = node && propertyOf(node, name)?.value
  if (node === undefined) return undefined
  for (const { name, value, key: written } of propertiesOf(node).values()) {
    if (name === key) return written
    const found = key.startsWith(`${name}.`) ? keyNode(value, [], key.slice(name.length + 1)) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

/** An application (`app.main:app`), a module behind `-A` or `--app`, a file, or a test in one. */
function goalOfArgument(
  facts: DiagnosticFacts,
  paths: PathContext,
  configuration: Node,
  text: string,
): Goal | undefined {
  const folders = searched(paths, configuration)
  const [, module, name] = /^(\w+(?:\.\w+)*):(\w+)(?:\(\))?(?:\.\w+)*$/.exec(text) ?? []
  if (module !== undefined && name !== undefined) {
    const found = goalOfModule(facts, folders, module)
    return found === undefined ? undefined : { ...found, ...variableIn(facts, found.path, name) }
  }
  const [file = '', ...tests] = text.split('::')
  if (/[./\\]/.test(file)) {
    const found = existing(facts, absolutePath(paths, file, folders[0]))
    const test = tests.at(-1)?.replace(/\[.*$/, '')
    if (found?.kind === 'file') {
      return test === undefined ? found : { ...found, ...variableIn(facts, found.path, test) }
    }
  }
  return isModuleArgument(configuration, text) ? goalOfModule(facts, folders, text) : undefined
}

/** Behind the options with which programs take a module. */
function isModuleArgument(configuration: Node, text: string): boolean {
  const args = propertyOf(configuration, 'args')?.value?.children ?? []
  return args.some(({ value }, index) => value === text && MODULE_OPTIONS.has(String(args[index - 1]?.value)))
}

const MODULE_OPTIONS: ReadonlySet<string> = new Set(['-A', '--app', '-m', '--module'])

/** Where Python looks first: the current directory, `--app-dir`, PYTHONPATH. */
function searched(paths: PathContext, configuration: Node | undefined): readonly string[] {
  if (configuration === undefined) return paths.folder === undefined ? [] : [paths.folder]
  const cwd = workingFolder(paths, textOf(propertyOf(configuration, 'cwd')))
  const args = (propertyOf(configuration, 'args')?.value?.children ?? []).map(each => String(each.value))
  const option = args.indexOf('--app-dir')
  const env = propertyOf(configuration, 'env')?.value
  const listed = env === undefined ? undefined : textOf(propertyOf(env, 'PYTHONPATH'))
  const written = [
    ...(option < 0 ? [] : [args[option + 1] ?? '']),
    ...(listed?.split(pathsOf(paths.host).delimiter) ?? []),
  ]
  return [cwd, ...written.map(each => (each === '' ? undefined : absolutePath(paths, each, cwd)))].filter(
    each => each !== undefined,
  )
}

/** The file of a module: of the project, else of what is installed. */
function goalOfModule(facts: DiagnosticFacts, folders: readonly string[], name: string): Goal | undefined {
  if (!/^\w+(?:\.\w+)*$/.test(name)) return undefined
  for (const folder of folders) {
    const found = moduleFile(facts, folder, name)
    if (found !== undefined) return { path: found, kind: 'file' }
  }
  const { files, host } = facts
  const interpreter = facts.interpreter?.()
  const packages = interpreter === undefined ? undefined : readPackages(files, host, interpreter)
  const library = packages?.library === undefined ? [] : [packages.library]
  for (const folder of [...(packages?.folders ?? []), ...library]) {
    const found = moduleFile(facts, folder, name)
    if (found !== undefined) return { path: found, kind: 'file' }
  }
  return undefined
}

export function moduleFile(
  { files, host }: Pick<DiagnosticFacts, 'files' | 'host'>,
  folder: string | undefined,
  name: string,
): string | undefined {
  if (folder === undefined || !/^\w+(?:\.\w+)*$/.test(name)) return undefined
  const { join } = pathsOf(host)
  const path = join(folder, ...name.split('.'))
  return [join(path, '__main__.py'), `${path}.py`, join(path, '__init__.py')].find(
    each => files.kind(each) === 'file',
  )
}

/** Where a Python file says first what the name is, as far as its text shows. */
function variableIn({ files }: DiagnosticFacts, path: string, name: string): { span?: Span } {
  const text = files.read(path) ?? ''
  const pattern = `^[ \\t]*(?:(?:async[ \\t]+)?def[ \\t]+|class[ \\t]+)?(${name})\\b(?=[ \\t]*(?:[:=(]))`
  const imported = `^[ \\t]*(?:from|import)[ \\t].*\\b(${name})[ \\t]*(?:,|$)`
  const found = new RegExp(pattern, 'm').exec(text) ?? new RegExp(imported, 'm').exec(text)
  if (found === null) return {}
  const offset = found.index + found[0].lastIndexOf(name)
  return { span: { offset, length: name.length } }
}

function valueNode({ container, token }: Place): Node | undefined {
  const children = (container?.children ?? []).map(child =>
    child.type === 'property' ? child.children?.[1] : child,
  )
  return children.find(child => child !== undefined && child.offset === token?.offset)
}
