import type { Node } from 'jsonc-parser'
import { absolutePath } from '../configurationPaths'
import { replaceNode } from '../jsonEdit'
import { nearest } from '../nearest'
import { propertiesOf, textOf } from '../properties'
import { hasModule, isModule, moduleNames, type PythonPackages } from '../pythonPackages'
import { pathsOf } from '../staticText'
import type { Check, Scope, ScopeRule } from './check'
import { folderOfScope, isForThisSystem } from './paths'

/** A `module` that neither the project nor its environment has; told by looking, Python is not asked. */
export const checkModule: ScopeRule = (scope, configuration, check) => {
  const node = scope.own.get('module')?.value
  const name = textOf(scope.own.get('module'))
  if (configuration.request !== 'launch' || node === undefined || name === undefined) return
  if (scope.isReplaced('module')) return
  if (!/^[A-Za-z_]\w*(?:\.\w+)*$/.test(name) || !isForThisSystem(scope, check)) return
  const interpreter = interpreterOf(check, scope)
  const packages = interpreter === undefined ? undefined : check.packages(interpreter)
  if (packages === undefined || packages.isOpen || interpreter === undefined) return
  const folders = searchFolders(check, scope)
  if (folders === undefined || hasModule(packages, check.facts.files, check.facts.host, name)) return
  const first = name.split('.')[0] ?? name
  if (folders.some(folder => isModule(check.facts.files, check.facts.host, folder, first))) return
  const message =
    `Neither the project nor ${interpreter} has a module "${first}": the start will fail. Install it, or choose the ` +
    'interpreter that has it.'
  check.report('missing-module', node, message, { fixes: nearModules(check, node, name, folders, packages) })
}

/** What the interpreter of a configuration finds; undefined when it is not known which one that is. */
export function interpreterPackages(check: Check, scope: Scope): PythonPackages | undefined {
  const interpreter = interpreterOf(check, scope)
  return interpreter === undefined ? undefined : check.packages(interpreter)
}

function interpreterOf(check: Check, scope: Scope): string | undefined {
  const written = textOf(scope.get('python')) ?? textOf(scope.get('pythonPath'))
  if (written === undefined || written === '' || written === '${command:python.interpreterPath}') {
    return scope.get('python')?.value?.type === 'array' ? undefined : check.facts.interpreter
  }
  return /[\\/]/.test(written) ? absolutePath(check.paths, written, folderOfScope(check, scope)) : undefined
}

/** Where Python looks before the packages; undefined when that cannot be told. */
function searchFolders(check: Check, scope: Scope): readonly string[] | undefined {
  const folder = folderOfScope(check, scope)
  if (folder === undefined) return undefined
  const envFile = textOf(scope.get('envFile')) ?? '${workspaceFolder}/.env'
  const path = absolutePath(check.paths, envFile, check.paths.folder)
  const text = path === undefined ? undefined : check.facts.files.read(path)
  if (path === undefined || text?.includes('PYTHONPATH')) return undefined
  const own = textOf(propertiesOf(scope.get('env')?.value).get('PYTHONPATH')) ?? ''
  const resolved = check.paths.resolve(own.replaceAll('${env:PYTHONPATH}', ''))
  if (resolved === undefined) return undefined
  const paths = pathsOf(check.facts.host)
  const inherited = check.facts.host.env['PYTHONPATH'] ?? ''
  const entries = [...resolved.split(paths.delimiter), ...inherited.split(paths.delimiter)]
  return [folder, ...entries.filter(entry => entry !== '').map(entry => paths.resolve(folder, entry))]
}

function nearModules(
  check: Check,
  node: Node,
  name: string,
  folders: readonly string[],
  packages: PythonPackages,
) {
  const { files, host } = check.facts
  const known = [...folders, ...packages.folders].flatMap(folder => moduleNames(files, host, folder))
  const [first = name, ...rest] = name.split('.')
  const meant = nearest(first, known)
  if (meant === undefined) return []
  const fixed = [meant, ...rest].join('.')
  return [{ title: `Change to "${fixed}"`, edits: [replaceNode(node, fixed)], preferred: true }]
}
