import { parseEnvFile } from '../../server/core/envFile'
import { mergeEnvironment } from '../../server/core/environment'
import { isObject, type JsonObject } from '../../server/core/json'
import { textsOf } from '../../server/sessions/debugpyComplete'
import { type Verdict, verdict } from './verdict'

interface EnvMergeCase {
  readonly envFile: string | null
  readonly launch: JsonObject
  readonly process: Readonly<Record<string, string>>
  readonly expected: JsonObject
}

const PROCESS = { PATH: '/sys/bin', HOME: '/home/u', SYS: 'sys' }

/** An env file, `env` of the configuration and the process environment made one. */
export function check(testCase: unknown): Verdict {
  const { envFile, launch, process, expected } = testCase as EnvMergeCase
  const env = isObject(launch['env']) ? launch['env'] : {}
  const merged = mergeEnvironment({
    file: envFile === null ? undefined : parseEnvFile(envFile, 'debugpy', textsOf(env)).value,
    launch: env,
    process: { ...PROCESS, ...process },
    platform: 'linux',
    internalConsole: launch['console'] === 'internalConsole',
    gevent: Boolean(launch['gevent']),
  })
  const variables = [...merged].map(([name, { value }]) => [name, value] as const)
  return verdict({ environment: [Object.fromEntries(variables), expected] })
}
