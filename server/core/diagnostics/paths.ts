import type { Node } from 'jsonc-parser'
import { type Attribute, configurationAttribute, namesOf, suits } from '../attributes'
import { absolutePath, workingFolder } from '../configurationPaths'
import { replaceNode } from '../jsonEdit'
import type { Fix } from '../problem'
import { type Property, propertiesOf, textOf } from '../properties'
import { MODULE_COMMANDS } from '../runnableModules'
import { pathsOf } from '../staticText'
import type { Check, Scope, ScopeRule } from './check'
import { bareVariable } from './literals'
import { checkFolder, type Harm, nearFiles, reportBackslashes } from './missingPaths'
import { isInterpreterName, isPlaceholder } from './programTexts'

/** Files and folders that are named and not there. What cannot be told by looking is left alone. */
export const checkPaths: ScopeRule = (scope, configuration, check) => {
  if (!isForThisSystem(scope, check)) return
  for (const property of scope.own.values()) {
    const attribute = configurationAttribute(property.name)
    if (attribute === undefined || scope.isReplaced(property.name)) continue
    if (suits(attribute, configuration.request)) checkPath(check, scope, attribute, property)
  }
  checkLocalRoots(check, scope)
}

function checkPath(check: Check, scope: Scope, { name, shape }: Attribute, property: Property): void {
  const node = property.value
  const text = textOf(property)
  if (node === undefined || text === undefined || text === '') return
  const names = namesOf(shape)
  if (names === 'env file') checkEnvFile(check, scope, node, text)
  else if (names === 'interpreter') checkInterpreter(check, scope, node, text)
  else if (names === 'python file') checkProgram(check, scope, node, text)
  else if (names === 'folder' && name === 'cwd') {
    checkFolder(check, node, text, scope.get('preLaunchTask') === undefined ? CWD : BUILT_CWD)
  }
}

/** A section of another system names paths of that system. */
export function isForThisSystem(scope: Scope, check: Check): boolean {
  return scope.system === undefined || SYSTEM_OF[scope.system] === check.facts.host.platform
}

const SYSTEM_OF = { windows: 'win32', osx: 'darwin', linux: 'linux' } as const

/** The folder from which relative paths of a scope count. */
export function folderOfScope(check: Check, scope: Scope): string | undefined {
  return workingFolder(check.paths, textOf(scope.get('cwd')))
}

function checkProgram(check: Check, scope: Scope, node: Node, text: string): void {
  // Told by what they are.
  if (/^-|\.pyw?\s+\S/.test(text) || isPlaceholder(text)) return
  if (isInterpreterName(text) || MODULE_COMMANDS.has(text) || bareVariable(text) !== undefined) return
  const base = folderOfScope(check, scope)
  // Without its folder no program is found, which is told there.
  if (base !== undefined && textOf(scope.get('cwd')) !== undefined && check.kind(base) !== 'folder') return
  if (reportBackslashes(check, 'missing-program', node, text, base)) return
  const path = absolutePath(check.paths, text, base)
  if (path === undefined) return
  const kind = check.kind(path)
  if (kind === 'file') return
  if (kind === 'folder') {
    const main = pathsOf(check.facts.host).join(path, '__main__.py')
    if (check.kind(main) === 'file') return
    check.report('missing-program', node, `${path} is a folder without a __main__.py: Python cannot run it.`)
    return
  }
  if (reportBlanks(check, node, text, base)) return
  const built = scope.get('preLaunchTask') !== undefined
  const message = built
    ? unlessBuilt(path)
    : `${path} does not exist: the start will fail. Correct the path${relativeHint(check, scope, text)}.`
  check.report('missing-program', node, message, {
    ...(built ? { severity: 'information' as const } : {}),
    fixes:
      check.kind(`${path}.py`) === 'file'
        ? [{ ...withExtension(node, text), isGuess: built }]
        : nearFiles(check, node, text, path),
  })
}

/** Around the name of a file that is there without them. */
function reportBlanks(check: Check, node: Node, text: string, base: string | undefined): boolean {
  const trimmed = text.trim()
  const path = trimmed === text ? undefined : absolutePath(check.paths, trimmed, base)
  if (path === undefined || check.kind(path) !== 'file') return false
  const message =
    'A blank at the beginning or the end belongs to the path, and there is no such file: the start will fail.'
  check.report('missing-program', node, message, {
    fixes: [{ title: 'Remove the blank', edits: [replaceNode(node, trimmed)], preferred: true }],
  })
  return true
}

