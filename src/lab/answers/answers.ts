/**
 * `lab.answers`: what a cell's next `input()` calls are answered with, for cells that must also run where nobody types.
 *
 * Knows nothing of how a question is put; whoever puts one asks here first.
 */
import { inspect } from 'node:util'
import { currentUnit, host, sleep, type Unit } from '../../wait/index.ts'

/** What `lab.answers` gives: take back what was not asked for. */
export interface Answers extends Disposable {
  /** Answers that nobody has asked for yet. */
  readonly left: number
  /** The next `input()` asks a person again. */
  drop(): void
}

interface Script {
  readonly scope: unknown
  readonly unit: Unit | undefined
  readonly pause: number
  lines: string[]
}

let scripts: Script[] = []

/**
 * Answers this cell's next `input()` calls, one line each; prompt and answer are shown, marked as scripted.
 *
 * What is not asked for by the cell's end is dropped, and the cell is told.
 *
 * @param lines the answers, in order
 * @param options `pause`: seconds before each answer, as a person takes (so that what arrives meanwhile is seen)
 * @throws {TypeError} not an array of strings
 * @throws {RangeError} a pause below 0
 * @example
 * lab.answers(["hello", "quit"]) // take this line away to type yourself
 * await input("You: ") // "hello"
 */
export function answers(lines: readonly string[], { pause = 0 }: { pause?: number } = {}): Answers {
  if (!Array.isArray(lines) || !lines.every((line) => typeof line === 'string'))
    throw new TypeError(
      `lab.answers takes the answers as an array of strings, ["hello", "quit"], not ${inspect(lines)}`,
    )
  if (!(pause >= 0 && pause < Infinity))
    throw new RangeError(`lab.answers: pause is in seconds, 0 or more, not ${inspect(pause)}`)
  const script: Script = { scope: host.scope(), unit: currentUnit(), pause, lines: [...lines] }
  scripts.push(script)
  const drop = () => {
    script.lines = []
    scripts = scripts.filter((one) => one !== script)
  }
  return {
    get left() {
      return script.lines.length
    },
    drop,
    [Symbol.dispose]: drop,
  }
}

/** The scripted answer to a question that is about to be put; undefined: a person is to be asked. */
export function scriptedAnswer(): { readonly line: string; wait(signal?: AbortSignal): Promise<void> } | undefined {
  const scope = host.scope()
  const unit = currentUnit()
  const script = scripts.find((one) => one.scope === scope && one.unit === unit && one.lines.length > 0)
  const line = script?.lines.shift()
  if (script === undefined || line === undefined) return undefined
  return { line, wait: (signal) => sleep(script.pause, { signal }) }
}

/** A cell is over: answers that nobody asked for are dropped, and told. */
export function endScripts(scope: unknown): void {
  const left = scripts.filter((one) => one.scope === scope).flatMap(({ lines }) => lines)
  scripts = scripts.filter((one) => one.scope !== scope)
  if (left.length === 0) return
  const [were, asked] = left.length === 1 ? ['answer was', 'it'] : ['answers were', 'them']
  const text = `lab.answers: ${left.length} ${were} left, since no input() asked for ${asked}: ${left.map((one) => JSON.stringify(one)).join(', ')}`
  host.show(scope, { 'text/plain': text })
}
