import type { TextDocument } from 'vscode-languageserver-textdocument'
import { type Diagnostic, DiagnosticTag, type Location } from 'vscode-languageserver-types'
import { pageOf } from '../core/diagnostics/codes'
import type { Problem, Span } from '../core/problem'
import { rangeOf, severityOf } from '../core/ranges'
import type { Documents } from '../workspace/documents'
import { uriOf } from '../workspace/paths'
import type { Context } from './context'

/** Where a span of a file is, or its beginning when the file cannot be read. */
export function locationIn(documents: Documents, path: string, span: Span | undefined): Location {
  const uri = uriOf(path)
  const document = documents.document(uri)
  const start = { line: 0, character: 0 }
  if (document === undefined || span === undefined) return { uri, range: { start, end: start } }
  return { uri, range: rangeOf(document, span) }
}

/** A client that says nothing of diagnostics gets all there is; one that does, what it can show. */
export function toDiagnostic(context: Context, document: TextDocument, problem: Problem): Diagnostic {
  const { documents } = context.workspace
  const { publishDiagnostics, diagnostic } = context.client().textDocument ?? {}
  const told = publishDiagnostics === undefined ? undefined : { ...publishDiagnostics, ...diagnostic }
  const tags = problem.tags
    ?.map(tag => TAGS[tag])
    .filter(tag => told === undefined || told.tagSupport?.valueSet.includes(tag))
  const related = told === undefined || told.relatedInformation === true ? problem.related : undefined
  return {
    range: rangeOf(document, problem.span),
    severity: severityOf(problem.severity),
    code: problem.code,
    codeDescription: { href: pageOf(problem.code) },
    source: 'launch-ls',
    message: problem.message,
    ...(tags === undefined || tags.length === 0 ? {} : { tags }),
    ...(related === undefined
      ? {}
      : {
          relatedInformation: related.map(({ uri = document.uri, span, message }) => ({
            message,
            location: {
              uri,
              range: rangeOf(uri === document.uri ? document : (documents.document(uri) ?? document), span),
            },
          })),
        }),
  }
}

const TAGS = { deprecated: DiagnosticTag.Deprecated, unnecessary: DiagnosticTag.Unnecessary } as const
