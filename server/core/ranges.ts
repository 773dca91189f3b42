import type { TextDocument } from 'vscode-languageserver-textdocument'
import { DiagnosticSeverity, type Range } from 'vscode-languageserver-types'
import type { Severity, Span } from './problem'

/** Offsets of the inside become ranges of the outside here, and only here. */
export function rangeOf(document: TextDocument, span: Span): Range {
  return { start: document.positionAt(span.offset), end: document.positionAt(span.offset + span.length) }
}

/** LSP's number for a severity. */
export function severityOf(severity: Severity): DiagnosticSeverity {
  return SEVERITIES[severity]
}

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const
