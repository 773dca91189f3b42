import { absolutePath } from '../configurationPaths'
import { parseEnvFile } from '../envFile'
import { isObject } from '../json'
import { propertyOf, textOf } from '../properties'
import { shownValue } from '../secrets'
import type { CompletionContext } from './completion'

export interface EnvironmentName {
  readonly name: string
  readonly detail: string
  /** To begin with; '' where it is not to be shown. */
  readonly value: string
}

/** Variables that people set: those of the other configurations, of the env file, and the usual ones. */
export function environmentNames(context: CompletionContext): readonly EnvironmentName[] {
  const found = new Map<string, EnvironmentName>()
  const add = (name: string, detail: string, value: string) => {
    if (!found.has(name))
      found.set(name, { name, detail, value: shownValue(name, value) === value ? value : '' })
  }
  for (const { name, value } of context.document.configurations) {
    const env = value['env']
    if (!isObject(env)) continue
    for (const [key, each] of Object.entries(env)) {
      add(key, `also in "${name}"`, typeof each === 'string' ? jsonContent(each) : '')
    }
  }
  for (const [name, file] of fileNames(context)) add(name, `in ${file}; here it has precedence`, '')
  for (const [name, detail, value] of USUAL) add(name, detail, value)
  return [...found.values()]
}

function fileNames({ place, paths, facts }: CompletionContext): readonly (readonly [string, string])[] {
  const written =
    place.configuration === undefined ? undefined : textOf(propertyOf(place.configuration, 'envFile'))
  const path = absolutePath(paths, written ?? '${workspaceFolder}/.env', paths.folder)
  const text = path === undefined ? undefined : facts.files.read(path)
  if (path === undefined || text === undefined) return []
  const { variables } = parseEnvFile(text, 'debugpy').value
  return Object.keys(variables).map(name => [name, path] as const)
}

function jsonContent(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

const USUAL: readonly (readonly [string, string, string])[] = [
  [
    'PYTHONPATH',
    'where modules are looked for; joined in front of the inherited one',
    '${workspaceFolder}/src',
  ],
  ['FLASK_APP', 'the application of Flask', 'app.py'],
  ['FLASK_DEBUG', 'Flask’s debug mode', '1'],
  ['DJANGO_SETTINGS_MODULE', 'the settings of Django', 'project.settings'],
  ['LOG_LEVEL', 'how much is logged', 'DEBUG'],
  ['CUDA_VISIBLE_DEVICES', 'which graphics cards are used', '0'],
  ['PYTHONUNBUFFERED', 'output appears at once', '1'],
  ['PYTHONDONTWRITEBYTECODE', 'no .pyc files', '1'],
  ['PYTHONWARNINGS', 'which warnings are shown', 'default'],
  ['PYTHONASYNCIODEBUG', 'asyncio’s debug mode', '1'],
  ['PYDEVD_DISABLE_FILE_VALIDATION', 'no warning about frozen modules', '1'],
  ['GEVENT_SUPPORT', 'breakpoints in code that gevent patched', 'True'],
]
