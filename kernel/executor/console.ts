/**
 * console, process.stdout and process.stderr of the learner: text goes to the cell that printed it.
 * Nothing here touches the descriptors 1 and 2.
 */
import { Console } from 'node:console'
import { Writable } from 'node:stream'
import { textTag } from '../bridge/threads.ts'
import { currentCell } from './cell-context.ts'
import { text } from './start-io.ts'

type StreamNumber = 0 | 1

const print = (stream: StreamNumber, chunk: string) => text.write(textTag(currentCell()?.cell ?? 0, stream), chunk)

type Done = (error?: Error | null) => void

/** Takes over `write` of a process stream; its callback is called when the text is on its way. */
function divert(target: NodeJS.WriteStream, stream: StreamNumber): void {
  const decoder = new TextDecoder()
  target.write = ((chunk: string | Uint8Array, encoding?: BufferEncoding | Done, callback?: Done) => {
    const done = typeof encoding === 'function' ? encoding : callback
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array))
      throw new TypeError(`write takes a string or bytes, not ${chunk === null ? 'null' : typeof chunk}`)
    // Bytes are decoded as a stream: a character may come in two writes.
    print(stream, typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }))
    if (done) process.nextTick(done)
    return true
  }) as typeof target.write
  // Each pipeline into it leaves some listeners behind, which is no leak to warn of when a cell is run for the third time.
  target.setMaxListeners(0)
  // Later cells print too: it is said to have ended, for `pipeline` and `finished`, and goes on.
  target.end = ((...args: [chunk?: unknown, encoding?: unknown, callback?: unknown]) => {
    const done = args.find((arg) => typeof arg === 'function') as Done | undefined
    const [chunk, encoding] = args
    if (chunk !== undefined && chunk !== null && chunk !== done)
      target.write(chunk as string, typeof encoding === 'string' ? (encoding as BufferEncoding) : undefined)
    process.nextTick(() => {
      done?.()
      target.emit('finish')
      target.emit('close')
    })
    return target
  }) as typeof target.end
}

const sink = (stream: StreamNumber) =>
  new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      print(stream, chunk)
      done()
    },
  })

/** `clear` empties the cell's output. */
export function divertOutput(clear: () => void): void {
  divert(process.stdout, 0)
  divert(process.stderr, 1)
  const console = new Console({ stdout: sink(0), stderr: sink(1), colorMode: false })
  // One string is by far the commonest thing printed: it needs no formatting.
  for (const [method, stream] of [
    ['log', 0],
    ['info', 0],
    ['debug', 0],
    ['error', 1],
    ['warn', 1],
  ] as const) {
    const general = console[method].bind(console)
    console[method] = (...args: unknown[]) => {
      if (args.length === 1 && typeof args[0] === 'string' && groups === 0) print(stream, `${args[0]}\n`)
      else general(...args)
    }
  }
  let groups = 0
  for (const [method, step] of [
    ['group', 1],
    ['groupCollapsed', 1],
    ['groupEnd', -1],
  ] as const) {
    const original = console[method].bind(console) as (...args: unknown[]) => void
    console[method] = (...args: unknown[]) => {
      original(...args)
      groups = Math.max(0, groups + step)
    }
  }
  console.clear = clear
  // Node's own console stays the object that other modules may have kept; only its methods change.
  Object.assign(globalThis.console, console)
}
