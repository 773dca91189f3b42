import type { Node } from 'jsonc-parser'
import { PLATFORM_SECTIONS } from './attributes'
import { absolutePath, type PathContext, pathContextOf } from './configurationPaths'
import { pythonScopes } from './diagnostics/check'
import { type DiagnosticFacts, variableFacts } from './diagnostics/diagnose'
import { parseEnvFile } from './envFile'
import type { LaunchDocument } from './launchDocument'
import { visitTexts } from './properties'
import { MASK, shownEnvironment, shownValue } from './secrets'

/** A few words behind a value. */
export interface InlayHint {
  readonly offset: number
  readonly label: string
}

/** Of texts with variables what they are now; of env files how many variables they set. */
export function inlayHints(document: LaunchDocument, facts: DiagnosticFacts): readonly InlayHint[] {
  const paths = pathContextOf(variableFacts(document, facts))
  const host = { ...facts.host, env: shownEnvironment(facts.host.env) }
  const shown = pathContextOf(variableFacts(document, { ...facts, host }))
  return pythonScopes(document, facts.host.platform).flatMap(scope =>
    [...scope.own.values()].flatMap(({ name, value }) => {
      // Sections of a system are scopes of their own.
      if (name === 'name' || PLATFORM_SECTIONS.some(each => each === name)) return []
      return name === 'envFile' ? envFileHint(paths, facts, value) : textHints(shown, value)
    }),
  )
}

/** Of a text, or of all texts in a list or an object. */
function textHints(paths: PathContext, value: Node | undefined): readonly InlayHint[] {
  const found: InlayHint[] = []
  visitTexts(value, (text, node, isKey) => {
    const resolved = isKey || !text.includes('${') ? undefined : paths.resolve(text)
    if (resolved === undefined || resolved === text) return
    const shown = shownValue(nameOf(node), resolved)
    if (shown !== MASK) found.push({ offset: node.offset + node.length, label: `→ ${onOneLine(shown)}` })
  })
  return found
}

/** The name that the text is the value of; '' in a list. */
function nameOf({ parent }: Node): string {
  return parent?.type === 'property' ? String(parent.children?.[0]?.value) : ''
}

function onOneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}

const LONGEST = 80

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
