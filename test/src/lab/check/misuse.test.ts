import { expect } from 'vitest'
import { plain, resultOf, test, textOf } from '../../../kernel/kernel-fixture.ts'

for (const [what, code, says] of [
  ['no name', 'await check("", 1, async (t) => {})', 'check needs a name first'],
  ['no points', 'await (check as any)("x", async (t: any) => {})', 'check needs its points second'],
  ['points below zero', 'await check("x", -1, async (t) => {})', 'points are 0 or more, not -1'],
  ['points that are none', 'await check("x", NaN, async (t) => {})', 'points are 0 or more, not NaN'],
  ['no function', 'await (check as any)("x", 1)', 'needs a function third'],
  ['no cases', 'await check("x", 1, async (t) => {})', 'has no cases: add some'],
  [
    'two of one name',
    'await check("x", 1, async (t) => { t.case("a", () => {}); t.case("a", () => {}) })',
    'two cases called "a"',
  ],
  ['a case without a name', 'await check("x", 1, async (t) => { (t as any).case(() => {}) })', 'a case needs a name'],
  ['a case without a body', 'await check("x", 1, async (t) => { (t as any).case("a", {}) })', 'has nothing to run'],
  [
    'too many points',
    'await check("x", 1, async (t) => { t.case("a", { points: 2 }, () => {}); t.case("b", () => {}) })',
    'worth 2 together; give them 1',
  ],
  [
    "a case's points below zero",
    'await check("x", 1, async (t) => { t.case("a", { points: -1 }, () => {}) })',
    'points of "a" are 0 or more',
  ],
  [
    'no time',
    'await check("x", 1, async (t) => { t.case("a", { timeout: 0 }, () => {}) })',
    'timeout of "a" is in seconds',
  ],
  [
    'a tool outside of a case',
    'await check("x", 1, async (t) => { t.case("a", () => {}); await t.connect(["127.0.0.1", 1]) })',
    'this belongs into a case',
  ],
  [
    'a check within a check',
    'await check("x", 1, async (t) => { await check("y", 1, async () => {}) })',
    'called within check("x")',
  ],
  ['an error in the check itself', 'await check("x", 1, async (t) => { throw new Error("mine") })', 'mine'],
  [
    'a case that is too late',
    'await check("x", 1, async (t) => { t.case("a", async () => { await sleep(0.05) }); setTimeout(() => { try { t.case("b", () => {}) } catch (e) { console.log(String(e)) } }, 10) })',
    '',
  ],
] as const)
  test(`${what}: the author is told`, async ({ kernel }) => {
    const { reply, iopub } = await kernel.execute(code)
    if (says === '') {
      expect(textOf(iopub)).toContain("t.case('b')")
      return
    }
    const { status, traceback } = reply.content as { status: string; traceback: string[] }
    expect(status).toBe('error')
    expect(plain(traceback)).toContain(says)
    expect(plain(traceback)).not.toContain('socketlab.cjs')
  })

test('a case within a case fails, with the reason', async ({ kernel }) => {
  const { iopub } = await kernel.execute(
    'await check("x", 1, async (t) => { t.case("a", () => { t.case("b", () => {}) }) })',
  )
  expect(resultOf(iopub)).toBe('0')
  const shown = iopub.find(({ header }) => header.msg_type === 'display_data')?.content.data as Record<string, string>
  expect(shown['text/plain']).toContain('is called within a case; cases stand beside each other')
})

test('a check that nobody awaits does not compile', async ({ kernel }) => {
  const { reply } = await kernel.execute('check("x", 1, async (t) => { t.case("a", () => {}) })')
  expect(plain((reply.content as { traceback: string[] }).traceback)).toContain(
    '`check` returns a Promise and nobody waits for it',
  )
})

test("a cell may declare a check of its own; the library's is still there by its name", async ({ freshKernel }) => {
  const kernel = await freshKernel()
  const { iopub } = await kernel.execute('const check = (text: string) => text.length; check("four")')
  expect(resultOf(iopub)).toBe('4')
  const next = await kernel.execute('await lab.check("x", 1, async (t) => { t.case("a", () => {}) })')
  expect(resultOf(next.iopub)).toBe('1')
})
