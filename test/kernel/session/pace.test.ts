import { expect, test } from 'vitest'
import { pacer } from '../../../kernel/session/pace.ts'

const served = { JPY_SESSION_NAME: 'lesson.ipynb' }
const lines = (count: number, line = 'x\n') => line.repeat(count)

test('behind Jupyter’s server, a hundred thousand lines go at once, and what follows waits', () => {
  const pace = pacer(served)
  pace.sent(1, lines(99_000))
  expect(pace.allows()).toBe(true)
  pace.sent(1, lines(200_000))
  expect(pace.allows()).toBe(false)
})

test('behind Jupyter’s server, long lines wait by their bytes, as they are counted on the wire', () => {
  const pace = pacer(served)
  pace.sent(1, lines(300, `${'é'.repeat(999)}\n`))
  expect(pace.allows()).toBe(true)
  pace.sent(1, lines(1000, `${'é'.repeat(999)}\n`))
  expect(pace.allows()).toBe(false)
})

test('behind Jupyter’s server, no more is taken at one time than may go out, and a little', () => {
  const pace = pacer(served)
  const all = pace.room()
  pace.sent(1, '='.repeat(all))
  expect(pace.allows()).toBe(false)
  expect(pace.room()).toBeLessThan(all / 4)
  expect(pacer({}).room()).toBe(Number.POSITIVE_INFINITY)
})

test('messages are further apart the longer the output of one cell is', () => {
  const pace = pacer(served)
  const short = pace.interval()
  pace.sent(1, lines(50_000))
  const long = pace.interval()
  expect(long).toBeGreaterThan(short)
  pace.sent(1, lines(10_000_000))
  expect(pace.interval()).toBeLessThanOrEqual(3000)
  pace.sent(2, 'another cell\n')
  expect(pace.interval()).toBeLessThan(long)
})

test('few long lines count, too: the page lays out their characters', () => {
  const pace = pacer(served)
  const short = pace.interval()
  pace.sent(1, lines(1000, `${'='.repeat(999)}\n`))
  // A megabyte takes it a tenth of a second.
  expect(pace.interval()).toBeGreaterThan(short + 100)
  pace.sent(1, '='.repeat(20_000_000))
  expect(pace.interval()).toBeLessThanOrEqual(3000)
})

test('a progress bar stays swift: what it has overwritten does not count', () => {
  const pace = pacer(served)
  for (let step = 0; step < 10_000; step++) {
    pace.sent(1, `\r${'#'.repeat(100)}`)
    pace.sent(1, `${'#'.repeat(100)}\r`)
  }
  expect(pace.interval()).toBeLessThan(21)
  pace.sent(1, lines(1000, `${'='.repeat(998)}\r\n`))
  const long = pace.interval()
  expect(long).toBeGreaterThan(200)
  pace.sent(1, `${lines(1000, `${'='.repeat(999)}\n`)}begun`)
  pace.sent(1, '\rended')
  expect(pace.interval()).toBeGreaterThan(long + 200)
})

test('a program that started the kernel itself gets a million lines at once', () => {
  const pace = pacer({})
  pace.sent(1, lines(1_000_000))
  expect(pace.allows()).toBe(true)
  expect(pace.interval()).toBe(20)
})
