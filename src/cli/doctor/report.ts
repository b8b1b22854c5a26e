/** How findings are shown: a line each for people, JSON for programs. */
import pc from 'picocolors'
import type { Check, Verdict } from './check.ts'
import type { Result } from './examine.ts'

const signs: Record<Verdict, string> = { good: '✓', warning: '!', wrong: '✗' }

export const isHealthy = (results: readonly Result[]): boolean => results.every(({ verdict }) => verdict !== 'wrong')

/** With what to do about it below. */
export function resultLines({ verdict, title, text, advice = [] }: Result, colours: boolean): string {
  const { green, yellow, red } = pc.createColors(colours)
  const sign = { good: green, warning: yellow, wrong: red }[verdict](signs[verdict])
  return [`${sign} ${title.padEnd(12)} ${text}`, ...advice.map((line) => `${' '.repeat(15)}→ ${line}`)].join('\n')
}

export function summary(results: readonly Result[]): string {
  const count = (verdict: Verdict, one: string, many: string): string => {
    const number = results.filter((result) => result.verdict === verdict).length
    return number === 0 ? '' : `${number} ${number === 1 ? one : many}`
  }
  const warnings = count('warning', 'thing to know (!)', 'things to know (!)')
  const wrong = count('wrong', 'thing is wrong (✗)', 'things are wrong (✗)')
  if (wrong) return `${wrong}: see the → below each${warnings ? `; ${warnings}` : ''}.`
  return `All that the kernel needs is there${warnings ? `; ${warnings}` : ''}.`
}

/** The line that stands while a check runs; on a terminal only. */
export function progressLine(stream: NodeJS.WriteStream): { show(check: Check): void; clear(): void } {
  if (!stream.isTTY) return { show() {}, clear() {} }
  return {
    show: ({ title }) => stream.write(`\r\u001b[K… ${title}`),
    clear: () => stream.write('\r\u001b[K'),
  }
}
