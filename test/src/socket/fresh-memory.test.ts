/** The memory that received data comes in: collected in time, and none of it that somebody still has. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const LIBRARY = fileURLToPath(new URL('../../../dist/socketlab.cjs', import.meta.url))

/** 256 MiB in pieces of 64 KiB, each with its number; every eighth is kept, and looked at when all have come. */
const SCRIPT = `
const { socket } = require(${JSON.stringify(LIBRARY)})
const { PerformanceObserver, constants } = require('perf_hooks')
const vm = require('vm')
const counts = { minor: 0 }
new PerformanceObserver((list) => {
  for (const { detail } of list.getEntries()) if (detail.kind === constants.NODE_PERFORMANCE_GC_MINOR) counts.minor++
}).observe({ entryTypes: ['gc'] })
const PIECES = 4096
;(async () => {
  const server = socket.createServer(['127.0.0.1', 0])
  const a = await socket.createConnection(server.getsockname())
  const [b] = await server.accept()
  const sending = (async () => {
    for (let i = 0; i < PIECES; i++) await a.sendall(Buffer.alloc(65536, Buffer.from(Uint16Array.of(i).buffer)))
    a.close()
  })()
  const kept = []
  let received = 0
  for (;;) {
    const data = await b.recv(65536)
    if (data.length === 0) break
    // Where the piece lies in the stream says which bytes it has.
    if (kept.length * 8 * 65536 <= received) kept.push([received, data])
    received += data.length
  }
  await sending
  const right = kept.every(([at, data]) =>
    data.every((byte, i) => byte === ((Math.floor((at + i) / 65536) >> (8 * ((at + i) % 2))) & 255)))
  b.close()
  server.close()
  await new Promise((resolve) => setTimeout(resolve, 0))
  console.log(JSON.stringify({ received, right, kept: kept.length > 100, often: counts.minor >= 4, gc: typeof globalThis.gc, later: vm.runInNewContext('typeof gc') }))
})()
`

const seen = (...flags: string[]): unknown =>
  JSON.parse(execFileSync(process.execPath, [...flags, '-e', SCRIPT], { encoding: 'utf8', timeout: 60_000 }))

const expected = { received: 4096 * 65536, right: true, kept: true, often: true }

test('what nobody has any more is collected every few megabytes; what is kept stays as it came', () => {
  expect(seen()).toEqual({ ...expected, gc: 'undefined', later: 'undefined' })
})

test('a program that has asked for gc keeps it', () => {
  expect(seen('--expose-gc')).toEqual({ ...expected, gc: 'function', later: 'function' })
})
