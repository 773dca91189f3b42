import type { Folder, LaunchSource, Settings } from '../editor'
import type { Files, Host } from '../host'
import type { LaunchDocument } from '../launchDocument'
import type { Problem } from '../problem'
import type { VariableFacts } from '../variableValues'
import { type Check, createCheck, type DocumentRule, type ScopeRule } from './check'
import { checkNames } from './names'
import { checkPaths } from './paths'
import { checkAttributes } from './shapes'
import { checkDuplicateKeys, checkSyntax } from './syntax'
import { checkTypes } from './types'

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
  return problems.sort((a, b) => a.span.offset - b.span.offset)
}

const DOCUMENT_RULES: readonly DocumentRule[] = [checkSyntax, checkDuplicateKeys, checkNames, checkTypes]

const SCOPE_RULES: readonly ScopeRule[] = [checkAttributes, checkPaths]

/** The facts as variables see them while one writes: no editor, no answers. */
export function variableFacts(document: LaunchDocument, facts: DiagnosticFacts): VariableFacts {
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
