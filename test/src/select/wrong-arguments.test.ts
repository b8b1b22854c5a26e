/** Every public function and method of `select` and `selectors` with the wrong thing in each place. */
import { afterAll, describe, expect, test } from 'vitest'
import * as select from '../../../src/select/index.ts'
import * as selectors from '../../../src/selectors/index.ts'
import * as socket from '../../../src/socket/index.ts'
import { type Argument, attempts, complaints, type Kind, wrong } from '../wrong.ts'

const [ready, other] = socket.socketpair()
other.sendall(Buffer.from('x'))
afterAll(() => [ready, other].map((end) => end.close()))

const is = (good: unknown, kind: Kind): Argument => [good, wrong[kind]]
const file = is(ready, 'file')

type Calls = Record<string, readonly Argument[]>
/** Calls a method by its name. */
type Loose = Record<string, (...args: readonly unknown[]) => unknown>

const ofSelect: Calls = {
  select: [is([], 'files'), is([], 'files'), is([], 'files'), is(0, 'limit'), is({}, 'options')],
  poll: [],
  epoll: [is(-1, 'wholeOrOptions'), is(0, 'wholeOrOptions')],
}
const ofPoll: Calls = {
  register: [file, is(1, 'whole')],
  modify: [file, is(1, 'whole')],
  unregister: [file],
  poll: [is(0, 'limit'), is({}, 'options')],
}
const ofEpoll: Calls = {
  register: [file, is(1, 'wholeOrOptions')],
  modify: [file, is(1, 'whole')],
  unregister: [file],
  poll: [is(0, 'limit'), [-1, ['1', [], 1.5, 0, -2, Symbol('s')]], is({}, 'options')],
}
const events: Argument = [1, [...wrong.whole, 0, 4, -1, undefined]]
const ofSelectors: Calls = {
  register: [file, events],
  modify: [file, events],
  unregister: [file],
  getKey: [file],
  select: [is(0, 'limit'), is({}, 'options')],
}

const methodsOf = (prototype: object): string[] =>
  Object.entries(Object.getOwnPropertyDescriptors(prototype))
    .filter(([name, { value }]) => typeof value === 'function' && name !== 'constructor')
    .map(([name]) => name)

test('nothing is missing here', () => {
  const names = Object.entries(select).filter(([name, value]) => typeof value === 'function' && !/rror$/.test(name))
  expect(Object.keys(ofSelect).sort()).toEqual(names.map(([name]) => name).sort())
  const plain = ['close', 'fileno', 'toString']
  expect([...plain, ...Object.keys(ofPoll)]).toEqual(
    expect.arrayContaining(methodsOf(Object.getPrototypeOf(select.poll()))),
  )
  using epoll = select.epoll()
  expect([...plain, ...Object.keys(ofEpoll)]).toEqual(expect.arrayContaining(methodsOf(Object.getPrototypeOf(epoll))))
  const inside = ['added', 'changed', 'removed', 'ask', 'registered']
  expect([...plain, ...inside, 'getMap', ...Object.keys(ofSelectors)]).toEqual(
    expect.arrayContaining(methodsOf(selectors.BaseSelector.prototype)),
  )
})

test.each(Object.keys(ofSelect))('select.%s', async (name) => {
  const call = (args: readonly unknown[]) => (select as unknown as Loose)[name]!(...args)
  expect(await complaints(attempts(name, ofSelect[name]!, call))).toEqual([])
})

test.each(Object.keys(ofPoll))('poll.%s', async (name) => {
  const call = (args: readonly unknown[]) => {
    const poll = select.poll()
    if (name !== 'register') poll.register(ready, select.POLLIN)
    return (poll as unknown as Loose)[name]!(...args)
  }
  expect(await complaints(attempts(name, ofPoll[name]!, call))).toEqual([])
})

test.each(Object.keys(ofEpoll))('epoll.%s', async (name) => {
  const call = async (args: readonly unknown[]) => {
    using epoll = select.epoll()
    if (name !== 'register') epoll.register(ready, select.EPOLLIN)
    return await (epoll as unknown as Loose)[name]!(...args)
  }
  expect(await complaints(attempts(name, ofEpoll[name]!, call))).toEqual([])
})

describe.each([selectors.EpollSelector, selectors.PollSelector, selectors.SelectSelector])('%o', (Selector) => {
  test.each(Object.keys(ofSelectors))('selector.%s', async (name) => {
    const call = async (args: readonly unknown[]) => {
      using selector = new Selector()
      if (name !== 'register') selector.register(ready, selectors.EVENT_READ)
      return await (selector as unknown as Loose)[name]!(...args)
    }
    expect(await complaints(attempts(name, ofSelectors[name]!, call))).toEqual([])
  })
})
