/**
 * The module `selectors`: many files watched together, each with an object of yours attached.
 */
export {
  BaseSelector,
  type EventArguments,
  type FileArguments,
  type Selected,
  type SelectOptions,
} from './base-selector.ts'
export { EVENT_READ, EVENT_WRITE, SelectorKey, type SelectorMapping } from './key.ts'
export { EpollSelector, EpollSelector as DefaultSelector, PollSelector, SelectSelector } from './selectors.ts'
