/**
 * What a function prints, as text instead of under the cell. Other code that prints meanwhile is not touched.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { Console } from 'node:console'
import { Writable } from 'node:stream'

interface Sink {
  text: string
}

const sinks = new AsyncLocalStorage<Sink>()
const METHODS = ['log', 'info', 'debug', 'error', 'warn', 'table', 'dir', 'group', 'groupEnd'] as const

type Print = (...args: unknown[]) => unknown
type Printers = Record<(typeof METHODS)[number], Print>

/** Runs it and resolves to what it has printed with `console` or on `process.stdout`, both streams in one text. */
export async function captureOutput(run: () => unknown): Promise<string> {
  const sink: Sink = { text: '' }
  const restore = divert()
  try {
    await sinks.run(sink, async () => await run())
  } finally {
    restore()
  }
  return sink.text
}

function divert(): () => void {
  const add = (chunk: string | Uint8Array) => {
    const sink = sinks.getStore()
    if (sink) sink.text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
  }
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Uint8Array, _encoding, done) {
      add(chunk)
      done()
    },
  })
  const ours = new Console({ stdout: stream, stderr: stream, colorMode: false }) as unknown as Printers
  const theirs = globalThis.console as unknown as Printers
  const undo = METHODS.map((method) => {
    const original = theirs[method]
    const replaced: Print = (...args) => (sinks.getStore() ? ours[method](...args) : original.apply(theirs, args))
    theirs[method] = replaced
    return () => {
      if (theirs[method] === replaced) theirs[method] = original
    }
  })
  for (const target of [process.stdout, process.stderr]) {
    const original = target.write
    const replaced = function (this: unknown, chunk: string | Uint8Array, ...rest: unknown[]) {
      if (!sinks.getStore()) return Reflect.apply(original, target, [chunk, ...rest]) as boolean
      add(chunk)
      const done = rest.at(-1)
      if (typeof done === 'function') process.nextTick(done as () => void)
      return true
    } as typeof target.write
    target.write = replaced
    undo.push(() => {
      if (target.write === replaced) target.write = original
    })
  }
  return () => {
    for (const one of undo.reverse()) one()
  }
}
