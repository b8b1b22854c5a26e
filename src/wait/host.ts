/**
 * What the program around this library may plug in: which unit of work (a notebook's cell) runs now, and where its
 * notices go. Plain Node works with the defaults. Knows nothing of Jupyter; the kernel assigns into `host`.
 */
import { inspect } from 'node:util'

/** A way to another process, message by message. */
export interface Channel {
  send(data: Record<string, unknown>): void
  /** Called with each message that comes. */
  onMessage(listener: (data: Record<string, unknown>) => void): void
  close(): void
}

/** The surrounding program, as far as this library cares. */
export interface Host {
  /** The cell (or other unit of work) whose code runs now; compared by identity. undefined outside. */
  scope(): unknown
  /** What to call it in a sentence: `cell [3]`. */
  describe(scope: unknown): string | undefined
  /** Shows "Exception in thread …" or a ResourceWarning under the scope that started it. */
  notice(scope: unknown, kind: 'thread-exception' | 'ResourceWarning', text: string): void
  /** Shows something under the scope now: data by MIME type, `text/plain` among it. */
  show(scope: unknown, bundle: Readonly<Record<string, unknown>>): void
  /** An error as its author should see it: what was wrong, and in which of the author's own lines. */
  explain(error: unknown): string
  /** The author's own line that an error (or a call stack) points to, with the lines around it; undefined: none known. */
  place(error: Error): string | undefined
  /** Ends the code that still runs without a pause in so many seconds; undefined: none is watched any more. */
  guard(seconds: number | undefined): void
  /** Presses ■ for the scope in so many seconds; what it gives takes that back. undefined: there is no ■ here. */
  press: ((scope: unknown, seconds: number) => () => void) | undefined
  /** The top-level name under which the notebook knows this value; undefined: it has none, or nobody can tell. */
  nameOf: ((value: unknown) => string | undefined) | undefined
  /** Disposes what the `using`s of a notebook's top level hold, last made first; does not wait for what takes its time. */
  disposeKept(): void
  /** Opens a way to the process in which the functions under test are. undefined: they are in this one. */
  elsewhere: (() => Channel) | undefined
}

/** The one in use: assign its members to change them. */
export const host: Host = {
  scope: () => undefined,
  describe: () => undefined,
  notice(_scope, kind, text) {
    if (kind === 'ResourceWarning') process.emitWarning(text, 'ResourceWarning')
    else process.stderr.write(text.endsWith('\n') ? text : `${text}\n`)
  },
  show(_scope, bundle) {
    process.stdout.write(`${bundle['text/plain']}\n`)
  },
  explain: (error) => (error instanceof Error ? (error.stack ?? String(error)) : inspect(error)),
  place: (error) => error.stack?.split('\n').find((line) => /^ {4}at /.test(line) && !ours.test(line)),
  guard() {},
  press: undefined,
  nameOf: undefined,
  disposeKept() {},
  elsewhere: undefined,
}

/** Frames of this library, as one file or as many, and of Node. */
const ours = /node:|socketlab\.cjs|[\\/]src[\\/](?:wait|socket|threading|queue|select|selectors|socketserver|lab)[\\/]/
