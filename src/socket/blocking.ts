/**
 * The calls that block their thread, as the same calls do in C: for a `threading.WorkerThread`. On the main thread they
 * throw.
 */
import { EAGAIN, EINPROGRESS } from '../errors/errno.ts'
import type { In, Out } from './addresses.ts'
import { bufferSize, bytesToFill, bytesToSend, type FlagOptions, flagsOf } from './arguments.ts'
import { block } from './block.ts'
import { howItEnded } from './connecting.ts'
import { MSG_NOSIGNAL } from './constants/message-flags.ts'
import type { Descriptor } from './descriptor.ts'
import { FileLikeSocket } from './file-like.ts'
import { scratch } from './native/scratch.ts'
import * as sys from './native/syscalls.ts'
import { SOCK_CLOEXEC, SOCK_NONBLOCK } from './native/system.ts'
import { READ, WRITE } from './readiness.ts'
import { filling, fillsUp, lastReceived, receive, waits } from './receive.ts'
import { send, sendTo } from './sending.ts'
import { expectAddress, receivedAddress } from './sockaddr.ts'
import type { Socket } from './socket.ts'
import { descriptorOf } from './socket-base.ts'
import { targetNow } from './target.ts'

/** Flags by name. */
type OnlyFlags = Pick<FlagOptions, 'flags'>

// biome-ignore lint/suspicious/noExplicitAny: a socket of unknown family
export abstract class BlockingSocket<F = any> extends FileLikeSocket<F> {
  /**
   * `accept` that blocks its worker thread until somebody connects.
   *
   * @throws {Error} on the main thread: write `await server.accept()` there
   * @throws {KeyboardInterrupt} the thread is to stop
   * @example const [conn, address] = server.acceptSync()
   * @see accept(2)
   */
  acceptSync(): [conn: Socket<F>, address: Out<F>] {
    const descriptor = descriptorOf(this)
    let address: unknown
    const fd = block(descriptor, 'accept', READ, () => {
      expectAddress()
      const memory = scratch()
      const result = sys.accept4(descriptor.fd, memory.address, memory.length, SOCK_NONBLOCK | SOCK_CLOEXEC)
      if (result >= 0) address = receivedAddress()
      return result
    })
    if (fd < 0) throw descriptor.error(fd, 'accept', { address: undefined })
    const conn = this.around(fd)
    descriptorOf(conn).knownPeer = address
    return [conn, address as Out<F>]
  }

  /**
   * `connect` that blocks its worker thread until it is answered; a name is looked up meanwhile. The simulated internet
   * of the main thread is not known here.
   *
   * @throws {ConnectionRefusedError} nothing listens there
   * @throws {Error} on the main thread
   * @example client.connectSync(['127.0.0.1', 5000])
   * @see connect(2)
   */
  connectSync(address: In<F>): void {
    const descriptor = descriptorOf(this)
    const to = targetNow(descriptor, address, 'connect')
    const call = () => sys.connect(descriptor.fd, scratch().address, to.write())
    let begun = false
    const result = block(
      descriptor,
      'connect',
      WRITE,
      () => {
        if (begun) return howItEnded(descriptor, call)
        const first = call()
        begun = first === -EINPROGRESS
        return begun && descriptor.timeout !== 0 ? howItEnded(descriptor, call) : first
      },
      { address: to.shown },
    )
    if (result < 0) throw descriptor.error(result, 'connect', { address: to.shown })
    descriptor.knownPeer = to.shown
  }

  /**
   * `recv` that blocks its worker thread until something comes.
   *
   * @returns 1 … `bufsize` bytes, or none once the peer has shut down its sending side
   * @throws {Error} on the main thread: write `await conn.recv(1024)` there
   * @throws {KeyboardInterrupt} the thread is to stop
   * @example const data = conn.recvSync(1024)
   * @see recv(2)
   */
  recvSync(bufsize: number, flags?: number | OnlyFlags): Buffer {
    const descriptor = descriptorOf(this)
    const size = bufferSize(bufsize, 'recv')
    const bits = flagsOf(flags, undefined, 'recv')
    if (size === 0 || fillsUp(descriptor, bits)) {
      const all = Buffer.allocUnsafe(size)
      return all.subarray(0, fillSync(descriptor, all, bits))
    }
    const result = block(descriptor, 'recv', READ, () => receive(descriptor, size, bits, false), {
      mayWait: waits(bits),
    })
    if (result < 0) throw descriptor.error(result, 'recv')
    return result === 0 ? Buffer.alloc(0) : lastReceived()
  }

