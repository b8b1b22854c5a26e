/** Every public class and method of `socketserver` with the wrong thing in each place. */
import { expect, test } from 'vitest'
import * as select from '../../../src/select/index.ts'
import * as selectors from '../../../src/selectors/index.ts'
import * as socket from '../../../src/socket/index.ts'
import * as socketserver from '../../../src/socketserver/index.ts'
import { PacketFile } from '../../../src/socketserver/packet-file.ts'
import { SocketWriter } from '../../../src/socketserver/socket-writer.ts'
import { type Argument, attempts, complaints, wrong } from '../wrong.ts'

class Handler extends socketserver.BaseRequestHandler {}
const here: Argument = [
  ['127.0.0.1', 0],
  [undefined, null, 'x', 5, {}, [], ['127.0.0.1'], ['127.0.0.1', '0'], [5, 0]],
]
// A name that Linux chooses: none is in the way of the next.
const path: Argument = ['', [undefined, null, 5, {}, ['127.0.0.1', 0]]]
const handler: Argument = [Handler, [undefined, null, 'x', 5, {}, [], () => 1, Symbol('s')]]
const whether: Argument = [false, ['yes', 5, null, [], Symbol('s'), { bindAndActivate: 'yes' }]]
const options: Argument = [{}, wrong.options]

type Class = new (...args: never[]) => object
const made = (name: string, args: readonly unknown[]): object =>
  new (socketserver as unknown as Record<string, Class>)[name]!(...(args as never[]))

/** Closed again, where one was made after all. */
function disposed(server: object): string {
  ;(server as Partial<Disposable>)[Symbol.dispose]?.()
  return 'a server'
}

const servers: Record<string, readonly Argument[]> = {
  BaseServer: [[[], wrong.anything], handler],
  TCPServer: [here, handler, whether],
  UDPServer: [here, handler, whether],
  ThreadingTCPServer: [here, handler, whether],
  ThreadingUDPServer: [here, handler, whether],
  UnixStreamServer: [path, handler, whether],
  UnixDatagramServer: [path, handler, whether],
  ThreadingUnixStreamServer: [path, handler, whether],
  ThreadingUnixDatagramServer: [path, handler, whether],
}

test('nothing is missing here', () => {
  const handlers = ['BaseRequestHandler', 'DatagramRequestHandler', 'StreamRequestHandler']
  expect([...Object.keys(servers), ...handlers, 'ThreadingMixIn'].sort()).toEqual(Object.keys(socketserver).sort())
})

test.each(Object.keys(servers))('new %s', async (name) => {
  expect(await complaints(attempts(name, servers[name]!, (args) => disposed(made(name, args))))).toEqual([])
})

const methods: Record<string, readonly Argument[]> = {
  serveForever: [[0.5, ['1', [], -1, Number.NaN, Symbol('s'), 5n, { pollInterval: '1' }, { signal: 'x' }]], options],
  shutdown: [options],
  handleRequest: [options],
  getRequest: [options],
}

test.each(Object.keys(methods))('server.%s', async (name) => {
  for (const Server of [socketserver.TCPServer, socketserver.UDPServer, socketserver.ThreadingTCPServer]) {
    const call = async (args: readonly unknown[]) => {
      using server = new Server(['127.0.0.1', 0], Handler as never)
      return await (server as unknown as Record<string, (...args: readonly unknown[]) => unknown>)[name]!(...args)
    }
    expect(await complaints(attempts(`${Server.name} ${name}`, methods[name]!, call))).toEqual([])
  }
})

test('ThreadingMixIn, and a time limit that is none', async () => {
  const mixIn: Argument = [socketserver.TCPServer, [undefined, null, 'x', 5, {}, () => 1]]
  const { ThreadingMixIn } = socketserver
  const call = (args: readonly unknown[]) => ThreadingMixIn(...(args as Parameters<typeof ThreadingMixIn>)).name
  expect(await complaints(attempts('ThreadingMixIn', [mixIn], call))).toEqual([])
  using server = new socketserver.TCPServer(['127.0.0.1', 0], Handler as never)
  server.timeout = 'x' as never
  await expect(server.handleRequest()).rejects.toThrow('timeout must be a number of seconds or null, not string')
})

test('the files of a handler', async () => {
  const size: Argument = [-1, ['x', [], {}, 1.5, Symbol('s'), 5n]]
  const bytes: Argument = [Buffer.from('x'), [undefined, null, 'text', 5, {}, [], Symbol('s')]]
  const lines: Argument = [[], [undefined, null, 5, {}, 'x', ['x'], [5]]]
  const [a, b] = socket.socketpair()
  const calls = { read: [size], readline: [size], readlines: [size], write: [bytes], writelines: [lines] }
  for (const [name, args] of Object.entries(calls)) {
    const call = (file: object) => (given: readonly unknown[]) =>
      (file as Record<string, (...args: readonly unknown[]) => unknown>)[name]!(...given)
    expect(await complaints(attempts(`packet ${name}`, args, call(new PacketFile(Buffer.from('x')))))).toEqual([])
    if (name.startsWith('write')) {
      expect(await complaints(attempts(`writer ${name}`, args, call(new SocketWriter(a))))).toEqual([])
    }
  }
  a.close()
  b.close()
})

test('names that a call does not know are refused, also those of a wait', async () => {
  const { TCPServer } = socketserver as unknown as { TCPServer: new (...all: unknown[]) => socketserver.TCPServer }
  const address = ['127.0.0.1', 0]
  expect(() => new TCPServer({ serverAdress: address, RequestHandlerClass: Handler })).toThrow(
    "TCPServer() got an unexpected keyword argument 'serverAdress': did you mean serverAddress?",
  )
  expect(() => new TCPServer(address, Handler, { bind_and_activate: false })).toThrow('write bindAndActivate')
  using server = new TCPServer({ serverAddress: address, RequestHandlerClass: Handler })
  using selector = new selectors.DefaultSelector()
  const watcher = select.poll()
  const calls: [call: (options: never) => Promise<unknown>, options: object, advice: string | RegExp][] = [
    [server.serveForever, { poll_interval: 1 }, 'write pollInterval'],
    [server.serveForever, { timeout: 1 }, /It takes pollInterval, signal$/],
    [
      (options) => server.handleRequest(options),
      { timeout: 1 },
      'It takes signal; `server.timeout = 5` sets a time limit',
    ],
    [(options) => server.shutdown(options), { timout: 1 }, 'did you mean timeout?'],
    [(options) => selector.select(options), { timout: 1 }, 'did you mean timeout?'],
    [(options) => select.select([], [], [], options), { timout: 1 }, 'did you mean timeout?'],
    [(options) => watcher.poll(options), { timout: 1 }, 'did you mean timeout?'],
  ]
  for (const [call, options, advice] of calls) await expect(call(options as never)).rejects.toThrow(advice)
})
