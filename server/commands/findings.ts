import { TextDocument } from 'vscode-languageserver-textdocument'
import type { Severity, Span } from '../core/problem'
import { rangeOf } from '../core/ranges'
import { createLanguageFiles } from '../features/languageFiles'
import { createProblems } from '../features/problems'
import { interpretersFor } from '../launching/facts'
import { pathOf } from '../workspace/paths'
import type { Workspace } from '../workspace/workspace'
import { type Machine, UsageError } from './command'

/** Lines and columns are 1-based, columns in UTF-16 code units; the end is exclusive. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** One diagnostic as programs get it. */
export interface Finding extends Place {
  readonly severity: Severity
  readonly code: string
  readonly message: string
  readonly related: readonly (Place & { readonly message: string })[]
  /** The best first; the edits of one are of the finding's file and belong together. */
  readonly fixes: readonly {
    readonly title: string
    readonly edits: readonly (Place & { readonly newText: string })[]
  }[]
}

/**
 * Every diagnostic of the workspace's files.
 * @param named files to look at whether or not anything of the workspace names them
 * @throws UsageError for a named file that is none of ours
 */
export function findingsIn(workspace: Workspace, machine: Machine, named: readonly string[]): Finding[] {
  const parts = { ...machine, workspace, files: workspace.documents }
  const files = createLanguageFiles(workspace, machine.host, interpretersFor(parts))
  const problems = createProblems(files)
  const foreign = named.find(file => files.kindOf(file) === undefined)
  if (foreign !== undefined) {
    throw new UsageError(
      `${foreign} is nothing to check: that are launch.json, tasks.json and settings.json in .vscode, ` +
        '*.code-workspace and env files.',
    )
  }
  return [...new Set([...problems.files(), ...named])].flatMap(file => {
    const place = placesOf(workspace, file)
    return problems.of(file).map(
      ({ span, severity, code, message, related = [], fixes = [] }): Finding => ({
        ...place(span),
        severity,
        code,
        message,
        related: related.map(each => ({
          ...(each.uri === undefined ? place : placesOf(workspace, pathOf(each.uri)))(each.span),
          message: each.message,
        })),
        fixes: fixes.map(({ title, edits }) => ({
          title,
          edits: edits.map(edit => ({ ...place(edit.span), newText: edit.newText })),
        })),
      }),
    )
  })
}

function placesOf(workspace: Workspace, file: string): (span: Span) => Place {
  const document = TextDocument.create('', '', 0, workspace.documents.read(file) ?? '')
  return span => {
    const { start, end } = rangeOf(document, span)
    return {
      file,
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    }
  }
}
