/**
 * How a socket gets its two ends: bind, listen and accept on one side, connect on the other.
 */
import { EADDRINUSE, EAGAIN, EALREADY, EBADF, EINPROGRESS, EINTR, EISCONN } from '../errors/errno.ts'
import { BlockingIOError, OSError, TimeoutError } from '../errors/os-error.ts'
import { checkNames, sleep, throwIfAborted, turn, turnDue, type WaitOptions } from '../wait/index.ts'
import type { In, Out } from './addresses.ts'
import { cInt, isNamed } from './arguments.ts'
import { SO_ERROR, SO_REUSEADDR, SOL_SOCKET } from './constants/socket-options.ts'
import { type Descriptor, pause } from './descriptor.ts'
import type { Circumstances } from './explain.ts'
import { AddressFamily, SocketKind } from './families.ts'
import { hooks } from './hooks.ts'
import { MessageSocket } from './messages.ts'
import { scratch } from './native/scratch.ts'
import * as sys from './native/syscalls.ts'
import { SOCK_CLOEXEC, SOCK_NONBLOCK } from './native/system.ts'
import { READ, WRITE } from './readiness.ts'
import { expectAddress, receivedAddress } from './sockaddr.ts'
import type { Socket } from './socket.ts'
import { descriptorOf } from './socket-base.ts'
import { type Target, target, targetNow } from './target.ts'

// biome-ignore lint/suspicious/noExplicitAny: a socket of unknown family
export abstract class ConnectingSocket<F = any> extends MessageSocket<F> {
  /** A Socket of this one's kind around a new descriptor. */
  protected abstract around(fd: number): Socket<F>

  /**
   * Gives the socket its own address, where others find it. Port 0 lets the system choose a free one:
   * `getsockname()` tells which.
   *
   * @param address a host's name in it is looked up at once, which may block: meant for local names
   * @throws {OSError} EADDRINUSE: somebody has it; EADDRNOTAVAIL: not an address of this machine
   * @throws {PermissionError} a port below 1024
   * @throws {TypeError} not an address of this socket's family
   * @example server.bind(['127.0.0.1', 0])
   * @see bind(2)
   */
  bind(address: In<F>): void {
    const descriptor = descriptorOf(this)
    const own = targetNow(descriptor, address, 'bind')
    const result = sys.bind(descriptor.fd, scratch().address, own.write())
    if (result < 0) throw descriptor.error(result, 'bind', { address: own.shown, ...portUse(this, result) })
    if (hooks.observe) descriptor.observe('bind', result)
  }

  /**
   * Lets others connect. Connections wait in a queue until `accept` takes them.
   *
   * @param backlog how many may wait
   * @throws {OSError} EADDRINUSE: another socket listens there; EOPNOTSUPP: a UDP socket has no connections
   * @example server.listen()
   * @see listen(2)
   */
  listen(backlog = 128): void {
    const descriptor = descriptorOf(this)
    const result = sys.listen(descriptor.fd, Math.max(cInt(backlog), 0))
    if (result < 0) throw descriptor.error(result, 'listen', { address: descriptor.local(), ...portUse(this, result) })
    descriptor.listens()
    if (hooks.observe) descriptor.observe('listen', result, { option: [0, 0, backlog] })
  }

  /**
   * Waits for a connection and takes it.
   *
   * @returns a new socket for this one connection, and the address of who connected
   * @throws {OSError} EINVAL: `listen()` was not called; EBADF if the socket is closed while this call waits
   * @throws {TimeoutError} nobody connected within the seconds given to `settimeout`
   * @example const [conn, address] = await server.accept()
   * @see accept(2)
   */
  async accept(options?: WaitOptions): Promise<[conn: Socket<F>, address: Out<F>]> {
    const descriptor = descriptorOf(this)
    if (isNamed(options)) checkNames(options, [], 'accept')
    const due = pause(options)
    if (due) await due
    let address: unknown
    const call = (): number => {
      expectAddress()
      const memory = scratch()
      const fd = sys.accept4(descriptor.fd, memory.address, memory.length, SOCK_NONBLOCK | SOCK_CLOEXEC)
      if (fd >= 0) address = descriptor.undialled(receivedAddress(), 'accept')
      return fd
    }
    let fd = descriptor.busy(READ, 'accept') ? -EAGAIN : call()
    if (fd === -EAGAIN) fd = await descriptor.retry('accept', READ, call, options)
    if (fd < 0) throw descriptor.error(fd, 'accept', { address: undefined })
    const conn = this.around(fd)
    descriptorOf(conn).knownPeer = address
    if (hooks.observe) {
      const { waited } = descriptor
      descriptor.waited = 0
      descriptorOf(conn).observe('accept', fd, { remote: address, waited, other: descriptor })
    }
    return [conn, address as Out<F>]
  }

  /**
   * Connections as they come; ends when the socket is closed.
   *
   * @example for await (const [conn, address] of server.connections()) serve(conn)
   */
  async *connections(options?: WaitOptions): AsyncGenerator<[conn: Socket<F>, address: Out<F>], void, undefined> {
    const descriptor = descriptorOf(this)
    while (descriptor.fd >= 0) {
      let connection: [conn: Socket<F>, address: Out<F>]
      try {
        connection = await this.accept(options)
      } catch (error) {
        if (descriptor.fd < 0 && error instanceof OSError && error.errno === EBADF) return
        throw error
      }
      yield connection
    }
  }

