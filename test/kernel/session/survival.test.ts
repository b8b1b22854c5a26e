import { expect } from 'vitest'
import { childrenOf, kernelArgv, resultOf, test, textOf, typeOf } from '../kernel-fixture.ts'

/** What a cell may do to the process it runs in; after each, the next cell must run and print. */
const ATTACKS: [what: string, code: string][] = [
  ['closes the descriptors 0 to 2', 'import * as fs from "node:fs"\nfor (const fd of [0, 1, 2]) fs.closeSync(fd)'],
  ['overflows the stack', 'const deep = (): number => deep() + 1\ndeep()'],
  ['has a string of 200 MB as its result', '"x".repeat(200_000_000)'],
  [
    'deletes globals',
    'for (const name of ["console", "process", "Buffer", "setTimeout", "setImmediate", "Promise", "require"]) delete (globalThis as Record<string, unknown>)[name]',
  ],
  ['changes the working directory', 'process.chdir("/")'],
  ['throws null', 'throw null'],
  ['rejects with nothing', 'void Promise.reject()'],
  ['throws from a microtask', 'queueMicrotask(() => { throw new Error("micro") })'],
  ['throws from nextTick', 'process.nextTick(() => { throw new Error("tick") })'],
  [
    'takes the listeners away and throws in a timer',
    'process.removeAllListeners(); process.removeAllListeners("uncaughtException"); for (const one of process.listeners("uncaughtException")) process.off("uncaughtException", one); await new Promise((done) => { setTimeout(done, 2); setTimeout(() => { throw new Error("timer") }, 1) })',
  ],
  [
    'listens for uncaught errors and throws them again, as Emscripten does',
    'process.on("uncaughtException", (error) => { throw error }); process.on("uncaughtExceptionMonitor", (error) => { throw error }); await new Promise((done) => { setTimeout(done, 2); setTimeout(() => { throw new Error("timer") }, 1) })',
  ],
  [
    'takes uncaught errors itself and throws them again',
    'process.setUncaughtExceptionCaptureCallback((error) => { throw error }); await new Promise((done) => { setTimeout(done, 2); setTimeout(() => { throw new Error("timer") }, 1) })',
  ],
  ['assigns to process', '(globalThis as { process: unknown }).process = undefined'],
  ['redefines console.log', 'console.log = () => { throw new Error("no") }'],
  [
    'sets a hostile Error.prepareStackTrace',
    'Error.prepareStackTrace = () => { throw new Error("no stack") }; throw new Error("x")',
  ],
  [
    'patches Array.prototype',
    'for (const name of ["map", "filter", "push", "join", "forEach"]) (Array.prototype as unknown as Record<string, unknown>)[name] = () => { throw new Error(name) }',
  ],
  ['patches Promise', 'Promise.prototype.then = (() => { throw new Error("then") }) as never'],
  [
    'patches Object and JSON',
    'Object.entries = (() => { throw new Error("entries") }) as never; JSON.stringify = (() => { throw new Error("json") }) as never',
  ],
  ['takes JSON.parse and Array.isArray away', 'JSON.parse = null as never; Array.isArray = null as never'],
  ['patches Function.prototype.call', 'Function.prototype.call = (() => { throw new Error("call") }) as never'],
  ['patches Map', 'Map.prototype.get = (() => { throw new Error("get") }) as never'],
  // The last one: it cannot be undone.
  ['freezes the globals', 'Object.freeze(globalThis)'],
]

for (const [what, code] of ATTACKS)
  test(`a cell that ${what} leaves a kernel that answers and prints`, async ({ kernel }) => {
    const { reply } = await kernel.execute(code)
    expect(['ok', 'error']).toContain(reply.content.status)
    const next = await kernel.execute('1 + 1')
    expect(next.reply.content.status).toBe('ok')
    expect(resultOf(next.iopub)).toBe('2')
    const failing = await kernel.execute('throw new RangeError("shown")')
    expect(failing.reply.content).toMatchObject({ status: 'error', ename: 'RangeError', evalue: 'shown' })
    expect(textOf((await kernel.execute('process.stdout.write("printed")')).iopub)).toBe('printed')
    expect((await kernel.execute('display.json([1])')).iopub.map(typeOf)).toContain('display_data')
  })

const CHILD = 'execSync("cat; echo from a child; echo again >&2", { stdio: "inherit" })'

test('where a cell has closed the descriptors 0 to 2, a later one still starts a child that prints', async ({
  kernel,
}) => {
  for (const closed of ['0', '1', '2', '0, 1, 2']) {
    await kernel.execute(`import * as fs from "node:fs"\nfor (const fd of [${closed}]) fs.closeSync(fd)`)
    const { reply, iopub } = await kernel.execute(`import { execSync } from "node:child_process"\n${CHILD}`)
    expect(reply.content.status, closed).toBe('ok')
    expect(textOf(iopub), closed).toContain('from a child')
    expect(textOf(iopub, 'stderr'), closed).toContain('again')
  }
})

