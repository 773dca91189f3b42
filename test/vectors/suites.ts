import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as args from './arguments'
import * as compounds from './compounds'
import { DIFFERENCES } from './differences'
import * as envMerge from './env-merge'
import * as envFile from './envfile'
import * as platform from './platform'
import * as tasks from './tasks'
import * as variables from './variables'
import type { Verdict } from './verdict'

/** What one case came to. */
export interface Result {
  readonly file: string
  readonly name: string
  readonly verdict: Verdict
}

/** Which check runs which file, by the file's name without .json. */
const CHECKS: ReadonlyMap<string, (testCase: unknown) => Verdict> = new Map(
  Object.entries({
    variables: variables.check,
    platform: platform.check,
    compounds: compounds.check,
    tasks: tasks.check,
    arguments: args.check,
    envfile: envFile.check,
    'env-merge': envMerge.check,
  }),
)

/** Runs every vectors file of the folder. A file that cannot be run is one failure. */
export function runVectors(folder: string): Result[] {
  const files = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.json')) : []
  if (files.length === 0) return [failure(folder, '', 'there is no vectors file')]
  return files.toSorted().flatMap(file => runFile(join(folder, file), file))
}

function runFile(path: string, file: string): Result[] {
  const check = CHECKS.get(file.replace(/\.json$/, ''))
  if (check === undefined) return [failure(file, '', 'no runner')]
  const cases = casesOf(readFileSync(path, 'utf8'))
  if (typeof cases === 'string') return [failure(file, '', cases)]
  return cases.map((testCase, index) => runCase(file, testCase, index, check))
}

/** The cases of a file, or what is wrong with it. */
function casesOf(text: string): readonly unknown[] | string {
  try {
    const { cases } = JSON.parse(text)
    if (!Array.isArray(cases)) return 'malformed: there is no list of cases'
    return cases.length === 0 ? 'malformed: there is no case' : cases
  } catch (error) {
    return `malformed: ${error}`
  }
}

function runCase(
  file: string,
  testCase: unknown,
  index: number,
  check: (testCase: unknown) => Verdict,
): Result {
  const name = nameOf(testCase) ?? `case ${index + 1}`
  try {
    const verdict = check(testCase)
    if (verdict.kind === 'differs' && DIFFERENCES[verdict.rule] === undefined) {
      return failure(file, name, `there is no difference '${verdict.rule}'`)
    }
    return { file, name, verdict }
  } catch (error) {
    return failure(file, name, `threw ${error}`)
  }
}

function nameOf(testCase: unknown): string | undefined {
  if (typeof testCase !== 'object' || testCase === null || !('name' in testCase)) return undefined
  return String(testCase.name)
}

function failure(file: string, name: string, why: string): Result {
  return { file, name, verdict: { kind: 'failed', why } }
}
