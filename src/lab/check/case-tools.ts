/**
 * What a case works with: comparisons that say what differs, the other end of a conversation, seeded random values.
 *
 * A comparison that fails throws, and is remembered besides: a learner's `catch` around it changes nothing.
 */
import { inspect } from 'node:util'
import { TimeoutError } from '../../errors/index.ts'
import type { Address, InetAddress } from '../../socket/addresses.ts'
import { createConnection, createServer } from '../../socket/create.ts'
import { AddressFamily, SocketKind } from '../../socket/families.ts'
import { socket as makeSocket, type Socket } from '../../socket/socket.ts'
import { sleep } from '../../wait/index.ts'
import { answers } from '../answers/answers.ts'
import type { Random } from '../random.ts'
import { append } from './append.ts'
import { captureOutput } from './capture.ts'
import type { CaseUnit } from './case-run.ts'
import { connectedPair, sendPieces } from './conversations.ts'
import { difference, show } from './difference.ts'
import { equal } from './equal.ts'
import { CheckFailure } from './failure.ts'
import { arrivedError } from './plain-data.ts'
import { isStubError } from './stub.ts'
import { underTestTools } from './under-test.ts'

/** Throws what the learner is to read. */
export function fail(unit: CaseUnit | undefined, what: string, message: string | undefined): never {
  const failure = new CheckFailure(message === undefined || message === '' ? what : `${message}\n${what}`)
  if (unit && !unit.ended) append(unit.failures, failure)
  throw failure
}

/** As `instanceof` without what a class itself says of it: a learner's class may say anything. */
const isInstance = (value: unknown, of: ErrorClass): boolean => apply(hasInstance, of, [value]) as boolean
const { apply } = Reflect
const hasInstance = Function.prototype[Symbol.hasInstance]

type ErrorClass = abstract new (...args: never[]) => Error

/** A server of the check's own. */
export interface CheckServer {
  /** Where it listens: `[host, port]`. */
  readonly address: InetAddress
}

/** The tools of a case; `unit` is the one that runs, and throws where none does. */
export function caseTools(unit: () => CaseUnit, random: () => Random) {
  return {
    equal(received: unknown, expected: unknown, message?: string): void {
      if (!equal(received, expected)) fail(unit(), difference(received, expected), message)
    },
    ok(condition: unknown, message: string): void {
      if (!condition) fail(unit(), message, undefined)
    },
    match(received: unknown, pattern: RegExp, message?: string): void {
      if (typeof received === 'string' && new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).test(received))
        return
      fail(unit(), `expected  text that fits ${pattern}\nreceived  ${show(received)}`, message)
    },
    fail(message: string): never {
      return fail(unit(), message, undefined)
    },
    async rejects(run: PromiseLike<unknown> | (() => unknown), expected: ErrorClass | string, message?: string) {
      const wanted = typeof expected === 'string' ? expected : expected.name
      let value: unknown
      try {
        value = await (typeof run === 'function' ? run() : run)
      } catch (error) {
        if (isStubError(error)) throw error // nothing there yet: neither the right error nor a wrong one
        const { name, code, message: said } = error as Error & { code?: unknown }
        const fits =
          typeof expected === 'string'
            ? code === expected || name === expected
            : isInstance(error, expected) || arrivedError(error)?.classes.includes(expected.name)
        if (fits) return error as Error & { code?: string }
        const came = error instanceof Error ? `${name}${code ? ` (${code})` : ''}: ${said}` : show(error)
        return fail(unit(), `expected  ${wanted} to be thrown\nreceived  ${came}`, message)
      }
      const came = value === undefined ? 'it ended without an error' : `no error, but ${show(value)}`
      return fail(unit(), `expected  ${wanted} to be thrown\nreceived  ${came}`, message)
    },
    random: Object.assign(() => random()(), {
      integer: (least: number, most: number) => random().integer(least, most),
      bytes: (length: number) => random().bytes(length),
      pick: <T>(items: readonly T[]) => random().pick(items),
      shuffle: <T>(items: readonly T[]) => random().shuffle(items),
    }) as Random,
    async connect(address: Address, { timeout = 2 }: { timeout?: number | null } = {}): Promise<Socket> {
      unit()
      return await createConnection(address as InetAddress, { timeout })
    },
    async server(handler: (conn: Socket, address: InetAddress) => unknown): Promise<CheckServer> {
      const owner = unit()
      const server = createServer(['127.0.0.1', 0])
      append(owner.own, server)
      const serve = async () => {
        for await (const [conn, address] of server.connections()) void talk(conn, address as InetAddress)
      }
      const talk = async (conn: Socket, address: InetAddress) => {
        try {
          await handler(conn, address)
        } catch (error) {
          owner.uncaught(error)
        } finally {
          conn.close()
        }
      }
      void serve().catch((error) => owner.uncaught(error))
      return { address: server.getsockname() as InetAddress }
    },
    async udp(): Promise<Socket<AddressFamily.AF_INET>> {
      unit()
      const sock = makeSocket(AddressFamily.AF_INET, SocketKind.SOCK_DGRAM)
      sock.bind(['127.0.0.1', 0])
      sock.settimeout(2)
      return sock
    },
    async receive(conn: Socket, length: number): Promise<Buffer> {
      const parts: Buffer[] = []
      let left = length
      while (left > 0) {
        const part = await conn.recv(left).catch(nothingMore)
        if (part.length === 0) break
        parts[parts.length] = part
        left -= part.length
      }
      return Buffer.concat(parts)
    },
    async receiveAll(conn: Socket): Promise<Buffer> {
      const parts: Buffer[] = []
      for (;;) {
        const part = await conn.recv(65536)
        if (part.length === 0) return Buffer.concat(parts)
        parts[parts.length] = part
      }
    },
    pair: async (): Promise<[Socket, Socket]> => {
      unit()
      return await connectedPair()
    },
    sendPieces(conn: Socket, pieces: readonly (Uint8Array | string)[]): Promise<void> {
      unit()
      return sendPieces(conn, pieces)
    },
    background(run: () => unknown): void {
      const owner = unit()
      const attempt = async () => {
        try {
          await run()
        } catch (error) {
          owner.uncaught(error)
        }
      }
      void attempt()
    },
    captureOutput: (run: () => unknown): Promise<string> => captureOutput(run),
    answers(lines: readonly string[]): void {
      const script = answers(lines)
      unit().atEnd.push(() => script.drop())
    },
    opened: (): string[] => [...unit().open(), ...(unit().elsewhere?.opened ?? [])],
    async allClosed({ within = 1 }: { within?: number } = {}, message?: string): Promise<void> {
      const owner = unit()
      const begun = performance.now()
      // Before the case's own time is up: else that is all that its reader is told.
      const deadline = begun + Math.min(within * 1000, (owner.due - begun) * 0.8)
      for (;;) {
        const open = [...owner.open(), ...((await owner.elsewhere?.look()) ?? [])]
        if (open.length === 0) return
        if (performance.now() > deadline) fail(owner, stillOpen(open), message)
        await sleep(0.01)
      }
    },
    ...underTestTools(unit),
    sleep: (seconds: number) => sleep(seconds),
  }
}

/** What came until the time was up is compared: that says more than that the time was up. */
function nothingMore(error: unknown): Buffer {
  if (error instanceof TimeoutError) return Buffer.alloc(0)
  throw error
}

const stillOpen = (open: readonly string[]): string =>
  `still open or running at the end:\n${open.map((one) => `  ${one}`).join('\n')}`

/** For messages about what an author has written. */
export const shown = (value: unknown): string => inspect(value, { depth: 0 })
