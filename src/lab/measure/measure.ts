/**
 * `lab.measure`: how long a round trip takes, and how much goes through. For comparing on one machine, not for records.
 *
 * Knows functions that are called, nothing of sockets.
 */
import { inspect } from 'node:util'
import { turn } from '../../wait/index.ts'
import { RoundTrips, Throughput } from './sample.ts'

export { RoundTrips, Throughput } from './sample.ts'

const MOST = 1_000_000

/**
 * Calls the function so many times, one after another, and measures each call.
 *
 * @param trip one question and its answer
 * @param options `count`: how often, default 100; `warmUp`: calls before that are not measured (the first ones are slower: code is still being compiled), default 5
 * @returns the times, with `p50` and `p95`; shows itself as a table
 * @throws {RangeError} no whole number of calls
 * @throws whatever the function throws
 * @example
 * await lab.measure.roundTrips(async () => {
 *   await conn.sendall(bytes`ping`)
 *   await conn.recv(4)
 * }, { count: 200 })
 */
export async function roundTrips(
  trip: (number: number) => unknown,
  { count = 100, warmUp = 5 }: { count?: number; warmUp?: number } = {},
): Promise<RoundTrips> {
  if (typeof trip !== 'function')
    throw new TypeError(`lab.measure.roundTrips takes a function, async () => { … }, not ${inspect(trip)}`)
  whole('count', count, 1)
  whole('warmUp', warmUp, 0)
  for (let number = 0; number < warmUp; number++) await trip(number)
  const seconds: number[] = []
  for (let number = 0; number < count; number++) {
    const began = performance.now()
    await trip(number)
    seconds.push((performance.now() - began) / 1000)
    // A function that never waits must let ■ and the others have their turn.
    if (number % 100 === 99) await turn()
  }
  return new RoundTrips(seconds)
}

/**
 * Calls the function once, and divides what it moved by how long it took.
 *
 * @param move resolves to how many bytes it moved
 * @throws {TypeError} it gave no number
 * @example
 * await lab.measure.throughput(async () => {
 *   await conn.sendall(data)
 *   return data.length
 * })
 */
export async function throughput(move: () => number | Promise<number>): Promise<Throughput> {
  if (typeof move !== 'function')
    throw new TypeError(`lab.measure.throughput takes a function that gives a number of bytes, not ${inspect(move)}`)
  const began = performance.now()
  const bytes = await move()
  const seconds = (performance.now() - began) / 1000
  if (typeof bytes !== 'number' || !(bytes >= 0))
    throw new TypeError(
      `lab.measure.throughput: the function gives how many bytes it moved, a number, not ${inspect(bytes)}: return data.length`,
    )
  return new Throughput(bytes, Math.max(seconds, 1e-6))
}

function whole(name: string, value: unknown, least: number): void {
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > MOST)
    throw new RangeError(
      `lab.measure.roundTrips: ${name} is a whole number from ${least} to ${MOST}, not ${inspect(value)}`,
    )
}
