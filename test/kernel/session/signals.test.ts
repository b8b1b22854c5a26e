import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { test, textOf } from '../kernel-fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'socketlab-signals-'))
test.afterAll(() => rmSync(folder, { recursive: true }))

/** Node itself does not: so this is ours, which comes after the start. */
async function listensToHangups(pid: number): Promise<void> {
  const caught = () => BigInt(`0x${/^SigCgt:\s+(\w+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]}`)
  await expect.poll(() => caught() & 1n).toBe(1n)
}

const DISPOSES = (file: string) => `import { appendFileSync } from "node:fs"
using first = { [Symbol.dispose]: () => appendFileSync(${JSON.stringify(file)}, "first") }
await using second = {
  async [Symbol.asyncDispose]() { await sleep(0); appendFileSync(${JSON.stringify(file)}, "second ") }
}`

test.for([
  ['SIGTERM', ''],
  ['SIGTERM', 'console.log("go"); for (;;) {}'],
  ['SIGHUP', 'console.log("go"); await new Promise(() => {})'],
] as const)('%s disposes what cells keep, as every end does; running: %j', async ([signal, code], { freshKernel }) => {
  const kernel = await freshKernel()
  const file = join(folder, `${signal}-${code.length}`)
  await kernel.execute(DISPOSES(file))
  await listensToHangups(kernel.process.child.pid!)
  if (code) {
    const began = new Promise<void>((go) => void kernel.onIopub(({ header }) => header.msg_type === 'stream' && go()))
    kernel.execute(code).catch(() => {})
    await began
  }
  kernel.process.child.kill(signal)
  expect(await kernel.process.exited).toEqual({ code: 0, signal: null })
  expect(readFileSync(file, 'utf8')).toBe('second first')
  expect(kernel.process.stderr()).toBe('')
})

test('a listener of a cell takes the place of the end', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  const file = join(folder, 'listened')
  await kernel.execute(DISPOSES(file))
  await kernel.execute('const term = new Promise<string>((heard) => process.once("SIGTERM", heard))')
  await listensToHangups(kernel.process.child.pid!)
  kernel.process.child.kill('SIGTERM')
  expect(textOf((await kernel.execute('console.log(await term)')).iopub)).toBe('SIGTERM\n')
  expect(existsSync(file)).toBe(false)
})

test('a signal that a cell only emits ends nothing', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  await kernel.execute('1')
  await listensToHangups(kernel.process.child.pid!)
  const { iopub } = await kernel.execute(
    'process.emit("SIGTERM", "SIGTERM"); await sleep(0); console.log("still here")',
  )
  expect(textOf(iopub)).toBe('still here\n')
})
