/**
 * A reporter of vitest that shows the conformance suite as a table, client by scenario, with times; and puts it, with
 * LAUNCH_LS_TABLE naming docs/editors.md or another page, between that page's marks.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import type { Reporter, TestCase, TestModule } from 'vitest/node'

interface Cell {
  readonly client: string
  readonly scenario: string
  readonly cannot?: string | undefined
  readonly state: 'passed' | 'failed' | 'skipped' | 'pending'
  /** Milliseconds. */
  readonly time: number
  /** Why it was skipped. */
  readonly note?: string | undefined
}

export default class Table implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const cells = modules.flatMap(({ children }) => [...children.allTests()].flatMap(cellOf))
    if (cells.length === 0) return
    process.stdout.write(`\n${forTerminal(cells)}\n`)
    const page = process.env['LAUNCH_LS_TABLE']
    if (page !== undefined) put(page, forPage(cells))
  }
}

function cellOf(test: TestCase): Cell[] {
  const { cell } = test.meta()
  if (cell === undefined) return []
  const result = test.result()
  const note = result.state === 'skipped' ? result.note : undefined
  return [{ ...cell, state: result.state, time: test.diagnostic()?.duration ?? 0, note }]
}

const namesOf = (cells: readonly Cell[], key: 'client' | 'scenario') => [
  ...new Set(cells.map(cell => cell[key])),
]

const MARKS = { passed: '✓', failed: '✗', skipped: '·', pending: '·' }

/** A line a scenario, a column a client; below it why cells are empty. */
function forTerminal(cells: readonly Cell[]): string {
  const clients = namesOf(cells, 'client')
  const columns = clients.map((client, index) => ({ client, letter: String.fromCharCode(65 + index) }))
  const scenarios = namesOf(cells, 'scenario')
  const width = Math.max(...scenarios.map(name => name.length))
  const shown = (cell: Cell | undefined) => {
    if (cell === undefined) return ''
    const time = cell.state === 'passed' ? ` ${(cell.time / 1000).toFixed(1)} s` : ''
    return `${cell.cannot === undefined ? MARKS[cell.state] : '–'}${time}`
  }
  const line = (name: string, texts: readonly string[]) =>
    `${name.padEnd(width)}  ${texts.map(text => text.padEnd(8)).join('')}`.trimEnd()
  const rows = scenarios.map(scenario =>
    line(
      scenario,
      clients.map(client => shown(cells.find(cell => cell.client === client && cell.scenario === scenario))),
    ),
  )
  const legend = columns.map(({ client, letter }) => `${letter}  ${client}${missing(cells, client)}`)
  const reasons = cells
    .filter(({ cannot }) => cannot !== undefined)
    .map(({ client, scenario, cannot }) => `–  ${client}: ${scenario}: ${cannot}`)
  const head = line(
    '',
    columns.map(({ letter }) => letter),
  )
  return [head, ...rows, '', ...legend, ...reasons].join('\n')
}

/** Why nothing of a client was run. */
function missing(cells: readonly Cell[], client: string): string {
  const own = cells.filter(cell => cell.client === client && cell.cannot === undefined)
  const skipped = own.filter(({ state }) => state === 'skipped')
  return skipped.length === own.length ? ` (skipped: ${skipped[0]?.note ?? 'no reason given'})` : ''
}

/** In markdown. A client that was not run here keeps no column: the page tells only what was seen. */
function forPage(cells: readonly Cell[]): string {
  const clients = namesOf(cells, 'client').filter(client => missing(cells, client) === '')
  const reasons: string[] = []
  const shown = (cell: Cell | undefined) => {
    if (cell?.cannot === undefined) return cell === undefined ? '' : MARKS[cell.state]
    const reason = cell.cannot
    if (!reasons.includes(reason)) reasons.push(reason)
    return `–<sup>${reasons.indexOf(reason) + 1}</sup>`
  }
  const row = (texts: readonly string[]) => `| ${texts.join(' | ')} |`
  const rows = namesOf(cells, 'scenario').map(scenario =>
    row([
      scenario,
      ...clients.map(client =>
        shown(cells.find(cell => cell.client === client && cell.scenario === scenario)),
      ),
    ]),
  )
  const notes = reasons.map((reason, index) => `<sup>${index + 1}</sup> ${reason}`)
  const table = [row(['', ...clients]), row(['', ...clients].map(() => '---')), ...rows]
  return `${table.join('\n')}\n${notes.length > 0 ? `\n${notes.join('  \n')}\n` : ''}`
}

const BEGIN = '<!-- conformance: npm run test:editors -- --write -->'
const END = '<!-- end of conformance -->'

function put(page: string, table: string): void {
  const text = readFileSync(page, 'utf8')
  const begin = text.indexOf(BEGIN)
  const end = text.indexOf(END)
  if (begin === -1 || end === -1) throw new Error(`${page} has no marks for the table`)
  writeFileSync(page, `${text.slice(0, begin + BEGIN.length)}\n${table}${text.slice(end)}`)
}
