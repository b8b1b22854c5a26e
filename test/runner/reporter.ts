/**
 * The end of a test run: each folder's seconds, why tests were skipped, and as the very last line how many passed and
 * failed. vitest's own reporter, before this one, shows the tests.
 */
import { dirname, relative } from 'node:path'
import type { Reporter, SerializedError, TestCase, TestModule, TestRunEndReason } from 'vitest/node'
import { root } from './paths.ts'

interface Counts {
  passed: number
  failed: number
  skipped: number
}

export default class ClosingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[], reason: TestRunEndReason): void {
    const counts = countAll(modules, unhandled)
    // A run that was broken off, or failed in a way not counted here, must not read as a good one.
    if (reason !== 'passed' && counts.failed === 0) counts.failed = 1
    process.stdout.write(['', ...folderLines(modules), ...skipLines(modules), '', ''].join('\n'))
    endSoon(counts)
  }
}

/**
 * The closing line comes when vitest's process ends, after whatever else has something to say. vitest waits without
 * limit for a worker whose test left a process behind: it gets 15 s, so that such a run ends too, and with its failures.
 */
function endSoon(counts: Counts): void {
  process.once('exit', () => process.stdout.write(`${closingLine(counts)}\n`))
  setTimeout(() => process.exit(counts.failed > 0 ? 1 : 0), 15_000).unref()
}

function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

function countAll(modules: readonly TestModule[], unhandled: readonly SerializedError[]): Counts {
  const counts: Counts = { passed: 0, failed: unhandled.length, skipped: 0 }
  for (const module of modules) {
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      counts[state === 'pending' ? 'skipped' : state] += 1
    }
    // A file that cannot be loaded has no tests, and a hook that fails is no test: both are failures.
    const suites = [...module.children.allSuites()].filter((suite) => suite.errors().length > 0)
    counts.failed += (module.errors().length > 0 ? 1 : 0) + suites.length
  }
  return counts
}

function folderLines(modules: readonly TestModule[]): string[] {
  const folders = new Map<string, { ms: number; tests: number }>()
  for (const module of modules) {
    const folder = dirname(relative(root, module.moduleId))
    const sum = folders.get(folder) ?? { ms: 0, tests: 0 }
    sum.ms += module.diagnostic().duration
    sum.tests += [...module.children.allTests()].length
    folders.set(folder, sum)
  }
  return [...folders]
    .sort(([, a], [, b]) => b.ms - a.ms)
    .map(([folder, { ms, tests }]) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${folder} (${tests})`)
}

/** Tests skipped for the same reason share a line. */
function skipLines(modules: readonly TestModule[]): string[] {
  const reasons = new Map<string, TestCase[]>()
  for (const test of modules.flatMap((module) => [...module.children.allTests()])) {
    const result = test.result()
    if (result.state !== 'skipped') continue
    const reason = result.note ?? 'marked to be skipped'
    reasons.set(reason, [...(reasons.get(reason) ?? []), test])
  }
  return [...reasons].flatMap(([reason, tests]) => [
    '',
    `skipped (${tests.length}): ${reason}`,
    ...tests.slice(0, 10).map((test) => `  ${relative(root, test.module.moduleId)} › ${test.fullName}`),
    ...(tests.length > 10 ? [`  and ${tests.length - 10} more`] : []),
  ])
}
