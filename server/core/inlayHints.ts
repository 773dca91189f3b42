import type { Node } from 'jsonc-parser'
import { absolutePath, type PathContext, pathContextOf } from './configurationPaths'
import { pythonScopes } from './diagnostics/check'
import { type DiagnosticFacts, variableFacts } from './diagnostics/diagnose'
import { parseEnvFile } from './envFile'
import type { LaunchDocument } from './launchDocument'
import { shownEnvironment } from './secrets'

/** A few words behind a value. */
export interface InlayHint {
  readonly offset: number
  readonly label: string
}

/** Of paths with variables what they are now; of env files how many variables they set. */
export function inlayHints(document: LaunchDocument, facts: DiagnosticFacts): readonly InlayHint[] {
  const paths = pathContextOf(variableFacts(document, facts))
  const host = { ...facts.host, env: shownEnvironment(facts.host.env) }
  const shown = pathContextOf(variableFacts(document, { ...facts, host }))
  return pythonScopes(document, facts.host.platform).flatMap(scope => [
    ...NAMES.flatMap(name => pathHint(shown, scope.own.get(name)?.value)),
    ...envFileHint(paths, facts, scope.own.get('envFile')?.value),
  ])
}

const NAMES = ['program', 'cwd', 'python'] as const

function pathHint(paths: PathContext, node: Node | undefined): readonly InlayHint[] {
  const text = node?.type === 'string' ? String(node.value) : ''
  if (node === undefined || !text.includes('${')) return []
  const resolved = paths.resolve(text)
  return resolved === undefined ? [] : [{ offset: node.offset + node.length, label: `→ ${resolved}` }]
}

function envFileHint(
  paths: PathContext,
  { files }: DiagnosticFacts,
  node: Node | undefined,
): readonly InlayHint[] {
  const written = node === undefined ? undefined : node.value
  if (node === undefined || typeof written !== 'string' || written === '') return []
  const path = absolutePath(paths, written, paths.folder)
  const text = path === undefined ? undefined : files.read(path)
  if (text === undefined) return []
  const count = Object.keys(parseEnvFile(text, 'debugpy').value.variables).length
  return [{ offset: node.offset + node.length, label: `${count} ${count === 1 ? 'variable' : 'variables'}` }]
}
