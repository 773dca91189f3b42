/**
 * A broker in a process of its own, so that tests can kill it. argv: the folder of its store. A line of JSON on stdin
 * is a plan to prepare, answered by a line with `{id, token}`; the first line of stdout is the endpoint.
 */
import { createInterface } from 'node:readline'
import { startBroker } from '../../server/sessions/broker'
import type { AdapterChoice } from '../../server/sessions/launchPlan'
import { diskFiles } from '../../server/workspace/disk'
import { createStore } from '../../server/workspace/store'

export interface PlanMessage {
  readonly request: 'launch' | 'attach'
  readonly arguments: Record<string, unknown>
  readonly adapter: AdapterChoice
}

const broker = await startBroker({
  host: {
    platform: process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux',
    env: process.env,
    homeDir: '',
    cwd: process.cwd(),
  },
  files: diskFiles,
  nodeCommand: ['launch-ls'],
  store: createStore(process.argv[2] ?? ''),
  log: (_level, message) => process.stderr.write(`${message}\n`),
  onSession: () => undefined,
})
const end = () => void broker.close().then(() => process.exit(0))
process.on('SIGTERM', end)
createInterface({ input: process.stdin })
  .on('line', line => {
    const plan = JSON.parse(line) as PlanMessage
    const { request, adapter } = plan
    const prepared = broker.prepare({
      name: 'app',
      type: 'debugpy',
      request,
      adapter,
      resolve: async () => ({ kind: 'resolved', arguments: plan.arguments, adapter }),
    })
    process.stdout.write(`${JSON.stringify(prepared)}\n`)
  })
  .on('close', end)
process.stdout.write(`${JSON.stringify(broker.endpoint)}\n`)
