/**
 * This library's side of every row, given its module `socket`: from dist/ in plain Node, or a kernel's own.
 *
 * Words: `serve ROW` prints a port and serves until its input ends; `drive ROW PORT COUNT` prints what it measured;
 * `both ROW COUNT` is the two in one process. The other programs in this folder take the same words.
 */
const SMALL = Buffer.alloc(64, 'x')
const CHUNK = Buffer.alloc(65536, 'x')
const ROUNDS = 50
const now = () => performance.now()

async function exactly(conn, size) {
  const parts = []
  for (let left = size; left > 0; ) {
    const data = await conn.recv(left)
    if (data.length === 0) return undefined
    if (data.length === size) return data
    parts.push(data)
    left -= data.length
  }
  return Buffer.concat(parts)
}

/** What one accepted connection gets. */
const conversations = {
  async tcp(conn) {
    for (;;) {
      const data = await conn.recv(4096)
      if (data.length === 0) break
      await conn.sendall(data)
    }
    conn.close()
  },
  async bulk(conn) {
    while ((await conn.recv(65536)).length > 0);
    await conn.sendall(Buffer.from('.'))
    conn.close()
  },
  async frames(conn) {
    const file = conn.makefile('rb')
    for (let count = 0; ; count++) {
      const header = await file.read(4)
      if (header.length < 4) {
        const reply = Buffer.alloc(4)
        reply.writeUInt32BE(count)
        await conn.sendall(reply)
        break
      }
      await file.read(header.readUInt32BE())
    }
    await file.close()
    conn.close()
  },
  connect: async (conn) => conn.close(),
}

function serve(socket, row) {
  if (row.startsWith('udp')) {
    const sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
    sock.bind(['127.0.0.1', 0])
    const loop = async () => {
      let count = 0
      for (;;) {
        const [data, sender] = await sock.recvfrom(2048)
        if (row === 'udp') await sock.sendto(data, sender)
        else if (data.length > 1) count++
        else await sock.sendto(Buffer.from(String(count)), sender)
      }
    }
    loop().catch(() => {})
    return sock
  }
  const server = socket.createServer(['127.0.0.1', 0], { backlog: 4096 })
  const converse = conversations[row === 'many' ? 'tcp' : row]
  const loop = async () => {
    for await (const [conn] of server.connections()) {
      if (row !== 'connect' && row !== 'many') conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
      converse(conn).catch(() => conn.close())
    }
  }
  loop().catch(() => {})
  return server
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1]

/** Each gives one number, in the row's unit. */
const drives = {
  async tcp(socket, port, count) {
    const conn = await socket.createConnection(['127.0.0.1', port])
    conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    const times = []
    for (let i = 0; i < count; i++) {
      const start = now()
      await conn.sendall(SMALL)
      let left = SMALL.length
      while (left > 0) left -= (await conn.recv(left)).length
      times.push(now() - start)
    }
    conn.close()
    return median(times) * 1000
  },
  async udp(socket, port, count) {
    const sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    await sock.connect(['127.0.0.1', port])
    const times = []
    for (let i = 0; i < count; i++) {
      const start = now()
      await sock.send(SMALL)
      await sock.recv(2048)
      times.push(now() - start)
    }
    sock.close()
    return median(times) * 1000
  },
  async bulk(socket, port, mebibytes) {
    const conn = await socket.createConnection(['127.0.0.1', port])
    const start = now()
    for (let i = 0; i < mebibytes * 16; i++) await conn.sendall(CHUNK)
    conn.shutdown(socket.SHUT_WR)
    await conn.recv(1)
    const seconds = (now() - start) / 1000
    conn.close()
    return (mebibytes * 1.048576) / seconds
  },
  async frames(socket, port, count) {
    const conn = await socket.createConnection(['127.0.0.1', port])
    const frame = Buffer.alloc(1028, 'x')
    frame.writeUInt32BE(1024)
    const start = now()
    for (let i = 0; i < count; i++) await conn.sendall(frame)
    conn.shutdown(socket.SHUT_WR)
    const got = (await exactly(conn, 4)).readUInt32BE()
    conn.close()
    if (got !== count) throw new Error(`${got} of ${count} frames came`)
    return count / ((now() - start) / 1000)
  },
  async 'udp-flow'(socket, port, count) {
    const sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    await sock.connect(['127.0.0.1', port])
    const start = now()
    for (let i = 0; i < count; i++) await sock.send(SMALL)
    sock.settimeout(1)
    let got = 0
    for (let tries = 0; tries < 5 && got === 0; tries++) {
      await sock.send(Buffer.from('E'))
      got = Number(await sock.recv(100).catch(() => 0))
    }
    const seconds = (now() - start) / 1000
    sock.close()
    return got / seconds
  },
  async connect(socket, port, count) {
    const start = now()
    for (let i = 0; i < count; i++) {
      const conn = await socket.createConnection(['127.0.0.1', port])
      await conn.recv(1)
      conn.close()
    }
    return count / ((now() - start) / 1000)
  },
  async lookup(socket, _port, count) {
    const start = now()
    // What Node's lookup asks, and no more: the addresses for streams.
    const type = socket.SOCK_STREAM
    for (let i = 0; i < count; i++) await socket.getaddrinfo('localhost', 80, { type })
    return count / ((now() - start) / 1000)
  },
  /** The load for every contender's server: `count` connections, each so many round trips. */
  async many(socket, port, count) {
    const conns = []
    for (let i = 0; i < count; i++) conns.push(await socket.createConnection(['127.0.0.1', port]))
    const start = now()
    await Promise.all(
      conns.map(async (conn) => {
        for (let i = 0; i < ROUNDS; i++) {
          await conn.sendall(SMALL)
          let left = SMALL.length
          while (left > 0) left -= (await conn.recv(left)).length
        }
      }),
    )
    const seconds = (now() - start) / 1000
    for (const conn of conns) conn.close()
    return (count * ROUNDS) / seconds
  },
}

export async function run(socket, words, say) {
  const [role, row, ...numbers] = words
  if (role === 'drive') return say(await drives[row](socket, ...numbers.map(Number)))
  const server = row === 'lookup' ? undefined : serve(socket, row)
  const port = server?.getsockname()[1]
  if (role === 'both') {
    say(await drives[row](socket, port, Number(numbers[0])))
    server?.close()
  } else say(port)
  return server
}

if (process.argv[1] === import.meta.filename) {
  const { socket } = await import('../../../dist/socketlab.mjs')
  const server = await run(socket, process.argv.slice(2), (value) => console.log(JSON.stringify(value)))
  if (process.argv[2] === 'serve') process.stdin.resume().on('end', () => process.exit())
  else if (server?.fileno() >= 0) server.close()
}
