/**
 * Printed text from the ring to `stream` messages: joined into few, the first at once, the others at a pace.
 * Keeps order: whoever publishes something else first calls `flushTo` with the mark that its message carried.
 */
import type { RingReader } from '../bridge/text-ring.ts'
import { type CellId, tagCell, tagStream } from '../bridge/threads.ts'
import { now, pacer } from './pace.ts'
import type { Parent, Publisher } from './publisher.ts'

const MESSAGE_CHARS = 1 << 18
/** Messages that ZeroMQ has not taken yet: above this the ring is left to fill, and the printing cell waits. */
const QUEUE_LIMIT = 8
const BUSY_RETRY_MS = 5

export interface OutputPump {
  /** The writer rang. */
  bell(): void
  /** Publishes the text before this mark: a message has come that follows it. */
  flushTo(mark: number): void
  /** Takes the text that is in the ring now, up to the first mark. */
  catchUp(): void
  /** Text that came another way than through the ring: it stands after what was taken from there. */
  add(tag: number, text: string): void
  /** Catches up, unless what comes next is better left where it is: too much is on its way, or a message that precedes it. */
  behind(): boolean
  /** Publishes all text there is. */
  flush(): void
}

export function createOutputPump(
  ring: RingReader,
  publisher: Publisher,
  parentOf: (cell: CellId) => Parent,
  waiting: () => number,
): OutputPump {
  let text = ''
  let tag = -1
  let timer: NodeJS.Timeout | undefined
  let lastFlush = Number.NEGATIVE_INFINITY
  const pace = pacer(process.env)

  function flush(): void {
    if (text === '') return
    pace.sent(tagCell(tag), text)
    publisher.publish('stream', { name: tagStream(tag), text }, parentOf(tagCell(tag)))
    text = ''
  }
  function add(nextTag: number, more: string): void {
    if (nextTag !== tag) flush()
    tag = nextTag
    text += more
    if (text.length > MESSAGE_CHARS) flush()
  }
  const braked = () => waiting() > QUEUE_LIMIT || !pace.allows()
  function tick(): void {
    timer = undefined
    // Left in the ring: when that is full, the cell that prints waits, and ■ still ends it.
    if (braked()) {
      timer = setTimeout(tick, BUSY_RETRY_MS)
      return
    }
    ring.listen()
    const more = ring.drain(add, pace.room())
    flush()
    lastFlush = now()
    // Nobody rings for what is left.
    if (more) timer = setTimeout(tick, pace.interval())
  }
  const due = () => pace.interval() - (now() - lastFlush)
  function bell(): void {
    if (timer) return
    const wait = due()
    if (wait <= 0) tick()
    else timer = setTimeout(tick, wait)
  }
  function catchUp(): void {
    ring.drain(add)
    bell()
  }
  return {
    bell,
    behind() {
      if (braked()) return true
      catchUp()
      return !ring.isEmpty()
    },
    catchUp,
    flushTo(mark) {
      ring.drainTo(mark, add)
      flush()
      // What was held up by the mark rings no bell of its own. Not at once: its message is published first.
      if (!ring.isEmpty()) timer ??= setTimeout(tick, Math.max(0, due()))
    },
    add(nextTag, more) {
      add(nextTag, more)
      bell()
    },
    flush() {
      ring.drainAll(add)
      flush()
    },
  }
}
