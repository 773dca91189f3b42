// npm run fuzz [-- --messages N] [--documents N] [--seed N]: mutated messages from both sides of the broker, then every
// language feature at random places of mutated documents, until something breaks.
import { parseArgs } from 'node:util'
import { fuzzBroker } from './dapFuzz'
import { fuzzLanguage } from './language'

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '1000000' },
    documents: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const [messages, documents, seed] = [count('messages'), count('documents'), count('seed')]
console.log(`seed ${seed}`)
const tell = everyFewSeconds()

if (messages > 0) {
  const { fromEditor, fromAdapter, sessions } = await fuzzBroker(messages, seed, tell)
  console.log(
    `${fromEditor} messages from the editor, ${fromAdapter} from the adapter, ${sessions} sessions: 0 crashes, 0 hangs`,
  )
}
if (documents > 0) {
  const { slowest, completions, problems } = fuzzLanguage(documents, seed, tell)
  console.log(
    `${documents} documents, ${completions} completions, ${problems} problems: 0 crashes, the slowest took ${slowest.toFixed(0)} ms`,
  )
}
process.exit(0)

function count(name: keyof typeof values): number {
  const text = values[name]
  if (/^\d+$/.test(text)) return Number(text)
  console.error(`--${name} takes a number, not '${text}'`)
  process.exit(2)
}

function everyFewSeconds(): (text: string) => void {
  let shown = Date.now()
  return text => {
    if (Date.now() - shown < 5_000) return
    shown = Date.now()
    console.log(text)
  }
}
