/**
 * `input()`: asks whoever runs the cell. Knows nothing of the stdin channel; the io thread puts the question.
 */
import { embedding } from '../../src/index.ts'
import { type CellContext, currentCell } from './cell-context.ts'
import { post } from './start-io.ts'

export interface InputOptions {
  /** True hides what is typed. Default false. */
  password?: boolean
  /** Aborting it rejects with its reason; the box stays until it is answered, and its answer is dropped. */
  signal?: AbortSignal
}

interface Question {
  cell: CellContext
  resolve(answer: string | Promise<never>): void
  reject(error: Error): void
}

const open = new Map<number, Question>()
let last = 0

/** What consoles send for Ctrl-D (jupyter console, jupyter run): Jupyter has no other word for the end of the input. */
const END_OF_INPUT = '\u0004'

class EOFError extends Error {
  override readonly name = 'EOFError'
}

/**
 * Asks the person at the notebook for a line of text.
 *
 * @param prompt shown before the box; default none
 * @param options `{ password: true }` hides what is typed
 * @returns what was typed, without a line end
 * @throws {Error} where nobody can answer (a notebook run by a program)
 * @throws {KeyboardInterrupt} ■ was pressed instead
 * @throws {Error} of the name EOFError: Ctrl-D was pressed instead, in a console
 * @example const name = await input("Your name: ")
 */
export function input(prompt = '', { password = false, signal }: InputOptions = {}): Promise<string> {
  const scripted = embedding.scriptedAnswer()
  if (scripted) return answerByScript(String(prompt), scripted, { password, signal })
  const cell = currentCell()
  if (!cell?.allowStdin) {
    const message =
      'input() needs somebody to type, and this notebook is run by a program that does not answer: lab.answers(["…"]) can'
    return Promise.reject(new Error(message))
  }
  if (signal?.aborted) return Promise.reject(signal.reason)
  const serial = ++last
  return new Promise((resolve, reject) => {
    open.set(serial, { cell, resolve, reject })
    signal?.addEventListener('abort', () => {
      if (open.delete(serial)) reject(signal.reason)
    })
    post({ type: 'input', cell: cell.cell, serial, prompt: String(prompt), password: Boolean(password) })
  })
}

/** The question and its answer stand in the output, as they would in a terminal. */
async function answerByScript(
  prompt: string,
  { line, wait }: NonNullable<ReturnType<typeof embedding.scriptedAnswer>>,
  { password, signal }: InputOptions,
): Promise<string> {
  await wait(signal)
  process.stdout.write(`${prompt}${password ? '•'.repeat(line.length) : line}  (scripted)\n`)
  return line
}

export function answerInput(serial: number, value: string): void {
  const question = open.get(serial)
  open.delete(serial)
  if (value === END_OF_INPUT) question?.reject(new EOFError('Ctrl-D was pressed: the input has ended without a line'))
  else question?.resolve(value)
}

/** ■ while the box was open. Returns how many questions that ended. */
export function interruptInput(cell: CellContext): number {
  let ended = 0
  for (const [serial, question] of open) {
    if (question.cell !== cell) continue
    open.delete(serial)
    question.resolve(embedding.interrupted())
    ended++
  }
  return ended
}
