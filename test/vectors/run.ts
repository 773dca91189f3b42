/** `npm run test:vectors`: what VS Code was measured to do, against what the server does. VECTORS_DIR: other cases. */
import { resolve } from 'node:path'
import { DIFFERENCES } from './differences'
import { type Result, runVectors } from './suites'

const results = runVectors(resolve(process.env['VECTORS_DIR'] ?? 'test/vectors'))
const failed = results.filter(({ verdict }) => verdict.kind === 'failed')
const passed = results.filter(({ verdict }) => verdict.kind === 'passed')
const differing = results.filter(({ verdict }) => verdict.kind === 'differs')

for (const { file, name, verdict } of failed) {
  console.log(`failed: ${file}: ${name}: ${verdict.kind === 'failed' ? verdict.why : ''}`)
}
if (differing.length > 0) console.log(`${differing.length} differ on purpose:`)
for (const [rule, why] of Object.entries(DIFFERENCES)) {
  const cases = differing.filter(({ verdict }) => verdict.kind === 'differs' && verdict.rule === rule)
  if (cases.length > 0) console.log(`  ${rule}: ${why}\n${cases.map(nameLine).join('\n')}`)
}
console.log(`${passed.length} passed, ${failed.length} failed`)
process.exitCode = failed.length > 0 ? 1 : 0

function nameLine({ file, name }: Result): string {
  return `    ${file}: ${name}`
}
