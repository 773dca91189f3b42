import type { Folder, LaunchSource, Settings } from '../editor'
import type { Files, Host } from '../host'
import { nodeAt } from '../json'
import type { LaunchDocument } from '../launchDocument'
import type { Problem, Span } from '../problem'
import type { VariableFacts } from '../variableValues'
import { checkAttach } from './attach'
import { type Check, createCheck, type DocumentRule, type ScopeRule } from './check'
import type { Code } from './codes'
import { checkCompounds } from './compounds'
import { checkDeprecated } from './deprecated'
import { checkEnvironment } from './environment'
import { checkFrame } from './frame'
import { checkInputs, checkInputsOfOthers } from './inputs'
import { checkLiterals } from './literals'
import { checkModule } from './modules'
import { checkNames } from './names'
import { checkPaths } from './paths'
import { checkPorts } from './ports'
import { checkServerReady } from './serverReady'
import { checkAttributes } from './shapes'
import { withoutSecrets } from './shownProblems'
import { checkDuplicateKeys, checkSyntax } from './syntax'
import { checkConsole, checkTarget } from './targets'
import { checkTaskReferences } from './taskReferences'
import { checkTypes } from './types'
import { checkVariables } from './variables'

/**
 * What the checks of one launch document know beside its text. All of it is at hand: nothing is asked, started or
 * waited for. `files` is the disk with open documents over it.
 */
export interface DiagnosticFacts {
  readonly host: Host
  readonly files: Files
  /** Where the document stands: decides what `${workspaceFolder}` is. */
  readonly source: LaunchSource
  /** A launch.json holds all of its section; a section of another file may be added to elsewhere. */
  readonly isLaunchJson: boolean
  /** The open workspace folders, in their order. */
  readonly folders: readonly Folder[]
  /** Settings as the document's folder sees them. */
  readonly settings: Settings
  /** The other launch sections of the workspace, for compounds that reach over folders. */
  readonly otherLaunches: readonly OtherLaunch[]
  /** Labels that a task can be named by; undefined: not to be known, for instance because tasks.json is broken. */
  readonly tasks: readonly string[] | undefined
  /**
   * The interpreter that a configuration without `python` runs with, found from files; undefined: not known. A
   * question, because finding it takes longer than all other facts.
   */
  readonly interpreter?: (() => string | undefined) | undefined
  /** Whether a start finds an interpreter of this name; undefined: not known. */
  readonly hasInterpreter?: ((name: string) => boolean) | undefined
  /** Lists that launch.json has too, which hides those of this settings.json. */
  readonly shadowed?: readonly string[]
  /** The *.code-workspace file that is open, or is itself looked at. */
  readonly workspaceFile?: string | undefined
  /** Ids of inputs that are defined beside the document: settings.json's `launch.inputs`, the workspace file. */
  readonly inputs: readonly string[]
}

export interface OtherLaunch {
  /** Name of its workspace folder; undefined for the workspace file and the user settings. */
  readonly folder: string | undefined
  readonly configurations: readonly string[]
  readonly compounds: readonly string[]
}

/**
 * Everything that is wrong in a launch.json (or `launch` section): what will happen and what to do about it. Never
 * throws; ordered by place. The codes are in `codes.ts`, each with an example in docs/diagnostics.md.
 */
export function diagnose(document: LaunchDocument, facts: DiagnosticFacts): Problem[] {
  const problems: Problem[] = []
  const check = createCheck(document, facts, variableFacts(document, facts), problems)
  for (const rule of DOCUMENT_RULES) rule(check)
  for (const configuration of check.configurations) {
    if (!configuration.isPython) continue
    for (const scope of configuration.scopes) {
      for (const rule of SCOPE_RULES) rule(scope, configuration, check)
    }
  }
  return withoutSecrets(withoutConsequences(problems, document), document.json.text, facts.host).sort(
    (a, b) => a.span.offset - b.span.offset,
  )
}

/** What is said about text that could not be read, or behind a merge conflict, only repeats the first mistake. */
function withoutConsequences(problems: Problem[], document: LaunchDocument): Problem[] {
  if (document.json.errors.length === 0) return problems
  const errors = document.json.errors.map(({ span }) => span)
  const broken = brokenEntries(document, errors)
  const conflict = problems.find(problem => problem.code === 'merge-conflict')
  const isSyntax = ({ code, severity }: Problem) =>
    severity === 'error' &&
    (code === 'json-syntax' || code === 'merge-conflict' || code === 'single-backslash')
  // Behind a bracket that is missing nothing stands where it is meant to be.
  const bracket = problems.find(each => isSyntax(each) && each.related !== undefined)
  return problems.filter(problem => {
    if (isSyntax(problem)) return true
    if (bracket !== undefined && problem.span.offset >= bracket.span.offset) return false
    if (conflict !== undefined && problem.span.offset >= conflict.span.offset) return false
    if (overlapsAny(problem.span, errors)) return false
    return !MISSING.has(problem.code) || !overlapsAny(problem.span, broken)
  })
}

/** What seems to be missing may stand in the part that could not be read. */
const MISSING: ReadonlySet<string> = new Set([
  'missing-name',
  'missing-type',
  'missing-request',
  'missing-attribute',
  'missing-target',
  'empty-compound',
] satisfies Code[])

/** Entries of the lists that could not be read as a whole. */
function brokenEntries(document: LaunchDocument, errors: readonly Span[]): readonly Span[] {
  const lists = ['configurations', 'compounds', 'inputs'].map(name => nodeAt(document.section, [name]))
  const entries = lists.flatMap(list => list?.children ?? [])
  return entries.filter(entry => overlapsAny(entry, errors)).sort((a, b) => a.offset - b.offset)
}

/** `sorted` by place, as the parser gives its errors: of garbage there may be thousands. */
function overlapsAny(span: Span, sorted: readonly Span[]): boolean {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    const at = sorted[middle]
    if (at !== undefined && at.offset + at.length <= span.offset) low = middle + 1
    else high = middle
  }
  const next = sorted[low]
  // What ends where an error begins is a part of it: of `05678` the `0`.
  return next !== undefined && next.offset <= span.offset + span.length
}

const DOCUMENT_RULES: readonly DocumentRule[] = [
  checkSyntax,
  checkDuplicateKeys,
  checkFrame,
  checkNames,
  checkTypes,
  checkInputs,
  checkInputsOfOthers,
  checkCompounds,
  checkPorts,
  checkTaskReferences,
]

const SCOPE_RULES: readonly ScopeRule[] = [
  checkAttributes,
  checkDeprecated,
  checkTarget,
  checkConsole,
  checkAttach,
  checkEnvironment,
  checkVariables,
  checkLiterals,
  checkPaths,
  checkModule,
  checkServerReady,
]

/** The facts as variables see them while one writes: no editor, no answers. */
export function variableFacts(
  document: Pick<LaunchDocument, 'inputs'>,
  facts: Pick<DiagnosticFacts, 'host' | 'source' | 'folders' | 'settings'>,
): VariableFacts {
  const { source, folders } = facts
  const only = folders.length === 1 ? folders[0] : undefined
  return {
    host: facts.host,
    folders,
    folder: source.kind === 'folder' ? source.folder : only,
    editor: undefined,
    settings: facts.settings,
    execPath: undefined,
    extensions: {},
    contributed: {},
    inputs: document.inputs,
    commandAliases: {},
  }
}

export type { Check }
