import { spawnSync } from 'node:child_process'
import { makeBed, startServer, stopDirectly, stopWithUs } from './debugging'
import { environmentOf } from './environments'
import { type Bench, quantile, type Row } from './row'

const GOALS = { 60: { first: 0.28, later: 0.22 }, 280: { first: 0.14, later: 0.11 } } as const

/** `startDebug` to `stopped` on entry, beside bare debugpy's spawn to `stopped`, by the size of the environment. */
export const bench: Bench = async ({ smoke }) => {
  const rows: Row[] = []
  const later = new Map<number, readonly number[]>()
  for (const packages of [60, 280] as const) {
    const bed = makeBed(environmentOf(packages, smoke))
    const bare: number[] = []
    const first: number[] = []
    const second: number[] = []
    const limit: number[] = []
    for (let run = 0; run < (smoke ? 2 : 12); run += 1) {
      const direct = await stopDirectly(bed)
      bare.push(direct.milliseconds)
      await direct.end()
      const editor = await startServer(bed)
      for (const figures of [first, second, second]) {
        const ours = await stopWithUs(editor)
        figures.push(ours.milliseconds)
        await ours.end()
      }
      await editor.stop()
      const began = performance.now()
      spawnSync(bed.python, ['-c', 'import debugpy.server'])
      limit.push(performance.now() - began)
    }
    bed.folder.remove()
    later.set(packages, second)
    const goal = GOALS[packages]
    const name = `startDebug → stopped, ${packages} packages`
    rows.push({ name: `${name}, later starts`, ours: second, theirs: bare, unit: 'ms', goal: goal.later })
    rows.push({
      name: `${name}, first start of a server`,
      ours: first,
      theirs: bare,
      unit: 'ms',
      goal: goal.first,
    })
    rows.push({
      name: `the limit: \`import debugpy.server\` alone, ${packages} packages`,
      ours: limit,
      theirs: bare,
      unit: 'ms',
    })
  }
  const [small = [], large = []] = [later.get(60), later.get(280)]
  const ratio = quantile(large, 0.5) / quantile(small, 0.5)
  rows.push({
    name: 'ours with 280 packages ÷ ours with 60',
    ours: large,
    theirs: small,
    unit: 'ms',
    ratio,
    goal: 1.1,
  })
  return rows
}
