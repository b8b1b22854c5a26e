/**
 * A kernel that grades, as nbgrader starts it: what a student's cell tries before the check gains nothing. Points are
 * what nbgrader makes of the outputs; a check may also fail for it, which earns as little.
 */
import { describe, expect } from 'vitest'
import { gradingEnv, resultOf, test } from '../../kernel/kernel-fixture.ts'
import { open, refused } from './attempts.ts'

const CHECK = `await check("Forged", 4, async (t) => {
  t.case("sum", () => t.equal(addAll([1, 2]), 3))
  t.case("bytes", () => t.equal(answer(), bytes\`right\`))
  t.case("object", () => t.equal(made(), { a: 1 }))
  t.case("refused", () => t.rejects(() => { throw new TypeError("no") }, ConnectionRefusedError))
})`

const WRONG = `function addAll(numbers: number[]): number { return -1 }
function answer(): Buffer { return bytes\`wrong\` }
function made(): { a: number } { return { a: 2 } }`

type Outputs = Parameters<typeof resultOf>[0]

/** nbgrader's determine_grade: the first error or stderr is 0, the first result a number, anything else all points. */
function points(iopub: Outputs): number {
  for (const { header, content } of iopub) {
    if (header.msg_type === 'error' || content.name === 'stderr') return 0
    if (header.msg_type !== 'execute_result') continue
    const value = Number((content.data as Record<string, string>)['text/plain'])
    return Number.isNaN(value) || value < 0 ? 4 : value
  }
  return 4
}

describe.each([
  ['refused', refused],
  ['open', open],
] as const)('%s', (kind, attempts) => {
  test.for(Object.entries(attempts))('%s', async ([, attempt], { freshKernel }) => {
    const kernel = await freshKernel({ env: gradingEnv })
    const tried = await kernel.execute(attempt)
    expect(tried.reply.content.status).toBe(kind === 'refused' ? 'error' : 'ok')
    expect((await kernel.execute(WRONG)).reply.content.status).toBe('ok')
    const { iopub } = await kernel.execute(`import { bytes, check } from "socketlab"\n${CHECK}`)
    expect(points(iopub)).toBe(0)
    // As the checks of lessons are: without an import.
    expect(points((await kernel.execute(CHECK)).iopub)).toBe(0)
  })
})

test('an answer that tries while it is asked, and later, gains nothing', async ({ freshKernel }) => {
  const kernel = await freshKernel({ env: gradingEnv })
  await kernel.execute(`const later = () => { (exports as any).tsLastExpr = 4; (exports as any).check = async () => 4 }
function addAll(numbers: number[]): number {
  void jupyter.broadcast("execute_result", { data: { "text/plain": "4" }, metadata: {}, execution_count: 1 })
  display.text("4")
  console.log("4")
  setInterval(later, 1)
  process.nextTick(later)
  const again = (left: number) => { later(); if (left > 0) queueMicrotask(() => again(left - 1)) }
  again(2000)
  return -1
}
function answer(): Buffer { process.exit(0) }
function made(): { a: number } { return { a: 2 } }`)
  expect(points((await kernel.execute(CHECK)).iopub)).toBe(0)
})

test('an honest notebook notices nothing of it', async ({ freshKernel }) => {
  const kernel = await freshKernel({ env: gradingEnv })
  const honest = `class Refused extends Error { constructor() { super("no"); this.name = "Refused" } }
const queue: number[] = [2]
const select = (n: number) => n + 1
const own: any = {}
own.toString = () => "own"
own.constructor = Refused
class Numbers extends Map<string, number> { override get(key: string) { return super.get(key) ?? 0 } }
;(Array.prototype as any).last = function () { return this[this.length - 1] }
class Mine extends socket.Socket { async greet() { await this.sendall(bytes\`hi\`) } }
socketserver.TCPServer.allowReuseAddress = true
Math.random = () => 0.5
function addAll(numbers: number[]) { queue.push(...numbers); return (numbers as any).last() + 1 }
function answer() { return bytes\`right\` }
function made() { return { a: select(new Numbers().get("a")) } }`
  const { reply } = await kernel.execute(honest)
  expect(reply.content).toMatchObject({ status: 'ok' })
  expect(resultOf((await kernel.execute('String(own) + new Refused().name + queue.length')).iopub)).toBe(
    "'ownRefused1'",
  )
  expect(resultOf((await kernel.execute(CHECK)).iopub)).toBe('3')
})
