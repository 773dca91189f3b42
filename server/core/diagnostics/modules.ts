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
  const folder = folderOfScope(check, scope)
  if (
    folder !== undefined &&
    check.kind(pathsOf(check.facts.host).join(folder, head(name), INIT)) === 'file'
  ) {
    checkOwn(check, scope, node, name, folder)
    return
  }
  const interpreter = interpreterOf(check, scope)
  const packages = interpreter === undefined ? undefined : check.packages(interpreter)
  if (packages === undefined || packages.isOpen || interpreter === undefined) return
  const folders = searchFolders(check, scope)
  if (folders === undefined || hasModule(packages, check.facts.files, check.facts.host, name)) return
  const first = head(name)
  if (folders.some(folder => isModule(check.facts.files, check.facts.host, folder, first))) return
  const message =
    `Neither the project nor ${interpreter} has a module "${first}": the start will fail. Install it, or choose the ` +
    'interpreter that has it.'
  check.report('missing-module', node, message, { fixes: nearModules(check, node, name, folders, packages) })
}

const INIT = '__init__.py'

function head(name: string): string {
  return name.split('.')[0] ?? name
}

/** A package in the working folder comes before all others: what it does not hold, is not there. */
function checkOwn(check: Check, scope: Scope, node: Node, name: string, folder: string): void {
  const { files, host } = check.facts
  const paths = pathsOf(host)
  let place = folder
  const parts = name.split('.')
  for (const [index, part] of parts.entries()) {
    const within = paths.join(place, part)
    const isFile = check.kind(`${within}.py`) === 'file'
    const isPackage =
      check.kind(within) === 'folder' && (!isFile || check.kind(paths.join(within, INIT)) === 'file')
    if (!isPackage && isModule(files, host, place, part)) {
      if (index === parts.length - 1) return
      const file = parts.slice(0, index + 1).join('.')
      const message = `"${file}" is a module, not a package, and holds no others`
      reportOwn(check, scope, node, message, file)
      return
    }
    if (!isPackage) {
      const meant = nearest(part, moduleNames(files, host, place))
      const fixed = meant === undefined ? undefined : [...parts.slice(0, index), meant].join('.')
      const owner = parts.slice(0, index).join('.')
      reportOwn(check, scope, node, `"${owner}" has no module "${part}"`, fixed)
      return
    }
    // It looks for its modules elsewhere, too.
    if (files.read(paths.join(within, INIT))?.includes('__path__')) return
    place = within
  }
  if (isModule(files, host, place, '__main__')) return
  const message = `"${name}" is a package without a __main__.py, which Python cannot run`
  reportOwn(check, scope, node, message, undefined)
}

function reportOwn(check: Check, scope: Scope, node: Node, what: string, meant: string | undefined): void {
  const built = scope.get('preLaunchTask') !== undefined
  const message = built
    ? `${what} now. Unless the preLaunchTask makes it, the start will fail.`
    : `${what}: the start will fail.`
  check.report('missing-module', node, message, {
    ...(built ? { severity: 'information' as const } : {}),
    fixes:
      meant === undefined
        ? []
        : [
            {
              title: `Change to "${meant}"`,
              edits: [replaceNode(node, meant)],
              preferred: true,
              isGuess: true,
            },
          ],
  })
}

/** What the interpreter of a configuration finds; undefined when it is not known which one that is. */
export function interpreterPackages(check: Check, scope: Scope): PythonPackages | undefined {
  const interpreter = interpreterOf(check, scope)
  return interpreter === undefined ? undefined : check.packages(interpreter)
}

function interpreterOf(check: Check, scope: Scope): string | undefined {
  const written = textOf(scope.get('python')) ?? textOf(scope.get('pythonPath'))
  if (written === undefined || written === '' || written === '${command:python.interpreterPath}') {
    return scope.get('python')?.value?.type === 'array' ? undefined : check.facts.interpreter?.()
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
  return [
    { title: `Change to "${fixed}"`, edits: [replaceNode(node, fixed)], preferred: true, isGuess: true },
  ]
}
