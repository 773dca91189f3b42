import { makeBed, type Stopped, startServer, stopWithUs } from './debugging'
import { environmentOf } from './environments'
import { type Bench, quantile } from './row'

/** Many sessions on one server: what they cost the one that steps, and how soon a disconnect is answered. */
export const bench: Bench = async ({ smoke }) => {
  const others = smoke ? 3 : 49
  const steps = smoke ? 5 : 100
  const bed = makeBed(environmentOf(60, smoke))
  const editor = await startServer(bed)
  const one = await stopWithUs(editor)
  const alone = await stepping(one, steps)
  const idle: Stopped[] = []
  for (let count = 0; count < others; count += 1) idle.push(await stopWithUs(editor))
  const among = await stepping(one, steps)
  const together = (
    await Promise.all([one, ...idle].map(session => stepping(session, smoke ? 2 : 10)))
  ).flat()
  const disconnects: number[] = []
  for (const session of [...idle, one]) {
    const began = performance.now()
    await session.end()
    disconnects.push(performance.now() - began)
  }
  await editor.stop()
  bed.folder.remove()
  const ratio = quantile(among, 0.5) / quantile(alone, 0.5)
  const note = `all ${others + 1} stepping together: ${together.length} answers, none lost`
  return [
    {
      name: `stackTrace of one of ${others + 1} sessions ÷ of the only one`,
      ours: among,
      theirs: alone,
      unit: 'ms',
      ratio,
      goal: 1.2,
      note,
    },
    { name: 'disconnect answered and the connection closed', ours: disconnects, unit: 'ms', goal: 2000 },
  ]
}

async function stepping({ client, threadId }: Stopped, count: number): Promise<number[]> {
  const figures: number[] = []
  for (let step = 0; step < count; step += 1) {
    const began = performance.now()
    await client.request('stackTrace', { threadId })
    figures.push(performance.now() - began)
  }
  return figures
}
