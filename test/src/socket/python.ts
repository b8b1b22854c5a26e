/**
 * CPython as the other end: a script whose lines we read, and whose standard input we write.
 */
import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface, type Interface } from 'node:readline'

const PYTHON = process.env.PYTHON ?? 'python3'

/** A running script. `await using` it: it is gone at the end of the block. */
export class Peer implements AsyncDisposable {
  readonly #process: ChildProcessWithoutNullStreams
  readonly #lines: AsyncIterator<string>
  readonly #reader: Interface
  #errors = ''

  constructor(script: string, args: string[]) {
    this.#process = spawn(PYTHON, ['-u', '-c', script, ...args])
    this.#process.stderr.on('data', (text) => (this.#errors += text))
    this.#reader = createInterface(this.#process.stdout)
    this.#lines = this.#reader[Symbol.asyncIterator]()
  }

  /** Its next line of output, as JSON. */
  async line<T = unknown>(): Promise<T> {
    const { value, done } = await this.#lines.next()
    if (done) throw new Error(`python ended: ${this.#errors}`)
    return JSON.parse(value) as T
  }

  /** Waits until it has ended; throws what it wrote to stderr if it failed. */
  async ended(): Promise<void> {
    if (this.#process.exitCode === null) await once(this.#process, 'exit')
    if (this.#process.exitCode !== 0) throw new Error(this.#errors)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#reader.close()
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    this.#process.kill('SIGKILL')
    await once(this.#process, 'exit')
  }
}

const PRELUDE = `
import json, socket, struct, sys, threading
def say(value): print(json.dumps(value), flush=True)
`

/** Starts a script; \`say(value)\` writes a line for \`peer.line()\`. */
export const python = (script: string, ...args: (string | number)[]): Peer =>
  new Peer(PRELUDE + script, args.map(String))

/** Runs a script to its end; its one \`say\` is the result. */
export const askPython = <T>(script: string, ...args: (string | number)[]): T =>
  JSON.parse(
    execFileSync(PYTHON, ['-c', PRELUDE + script, ...args.map(String)], { encoding: 'utf8', timeout: 60_000 }),
  ) as T
