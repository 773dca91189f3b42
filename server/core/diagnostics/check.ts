import type { Node } from 'jsonc-parser'
import type { PathContext } from '../configurationPaths'
import { isGitIgnored } from '../gitIgnore'
import type { Files, Host, Platform } from '../host'
import { isObject } from '../json'
import type { LaunchDocument } from '../launchDocument'
import { nearest } from '../nearest'
import { PLATFORM_SECTIONS } from '../platformSection'
import type { Problem, Span } from '../problem'
import { isPythonType, type Property, propertiesOf, textOf } from '../properties'
import { type PythonPackages, readPackages } from '../pythonPackages'
import { pathsOf, staticText } from '../staticText'
import { findVariables, type VariableUse } from '../variables'
import type { VariableFacts } from '../variableValues'
import { CODES, type Code } from './codes'
import type { DiagnosticFacts } from './diagnose'

/** One run over a document: what every rule sees, and where it reports. */
export interface Check {
  readonly document: LaunchDocument
  readonly text: string
  readonly facts: DiagnosticFacts
  /** The facts in the form in which variables are evaluated: without an editor. */
  readonly variables: VariableFacts
  readonly configurations: readonly Configuration[]
  /** Names of the configurations; starting names with a number, as VS Code lists the second of equal names. */
  readonly names: ReadonlySet<string>
  /** Ids of all inputs that a configuration of the document can use. */
  readonly inputs: ReadonlySet<string>
  /** Texts are resolved once a run: the same paths stand in many configurations. */
  readonly paths: PathContext
  /** `findVariables`, looked up once a run. */
  usesIn(text: string): readonly VariableUse[]
  /** `files.kind`, looked up once a run. */
  kind(path: string): 'file' | 'folder' | undefined
  /** `files.list`, looked up once a run. */
  list(path: string): readonly string[]
  /** A name beside the path that is nearly its own, looked for once a run. */
  near(path: string): string | undefined
  /** Of the workspace folder's repository, looked up once a run. */
  isGitIgnored(path: string): boolean
  /** What an interpreter finds, looked up once a run. */
  packages(interpreter: string): PythonPackages | undefined
  report(code: Code, place: Span, message: string, more?: More): void
}

export type More = Partial<Pick<Problem, 'severity' | 'tags' | 'related' | 'fixes'>>

export type System = 'windows' | 'osx' | 'linux'

/** The attributes of a configuration, or those of one of its platform sections with the outer ones behind them. */
export interface Scope {
  /** The system whose section this is; undefined: the configuration itself. */
  readonly system: System | undefined
  readonly node: Node
  readonly own: ReadonlyMap<string, Property>
  /** What counts: for the configuration itself, what this system's section makes of it. */
  get(name: string): Property | undefined
  /** Written here, and another value takes its place on this system. */
  isReplaced(name: string): boolean
}

export interface Configuration extends Scope {
  readonly name: string | undefined
  readonly type: string | undefined
  /** Ours to judge: `debugpy`, `python`, or a slip of the pen of these. All else belongs to other extensions. */
  readonly isPython: boolean
  readonly request: 'launch' | 'attach' | undefined
  /** The configuration itself and its platform sections. */
  readonly scopes: readonly Scope[]
}

/** A rule about the attributes of Python configurations, run for each scope. */
export type ScopeRule = (scope: Scope, configuration: Configuration, check: Check) => void

/** A rule about the document as a whole. */
export type DocumentRule = (check: Check) => void

export function readConfiguration(node: Node, platform: Platform): Configuration {
  const own = propertiesOf(node)
  const type = textOf(own.get('type'))
  const request = textOf(own.get('request'))
  const here = propertiesOf(own.get(PLATFORM_SECTIONS[platform])?.value)
  const scopes: Scope[] = []
  const configuration: Configuration = {
    system: undefined,
    node,
    own,
    get: name => here.get(name) ?? own.get(name),
    isReplaced: name => here.has(name),
    name: textOf(own.get('name')),
    type,
    isPython: type !== undefined && isPythonType(type),
    request: request === 'launch' || request === 'attach' ? request : undefined,
    scopes,
  }
  scopes.push(configuration)
  for (const system of SYSTEMS) {
    const section = own.get(system)?.value
    if (section?.type === 'object') scopes.push(sectionScope(system, section, own))
  }
  return configuration
}

const SYSTEMS: readonly System[] = ['windows', 'osx', 'linux']

function sectionScope(system: System, node: Node, outer: Scope['own']): Scope {
  const own = propertiesOf(node)
  return { system, node, own, get: name => own.get(name) ?? outer.get(name), isReplaced: () => false }
}

export function createCheck(
  document: LaunchDocument,
  facts: DiagnosticFacts,
  variables: VariableFacts,
  problems: Problem[],
): Check {
  const entries = propertiesOf(document.section).get('configurations')?.value
  const nodes = entries?.type === 'array' ? (entries.children ?? []) : []
  const configurations = nodes.flatMap(node =>
    node.type === 'object' ? [readConfiguration(node, facts.host.platform)] : [],
  )
  /** By offset. */
  const told = new Map<number, Problem[]>()
  return {
    document,
    text: document.json.text,
    facts,
    variables,
    configurations,
    names: new Set(configurations.flatMap(({ name }) => name ?? [])),
    inputs: new Set([...inputIds(document), ...facts.inputs]),
    paths: {
      host: facts.host,
      folder: variables.folder?.path,
      resolve: once(text => staticText(text, variables)),
    },
    usesIn: once(findVariables),
    ...lookOnce(facts.files, facts.host),
    isGitIgnored: once(
      path =>
        variables.folder !== undefined && isGitIgnored(facts.files, facts.host, variables.folder.path, path),
    ),
    packages: once(interpreter => readPackages(facts.files, facts.host, interpreter)),
    report(code, { offset, length }, message, { severity = CODES[code], fixes, ...more } = {}) {
      // The scopes of a configuration see the same value.
      const here = told.get(offset) ?? []
      if (here.some(each => each.code === code && each.span.length === length && each.message === message))
        return
      const offered = fixes === undefined || fixes.length === 0 ? {} : { fixes }
      const problem: Problem = { code, severity, span: { offset, length }, message, ...more, ...offered }
      here.push(problem)
      told.set(offset, here)
      problems.push(problem)
    },
  }
}

/** The disk, looked at once a run. */
export function lookOnce(files: Files, host: Host): Pick<Check, 'kind' | 'list' | 'near'> {
  const { basename, dirname } = pathsOf(host)
  const list = once((path: string) => files.list(path))
  return {
    kind: once(path => files.kind(path)),
    list,
    near: once(path => nearest(basename(path), list(dirname(path)))),
  }
}

function inputIds(document: LaunchDocument): string[] {
  return (document.inputs ?? []).flatMap(input =>
    isObject(input) && typeof input['id'] === 'string' ? [input['id']] : [],
  )
}

/** The scopes of all Python configurations of a document. */
export function pythonScopes(document: LaunchDocument, platform: Platform): readonly Scope[] {
  const nodes = propertiesOf(document.section).get('configurations')?.value?.children ?? []
  return nodes
    .map(node => readConfiguration(node, platform))
    .filter(configuration => configuration.isPython)
    .flatMap(configuration => configuration.scopes)
}

/** The function with its answers kept. */
export function once<T>(ask: (text: string) => T): (text: string) => T {
  const answers = new Map<string, { readonly answer: T }>()
  return text => {
    const known = answers.get(text)
    if (known !== undefined) return known.answer
    const answer = ask(text)
    answers.set(text, { answer })
    return answer
  }
}
