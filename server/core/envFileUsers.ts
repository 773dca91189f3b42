import { absolutePath, pathContextOf } from './configurationPaths'
import { type DiagnosticFacts, variableFacts } from './diagnostics/diagnose'
import { type EnvDialect, parseEnvFile } from './envFile'
import { isObject, type JsonObject } from './json'
import type { LaunchDocument } from './launchDocument'
import { selectForPlatform } from './platformSection'
import type { Problem } from './problem'
import { isPythonType } from './properties'
import { shownEnvironment, shownValue } from './secrets'

/** A configuration that starts its program with an env file. */
export interface EnvFileUser {
  readonly name: string
  /** `env` of it as it may be shown, variables replaced as far as they are known. */
  readonly env: JsonObject
}

/** The configurations of a document that read the env file at the path. */
export function envFileUsers(
  document: LaunchDocument,
  facts: DiagnosticFacts,
  path: string,
): readonly EnvFileUser[] {
  const paths = pathContextOf(variableFacts(document, facts))
  const host = { ...facts.host, env: shownEnvironment(facts.host.env) }
  const shown = pathContextOf(variableFacts(document, { ...facts, host }))
  const standard = facts.settings('python.envFile') ?? '${workspaceFolder}/.env'
  return document.configurations.flatMap(({ name, value }) => {
    const { type, request, envFile, env } = selectForPlatform(value, facts.host.platform)
    if (typeof type !== 'string' || !isPythonType(type) || request !== 'launch') return []
    const written = typeof envFile === 'string' ? envFile : standard
    if (typeof written !== 'string' || written === '') return []
    if (absolutePath(paths, written, paths.folder) !== path) return []
    const variables = Object.entries(isObject(env) ? env : {}).map(([key, each]) => {
      const text = typeof each === 'string' ? (shown.resolve(each) ?? each) : each
      return [key, typeof text === 'string' ? shownValue(key, text) : text]
    })
    return [{ name, env: Object.fromEntries(variables) }]
  })
}

/** What is wrong in an env file: in its `${…}` the `env` of the configurations that read it counts, too. */
export function problemsOfEnvFile(
  text: string,
  dialect: EnvDialect,
  users: () => readonly EnvFileUser[],
): readonly Problem[] {
  const { problems } = parseEnvFile(text, dialect)
  if (dialect === 'dotenv' || !problems.some(({ code }) => code === 'env-reference')) return problems
  const base = users()
    .flatMap(({ env }) => Object.entries(env))
    .filter(([, value]) => value !== '' && ['string', 'number', 'boolean'].includes(typeof value))
    .map(([name, value]) => [name, String(value)])
  return parseEnvFile(text, dialect, Object.fromEntries(base)).problems
}
