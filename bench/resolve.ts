import { parse } from 'dotenv'
import { parseEnvFile } from '../server/core/envFile'
import { resolveConfiguration } from '../server/sessions/resolveConfiguration'
import { factsOf } from '../test/sessions/facts'
import type { Bench, Row } from './row'

/** From launch.json's words to debugpy's arguments, and env files beside dotenv, which gives values without places. */
export const bench: Bench = async ({ smoke }) => {
  const runs = smoke ? 5 : 200
  return [resolution(runs), envFile(smoke ? 3 : 20, smoke ? 50_000 : 1_000_000)]
}

const VARIABLES = 30
const ENV_LINES = 200

function resolution(runs: number): Row {
  const env = Object.fromEntries(
    Array.from({ length: VARIABLES }, (_, i) => [`V${i}`, `\${workspaceFolder}/\${env:X${i}}`]),
  )
  const configuration = {
    name: 'x',
    type: 'debugpy',
    request: 'launch',
    program: '${workspaceFolder}/app.py',
    env,
  }
  const lines = Array.from({ length: ENV_LINES }, (_, i) => `NAME_${i}="value \${NAME_${i - 1}} ${i}"\n`)
  const facts = factsOf({
    files: { '/w/.env': lines.join(''), '/w/app.py': '' },
    env: Object.fromEntries(Array.from({ length: VARIABLES }, (_, i) => [`X${i}`, String(i)])),
  })
  const ours = Array.from({ length: runs }, () =>
    milliseconds(() => resolveConfiguration(configuration, facts, new Map())),
  )
  const name = `resolve a configuration with ${VARIABLES} variables and ${ENV_LINES} lines of env file`
  return { name, ours, unit: 'ms', goal: 10 }
}

function envFile(runs: number, size: number): Row {
  let text = ''
  for (let i = 0; text.length < size; i++) {
    text += `NAME_${i}=value of ${i}\nQUOTED_${i}="some text ${i}"\n# a comment\nEMPTY_${i}=\n`
  }
  const ours: number[] = []
  const theirs: number[] = []
  for (let run = 0; run < runs; run++) {
    ours.push(milliseconds(() => parseEnvFile(text, 'debugpy')))
    theirs.push(milliseconds(() => parse(text)))
  }
  const note = 'ours reads it in both dialects, with places and problems; dotenv gives values alone'
  return {
    name: `parse ${Math.round(size / 1000)} kB of .env ÷ dotenv.parse`,
    ours,
    theirs,
    unit: 'ms',
    note,
  }
}

function milliseconds(work: () => unknown): number {
  const began = performance.now()
  work()
  return performance.now() - began
}