test('a descriptor 0 to 2 that a cell closes is closed for it, its number is not free, and its children live', async ({
  kernel,
}) => {
  const { reply, iopub } = await kernel.execute(`import * as fs from "node:fs"
import { execSync } from "node:child_process"
const failing = (work: () => unknown) => { try { work(); return "no error" } catch (error) { return (error as Error).message } }
const own: string[] = []
for (const fd of [0, 1, 2]) {
  fs.closeSync(fd)
  own.push(failing(() => fs.closeSync(fd)), failing(() => fs.writeSync(fd, "x")), failing(() => fs.readSync(fd, Buffer.alloc(1))))
}
const next = fs.openSync("/dev/null", "r")
fs.closeSync(next)
const error = await new Promise<Error | null>((done) => fs.close(1, done))
try { ${CHILD} } catch { own.push("a child that could not print") }
display.json([...own, error?.message, next > 2])`)
  expect(reply.content.status, textOf(iopub)).toBe('ok')
  const bad = ['close', 'write', 'read'].map((call) => `EBADF: bad file descriptor, ${call}`)
  const told = iopub.find(({ header }) => header.msg_type === 'display_data')?.content.data
  expect(told).toMatchObject({
    'application/json': [...bad, ...bad, ...bad, 'a child that could not print', bad[0], true],
  })
})

const USE_UP = `const kept: socket.Socket[] = []
const useUp = () => { try { for (;;) kept.push(socket.socket()) } catch (error) { return String(error) } }
useUp()`
const FEW_DESCRIPTORS = ['/bin/sh', '-c', 'ulimit -n 400; exec "$@"', 'sh', ...kernelArgv]

test('a compiler can be started when a cell has used up all descriptors', async ({ freshKernel }) => {
  const kernel = await freshKernel({ argv: FEW_DESCRIPTORS })
  expect(resultOf((await kernel.execute(USE_UP)).iopub)).toContain('Too many open files')
  for (const pid of childrenOf(kernel)) process.kill(pid, 'SIGKILL')
  // Asked before its end is known, or after it.
  await kernel.execute('0')
  const { reply } = await kernel.execute('lab.closeAll()')
  expect(reply.content.status).toBe('ok')
})

test('a kernel whose first cell leaves it two descriptors, before all of it is loaded, goes on', async ({
  freshKernel,
}) => {
  const kernel = await freshKernel({ argv: FEW_DESCRIPTORS })
  await kernel.execute(`${USE_UP}; for (const one of kept.splice(-2)) one.close(); await sleep(0.6)`)
  const { reply, iopub } = await kernel.execute('lab.closeAll(); socket.socket().close(); 41 + 1')
  expect(reply.content.status, textOf(iopub)).toBe('ok')
})

test('where no compiler can be started the cell says why, and the kernel goes on', async ({ freshKernel }) => {
  const kernel = await freshKernel({ argv: FEW_DESCRIPTORS })
  await kernel.execute(`import * as fs from "node:fs"
for (const name of fs.readdirSync("/proc/self/fd")) try {
  if (fs.readlinkSync("/proc/self/fd/" + name) === "/dev/null") fs.closeSync(Number(name))
} catch {}
${USE_UP}`)
  for (const pid of childrenOf(kernel)) process.kill(pid, 'SIGKILL')
  await kernel.execute('0')
  // The compiler that is gone had one descriptor here, or three: too few for another.
  const { reply } = await kernel.execute('lab.closeAll()')
  expect(reply.content).toMatchObject({ evalue: expect.stringContaining('too many files and sockets are open') })
})

test('a cell that fills the heap is stopped with a MemoryError, and variables are kept', async ({ freshKernel }) => {
  const kernel = await freshKernel({ heapMiB: 1500 })
  await kernel.execute('const kept = 41; let hoard: number[][] = []')
  const { reply } = await kernel.execute('for (;;) hoard.push(new Array(1000).fill(1.5))')
  expect(reply.content).toMatchObject({ status: 'error', ename: 'MemoryError' })
  expect(resultOf((await kernel.execute('hoard = []; kept + 1')).iopub)).toBe('42')
})

test('output of children and of native writes reaches the cell, before its end', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  const { iopub } = await kernel.execute(
    'import { spawnSync } from "node:child_process"\nimport { writeSync } from "node:fs"\nspawnSync("sh", ["-c", "echo out; echo err >&2"], { stdio: "inherit" })\nwriteSync(1, "native\\n")\nvoid 0',
  )
  expect(textOf(iopub)).toBe('out\nnative\n')
  expect(textOf(iopub, 'stderr')).toBe('err\n')
})

test('a child that prints without end does not keep the kernel from answering', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  await kernel.execute('import { spawn } from "node:child_process"\nimport { once } from "node:events"')
  const { reply } = await kernel.execute('const yes = spawn("yes", { stdio: "inherit" }); await once(yes, "spawn"); 1')
  expect(reply.content.status).toBe('ok')
  const ended = await kernel.execute('yes.kill(); (await once(yes, "close"))[1]')
  expect(resultOf(ended.iopub)).toBe("'SIGTERM'")
})

test('SIGINT stops a cell as the interrupt message does, also while it computes', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  let pressed = false
  const { reply } = await kernel.execute('for (;;) console.log("go")', {
    onMessage: ({ header }) => {
      if (header.msg_type !== 'stream' || pressed) return
      pressed = true
      // Its watcher is loaded shortly after the start; until then a signal is no more than ignored.
      const again = setInterval(() => kernel.process.child.kill('SIGINT'), 100)
      void kernel.process.exited.then(() => clearInterval(again))
      kernel.onIopub(({ header: { msg_type } }) => msg_type === 'error' && clearInterval(again))
    },
  })
  expect(reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' })
  // The last signal may still be on its way to the thread that answers these: it must not meet the next cell.
  for (let turn = 0; turn < 2; turn++) await kernel.interrupt()
  expect((await kernel.execute('1')).reply.content.status).toBe('ok')
})
