/** A beginner's errors that the types alone catch: each line below a directive must not compile. Never run. */
import * as socket from '../../../../src/socket/index.ts'

declare const s: socket.Socket<socket.AddressFamily.AF_INET>
declare const u: socket.Socket<socket.AddressFamily.AF_UNIX>
const ADDRESS = ['127.0.0.1', 50000]

export async function mistakes(): Promise<void> {
  // @ts-expect-error an array that may be of any length: write it in the call, or add `as const`
  s.bind(ADDRESS)
  // @ts-expect-error a path is no AF_INET address
  s.bind('chat.sock')
  // @ts-expect-error nor is a pair an AF_UNIX one
  await u.connect(['127.0.0.1', 80])
  // @ts-expect-error a socket carries bytes
  await s.sendall('text')
  // @ts-expect-error the host comes first
  s.bind([80, 'localhost'])
  // @ts-expect-error there may be no time limit
  const seconds: number = s.gettimeout()
  // @ts-expect-error an address of three
  await s.connect(['127.0.0.1', 80, 0])
  // @ts-expect-error nothing to receive it with: recv gives a promise
  const data: Buffer = s.recv(10)
  // @ts-expect-error options are numbers or bytes
  s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 'yes')
  // @ts-expect-error sockets are made without new, and not from a family
  new socket.Socket(socket.AF_INET)
  // @ts-expect-error seconds
  await socket.createConnection(['127.0.0.1', 80], { timeout: '5' })
  // @ts-expect-error the address is missing
  socket.createServer({ backlog: 5 })
  // @ts-expect-error Python's name, not ours
  socket.createServer({ address: ['', 80], reuse_port: true })
  // @ts-expect-error a Buffer has a `buffer` of its own, which is not meant
  await s.recvInto({ buffer: Buffer.alloc(4).buffer })
  console.log(seconds, data)
}
