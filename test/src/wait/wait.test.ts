import { expect, test } from 'vitest'
import { KeyboardInterrupt, TimeoutError } from '../../../src/errors/index.ts'
import { currentTask, host, interrupt, runInTask, sleep, startTimer, turn, Waiter } from '../../../src/wait/index.ts'

test('sleep never wakes early, also after a busy loop, and 0 lets others have a turn', async () => {
  const busyUntil = performance.now() + 20
  while (performance.now() < busyUntil);
  const start = performance.now()
  await sleep(0.03)
  expect(performance.now() - start).toBeGreaterThanOrEqual(30)
  let others = false
  setImmediate(() => (others = true))
  await sleep(0)
  expect(others).toBe(true)
})

test('sleep rejects what is no number of seconds', async () => {
  await expect(sleep('1' as never)).rejects.toThrow(TypeError)
  await expect(sleep(null as never)).rejects.toThrow('not null')
  await expect(sleep(-1)).rejects.toThrow(RangeError)
  await expect(sleep(Number.NaN)).rejects.toThrow(RangeError)
  await expect(sleep(1e100)).rejects.toThrow('timestamp out of range')
  await expect(sleep(5, { signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no')
})

test('a timer longer than setTimeout can count does not fire at once', async () => {
  let fired = false
  const timer = startTimer(2 ** 31, () => (fired = true))
  await sleep(0.01)
  timer.stop()
  expect(fired).toBe(false)
})

test('a wait ends once: by its event, its time or its signal, whichever is first', async () => {
  const left: string[] = []
  const event = new Waiter<string>({ timeout: 0.01, cancel: () => left.push('event') })
  event.resolve('came')
  event.reject(new Error('late'))
  expect(await event.promise).toBe('came')
  const timed = new Waiter<string>({ timeout: 0.01, cancel: () => left.push('timed') })
  await expect(timed.promise).rejects.toBeInstanceOf(TimeoutError)
  timed.resolve('late')
  const soft = new Waiter<string>({ timeout: 0.01, onTimeout: () => 'nothing came' })
  expect(await soft.promise).toBe('nothing came')
  const stop = new AbortController()
  const aborted = new Waiter<string>({ signal: stop.signal, timeout: 5, cancel: () => left.push('aborted') })
  stop.abort(new Error('enough'))
  await expect(aborted.promise).rejects.toThrow('enough')
  expect(left).toEqual(['timed', 'aborted'])
})

test('one signal ends many waits, and Node does not take them for a leak', async () => {
  const warnings: Error[] = []
  const warned = (warning: Error) => void warnings.push(warning)
  process.on('warning', warned)
  const stop = new AbortController()
  const waits = Array.from({ length: 50 }, () => sleep(60, { signal: stop.signal }).catch((reason: unknown) => reason))
  await turn()
  stop.abort('over')
  expect(new Set(await Promise.all(waits))).toEqual(new Set(['over']))
  await turn()
  process.off('warning', warned)
  expect(warnings).toEqual([])
})

test('interrupt ends the waits of one cell’s own code, not those of its threads or of other cells', async () => {
  const [mine, other] = [{}, {}]
  const { scope } = host
  const waits: Promise<unknown>[] = []
  host.scope = () => mine
  waits.push(sleep(60).catch((error: unknown) => error))
  const stop = new AbortController()
  const thread = runInTask({ name: 'Thread-1', daemon: false }, () => {
    expect(currentTask()).toMatchObject({ name: 'Thread-1' })
    return sleep(60, { signal: stop.signal }).catch((error: unknown) => error)
  })
  host.scope = () => other
  const foreign = sleep(60, { signal: stop.signal }).catch((error: unknown) => error)
  host.scope = scope
  await turn()
  expect(currentTask()).toBe('main')
  expect(interrupt(mine)).toBe(1)
  expect(await waits[0]).toBeInstanceOf(KeyboardInterrupt)
  expect(interrupt(mine)).toBe(0)
  stop.abort('over')
  expect(await Promise.all([thread, foreign])).toEqual(['over', 'over'])
})
