// node scripts/run.mjs test/fuzz/runLanguage.ts [DOCUMENTS [SEED]]: mutated documents, until a feature breaks.
import { fuzzLanguage } from './language'

const [documents = '100000', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2)
console.log(`seed ${seed}`)
const report = fuzzLanguage(Number(documents), Number(seed), text => console.log(text))
console.log(`${report.documents} documents: 0 crashes, the slowest took ${report.slowest.toFixed(0)} ms`)
