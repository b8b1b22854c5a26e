/**
 * Printed text on its way from the main thread to the io thread: one shared ring with back-pressure.
 *
 * A record is [bytes][tag] and UTF-8. The writer sleeps (Atomics.wait) while the ring is full: that is what bounds
 * memory in a flood, and terminateExecution wakes it. The reader sees text even while the main thread never returns to
 * its loop. A mark is a record without text: it stands where a message was posted that travels another way, and holds
 * the reader up until that message has come; it takes room as a text would, so that messages are braked as well.
 * Knows nothing of cells: a tag is a number.
 */

const CONTROL_BYTES = 64
const RECORD_HEADER_BYTES = 8
const SLICE_CHARS = 16_384
/** Positions count bytes ever written, modulo 2³⁰, so that they fit an Int32 and `head - tail` is the fill. */
const MASK = 0x3fffffff

/** The tag of a mark. */
const MARK = -1
/** What a mark takes of the ring: 1024 messages on their way fill it. More, and ■ would wait until they are through. */
const MARK_BYTES = 1024

const HEAD = 0
const TAIL = 1
const BELL = 2
const WRITER_WAITS = 3
const FETCHED = 4

/** What was printed past the ring is waited for no longer than this: then its place is lost, and nothing else. */
const FETCH_MS = 100

export const RING_BYTES = 1 << 20

export const createRing = (): SharedArrayBuffer => new SharedArrayBuffer(CONTROL_BYTES + RING_BYTES)

const views = (shared: SharedArrayBuffer) => ({
  control: new Int32Array(shared, 0, CONTROL_BYTES / 4),
  ring: Buffer.from(shared, CONTROL_BYTES),
})

export interface RingWriter {
  /** Copies the text into the ring; waits for room where it is full. */
  write(tag: number, text: string): void
  /** Puts a mark after the text so far; what it returns goes with the message, for the reader's `drainTo`. */
  mark(): number
  /**
   * From now on what was printed past the ring (by children, by native code) stands before the text and the marks that
   * come later. `unread` tells that there is such, `fetch` asks the reader for it.
   */
  keepOrder(unread: () => boolean, fetch: () => void): void
}

/** `ring bell` tells the reader that there is text; it is called once until the reader has looked. */
export function ringWriter(shared: SharedArrayBuffer, ringBell: () => void): RingWriter {
  const { control, ring } = views(shared)
  const scratch = Buffer.allocUnsafe(RECORD_HEADER_BYTES + SLICE_CHARS * 3)
  let head = 0
  let comeAfter = () => {}
  const room = () => RING_BYTES - ((head - Atomics.load(control, TAIL)) & MASK)
  const bell = () => {
    if (Atomics.exchange(control, BELL, 1) === 0) ringBell()
  }
  /** The first `bytes` of the scratch, and as much room behind them as makes `taken`. */
  function put(bytes: number, taken = bytes): void {
    while (room() < taken) {
      const tail = Atomics.load(control, TAIL)
      Atomics.store(control, WRITER_WAITS, 1)
      bell()
      // A bounded wait: should the reader have looked between our two steps, we look again ourselves.
      if (room() < taken) Atomics.wait(control, TAIL, tail, 1000)
    }
    const at = head % RING_BYTES
    const first = Math.min(bytes, RING_BYTES - at)
    scratch.copy(ring, at, 0, first)
    if (first < bytes) scratch.copy(ring, 0, first, bytes)
    head = (head + taken) & MASK
    Atomics.store(control, HEAD, head)
  }
  return {
    write(tag, text) {
      comeAfter()
      for (let from = 0; from < text.length; ) {
        let to = Math.min(text.length, from + SLICE_CHARS)
        // Not between the two halves of one character.
        if (to < text.length && (text.charCodeAt(to - 1) & 0xfc00) === 0xd800 && to - 1 > from) to--
        const part = from === 0 && to === text.length ? text : text.slice(from, to)
        const bytes = scratch.write(part, RECORD_HEADER_BYTES, 'utf8')
        scratch.writeInt32LE(bytes, 0)
        scratch.writeInt32LE(tag, 4)
        put(bytes + RECORD_HEADER_BYTES)
        from = to
      }
      bell()
    },
    mark() {
      comeAfter()
      scratch.writeInt32LE(MARK_BYTES - RECORD_HEADER_BYTES, 0)
      scratch.writeInt32LE(MARK, 4)
      put(RECORD_HEADER_BYTES, MARK_BYTES)
      return head
    },
    keepOrder(unread, fetch) {
      comeAfter = () => {
        if (!unread()) return
        const fetched = Atomics.load(control, FETCHED)
        fetch()
        Atomics.wait(control, FETCHED, fetched, FETCH_MS)
      }
    },
  }
}

