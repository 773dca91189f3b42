import { readFileSync } from 'node:fs'
import type { DapClient } from '../test/support/dapClient'
import { makeBed, startServer, stopDirectly, stopWithUs } from './debugging'
import { environmentOf } from './environments'
import type { Bench, Row } from './row'

/** Answers while the program is stopped, and output in bulk, beside debugpy's own adapter. */
export const bench: Bench = async options => [...(await answers(options.smoke)), await output(options.smoke)]

async function answers(smoke: boolean): Promise<Row[]> {
  const bed = makeBed(environmentOf(60, smoke))
  const editor = await startServer(bed)
  const ours = await stopWithUs(editor)
  const theirs = await stopDirectly(bed)
  const asks = {
    ours: await requests(ours.client, ours.threadId),
    theirs: await requests(theirs.client, theirs.threadId),
  }
  const rows: Row[] = []
  for (const name of Object.keys(asks.ours)) {
    const figures = { ours: [] as number[], theirs: [] as number[] }
    for (let run = 0; run < (smoke ? 5 : 200); run += 1) {
      for (const side of ['ours', 'theirs'] as const) {
        const began = performance.now()
        await asks[side][name]?.()
        figures[side].push(performance.now() - began)
      }
    }
    rows.push({ name: `${name} while stopped`, ...figures, unit: 'ms', goal: 0.03 })
  }
  await ours.end()
  await theirs.end()
  await editor.stop()
  bed.folder.remove()
  return rows
}

async function requests(
  client: DapClient,
  threadId: unknown,
): Promise<Record<string, () => Promise<unknown>>> {
  const { stackFrames } = (await client.request('stackTrace', { threadId })) as {
    stackFrames?: { id: number }[]
  }
  const frameId = stackFrames?.[0]?.id
  const { scopes } = (await client.request('scopes', { frameId })) as {
    scopes?: { variablesReference: number }[]
  }
  const variablesReference = scopes?.[0]?.variablesReference
  return {
    threads: () => client.request('threads'),
    stackTrace: () => client.request('stackTrace', { threadId }),
    scopes: () => client.request('scopes', { frameId }),
    variables: () => client.request('variables', { variablesReference }),
    evaluate: () => client.request('evaluate', { expression: '1 + 1', frameId, context: 'repl' }),
  }
}

/** Milliseconds from the first to the last `output` of a program that prints and does nothing else. */
async function output(smoke: boolean): Promise<Row> {
  const lines = smoke ? 2_000 : 100_000
  const bed = makeBed(
    environmentOf(60, smoke),
    `import sys\nfor i in range(${lines}):\n    sys.stdout.write('a line of fifty-six characters, with its number %08d\\n' % i)\n`,
  )
  const editor = await startServer(bed)
  const ours: number[] = []
  const theirs: number[] = []
  for (let run = 0; run < (smoke ? 1 : 7); run += 1) {
    theirs.push(await bulk(await stopDirectly(bed, 'runs'), lines))
    ours.push(await bulk(await stopWithUs(editor, 'runs'), lines))
  }
  const peak = peakMemory(editor.process.pid)
  await editor.stop()
  bed.folder.remove()
  const note = peak === undefined ? {} : { note: `peak memory of the server ${peak} MiB (goal ≤ 120)` }
  return {
    name: `${lines} lines of output, first to last event`,
    ours,
    theirs,
    unit: 'ms',
    goal: 1.1,
    ...note,
  }
}

async function bulk(
  { client, end }: { client: DapClient; end(): Promise<void> },
  lines: number,
): Promise<number> {
  const began = performance.now()
  await client.waitFor('terminated', 60_000)
  const milliseconds = performance.now() - began
  const got = client.output('stdout').split('\n').length - 1
  if (got !== lines) throw new Error(`${got} of ${lines} lines arrived`)
  await end().catch(() => undefined)
  return milliseconds
}

/** MiB; Linux only. */
function peakMemory(pid: number | undefined): number | undefined {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024)
  } catch {
    return undefined
  }
}
