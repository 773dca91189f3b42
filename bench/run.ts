import { bench as editing } from './editing'
import { bench as language } from './language'
import { bench as resolving } from './resolve'
import { type Bench, quantile, type Row } from './row'
import { bench as sessions } from './sessions'
import { bench as starts } from './starts'
import { bench as stepping } from './stepping'
import { bench as watching } from './watch'

/** `npm run bench [-- --smoke] [NAME…]`: what is measured, by the name that chooses it. */
const BENCHES: Readonly<Record<string, Bench>> = {
  starts,
  stepping,
  sessions,
  watching,
  resolving,
  language,
  editing,
}

const args = process.argv.slice(2)
const smoke = args.includes('--smoke')
const chosen = args.filter(argument => !argument.startsWith('--'))
const unknown = chosen.filter(name => !(name in BENCHES))
if (unknown.length > 0) {
  console.error(`no bench ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}`)
  process.exit(2)
}

for (const [name, bench] of Object.entries(BENCHES)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  console.log(`\n${name}${smoke ? ' (smoke run: the figures mean little)' : ''}`)
  const rows = await bench({ smoke })
  const width = Math.max(...rows.map(row => row.name.length))
  for (const row of rows) console.log(`  ${row.name.padEnd(width)}  ${figures(row)}`)
}

function figures({ ours, theirs, unit, ratio, goal, note }: Row): string {
  const median = quantile(ours, 0.5)
  const other = theirs === undefined ? undefined : quantile(theirs, 0.5)
  const quotient = ratio ?? (other === undefined ? undefined : median / other)
  const measured = quotient ?? median
  const missed = goal !== undefined && measured > goal
  return [
    `${summary(ours)} ${unit}`,
    theirs === undefined ? '' : `÷ ${summary(theirs)} ${unit}`,
    quotient === undefined ? '' : `= ${quotient.toFixed(3)}`,
    goal === undefined ? '' : `(goal ≤ ${goal}${missed ? ', MISSED' : ''})`,
    note ?? '',
  ]
    .filter(Boolean)
    .join('  ')
}

/** Median, p99, and the spread between the quartiles. */
function summary(numbers: readonly number[]): string {
  const [low, median, high, p99] = [0.25, 0.5, 0.75, 0.99].map(part => quantile(numbers, part).toFixed(2))
  return `${median} [p99 ${p99}, ${low}–${high}]`
}
