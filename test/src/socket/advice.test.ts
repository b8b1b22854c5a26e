/** What an error says behind the system's own words, where the commonest mix-ups are made. */
import { expect, test } from 'vitest'
import * as socket from '../../../src/socket/index.ts'

const message = async (call: () => unknown) => {
  try {
    await call()
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('nothing failed')
}

test('the listening socket used for a conversation is named, in both directions', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  expect(await message(() => server.sendall(Buffer.from('x')))).toBe(
    '[Errno 32] Broken pipe: this socket listens: send on the one that accept() gives',
  )
  expect(await message(() => server.recv(1))).toBe(
    '[Errno 107] Transport endpoint is not connected: this socket listens: recv on the one that accept() gives',
  )
})

test('a UDP socket has nobody to wait for', async () => {
  using udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  const advice = '[Errno 95] Operation not supported: only a stream socket, TCP, has connections to wait for'
  expect(await message(() => udp.listen())).toBe(advice)
  expect(await message(() => udp.accept())).toBe(advice)
})

test('a descriptor that was never open is not a closed socket', async () => {
  const closed = socket.socket()
  closed.close()
  expect(await message(() => closed.dup())).toBe('[Errno 9] Bad file descriptor: the socket is closed')
  expect(await message(() => socket.fromfd(99_999, socket.AF_INET, socket.SOCK_STREAM))).toBe(
    '[Errno 9] Bad file descriptor: nothing is open as descriptor 99999',
  )
})

test('listen before bind, and a port that only bind understands', async () => {
  using early = socket.socket()
  early.listen()
  expect(await message(() => early.bind(['127.0.0.1', 0]))).toBe(
    '[Errno 22] Invalid argument: a socket is bound once, and before it listens or connects',
  )
  using caller = socket.socket()
  expect(await message(() => caller.connect(['127.0.0.1', 0]))).toBe(
    '[Errno 111] Connection refused: port 0 means "any" to bind alone: connect to what getsockname() of the server says',
  )
})
