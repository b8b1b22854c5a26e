/**
 * Cells and questions that nobody has put, answered while nobody asks: V8 optimises what has run some hundred times, and a
 * practised compiler needs a third of the time for a cell (docs/performance.md). One cell a turn, so that a request waits
 * for a few milliseconds at most; nothing of them stays. SOCKETLAB_PRACTICE=off for kernels that nobody types into.
 */
import type { CompleteRequest, InspectRequest } from '../bridge/compiler-api.ts'
import type { Compiler } from './compiler.ts'
import { giveMemoryBack, postponeCollection } from './idle.ts'

/** Not sooner: it takes a core from whoever presses ■ just then. With 100, ■ took 11 to 14 ms instead of 9 to 10. */
const IDLE_MS = 300
const CELLS = 300
/** A scope as long as a lesson's, then a new one. */
const LESSON = 20

/** So many cells, then a question about the newest. */
const ASK_AFTER = 3

/** What learners write, in a few kinds; `n` keeps the names apart. */
const kinds: ((n: number) => string)[] = [
  (n) => `let x$${n} = ${n}\nx$${n} + 1`,
  () => 'let again$ = 1',
  (n) => `interface T$${n} { id: number; name: string }
const v$${n}: T$${n} = { id: ${n}, name: 'a' }
function f$${n}(value: T$${n}): string {
  return value.name.slice(0, 5) + value.id
}
console.log(f$${n}(v$${n}))`,
  (n) => `async function ask$${n}(host: string, port = 80): Promise<string> {
  const parts: Buffer[] = []
  try {
    for await (const part of [Buffer.from(host), Buffer.from(String(port))]) parts.push(part)
  } catch (error) {
    console.log(error instanceof Error ? error.message : error)
  }
  return Buffer.concat(parts).toString()
}
await ask$${n}('localhost')`,
  (n) => `class Box$${n}<T> {
  #held: T[] = []
  add(value: T): this {
    this.#held.push(value)
    return this
  }
  get all(): readonly T[] { return this.#held }
}
const box$${n} = new Box$${n}<number>().add(1).add(2)
for (const [at, one] of box$${n}.all.entries()) console.log(\`\${at}: \${one.toFixed(2)}\`)`,
  (n) => `const { a: a$${n}, ...rest$${n} } = { a: 1, b: [1, 2, 3].map((n) => n * 2), c: 'x' }
if (rest$${n}.b.length > 2) console.log(rest$${n}.c.padEnd(a$${n}), Object.keys(rest$${n}))`,
]

/** What they ask the editor while they write. */
const questions: ((n: number) => Omit<CompleteRequest, 'after'> | Omit<InspectRequest, 'after'>)[] = [
  (n) => completion(`const text$${n} = 'abc'\ntext$${n}.`),
  (n) => completion(`const shape$${n} = { width: 1, height: 2 }\nshape$${n}.wi`),
  () => ({ kind: 'inspect', code: 'Buffer.concat([])', offset: 8 }),
]

const completion = (code: string): Omit<CompleteRequest, 'after'> => ({ kind: 'complete', code, offset: code.length })

/** Call the result after each request. */
export function practiseWhenIdle(compiler: Compiler): () => void {
  if (process.env.SOCKETLAB_PRACTICE === 'off') return () => {}
  let done = 0
  let after = ''
  const timer = setTimeout(turn, IDLE_MS)
  timer.unref()
  postponeCollection()

  function turn(): void {
    const kind = kinds[done % kinds.length] as (n: number) => string
    const answer = compiler.convert({ kind: 'convert', after, code: kind(done), name: 'practice', practice: true })
    done++
    if (done % ASK_AFTER === 0) ask(done / ASK_AFTER)
    after = answer.ok && done % LESSON !== 0 ? answer.scope : ''
    if (done < CELLS) {
      // Thirty kernels on one machine begin at the same time: what half of it leaves is 20 MB.
      if (done === CELLS / 2) {
        giveMemoryBack()
        postponeCollection()
      }
      next = setImmediate(turn)
    } else {
      compiler.endPractice()
      giveMemoryBack()
    }
  }
  let next: NodeJS.Immediate | undefined

  function ask(n: number): void {
    const question = (questions[n % questions.length] as (typeof questions)[number])(n)
    if (question.kind === 'complete') compiler.complete({ ...question, after })
    else compiler.inspect({ ...question, after })
  }

  return () => {
    if (done >= CELLS) return
    clearImmediate(next)
    timer.refresh()
  }
}
