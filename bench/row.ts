/** One line of the table. Each `bench/*.ts` that measures something exports `bench(options): Promise<Row[]>`. */
export interface Row {
  readonly name: string
  /** One figure a run; the table shows median, p99 and spread. */
  readonly ours: readonly number[]
  /** What it is compared with, measured in turn with `ours`; none for a figure that stands alone. */
  readonly theirs?: readonly number[]
  readonly unit: string
  /** Ours ÷ theirs where that is not the ratio of the medians. */
  readonly ratio?: number
  /** The most that the ratio may be; the most that the median may be where there is no `theirs`. */
  readonly goal?: number
  /** For people: what limits it, what it does not say. */
  readonly note?: string
}

export interface BenchOptions {
  /** Few runs, small inputs: shows that the bench works, in CI. */
  readonly smoke: boolean
}

export type Bench = (options: BenchOptions) => Promise<readonly Row[]>

/** The value below which that part of the numbers lies (0.5: the median); NaN for none. */
export function quantile(numbers: readonly number[], part: number): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN
}
