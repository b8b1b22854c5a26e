/**
 * The figures of one run: values by row and kernel, medians and p95. Knows nothing of goals.
 */
import { cpus, loadavg } from 'node:os'
import type { Contender } from './rivals.ts'

/** One line of measure.py; null is a repetition that never ended. */
export interface Sample {
  kernel: string
  row: string
  values: (number | null)[]
}

export class Results {
  readonly #rows = new Map<string, Map<string, (number | null)[]>>()

  add({ kernel, row, values }: Sample): void {
    const byKernel = this.#rows.get(row) ?? new Map<string, (number | null)[]>()
    this.#rows.set(row, byKernel)
    byKernel.set(kernel, [...(byKernel.get(kernel) ?? []), ...values])
  }

  rows(): string[] {
    return [...this.#rows.keys()]
  }

  values(row: string, kernel: string): (number | null)[] | undefined {
    return this.#rows.get(row)?.get(kernel)
  }

  /** The median; Infinity where most repetitions never ended, undefined where nothing was measured. */
  p50 = (row: string, kernel: string): number | undefined => quantile(this.values(row, kernel), 0.5)
  p95 = (row: string, kernel: string): number | undefined => quantile(this.values(row, kernel), 0.95)

  /** For JSON: null is never. */
  summary() {
    const finite = (value: number | undefined) => (Number.isFinite(value) ? value : null)
    return [...this.#rows].map(([row, byKernel]) => ({
      row,
      kernels: Object.fromEntries(
        [...byKernel].map(([kernel, values]) => [
          kernel,
          {
            p50: finite(quantile(values, 0.5)),
            p95: finite(quantile(values, 0.95)),
            n: values.length,
            ratio: finite((this.p50(row, 'socketlab') ?? Number.NaN) / (quantile(values, 0.5) ?? Number.NaN)),
          },
        ]),
      ),
    }))
  }
}

function quantile(values: (number | null)[] | undefined, part: number): number | undefined {
  if (!values?.length) return undefined
  const sorted = values.map((value) => value ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b)
  if (part === 0.5 && sorted.length % 2 === 0) {
    return (sorted[sorted.length / 2 - 1]! + sorted[sorted.length / 2]!) / 2
  }
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]
}

/** What the figures were measured with. */
export function machine(kernels: Record<string, Contender>, quick: boolean) {
  return {
    date: new Date().toISOString().slice(0, 16),
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    platform: `${process.platform} ${process.arch}`,
    load: loadavg()
      .map((value) => value.toFixed(1))
      .join(' '),
    quick,
    versions: Object.fromEntries(Object.entries(kernels).map(([name, { version }]) => [name, version])),
  }
}