function withExtension(node: Node, text: string): Fix {
  return { title: `Change to ${text}.py`, edits: [replaceNode(node, `${text}.py`)], preferred: true }
}

function relativeHint(check: Check, scope: Scope, text: string): string {
  const resolved = check.paths.resolve(text)
  if (resolved === undefined || pathsOf(check.facts.host).isAbsolute(resolved)) return ''
  const from = scope.get('cwd') === undefined ? 'the workspace folder' : '"cwd"'
  return `; it is relative to ${from}`
}

function checkEnvFile(check: Check, scope: Scope, node: Node, text: string): void {
  if (reportBackslashes(check, 'missing-env-file', node, text, check.paths.folder)) return
  const resolved = check.paths.resolve(text)
  if (
    resolved !== undefined &&
    !pathsOf(check.facts.host).isAbsolute(resolved) &&
    !/^~|^[A-Za-z]:/.test(resolved)
  ) {
    const full = `\${workspaceFolder}/${text.replace(/^\.\//, '')}`
    const message =
      'A relative path of an env file is looked for nowhere, and its variables are not set: begin it with ' +
      '${workspaceFolder}/.'
    check.report('missing-env-file', node, message, {
      fixes: [{ title: `Change to ${full}`, edits: [replaceNode(node, full)], preferred: true }],
    })
    return
  }
  const path = absolutePath(check.paths, text, check.paths.folder)
  if (path === undefined || check.kind(path) === 'file') return
  if (check.kind(path) === 'folder') {
    check.report('missing-env-file', node, `${path} is a folder, not a file of environment variables.`)
    return
  }
  // The default is named in many configurations of projects that have no such file.
  const isDefault = path === absolutePath(check.paths, '${workspaceFolder}/.env', check.paths.folder)
  const built = scope.get('preLaunchTask') !== undefined
  const message = `${path} does not exist: the program starts without its variables, and nothing says so.`
  check.report('missing-env-file', node, message, {
    // Of what git ignores each makes one for themselves: the project has none to give.
    ...(isDefault || built || check.isGitIgnored(path) ? { severity: 'information' as const } : {}),
    fixes: nearFiles(check, node, text, path),
  })
}

function checkInterpreter(check: Check, scope: Scope, node: Node, text: string): void {
  const resolved = check.paths.resolve(text)
  if (resolved === undefined) return
  if (/^[\w.+-]+$/.test(resolved)) {
    if (check.facts.hasInterpreter?.(resolved) !== false) return
    const message = `There is no ${resolved} on PATH: the start will fail. Install it, or name another interpreter.`
    check.report('missing-interpreter', node, message, { fixes: interpreterFixes(check, node, undefined) })
    return
  }
  if (!/[\\/]/.test(resolved)) return
  const path = absolutePath(check.paths, text, folderOfScope(check, scope))
  if (path === undefined || check.kind(path) === 'file') return
  const message =
    check.kind(path) === 'folder'
      ? `${path} is a folder. Name the interpreter in it, such as bin/python.`
      : `There is no interpreter at ${path}: the start will fail. Create the environment or correct the path.`
  check.report('missing-interpreter', node, message, { fixes: interpreterFixes(check, node, path) })
}

const CWD: Harm = { harm: 'the start will fail.' }
const BUILT_CWD: Harm = { ...CWD, maybe: unlessBuilt }
const LOCAL_ROOT: Harm = { harm: 'breakpoints below it are never hit.' }

function unlessBuilt(path: string): string {
  return `${path} does not exist now. Unless the preLaunchTask makes it, the start will fail.`
}

function checkLocalRoots(check: Check, scope: Scope): void {
  if (scope.isReplaced('pathMappings')) return
  const mappings = scope.own.get('pathMappings')?.value
  if (mappings?.type !== 'array') return
  for (const mapping of mappings.children ?? []) {
    const root = propertiesOf(mapping).get('localRoot')
    const text = textOf(root)
    if (root?.value !== undefined && text) checkFolder(check, root.value, text, LOCAL_ROOT)
  }
}

function interpreterFixes(check: Check, node: Node, path: string | undefined): readonly Fix[] {
  const chosen = '${command:python.interpreterPath}'
  const inFolder = ['bin/python', 'Scripts/python.exe']
    .flatMap(name => (path === undefined ? [] : pathsOf(check.facts.host).join(path, name)))
    .filter(each => check.kind(each) === 'file')
  return [...inFolder, chosen].map(each => ({
    title: each === chosen ? 'Use the interpreter of the workspace' : `Change to ${each}`,
    edits: [replaceNode(node, each)],
  }))
}
