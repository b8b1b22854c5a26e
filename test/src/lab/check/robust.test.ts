/**
 * What a learner may do to the language, to the kernel's names and to time: the count stays what it is.
 */
import { expect } from 'vitest'
import { resultOf, test } from '../../../kernel/kernel-fixture.ts'

/** One case that passes, one that must not. */
const CHECK = `await lab.check("Robust", 2, async (t) => {
  t.case("right", { timeout: 0.5 }, async () => { await sleep(0); t.equal([1, "a"], [1, "a"]) })
  t.case("wrong", { timeout: 0.5 }, async () => { await sleep(0); t.equal(Buffer.from("ab"), Buffer.from("ac")) })
})`

for (const [what, code] of [
  [
    'isDeepStrictEqual and assert',
    'import util from "node:util"; (util as any).isDeepStrictEqual = () => true; import assert from "node:assert"; (assert as any).ok = () => {}',
  ],
  [
    'Array.prototype',
    'for (const name of ["push", "map", "filter", "some", "every", "includes", "forEach", "reduce"]) (Array.prototype as any)[name] = () => []',
  ],
  [
    'Promise',
    '(globalThis as any).Promise = class { then() {} }; Object.assign(globalThis.Promise, { resolve() {}, reject() {} })',
  ],
  ['Promise.prototype.then', '(Promise.prototype as any).then = function () { return this }'],
  ['Map, Set and JSON', 'for (const name of ["Map", "Set", "JSON", "WeakMap"]) (globalThis as any)[name] = undefined'],
  ['Map.prototype', 'Map.prototype.get = () => 99 as any; Set.prototype.has = () => true'],
  [
    'Object',
    '(Object as any).is = () => true; (Object as any).keys = () => []; (Object as any).freeze = (x: unknown) => x; (Object as any).getPrototypeOf = () => null',
  ],
  [
    'Number and Math',
    '(Number as any).isFinite = () => true; (Math as any).round = () => 2; (Math as any).min = () => 2; (Math as any).max = () => 2; (Math as any).abs = () => 0',
  ],
  ['Reflect', '(Reflect as any).ownKeys = () => []; (Reflect as any).apply = () => true'],
  [
    'Symbol.hasInstance',
    'Object.defineProperty(Uint8Array, Symbol.hasInstance, { value: () => false, configurable: true }); Object.defineProperty(Error, Symbol.hasInstance, { value: () => false, configurable: true })',
  ],
  [
    'console, process and timers',
    'console.log = () => {}; (globalThis as any).process = undefined; (globalThis as any).setTimeout = (f: () => void) => f(); (globalThis as any).setImmediate = () => {}; (globalThis as any).clearTimeout = () => {}',
  ],
  ['the clock', 'performance.now = () => 0; Date.now = () => 0'],
  [
    'toJSON and toString',
    '(Object.prototype as any).toJSON = () => 2; (Number.prototype as any).toString = () => "2"; (String.prototype as any).replaceAll = () => "2 of 2"',
  ],
  [
    'getters on Object.prototype',
    'Object.defineProperty(Object.prototype, "earned", { get: () => 2, set() {}, configurable: true }); Object.defineProperty(Object.prototype, "state", { get: () => "passed", set() {}, configurable: true })',
  ],
] as const)
  test(`${what} changed by a cell: no point too many`, async ({ freshKernel }) => {
    const kernel = await freshKernel()
    await kernel.execute(CHECK)
    expect((await kernel.execute(code)).reply.content).toMatchObject({ status: 'ok' })
    const { iopub } = await kernel.execute(CHECK)
    expect(resultOf(iopub)).toBe('1')
  })

test('what a case has opened stays open until it ends, also when memory is tidied in between', async ({ kernel }) => {
  const { iopub } = await kernel.execute(`
    const v8 = await import("node:v8")
    const vm = await import("node:vm")
    v8.setFlagsFromString("--expose-gc")
    const gc = vm.runInNewContext("gc") as () => void
    await lab.check("Held", 1, async (t) => {
      t.case("a client that nobody remembers does not hang up", { timeout: 5 }, async () => {
        const server = socket.createServer(["127.0.0.1", 0])
        await (async () => { await t.connect(server.getsockname()) })()
        const [conn] = await server.accept()
        for (let at = 0; at < 20; at++) { gc(); await sleep(0) }
        conn.settimeout(0.05)
        await t.rejects(conn.recv(1), TimeoutError)
      })
    })`)
  expect(resultOf(iopub)).toBe('1')
})

test('what code of a case opens after its end is closed without a word', async ({ kernel }) => {
  const { iopub } = await kernel.execute(`
    const gate = Promise.withResolvers<void>()
    let late = 0
    await lab.check("Late", 1, async (t) => {
      t.case("leaves something behind", () => {
        void gate.promise.then(() => { late = socket.socket(socket.AF_INET, socket.SOCK_DGRAM).fileno() })
      })
    })`)
  expect(resultOf(iopub)).toBe('1')
  // A warning would stand under the check's cell.
  const heard: string[] = []
  const stop = kernel.onIopub((message) => heard.push(JSON.stringify(message.content)))
  const tidied = await kernel.execute(`
    gate.resolve()
    const { setFlagsFromString } = await import("node:v8")
    setFlagsFromString("--expose-gc")
    const tidy = (await import("node:vm")).runInNewContext("gc") as () => void
    for (let at = 0; at < 20; at++) { tidy(); await sleep(0) }
    late > 0 && lab.sockets().length === 0`)
  expect(resultOf(tidied.iopub)).toBe('true')
  stop()
  expect(heard.filter((content) => content.includes('unclosed'))).toEqual([])
})

test('an error that holds all that was received is told by its beginning', async ({ kernel }) => {
  const { iopub } = await kernel.execute(`await check("Long", 1, async (t) => {
    t.case("one", () => { throw new Error("got " + "x".repeat(5_000_000)) })
  })`)
  expect(resultOf(iopub)).toBe('0')
  const table = iopub.find(({ header }) => header.msg_type === 'display_data')
  expect(JSON.stringify(table?.content)).toContain('got xxx')
  expect(JSON.stringify(table?.content).length).toBeLessThan(100_000)
})
