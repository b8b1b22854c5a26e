/**
 * A plain Node program: makes and breaks as many connections as it is told, in every way, and prints what is left of
 * them: descriptors, heap, RSS. Run by breaking.test.ts with --expose-gc.
 */
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import type * as Library from '../../../../src/index.ts'
import { type Ground, ways } from './ways.ts'

const { socket } = createRequire(import.meta.url)('../../../../dist/socketlab.cjs') as typeof Library
const [wanted = 1000] = process.argv.slice(2).map(Number)

// Thousands of sockets are forgotten on purpose.
process.removeAllListeners('warning')

const server = socket.createServer(['', 0], { backlog: 1000 })
const port = server.getsockname()[1]
let made = 0
const ground: Ground = {
  socket,
  server,
  // Another address each time: the ports that rest in TIME_WAIT are then those of other connections.
  address: () => [`127.${100 + ((made >> 16) & 63)}.${(made >> 8) & 255}.${made & 255}`, port],
}

/** Every way in turn. */
async function breakThem(count: number): Promise<void> {
  const all = Object.entries(ways)
  for (const until = made + count; made < until; made++) {
    const [name, way] = all[made % all.length]!
    try {
      await way(ground)
    } catch (error) {
      throw new Error(`connection ${made}: ${name}`, { cause: error })
    }
    // The forgotten ones hold descriptors until they are collected.
    if (made % 2000 === 0) await collect()
  }
}

async function collect(): Promise<void> {
  for (let i = 0; i < 4; i++) {
    globalThis.gc!()
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function left() {
  await collect()
  const { heapUsed, external, arrayBuffers, rss } = process.memoryUsage()
  const handles = process.report.getReport() as { libuv?: { type: string }[] }
  return {
    descriptors: readdirSync('/proc/self/fd').length,
    watchers: handles.libuv?.filter(({ type }) => type === 'poll').length ?? 0,
    heapUsed,
    external: external + arrayBuffers,
    rss,
  }
}

await breakThem(Math.min(wanted, 1000) / 2)
const before = await left()
await breakThem(wanted)
const after = await left()
server.close()
console.log(JSON.stringify({ made, before, after }))
