/**
 * The custom messages between an editor and the server: names and types. PROTOCOL.md says what each means, and
 * test/architecture.test.ts ties the two.
 */
import type { DiagnosticSeverity, Location, WorkspaceEdit } from 'vscode-languageserver-types'
import type { EditorState } from './core/editor'

/** Client → server requests. */
export const requests = {
  startDebug: 'startDebug',
  configurations: 'debug/configurations',
  resolve: 'debug/resolve',
  sessions: 'debug/sessions',
  stop: 'debug/stop',
  restart: 'debug/restart',
  newConfigurations: 'debug/newConfigurations',
  pathMappings: 'debug/pathMappings',
  commandLine: 'debug/commandLine',
} as const

/** Server → client. `prompt` and `command` are requests, the others are notifications. */
export const clientMessages = {
  prompt: 'debug/prompt',
  command: 'debug/command',
  didChangeConfigurations: 'debug/didChangeConfigurations',
  didChangeSession: 'debug/didChangeSession',
  output: 'debug/output',
} as const

export interface DebugConfiguration {
  readonly type: string
  readonly request: string
  readonly name: string
  readonly [key: string]: unknown
}

export interface StartDebugParams {
  readonly configuration: string | DebugConfiguration
  /** Workspace folder URI; needed only when several folders have the name. */
  readonly folder?: string
  readonly editor?: EditorState
  /** Run without debugging. */
  readonly noDebug?: boolean
  /** Answers to `${input:…}` and `${command:…}` known beforehand; what is not here is asked. */
  readonly inputs?: Readonly<Record<string, string>>
  readonly workDoneToken?: number | string
}

export interface StartDebugResult {
  readonly name: string
  /** One, or one a member of a compound, in launch.json's order. */
  readonly sessions: readonly DebugSession[]
  readonly stopAll: boolean
  /** Members of a compound that did not start, while the others do. Absent when there are none. */
  readonly refused?: readonly StartError[]
}

export interface DebugSession {
  readonly id: string
  readonly name: string
  readonly endpoint: Endpoint
  /** The endpoint for clients that want a process on stdio. */
  readonly command: readonly string[]
  readonly configuration: StubConfiguration
}

export interface Endpoint {
  readonly host: '127.0.0.1'
  readonly port: number
}

/** To be sent verbatim as the arguments of `launch` or `attach`. */
export interface StubConfiguration {
  readonly type: string
  readonly request: 'launch' | 'attach'
  readonly name: string
  readonly token: string
}

export type StartErrorKind =
  | 'noConfiguration'
  | 'invalidConfiguration'
  | 'unresolvedVariable'
  | 'cancelled'
  | 'interpreterNotFound'
  | 'debugpyUnavailable'
  | 'taskFailed'
  | 'adapterFailed'
  | 'attachFailed'
  | 'untrusted'

/** `data` of the error that refuses a start (code -32803, RequestFailed). */
export interface StartError {
  readonly kind: StartErrorKind
  readonly message: string
  readonly remedy?: string
  readonly tried?: readonly string[]
  readonly location?: Location
  /** Last lines of what failed. */
  readonly output?: string
}

export interface ConfigurationsParams {
  readonly folder?: string
  readonly textDocument?: { readonly uri: string }
}

export interface ConfigurationItem {
  readonly name: string
  readonly type: string
  readonly request?: string
  readonly kind: 'configuration' | 'compound'
  readonly folder: string
  readonly location: Location
  readonly group?: string
  readonly order?: number
  readonly hidden: boolean
  readonly problems: number
}

export interface ResolveParams extends StartDebugParams {
  readonly reveal?: boolean
}

export interface ResolveResult {
  readonly items: readonly ResolvedConfiguration[]
}

export type OriginKind = 'launch.json' | 'platform' | 'envFile' | 'settings' | 'default' | 'process'

export interface ResolvedConfiguration {
  readonly name: string
  /** debugpy's arguments; values from env files and passwords are '••••' unless `reveal`. */
  readonly configuration: Readonly<Record<string, unknown>>
  readonly origins: readonly {
    readonly path: readonly (string | number)[]
    readonly kind: OriginKind
    readonly location?: Location
  }[]
  readonly problems: readonly ResolveProblem[]
  /** What runs the program, and why that one. */
  readonly interpreter?: { readonly path: string; readonly reason: string; readonly version?: string }
}

export interface ResolveProblem {
  readonly code: string
  readonly message: string
  readonly severity: DiagnosticSeverity
  readonly location?: Location
}

/** What has to run on the other side of an `attach`, as lines for a shell. */
export interface CommandLineResult {
  /** Starts the program so that this configuration can attach: `python -m debugpy --listen …` or `--connect …`. */
  readonly debugpy: string
  /** Makes the port of another machine reachable here; absent for this machine and for `listen`. */
  readonly ssh?: string
}

/** How paths of this machine are called on the other side of an `attach`. */
export interface PathMappingsResult {
  readonly pathMappings: readonly { readonly localRoot: string; readonly remoteRoot: string }[]
}

export type SessionState = 'starting' | 'running' | 'stopped' | 'ended'

export interface SessionInfo {
  readonly id: string
  readonly name: string
  readonly state: SessionState
  readonly pids: readonly number[]
  /** Milliseconds since the epoch. */
  readonly startTime: number
  readonly parent?: string
}

export type StopParams = { readonly id: string } | { readonly all: true }

export interface NewConfiguration {
  readonly label: string
  readonly detail: string
  readonly detected: boolean
  readonly body: Readonly<Record<string, unknown>>
  readonly edit: WorkspaceEdit
}

export type PromptParams =
  | { readonly kind: 'text'; readonly title: string; readonly value?: string; readonly password: boolean }
  | {
      readonly kind: 'pick'
      readonly title: string
      readonly items: readonly PromptItem[]
      readonly value?: string
    }

export interface PromptItem {
  readonly label: string
  readonly detail?: string
  readonly value: string
}

/** Null: cancelled. */
export type PromptResult = { readonly value: string } | null

export interface DidChangeSession {
  readonly id: string
  readonly state: SessionState
  readonly exitCode?: number
  readonly reason?: string
}

export interface OutputEvent {
  readonly id?: string
  readonly task?: string
  readonly text: string
  readonly stream: 'stdout' | 'stderr'
}
