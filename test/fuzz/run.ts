// npm run fuzz [-- MESSAGES [SEED]]: mutated messages from both sides, until one breaks the broker.
import { fuzzBroker } from './dapFuzz'

const [messages = '1000000', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2)
console.log(`seed ${seed}`)
let shown = Date.now()
const report = await fuzzBroker(Number(messages), Number(seed), text => {
  if (Date.now() - shown < 5_000) return
  shown = Date.now()
  console.log(text)
})
console.log(
  `${report.fromEditor} messages from the editor, ${report.fromAdapter} from the adapter, ${report.sessions} sessions: 0 crashes, 0 hangs`,
)
process.exit(0)
