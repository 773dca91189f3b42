import type { Node } from 'jsonc-parser'
import { configurationAttribute, namesOf } from './attributes'
import { absolutePath, type PathContext, pathContextOf, workingFolder } from './configurationPaths'
import { pythonScopes } from './diagnostics/check'
import { type DiagnosticFacts, variableFacts } from './diagnostics/diagnose'
import { moduleFile } from './goals'
import { closingQuote } from './jsonStrings'
import type { LaunchDocument } from './launchDocument'
import type { Span } from './problem'
import { type Property, propertyOf, textOf } from './properties'

/** A text that names a file or folder which is there. */
export interface PathTarget {
  /** The text without its quotes. */
  readonly span: Span
  readonly path: string
  readonly kind: 'file' | 'folder'
}

/** Programs, modules, env files, folders and interpreters of Python configurations, as far as they exist. */
export function pathTargets(document: LaunchDocument, facts: DiagnosticFacts): readonly PathTarget[] {
  const paths = pathContextOf(variableFacts(document, facts))
  return pythonScopes(document, facts.host.platform).flatMap(scope => {
    const cwd = workingFolder(paths, textOf(scope.get('cwd')))
    const own = [...scope.own.values()].map(property => targetOf(document, facts, paths, property, cwd))
    const mappings = propertyOf(scope.node, 'pathMappings')?.value?.children ?? []
    const roots = mappings.map(mapping =>
      rootTarget(document, facts, paths, propertyOf(mapping, 'localRoot')),
    )
    return [...own, ...roots].filter(target => target !== undefined)
  })
}

function rootTarget(
  document: LaunchDocument,
  facts: DiagnosticFacts,
  paths: PathContext,
  root: Property | undefined,
): PathTarget | undefined {
  const text = textOf(root)
  return existing(document, facts, root?.value, text ? absolutePath(paths, text, paths.folder) : undefined)
}

function targetOf(
  document: LaunchDocument,
  facts: DiagnosticFacts,
  paths: PathContext,
  property: Property,
  cwd: string | undefined,
): PathTarget | undefined {
  const attribute = configurationAttribute(property.name)
  const names = attribute === undefined ? undefined : namesOf(attribute.shape)
  const text = textOf(property)
  if (!text || names === undefined) return undefined
  if (names === 'module') return existing(document, facts, property.value, moduleFile(facts, cwd, text))
  if (names === 'interpreter' && !/[\\/]/.test(text)) return undefined
  if (!PATHS.has(names)) return undefined
  const base = names === 'python file' || names === 'interpreter' ? cwd : paths.folder
  return existing(document, facts, property.value, absolutePath(paths, text, base))
}

const PATHS: ReadonlySet<string> = new Set(['python file', 'file', 'folder', 'interpreter', 'env file'])

function existing(
  document: LaunchDocument,
  { files }: DiagnosticFacts,
  node: Node | undefined,
  path: string | undefined,
): PathTarget | undefined {
  const kind = path === undefined ? undefined : files.kind(path)
  if (node === undefined || path === undefined || kind === undefined) return undefined
  const span = { offset: node.offset + 1, length: closingQuote(document.json.text, node) - node.offset - 1 }
  return { span, path, kind }
}
