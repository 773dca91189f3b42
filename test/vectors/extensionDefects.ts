import { isObject, type JsonObject } from '../../server/core/json'
import { PLATFORM_SECTIONS } from '../../server/core/platformSection'
import type { VsCodeStep } from '../../server/sessions/resolveConfiguration'
import type { ArgumentsCase } from './arguments'

/**
 * The case rewritten by hand so that what the extension does wrong to it is already done: by rule of differences.ts.
 * Only the rules that the case meets.
 */
export function asExtensionReads(given: ArgumentsCase): Record<string, ArgumentsCase> {
  const configuration = withoutEnvironment(given.configuration, given)
  const setting = withSettingKept(given)
  return {
    ...(configuration === undefined ? {} : { 'env-in-paths': { ...given, configuration } }),
    ...(setting === undefined
      ? {}
      : { 'env-file-setting': { ...setting, ...(configuration && { configuration }) } }),
  }
}

/** `${env:X}` in these keys is empty there, except what a platform section brings back later. */
function withoutEnvironment(configuration: JsonObject, { platform }: ArgumentsCase): JsonObject | undefined {
  const section = configuration[PLATFORM_SECTIONS[platform ?? 'linux']]
  const changed: JsonObject = {}
  for (const key of ['python', 'pythonPath', 'envFile']) {
    const value = configuration[key]
    const comesBack = isObject(section) && key in section
    if (typeof value === 'string' && !comesBack && ENVIRONMENT.test(value)) {
      changed[key] = value.replaceAll(new RegExp(ENVIRONMENT, 'g'), '')
    }
  }
  return Object.keys(changed).length === 0 ? undefined : { ...configuration, ...changed }
}

const ENVIRONMENT = /\$\{env[.:][^}]*\}/

/** The setting python.envFile keeps every other variable as text: a mark in it keeps ours from replacing it. */
function withSettingKept(given: ArgumentsCase): ArgumentsCase | undefined {
  const settings = kept(given.settings)
  const folders = given.folders.map(folder => {
    const own = folder.settings && kept(folder.settings)
    return own === undefined ? folder : { ...folder, settings: own }
  })
  const isChanged = settings !== undefined || folders.some((folder, index) => folder !== given.folders[index])
  return isChanged ? { ...given, settings: settings ?? given.settings, folders } : undefined
}

function kept(settings: JsonObject): JsonObject | undefined {
  const path = settings['python.envFile']
  if (typeof path !== 'string' || !/\$\{(?!workspaceFolder\})/.test(path)) return undefined
  const lost = path.replaceAll(new RegExp(ENVIRONMENT, 'g'), '')
  return { ...settings, 'python.envFile': lost.replaceAll(/\$\{(?!workspaceFolder\})/g, `$${MARK}{`) }
}

const MARK = '\u0001'

/** The result without the marks of `asExtensionReads`. */
export function puttingBack(step: VsCodeStep): VsCodeStep {
  if (step.kind !== 'complete') return step
  const { envFile } = step.arguments
  if (typeof envFile !== 'string') return step
  return { ...step, arguments: { ...step.arguments, envFile: envFile.replaceAll(MARK, '') } }
}
