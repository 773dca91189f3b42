import { CODES, PROJECT_PAGE, pageOf } from '../core/diagnostics/codes'
import type { Severity } from '../core/problem'
import { uriOf } from '../workspace/paths'
import type { Machine } from './command'
import type { Finding, Place } from './findings'

/** The findings as a SARIF 2.1.0 log (docs.oasis-open.org/sarif), which code scanning services show in place. */
export function sarif(findings: readonly Finding[], { version, host }: Machine): object {
  const codes = [...new Set(findings.map(({ code }) => code))].sort()
  const root = `${uriOf(host.cwd).replace(/\/$/, '')}/`
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'launch-ls',
            version,
            informationUri: PROJECT_PAGE,
            rules: codes.map(rule),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { ROOT: { uri: root } },
        results: findings.map(finding => ({
          ruleId: finding.code,
          ruleIndex: codes.indexOf(finding.code),
          level: LEVELS[finding.severity],
          message: { text: finding.message },
          locations: [location(finding, root)],
          ...(finding.related.length === 0 ? {} : { relatedLocations: related(finding, root) }),
          ...(finding.fixes.length === 0 ? {} : { fixes: fix(finding, root) }),
        })),
      },
    ],
  }
}

const LEVELS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
}

function rule(id: string): object {
  const usual = Object.entries(CODES).find(([code]) => code === id)?.[1]
  const words = `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll('-', ' ')}`
  return {
    id,
    shortDescription: { text: words },
    helpUri: pageOf(id),
    help: { text: `${words}: ${pageOf(id)}`, markdown: `[${words}](${pageOf(id)})` },
    ...(usual === undefined ? {} : { defaultConfiguration: { level: LEVELS[usual] } }),
  }
}

function location(place: Place, root: string): object {
  return { physicalLocation: { artifactLocation: artifact(place.file, root), region: region(place) } }
}

function related({ related }: Finding, root: string): object[] {
  return related.map((place, index) => ({
    id: index + 1,
    message: { text: place.message },
    ...location(place, root),
  }))
}

function fix({ file, fixes }: Finding, root: string): object[] {
  return fixes.map(({ title, edits }) => ({
    description: { text: title },
    artifactChanges: [
      {
        artifactLocation: artifact(file, root),
        replacements: edits.map(edit => ({
          deletedRegion: region(edit),
          insertedContent: { text: edit.newText },
        })),
      },
    ],
  }))
}

function region({ line, column, endLine, endColumn }: Place): object {
  return { startLine: line, startColumn: column, endLine, endColumn }
}

/** Below the directory of the run as a relative reference, so that the log fits every checkout. */
function artifact(file: string, root: string): object {
  const uri = uriOf(file)
  return uri.startsWith(root) ? { uri: uri.slice(root.length), uriBaseId: 'ROOT' } : { uri }
}
