import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { createRing, RING_BYTES, ringReader, ringWriter } from '../../../kernel/bridge/text-ring.ts'

function pair() {
  const shared = createRing()
  let bells = 0
  const writer = ringWriter(shared, () => bells++)
  const reader = ringReader(shared)
  const read = () => {
    const got: [number, string][] = []
    reader.drain((tag, text) => got.push([tag, text]))
    return got
  }
  return { writer, reader, read, bells: () => bells }
}

test('text of one tag is joined, tags keep their order', () => {
  const { writer, read } = pair()
  for (const [tag, text] of [
    [2, 'a'],
    [2, 'b'],
    [3, 'é'],
    [2, '🙂'],
  ] as const)
    writer.write(tag, text)
  expect(read()).toEqual([
    [2, 'ab'],
    [3, 'é'],
    [2, '🙂'],
  ])
  expect(read()).toEqual([])
})

test('the bell rings once until the reader has looked', () => {
  const { writer, reader, bells } = pair()
  writer.write(0, 'a')
  writer.write(0, 'b')
  expect(bells()).toBe(1)
  reader.listen()
  writer.write(0, 'c')
  expect(bells()).toBe(2)
})

test('text longer than a record, with an emoji across every boundary, arrives whole, also around the ring’s end', () => {
  const { writer, read } = pair()
  const long = `x${'🙂'.repeat(60_000)}`
  let all = ''
  for (let i = 0; i < 20; i++) {
    writer.write(0, long)
    all += read()
      .map(([, text]) => text)
      .join('')
  }
  expect(all).toBe(long.repeat(20))
})

test('of much text a beginning is taken, whole characters, and the rest at the next times', () => {
  const { writer, reader } = pair()
  const long = '🙂'.repeat(60_000)
  writer.write(0, long)
  const parts: string[] = []
  while (reader.drain((_tag, text) => parts.push(text), 100_000));
  expect(parts.length).toBe(2)
  expect(parts.join('')).toBe(long)
  expect(reader.isEmpty()).toBe(true)
})

test('text behind a mark waits until the mark’s message has come', () => {
  const { writer, reader, read } = pair()
  writer.write(0, 'before')
  const mark = writer.mark()
  writer.write(0, 'after')
  expect(read()).toEqual([[0, 'before']])
  expect(read()).toEqual([])
  expect(reader.isEmpty()).toBe(false)
  const upTo: string[] = []
  reader.drainTo(mark, (_tag, text) => upTo.push(text))
  expect(upTo).toEqual([])
  expect(read()).toEqual([[0, 'after']])
  expect(reader.isEmpty()).toBe(true)
})

test('drainTo hands over what stands before its mark, and a mark that was passed is nothing new', () => {
  const { writer, reader } = pair()
  const texts: string[] = []
  const add = (_tag: number, text: string) => texts.push(text)
  writer.write(0, 'a')
  const first = writer.mark()
  writer.write(0, 'b')
  writer.mark()
  writer.write(0, 'c')
  reader.drainAll(add)
  expect(texts.join('')).toBe('abc')
  reader.drainTo(first, add)
  expect(texts.join('')).toBe('abc')
})

test('marks whose messages have not come hold up the writer: it is never more than some thousand ahead', async () => {
  const shared = createRing()
  const reader = ringReader(shared)
  const source = `
    const { workerData, parentPort } = require('node:worker_threads')
    import(workerData.module).then(({ ringWriter }) => {
      const writer = ringWriter(workerData.shared, () => parentPort.postMessage({ bell: true }))
      for (let i = 0; i < workerData.messages; i++) {
        writer.write(1, String(i) + ',')
        parentPort.postMessage({ mark: writer.mark(), ahead: Atomics.add(workerData.count, 0, 1) + 1 })
      }
    })`
  const module = new URL('../../../kernel/bridge/text-ring.ts', import.meta.url).href
  const messages = 20_000
  // How many were posted and not yet received.
  const count = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(source, { eval: true, workerData: { shared, messages, module, count } })
  let text = ''
  let most = 0
  await new Promise<void>((resolve, reject) => {
    let received = 0
    worker.on('error', reject)
    worker.on('message', ({ mark, ahead }: { mark?: number; ahead: number }) => {
      if (mark === undefined) return
      reader.drainTo(mark, (_tag, more) => {
        text += more
      })
      Atomics.sub(count, 0, 1)
      most = Math.max(most, ahead)
      if (++received === messages) resolve()
    })
  })
  await worker.terminate()
  expect(text).toBe(Array.from({ length: messages }, (_, i) => `${i},`).join(''))
  expect(most).toBeLessThan(2000)
})

test('a writer that fills the ring waits for the reader, and nothing is lost', async () => {
  const shared = createRing()
  const reader = ringReader(shared)
  const lines = (RING_BYTES / 16) * 4
  const source = `
    const { workerData, parentPort } = require('node:worker_threads')
    import(workerData.module).then(({ ringWriter }) => {
      const writer = ringWriter(workerData.shared, () => parentPort.postMessage('bell'))
      for (let i = 0; i < workerData.lines; i++) writer.write(1, 'line ' + i + '\\n')
      parentPort.postMessage('done')
    })`
  const module = new URL('../../../kernel/bridge/text-ring.ts', import.meta.url).href
  const worker = new Worker(source, { eval: true, workerData: { shared, lines, module } })
  let text = ''
  await new Promise<void>((resolve, reject) => {
    worker.on('error', reject)
    worker.on('message', (message) => {
      reader.listen()
      reader.drain((_tag, more) => {
        text += more
      })
      if (message === 'done') resolve()
    })
  })
  await worker.terminate()
  const expected = Array.from({ length: lines }, (_, i) => `line ${i}\n`).join('')
  expect(text === expected).toBe(true)
})
