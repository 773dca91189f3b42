import type { Node } from 'jsonc-parser'
import { configurationAttribute, namesOf } from '../attributes'
import { replaceNode } from '../jsonEdit'
import type { Fix, Severity } from '../problem'
import { propertiesOf, stringNodes, textOf, visitTexts } from '../properties'
import { pathsOf } from '../staticText'
import { VARIABLES } from '../variableTable'
import type { Check, ScopeRule } from './check'
import { backslashFixes, writtenText } from './syntaxFixes'

/** Texts that a shell would expand and launch.json does not, and paths that are right on one machine only. */
export const checkLiterals: ScopeRule = (scope, _configuration, check) => {
  for (const property of scope.own.values()) {
    const attribute = configurationAttribute(property.name)
    const names = attribute === undefined ? undefined : namesOf(attribute.shape)
    const text = textOf(property)
    if (property.value !== undefined && text !== undefined && names !== undefined && PATHS.has(names)) {
      checkPath(check, property.value, text)
    }
  }
  const mappings = scope.own.get('pathMappings')?.value
  for (const mapping of mappings?.type === 'array' ? (mappings.children ?? []) : []) {
    const root = propertiesOf(mapping).get('localRoot')
    const text = textOf(root)
    if (root?.value !== undefined && text !== undefined) checkPath(check, root.value, text)
  }
  for (const node of stringNodes(scope.own.get('args')?.value))
    checkShell(check, node, String(node.value), 'hint')
  visitTexts(scope.own.get('env')?.value, (text, node, isKey) => {
    if (!isKey) checkShell(check, node, text, 'hint')
  })
}

/** What a path may name. */
export const PATHS: ReadonlySet<string> = new Set([
  'python file',
  'file',
  'folder',
  'interpreter',
  'env file',
])

function checkPath(check: Check, node: Node, text: string): void {
  if (/[\t\n\r\f\v\x08]/.test(text)) {
    const message =
      'An escape such as \\t or \\n in a path is a tab or a line break: write \\\\ for a backslash.'
    check.report('single-backslash', node, message, {
      fixes: backslashFixes(writtenText(check.text, node), node.offset, true),
    })
    return
  }
  checkShell(check, node, text, 'warning')
  checkMachine(check, node, text)
}

/** A variable of launch.json in another notation, at the beginning of a path; undefined: there is none. */
export function bareVariable(text: string): { readonly written: string; readonly name: string } | undefined {
  const [written, braces, percent, dollar] = /^(?:\{(\w+)\}|%(\w+)%|\$(\w+))(?=[\\/]|$)/.exec(text) ?? []
  const name = braces ?? percent ?? dollar
  if (written === undefined || name === undefined) return undefined
  return VARIABLES.some(each => each.name === name) ? { written, name } : undefined
}

function reportBare(check: Check, node: Node, text: string): boolean {
  const found = bareVariable(text)
  if (found === undefined) return false
  const { written, name } = found
  const fixed = `\${${name}}${text.slice(written.length)}`
  const message = `${written} stays as it is written: a variable is written \${${name}}.`
  check.report('not-expanded', node, message, {
    fixes: [{ title: `Change to ${fixed}`, edits: [replaceNode(node, fixed)], preferred: true }],
  })
  return true
}

function checkShell(check: Check, node: Node, text: string, severity: Severity): void {
  if (severity === 'warning' && reportBare(check, node, text)) return
  if (severity === 'warning' && /^~(?:[\\/]|$)/.test(text)) {
    const fixed = `\${userHome}${text.slice(1)}`
    check.report(
      'not-expanded',
      node,
      '"~" is not expanded: it is the name of a folder here. Write ${userHome}.',
      {
        fixes: [{ title: `Change to ${fixed}`, edits: [replaceNode(node, fixed)], preferred: true }],
      },
    )
    return
  }
  const found = (severity === 'warning' ? /\$(\w+)|%(\w+)%/ : /(?<![\\$\w])\$([A-Z_][A-Z0-9_]+)\b/).exec(text)
  const name = found?.[1] ?? found?.[2]
  if (found === null || name === undefined) return
  const fixed = text.replaceAll(found[0], () => `\${env:${name}}`)
  const message = `${found[0]} is not expanded, it stays as it is written: an environment variable is \${env:${name}}.`
  const fix: Fix = { title: `Change to \${env:${name}}`, edits: [replaceNode(node, fixed)] }
  check.report('not-expanded', node, message, {
    severity,
    fixes: [severity === 'warning' ? { ...fix, preferred: true } : fix],
  })
}

/** Right on this machine, or on that of whoever wrote it. */
function checkMachine(check: Check, node: Node, text: string): void {
  if (text.includes('${')) return
  const inFolder = below(check, text, check.variables.folder?.path)
  const inHome = below(check, text, check.facts.host.homeDir)
  const fixed =
    inFolder !== undefined
      ? `\${workspaceFolder}${inFolder}`
      : inHome === undefined
        ? undefined
        : `\${userHome}${inHome}`
  if (fixed === undefined && !/^\/(?:home|Users)\/[^/]+\/|^[A-Za-z]:[\\/]Users[\\/]/.test(text)) return
  const message = 'This path is right on one machine only: others who open the project have another.'
  check.report('machine-path', node, message, {
    fixes:
      fixed === undefined
        ? []
        : [{ title: `Change to ${fixed}`, edits: [replaceNode(node, fixed)], preferred: true }],
  })
}

/** What follows the folder in the path, with its first slash; '' for the folder itself. */
function below(check: Check, path: string, folder: string | undefined): string | undefined {
  if (!folder || folder === '/') return undefined
  const windows = pathsOf(check.facts.host).sep === '\\'
  const plain = (text: string) => (windows ? text.replaceAll('\\', '/').toLowerCase() : text)
  const prefix = plain(folder)
  if (!plain(path).startsWith(prefix)) return undefined
  const rest = path.slice(folder.length)
  if (rest !== '' && !/^[\\/]/.test(rest)) return undefined
  return rest.replaceAll('\\', '/')
}
