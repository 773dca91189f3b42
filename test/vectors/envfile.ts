import { parseEnvFile } from '../../server/core/envFile'
import { type Verdict, verdict } from './verdict'

interface EnvFileCase {
  readonly input: string
  readonly debugpy: Readonly<Record<string, string>>
  readonly dotenv: Readonly<Record<string, string>>
}

const BASE = { BASE: '/base', HOME: '/home/u' }

/** The text of an env file in both dialects. */
export function check(testCase: unknown): Verdict {
  const { input, debugpy, dotenv } = testCase as EnvFileCase
  return verdict({
    debugpy: [parseEnvFile(input, 'debugpy', BASE).value.variables, debugpy],
    dotenv: [parseEnvFile(input, 'dotenv', BASE).value.variables, dotenv],
  })
}
