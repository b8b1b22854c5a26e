/** The selectors, each on the call of `select` that it is named after. */
import { OSError } from '../errors/index.ts'
import {
  EPOLLIN,
  EPOLLOUT,
  epoll,
  POLLIN,
  POLLOUT,
  poll,
  type Ready,
  type Selectable,
  select,
} from '../select/index.ts'
import type { WaitOptions } from '../wait/index.ts'
import { BaseSelector } from './base-selector.ts'
import { EVENT_READ, EVENT_WRITE, type SelectorKey } from './key.ts'

const bits = (events: number, read: number, write: number): number =>
  (events & EVENT_READ ? read : 0) | (events & EVENT_WRITE ? write : 0)

/** An error or an end is something to read and to write: the call that follows tells. */
const asEvents = (ready: Ready[], read: number, write: number): [fd: number, events: number][] =>
  ready.map(([fd, mask]) => [fd, (mask & ~read ? EVENT_WRITE : 0) | (mask & ~write ? EVENT_READ : 0)])

/** On select(2): up to descriptor 1023. */
// biome-ignore lint/suspicious/noExplicitAny: a selector that is not told what it holds takes everything
export class SelectSelector<F extends Selectable = any, D = any> extends BaseSelector<F, D> {
  protected added(): void {}
  protected changed(): void {}
  protected removed(): void {}

  protected async ask(timeout: number | null, options: WaitOptions): Promise<[fd: number, events: number][]> {
    const keys = [...this.registered()]
    const wanting = (event: number) => keys.filter(({ events }) => events & event).map(({ fd }) => fd)
    const [readable, writable] = await select(wanting(EVENT_READ), wanting(EVENT_WRITE), [], timeout, options)
    const events = new Map(readable.map((fd) => [fd, EVENT_READ]))
    for (const fd of writable) events.set(fd, (events.get(fd) ?? 0) | EVENT_WRITE)
    return [...events]
  }
}

/** On poll(2). */
// biome-ignore lint/suspicious/noExplicitAny: a selector that is not told what it holds takes everything
export class PollSelector<F extends Selectable = any, D = any> extends BaseSelector<F, D> {
  readonly #poll = poll()

  protected added({ fd, events }: SelectorKey<F, D>): void {
    this.#poll.register(fd, bits(events, POLLIN, POLLOUT))
  }

  protected changed({ fd, events }: SelectorKey<F, D>): void {
    this.#poll.modify(fd, bits(events, POLLIN, POLLOUT))
  }

  protected removed({ fd }: SelectorKey<F, D>): void {
    this.#poll.unregister(fd)
  }

  protected async ask(timeout: number | null, options: WaitOptions): Promise<[fd: number, events: number][]> {
    // Rounded up: it waits at least that long.
    const milliseconds = timeout === null ? null : Math.ceil(timeout * 1000)
    return asEvents(await this.#poll.poll(milliseconds, options), POLLIN, POLLOUT)
  }
}

/** On epoll(7): costs the same for ten files and for ten thousand. This is the `DefaultSelector`. */
// biome-ignore lint/suspicious/noExplicitAny: a selector that is not told what it holds takes everything
export class EpollSelector<F extends Selectable = any, D = any> extends BaseSelector<F, D> {
  readonly #epoll = epoll()

  /** The epoll object's own descriptor. */
  fileno(): number {
    return this.#epoll.fileno()
  }

  protected added({ fd, events }: SelectorKey<F, D>): void {
    this.#epoll.register(fd, bits(events, EPOLLIN, EPOLLOUT))
  }

  protected changed({ fd, events }: SelectorKey<F, D>): void {
    this.#epoll.modify(fd, bits(events, EPOLLIN, EPOLLOUT))
  }

  protected removed({ fd }: SelectorKey<F, D>): void {
    try {
      this.#epoll.unregister(fd)
    } catch (error) {
      // It has been closed since: then the system forgot it by itself.
      if (!(error instanceof OSError)) throw error
    }
  }

  protected async ask(timeout: number | null, options: WaitOptions): Promise<[fd: number, events: number][]> {
    return asEvents(await this.#epoll.poll(timeout, -1, options), EPOLLIN, EPOLLOUT)
  }

  override close(): void {
    this.#epoll.close()
    super.close()
  }
}
