import { PROJECT_PAGE, pageOf } from '../core/diagnostics/codes'
import type { Severity } from '../core/problem'
import { uriOf } from '../workspace/paths'
import type { Finding } from './check'
import type { Machine } from './command'

/** The findings as a SARIF 2.1.0 log (docs.oasis-open.org/sarif), which code scanning services show in place. */
export function sarif(findings: readonly Finding[], { version, host }: Machine): object {
  const codes = [...new Set(findings.map(({ code }) => code))].sort()
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
            rules: codes.map(id => ({ id, helpUri: pageOf(id) })),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { ROOT: { uri: `${uriOf(host.cwd).replace(/\/$/, '')}/` } },
        results: findings.map(finding => ({
          ruleId: finding.code,
          ruleIndex: codes.indexOf(finding.code),
          level: LEVELS[finding.severity],
          message: { text: finding.message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: artifact(finding.file, host.cwd),
                region: {
                  startLine: finding.line,
                  startColumn: finding.column,
                  endLine: finding.endLine,
                  endColumn: finding.endColumn,
                },
              },
            },
          ],
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

function artifact(file: string, root: string): object {
  const [uri, base] = [uriOf(file), `${uriOf(root).replace(/\/$/, '')}/`]
  return uri.startsWith(base) ? { uri: uri.slice(base.length), uriBaseId: 'ROOT' } : { uri }
}