type OnText = (tag: number, text: string) => void

export interface RingReader {
  /**
   * Hands over the text up to the first mark, runs of one tag joined; of more than `atMost` bytes of it the beginning.
   * @returns whether more would have been handed over
   */
  drain(onText: OnText, atMost?: number): boolean
  /** Hands over the text up to the mark whose number this is, and takes the mark away. */
  drainTo(mark: number, onText: OnText): void
  /** Hands over all there is, marks or not: when nobody waits for order any more. */
  drainAll(onText: OnText): void
  isEmpty(): boolean
  /** From now on a write rings the bell again. */
  listen(): void
  /** What was printed past the ring is fetched: the writer goes on. */
  fetched(): void
}

export function ringReader(shared: SharedArrayBuffer): RingReader {
  const { control, ring } = views(shared)
  const copy = Buffer.allocUnsafe(RING_BYTES)
  let tail = 0

  function read(position: number, stopAtMark: boolean, onText: OnText, atMost = RING_BYTES): boolean {
    const bytes = (position - tail) & MASK
    // More than the ring holds: the position lies behind us, all of it was handed over before.
    if (bytes === 0 || bytes > RING_BYTES) return false
    const at = tail % RING_BYTES
    const first = Math.min(bytes, RING_BYTES - at)
    ring.copy(copy, 0, at, at + first)
    if (first < bytes) ring.copy(copy, first, 0, bytes - first)

    // Records of one tag are moved together, so that a run is decoded once.
    const runs: [tag: number, from: number, to: number][] = []
    let end = 0
    let from = 0
    let held = false
    while (from < bytes) {
      held = end >= atMost
      if (held) break
      const length = copy.readInt32LE(from)
      const tag = copy.readInt32LE(from + 4)
      if (tag === MARK) {
        if (stopAtMark) break
        from += MARK_BYTES
        continue
      }
      copy.copyWithin(end, from + RECORD_HEADER_BYTES, from + RECORD_HEADER_BYTES + length)
      const last = runs.at(-1)
      if (last?.[0] === tag) last[2] += length
      else if (length > 0) runs.push([tag, end, end + length])
      end += length
      from += RECORD_HEADER_BYTES + length
    }
    tail = (tail + from) & MASK
    Atomics.store(control, TAIL, tail)
    if (Atomics.exchange(control, WRITER_WAITS, 0)) Atomics.notify(control, TAIL)
    for (const [tag, start, stop] of runs) onText(tag, copy.toString('utf8', start, stop))
    return held
  }

  const head = () => Atomics.load(control, HEAD)
  return {
    drain: (onText, atMost) => read(head(), true, onText, atMost),
    drainTo: (mark, onText) => void read(mark, false, onText),
    drainAll: (onText) => void read(head(), false, onText),
    isEmpty: () => head() === tail,
    listen: () => {
      Atomics.store(control, BELL, 0)
    },
    fetched: () => {
      Atomics.add(control, FETCHED, 1)
      Atomics.notify(control, FETCHED)
    },
  }
}