  /** `recvInto` that blocks its worker thread until something comes. @see recv(2) */
  recvIntoSync(buffer: Uint8Array, flags?: number | OnlyFlags): number {
    const descriptor = descriptorOf(this)
    const bytes = bytesToFill(buffer, 'recv_into')
    const bits = flagsOf(flags, undefined, 'recv_into')
    if (bytes.length === 0 || fillsUp(descriptor, bits)) return fillSync(descriptor, bytes, bits)
    const call = () => sys.recv(descriptor.fd, bytes, bytes.length, bits)
    const result = block(descriptor, 'recv', READ, call, { mayWait: waits(bits) })
    if (result < 0) throw descriptor.error(result, 'recv')
    return result
  }

  /**
   * `recvfrom` that blocks its worker thread until a datagram comes.
   *
   * @throws {Error} on the main thread
   * @example const [data, sender] = sock.recvfromSync(1024)
   * @see recvfrom(2)
   */
  recvfromSync(bufsize: number, flags?: number | OnlyFlags): [data: Buffer, address: Out<F>] {
    const descriptor = descriptorOf(this)
    const size = bufferSize(bufsize, 'recvfrom')
    const bits = flagsOf(flags, undefined, 'recvfrom')
    let sender: unknown = null
    const call = () => {
      const count = receive(descriptor, size, bits, true)
      if (count >= 0) sender = receivedAddress()
      return count
    }
    const result = block(descriptor, 'recvfrom', READ, call, { mayWait: waits(bits) })
    if (result < 0) throw descriptor.error(result, 'recvfrom')
    return [result === 0 ? Buffer.alloc(0) : lastReceived(), sender as Out<F>]
  }

  /** `send` that blocks its worker thread while the kernel's buffer is full. @see send(2) */
  sendSync(data: Uint8Array, flags?: number | OnlyFlags): number {
    const descriptor = descriptorOf(this)
    const bytes = bytesToSend(data)
    const bits = flagsOf(flags, undefined, 'send') | MSG_NOSIGNAL
    const result = block(descriptor, 'send', WRITE, () => send(descriptor, bytes, bits), { mayWait: waits(bits) })
    if (result < 0) throw descriptor.error(result, 'send', { size: bytes.length })
    return result
  }

  /**
   * `sendall` that blocks its worker thread until the kernel has all of it.
   *
   * @throws {BrokenPipeError} the peer has closed the connection, or it was never made
   * @throws {Error} on the main thread
   * @example conn.sendallSync(bytes`Hello\r\n`)
   * @see send(2)
   */
  sendallSync(data: Uint8Array, flags?: number | OnlyFlags): void {
    const descriptor = descriptorOf(this)
    const bytes = bytesToSend(data)
    const bits = flagsOf(flags, undefined, 'sendall') | MSG_NOSIGNAL
    let sent = 0
    // One wait, of which the time limit is: not one for each piece.
    const goOn = () => {
      const more = send(descriptor, bytes.subarray(sent), bits)
      if (more < 0) return more
      sent += more
      return sent < bytes.length ? -EAGAIN : sent
    }
    const result = block(descriptor, 'sendall', WRITE, goOn, { mayWait: waits(bits) })
    if (result < 0) throw descriptor.error(result, 'send', { size: bytes.length })
  }

  /** `sendto` that blocks its worker thread while the kernel's buffer is full. @see sendto(2) */
  sendtoSync(data: Uint8Array, address: In<F>, flags?: number | OnlyFlags): number {
    const descriptor = descriptorOf(this)
    const bytes = bytesToSend(data)
    const to = targetNow(descriptor, address, 'sendto')
    const bits = flagsOf(flags, undefined, 'sendto') | MSG_NOSIGNAL
    const call = () => sendTo(descriptor, bytes, bits, to.write())
    const result = block(descriptor, 'sendto', WRITE, call, { address: to.shown, mayWait: waits(bits) })
    if (result < 0) throw descriptor.error(result, 'sendto', { address: to.shown, size: bytes.length })
    return result
  }
}

/** MSG_WAITALL: until `bytes` is full or the stream ends. What has come is not thrown away. */
function fillSync(descriptor: Descriptor, bytes: Uint8Array, flags: number): number {
  const got = { count: 0 }
  try {
    const result = block(descriptor, 'recv', READ, filling(descriptor, bytes, flags, got), { mayWait: waits(flags) })
    if (result < 0) throw descriptor.error(result, 'recv')
  } catch (error) {
    if (got.count === 0) throw error
  }
  return got.count
}
