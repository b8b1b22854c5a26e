/** What the types of queue, threading, select, selectors and socketserver say; read by types.test.ts of struct. Never run. */
import { bytes, queue, select, selectors, type socket, socketserver, threading } from '../../../../src/index.ts'

export async function queues(): Promise<void> {
  const jobs = new queue.Queue<string>(10)
  await jobs.put('job', { timeout: 5 })
  const job: string = await jobs.get(true, 5)
  const urgent = new queue.PriorityQueue<[priority: number, name: string]>()
  const [priority, name] = await urgent.get({ signal: AbortSignal.timeout(1000) })
  // @ts-expect-error a number is no job
  await jobs.put(5)
  const any: queue.Queue = new queue.LifoQueue()
  // What is not told what it holds takes everything, as Python's.
  for (const untold of [
    new queue.Queue(2),
    new queue.LifoQueue(),
    new queue.PriorityQueue(),
    new queue.SimpleQueue(),
  ]) {
    await untold.put(5)
    console.log((await untold.get()) + 1)
  }
  console.log(job, priority.toFixed(), name.trim(), any, new queue.SimpleQueue<number>().getNowait().toFixed())
}

export async function threads(): Promise<void> {
  const worker = new threading.Thread({ target: async (n: number) => n, args: [5] })
  const all: threading.Thread[] = [worker, threading.currentThread()]
  for (const thread of [...all, ...threading.enumerate()]) {
    if (thread !== threading.mainThread()) await thread.join({ timeout: 5 })
    thread.name = thread.name.trim()
  }
  const mine = new threading.Local()
  mine.count = 0
  mine.count += 1
  const timer = new threading.Timer(0.01, (...args: unknown[]) => console.log(args))
  timer.args.push('blah')
  timer.kwargs.foo = 'bar'
}

export async function selecting(server: socket.Socket, clients: Set<socket.Socket>): Promise<void> {
  const [readable, writable, exceptional] = await select.select([server, ...clients], [5], [], 1)
  for (const sock of readable) console.log(await sock.recv(10))
  console.log(writable[0]?.toFixed(), exceptional.length)
  const poll: select.poll = select.poll()
  poll.register(server, select.POLLIN)
  for (const [fd, event] of await poll.poll(1000)) console.log(fd.toFixed(), event & select.POLLIN)
  // @ts-expect-error text has no descriptor
  poll.register('server')
  using plain = new selectors.DefaultSelector()
  plain.register(server, selectors.EVENT_READ, { name: 'listener' })
  for (const [key, mask] of await plain.select()) console.log(key.data.name, key.fileobj, mask.toFixed())
  plain.modify(server, { events: selectors.EVENT_WRITE, data: 'later' })
  using typed = new selectors.DefaultSelector<socket.Socket, string>()
  // @ts-expect-error what is attached is a string
  typed.register(server, selectors.EVENT_READ, 5)
  typed.register(server, { events: selectors.EVENT_READ, data: 'text' })
  // @ts-expect-error what is attached is a string by name too
  typed.register(server, { events: selectors.EVENT_READ, data: 5 })
  typed.register({ fileobj: server, events: selectors.EVENT_READ, data: 'text' })
  // @ts-expect-error the events are missing
  typed.register({ fileobj: server })
  typed.modify({ fileobj: server, events: selectors.EVENT_READ })
  typed.unregister({ fileobj: server }).data.trim()
  const kept: selectors.BaseSelector = typed
  for (const [fd, key] of typed.getMap()) console.log(fd.toFixed(), key.data.trim(), typed.getMap().size)
  const text: string = typed.getKey(server).data
  console.log(kept, text)
}

class Echo extends socketserver.BaseRequestHandler {
  override async handle() {
    await this.request.sendall(await this.request.recv(1024))
  }
}
class Lines extends socketserver.StreamRequestHandler {
  override async handle() {
    for await (const line of this.rfile) await this.wfile.write(line)
  }
}
class Packets extends socketserver.DatagramRequestHandler {
  override async handle() {
    await this.wfile.write(bytes`${await this.rfile.readline()}!`)
  }
}
class Chat extends socketserver.ThreadingMixIn(socketserver.TCPServer) {
  static override allowReuseAddress = true
  readonly names = new Map<string, string>()
}

export async function serving(): Promise<void> {
  using server = new socketserver.TCPServer(['127.0.0.1', 0], Echo)
  const [host, port] = server.serverAddress
  console.log(host.trim(), port.toFixed(), server.socket.getsockname()[1].toFixed())
  await using threaded = new socketserver.ThreadingTCPServer(['127.0.0.1', 0], Lines)
  threaded.daemonThreads = true
  const shown: number = threaded.serverAddress[1]
  await using datagrams = new socketserver.UDPServer(['127.0.0.1', 0], Packets)
  await datagrams.handleRequest()
  using unix = new socketserver.UnixStreamServer('chat.sock', Lines)
  const path: string = unix.serverAddress
  const chat = new Chat(['127.0.0.1', 0], Echo)
  await chat.serveForever({ pollInterval: 1 })
  console.log(shown, path, chat.names.size)
  // @ts-expect-error a path is no AF_INET address
  new socketserver.TCPServer('chat.sock', Lines)
  // @ts-expect-error a handler of datagrams for a server of connections
  new socketserver.TCPServer(['127.0.0.1', 0], Packets)
  // @ts-expect-error a handler is given by its class
  new socketserver.TCPServer(['127.0.0.1', 0], () => {})
}

/** The timer that ticks until it is cancelled, as everybody writes it in Python. */
export class RepeatTimer extends threading.Timer {
  override async run(): Promise<void> {
    while (!(await this.finished.wait(this.interval))) await this.function(...this.args)
  }
}

/** An address that is annotated as what a socket takes, which is read-only, may be handed on. */
export class Careful extends socketserver.ThreadingMixIn(socketserver.TCPServer) {
  override verifyRequest(request: socket.Socket, [host, port]: socket.InetAddress): boolean {
    return request.fileno() >= 0 && host.startsWith('127.') && port > 0
  }
  override async finishRequest(request: socket.Socket, client: socket.InetAddress): Promise<void> {
    request.settimeout(1)
    await super.finishRequest(request, client)
  }
}

export class OnPath extends socketserver.UnixStreamServer {
  override async processRequest(request: socket.Socket, client: string): Promise<void> {
    await super.processRequest(request, client.trim())
  }
}
