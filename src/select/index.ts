/**
 * The module `select`: waiting for many descriptors at once, level-triggered, on sockets, numbers and whatever has a
 * `fileno()`.
 */
export { OSError as error } from '../errors/index.ts'
export * from './constants.ts'
export { type Epoll, type EpollOptions, type EpollSettings, epoll } from './epoll.ts'
export { KeyError } from './key-error.ts'
export type { Ready } from './native.ts'
export { type Poll, type PollOptions, poll } from './poll.ts'
export { type SelectOptions, select } from './select.ts'
export type { Selectable } from './selectable.ts'