  /**
   * Connects to an address. For UDP: only remembers where `send` goes and whose datagrams `recv` takes.
   *
   * @param address a host's name in it is looked up first
   * @throws {ConnectionRefusedError} nothing listens there
   * @throws {TimeoutError} no answer within the seconds given to `settimeout`
   * @throws {gaierror} the host's name could not be looked up
   * @throws {OSError} ENETUNREACH, EHOSTUNREACH: no way there; EISCONN: connected already
   * @example await client.connect(['127.0.0.1', 5000])
   * @see connect(2), tcp(7)
   */
  async connect(address: In<F>, options?: WaitOptions): Promise<void> {
    const descriptor = descriptorOf(this)
    if (isNamed(options)) checkNames(options, [], 'connect')
    throwIfAborted(options)
    const found = target(descriptor, address, 'connect', options)
    const to = found instanceof Promise ? await found : found
    const result = await connect(descriptor, to, options)
    if (result >= 0 && hooks.observe) descriptor.observe('connect', result, { remote: to.shown })
    if (turnDue()) await turn()
    if (result < 0) throw descriptor.error(result, 'connect', { address: to.shown })
  }

  /**
   * Like `connect`, but gives the error number instead of throwing: 0 when connected. What is wrong before the system
   * call (a wrong address, an unknown host) is still thrown.
   *
   * @returns 0, or an error number such as 111 (ECONNREFUSED); 11 (EAGAIN) when the time is up
   * @example if (await client.connectEx(['127.0.0.1', 5000]) === 0) console.log('somebody is there')
   * @see connect(2), errno(3)
   */
  async connectEx(address: In<F>, options?: WaitOptions): Promise<number> {
    const descriptor = descriptorOf(this)
    if (isNamed(options)) checkNames(options, [], 'connectEx')
    throwIfAborted(options)
    const found = target(descriptor, address, 'connect', options, 'connect_ex')
    const to = found instanceof Promise ? await found : found
    try {
      const result = await connect(descriptor, to, options)
      if (hooks.observe) descriptor.observe('connectEx', result, { remote: to.shown })
      if (turnDue()) await turn()
      return Math.abs(result) // -0 would be printed so, and is not toBe(0)
    } catch (error) {
      if (error instanceof TimeoutError && error.errno === null) return EAGAIN
      if (error instanceof BlockingIOError) return Number(error.errno)
      throw error
    }
  }
}

/** connect(2), waited for: 0 or -errno. */
async function connect(descriptor: Descriptor, to: Target, options: WaitOptions | undefined): Promise<number> {
  const call = () => sys.connect(descriptor.fd, scratch().address, to.write())
  let result = call()
  // A UNIX server's full queue gives EAGAIN, and nothing reports when it has room: ask again, unix(7).
  if (result === -EAGAIN && descriptor.family === AddressFamily.AF_UNIX)
    result = await askAgain(descriptor, call, options)
  if (result === -EINPROGRESS || result === -EINTR) {
    if (descriptor.timeout === 0) {
      // Whoever asks for data next is told how it ended, and then where it went.
      descriptor.knownPeer = to.shown
      descriptor.dialled = to.translated ? to.shown : undefined
      return -EINPROGRESS
    }
    // Within one machine it has ended before the call came back, which says "in progress" all the same: then no watcher
    // is made. The turn is for a server in this program, whose queue a loop of connects would fill.
    result = howItEnded(descriptor, call)
    if (result !== -EAGAIN) await turn(options)
    else result = await descriptor.retry('connect', WRITE, () => howItEnded(descriptor, call), options, to.shown)
  }
  if (result === 0) {
    descriptor.knownPeer = to.shown
    descriptor.dialled = to.translated ? to.shown : undefined
  }
  return result
}

/**
 * How a connect that was in progress ended: SO_ERROR, connect(2). Asked to connect once more, Linux makes the socket
 * 'connected' for good (a third connect is then EISCONN, as after a blocking one), or says that it is not done yet.
 */
export function howItEnded(descriptor: Descriptor, connectAgain: () => number): number {
  const { ints, intValues, length, lengthValue } = scratch()
  lengthValue[0] = 4
  const result = sys.getsockopt(descriptor.fd, SOL_SOCKET, SO_ERROR, ints, length)
  if (result < 0) return result
  const failure = intValues[0]!
  if (failure !== 0) {
    // Without a time limit CPython's connect blocks, after which the socket can try once more. After one that did not,
    // Linux answers the next connect with ECONNABORTED instead of trying: that answer is fetched here.
    if (descriptor.timeout === null) connectAgain()
    return -failure
  }
  const again = connectAgain()
  if (again === -EALREADY || again === -EINPROGRESS) return -EAGAIN
  return again === -EISCONN ? 0 : again
}

async function askAgain(descriptor: Descriptor, call: () => number, options: WaitOptions | undefined): Promise<number> {
  if (descriptor.timeout === 0) return -EAGAIN
  const limit = descriptor.limit(WRITE)
  const end = limit === null ? Infinity : performance.now() + limit * 1000
  for (;;) {
    await sleep(0.002, options)
    const result = call()
    if (result !== -EAGAIN) return result
    if (performance.now() >= end) throw descriptor.timedOut('connect', limit)
  }
}

/** What the advice about a port in use depends on. */
function portUse(sock: ConnectingSocket, result: number): Partial<Circumstances> {
  if (result !== -EADDRINUSE) return {}
  const reuses = sock.getsockopt(SOL_SOCKET, SO_REUSEADDR) !== 0
  return { datagrams: sock.type === SocketKind.SOCK_DGRAM, reuses }
}
