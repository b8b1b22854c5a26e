/** What the tests of WorkerThread run in a thread. */
import { writeFileSync } from 'node:fs'
import { threadId } from 'node:worker_threads'
import { socket } from 'socketlab'

export const add = (a, b) => ({ sum: a + b, main: threadId === 0 })

export const fail = () => {
  throw new RangeError('too far')
}

/** Echoes one connection until its end. */
export function echo(fd) {
  const conn = socket.socket({ fileno: fd })
  let count = 0
  for (;;) {
    const data = conn.recvSync(1024)
    if (data.length === 0) break
    conn.sendallSync(data)
    count += data.length
  }
  conn.close()
  return count
}

/** Takes one connection, and tells its address and what it says. */
export function serveOne(fd) {
  const server = socket.socket({ fileno: fd })
  const [conn, address] = server.acceptSync()
  const said = conn.recvSync(100).toString()
  conn.close()
  server.close()
  return { address, said }
}

export function dial(address) {
  const client = socket.socket()
  client.connectSync(address)
  client.sendallSync(Buffer.alloc(1_000_000, 'x'))
  client.shutdown(socket.SHUT_WR)
  const buffer = Buffer.alloc(100)
  const count = client.recvIntoSync(buffer)
  client.close()
  return buffer.toString('latin1', 0, count)
}

export function datagrams(address) {
  const sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  sock.sendtoSync(Buffer.from('ping'), address)
  const [data, sender] = sock.recvfromSync(100)
  sock.settimeout(0.01)
  try {
    sock.recvfromSync(100)
  } catch (error) {
    return { data: data.toString(), sender, error: error.name }
  } finally {
    sock.close()
  }
}

/** What calls give that wait for datagrams until the socket is shut down. */
export function untilShut(fd) {
  const sock = socket.socket({ fileno: fd })
  const [, sender] = sock.recvfromSync(100)
  sock.sendtoSync(Buffer.from('!'), sender)
  return [sock.recvSync(100), sock.recvfromSync(100), sock.recvIntoSync(Buffer.alloc(1))]
}

/** What each gives where nothing comes and nothing is taken; no time limit would end a wait. */
export function neverWaits(fd) {
  const conn = socket.socket({ fileno: fd })
  const flags = socket.MSG_DONTWAIT
  const codes = []
  const calls = [
    () => conn.recvSync(1, flags),
    () => conn.recvSync(1, { flags }),
    () => conn.recvfromSync(1, flags),
    () => conn.recvIntoSync(Buffer.alloc(1), flags),
    () => conn.sendallSync(Buffer.alloc(1e7), flags),
    () => conn.sendSync(Buffer.alloc(1), flags),
    () => conn.recvSync(0).length,
  ]
  for (const call of calls) {
    try {
      codes.push(call())
    } catch (error) {
      codes.push(error.code)
    }
  }
  return codes
}

/** All that was asked for, in one call; then what is left before the end. */
export function waitsForAll(fd) {
  const conn = socket.socket({ fileno: fd })
  conn.sendallSync(Buffer.from('!'))
  const buffer = Buffer.alloc(6)
  const first = conn.recvSync(6, socket.MSG_WAITALL).toString()
  const count = conn.recvIntoSync(buffer, socket.MSG_WAITALL)
  return [first, buffer.toString('latin1', 0, count)]
}

export function refused(address) {
  const client = socket.socket()
  try {
    client.connectSync(address)
  } catch (error) {
    return error.code
  }
}

/** Blocks until it is stopped; then writes why. */
export function blocks(fd, path) {
  const conn = socket.socket({ fileno: fd })
  try {
    conn.sendallSync(Buffer.from('!'))
    conn.recvSync(1)
  } catch (error) {
    writeFileSync(path, error.name)
    throw error
  }
}

export function spins(fd) {
  socket.socket({ fileno: fd }).sendallSync(Buffer.from('!'))
  for (;;);
}

export const leavesOpen = (fd) => void socket.socket({ fileno: fd })

/** As in a cell, which is not how it goes here. */
export async function awaits(fd) {
  const conn = socket.socket({ fileno: fd })
  return conn.recv(1).catch((error) => error.message)
}
