import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { lab } from '../../../../src/index.ts'
import { test as inKernel, resultOf } from '../../../kernel/kernel-fixture.ts'

const { RoundTrips, Throughput, roundTrips, throughput } = lab.measure

test('percentiles are times that were measured, by nearest rank', () => {
  const times = new RoundTrips(Array.from({ length: 100 }, (_, at) => (100 - at) / 1000))
  expect([times.least, times.p50, times.p95, times.most, times.count]).toEqual([0.001, 0.05, 0.095, 0.1, 100])
  expect(times.percentile(100)).toBe(0.1)
  expect(times.percentile(0.1)).toBe(0.001)
  expect(times.mean).toBeCloseTo(0.0505)
  expect(new RoundTrips([0.25]).p50).toBe(0.25)
  for (const wrong of [0, 101, Number.NaN]) expect(() => times.percentile(wrong)).toThrow(RangeError)
})

test('each call is measured once, after those that warm up, in order', async () => {
  const calls: number[] = []
  const times = await roundTrips((number) => calls.push(number), { count: 3, warmUp: 2 })
  expect(calls).toEqual([0, 1, 0, 1, 2])
  expect(times.count).toBe(3)
  expect(inspect(times)).toMatch(/^3 round trips:\n\nwhat +value\n/)
  await expect(roundTrips(async () => Promise.reject(new Error('mine')))).rejects.toThrow('mine')
})

test('durations and sizes in the unit that reads well', () => {
  expect(String(new Throughput(10 * 2 ** 20, 0.5))).toBe('10 MiB in 500 ms: 20 MiB/s')
  expect(String(new Throughput(100, 2))).toBe('100 bytes in 2 s: 50 bytes/s')
  expect(new RoundTrips([12.3e-6, 4e-3]).toString()).toMatch(/12\.3 µs[\s\S]*4 ms/)
})

test('throughput asks for the number of bytes', async () => {
  expect((await throughput(async () => 5)).bytes).toBe(5)
  await expect(throughput((async () => undefined) as never)).rejects.toThrow('return data.length')
  await expect(throughput(5 as never)).rejects.toThrow(TypeError)
  for (const count of [0, 1.5, -1, 1e9])
    await expect(roundTrips(() => {}, { count })).rejects.toThrow('count is a whole number')
  await expect(roundTrips(() => {}, { warmUp: -1 })).rejects.toThrow('warmUp')
})

describe('lab.plot', () => {
  test('takes numbers, pairs, round trips, and several of them by name', () => {
    const spec = lab.plot({ a: [5, 6], b: [[10, 1]], c: new RoundTrips([0.002]) }, { title: 'T & <t>' }).vegaLite()
    expect(spec.data).toEqual({
      values: [
        { series: 'a', x: 1, y: 5 },
        { series: 'a', x: 2, y: 6 },
        { series: 'b', x: 10, y: 1 },
        { series: 'c', x: 1, y: 2 },
      ],
    })
    expect(spec.description).toBe(
      'T & <t> (value)\n  a: 2 points, 5 to 6\n  b: 1 points, 1 to 1\n  c: 1 points, 2 to 2',
    )
    expect(lab.plot(new RoundTrips([0.002])).toString()).toContain('milliseconds')
  })

  test('is well-formed SVG in each kind, with everything inside the picture', () => {
    for (const kind of ['line', 'points', 'bars'] as const)
      for (const values of [
        [1],
        [0, 0],
        [3, 1, 2],
        [-5, 5],
        [1e-9, 2e-9],
        [1e9, 1],
        Array.from({ length: 3000 }, (_, at) => Math.sin(at)),
      ]) {
        const svg = lab.plot({ 'a & b': values, second: values }, { kind, title: 'T "quoted" <t>' }).svg()
        expect(svg).toMatch(/^<svg [\s\S]*<\/svg>$/)
        expect(svg).not.toMatch(/NaN|Infinity|undefined|<t>/)
        for (const [, x, y] of svg.matchAll(/(?:cx|x)="([-\d.]+)" (?:cy|y)="([-\d.]+)"/g)) {
          expect(Number(x)).toBeGreaterThanOrEqual(0)
          expect(Number(x)).toBeLessThanOrEqual(560)
          expect(Number(y)).toBeGreaterThanOrEqual(0)
          expect(Number(y)).toBeLessThanOrEqual(300)
        }
      }
  })

  test('says what it cannot draw', () => {
    for (const [series, says] of [
      [[], 'nothing to draw'],
      [{}, '{ TCP: [1, 2] }'],
      [5, '{ TCP: [1, 2] }'],
      [['a'], 'are numbers, or pairs'],
      [[[1]], 'are numbers, or pairs'],
      [{ a: 5 }, 'a is an array of numbers'],
      [[Number.NaN], 'are numbers'],
      [new Array(20_000).fill(1), 'draw every tenth'],
    ] as const)
      expect(() => lab.plot(series as never), inspect(series, { maxArrayLength: 2 })).toThrow(says)
    expect(() => lab.plot([1], { kind: 'pie' as never })).toThrow('"line", "points" or "bars"')
  })

  inKernel('shows itself as Vega-Lite 5, with an SVG and text beside it', async ({ kernel }) => {
    const { iopub } = await kernel.execute(`
      using server = socket.createServer(["127.0.0.1", 0])
      new threading.Thread({ daemon: true, target: async () => { for await (const [c] of server.connections()) { using h = c; for await (const d of c.chunks()) await c.sendall(d) } } }).start()
      using conn = await socket.createConnection(server.getsockname())
      const times = await lab.measure.roundTrips(async () => { await conn.sendall(bytes\`ping\`); await conn.recv(4) }, { count: 50 })
      lab.plot({ TCP: times }, { title: "Round trips", kind: "points" })`)
    expect(resultOf(iopub)).toMatch(/^Round trips \(milliseconds\)\n {2}TCP: 50 points/)
    const result = iopub.find(({ header }) => header.msg_type === 'execute_result')!.content.data as Record<
      string,
      unknown
    >
    expect(Object.keys(result).sort()).toEqual(['application/vnd.vegalite.v5+json', 'image/svg+xml', 'text/plain'])
    expect(result['application/vnd.vegalite.v5+json']).toMatchObject({ mark: { type: 'point' } })
  })
})
