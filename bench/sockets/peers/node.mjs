/** Node's own net, dgram and dns, in the same words as ours.mjs. */
import dgram from 'node:dgram'
import dns from 'node:dns/promises'
import { once } from 'node:events'
import net from 'node:net'

const SMALL = Buffer.alloc(64, 'x')
const CHUNK = Buffer.alloc(65536, 'x')
const now = () => performance.now()
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1]

const conversations = {
  tcp: (conn) => conn.on('data', (data) => conn.write(data)),
  bulk: (conn) => conn.on('data', () => {}).on('end', () => conn.end('.')),
  frames(conn) {
    let rest = Buffer.alloc(0)
    let count = 0
    conn.on('data', (data) => {
      const all = rest.length > 0 ? Buffer.concat([rest, data]) : data
      let at = 0
      while (all.length - at >= 4 && all.length - at >= 4 + all.readUInt32BE(at)) {
        at += 4 + all.readUInt32BE(at)
        count++
      }
      rest = all.subarray(at)
    })
    conn.on('end', () => {
      const reply = Buffer.alloc(4)
      reply.writeUInt32BE(count)
      conn.end(reply)
    })
  },
  connect: (conn) => conn.resume().end(),
}

async function serve(row) {
  if (row.startsWith('udp')) {
    const sock = dgram.createSocket({ type: 'udp4', recvBufferSize: 4 << 20 })
    let count = 0
    sock.on('message', (data, { port, address }) => {
      if (row === 'udp') sock.send(data, port, address)
      else if (data.length > 1) count++
      else sock.send(String(count), port, address)
    })
    sock.bind(0, '127.0.0.1')
    await once(sock, 'listening')
    return sock
  }
  const converse = conversations[row === 'many' ? 'tcp' : row]
  const server = net.createServer({ allowHalfOpen: true, noDelay: row !== 'connect' && row !== 'many' }, (conn) => {
    conn.on('error', () => conn.destroy())
    if (row === 'tcp' || row === 'many') conn.on('end', () => conn.end())
    converse(conn)
  })
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 })
  await once(server, 'listening')
  return server
}

async function dial(port) {
  const conn = net.connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true })
  await once(conn, 'connect')
  return conn
}

const drives = {
  async tcp(port, count) {
    const conn = await dial(port)
    const times = []
    await new Promise((resolve) => {
      let start = 0
      let left = 0
      const send = () => {
        if (times.length === count) return resolve()
        left = SMALL.length
        start = now()
        conn.write(SMALL)
      }
      conn.on('data', (data) => {
        left -= data.length
        if (left > 0) return
        times.push(now() - start)
        send()
      })
      send()
    })
    conn.destroy()
    return median(times) * 1000
  },
  async udp(port, count) {
    const sock = dgram.createSocket('udp4')
    sock.connect(port, '127.0.0.1')
    await once(sock, 'connect')
    const times = []
    await new Promise((resolve) => {
      let start = 0
      const send = () => {
        if (times.length === count) return resolve()
        start = now()
        sock.send(SMALL)
      }
      sock.on('message', () => {
        times.push(now() - start)
        send()
      })
      send()
    })
    sock.close()
    return median(times) * 1000
  },
  async bulk(port, mebibytes) {
    const conn = await dial(port)
    const done = once(conn, 'data')
    const start = now()
    for (let i = 0; i < mebibytes * 16; i++) if (!conn.write(CHUNK)) await once(conn, 'drain')
    conn.end()
    await done
    conn.destroy()
    return (mebibytes * 1.048576) / ((now() - start) / 1000)
  },
  async frames(port, count) {
    const conn = await dial(port)
    const frame = Buffer.alloc(1028, 'x')
    frame.writeUInt32BE(1024)
    const done = once(conn, 'data')
    const start = now()
    for (let i = 0; i < count; i++) if (!conn.write(frame)) await once(conn, 'drain')
    conn.end()
    const [reply] = await done
    conn.destroy()
    if (reply.readUInt32BE() !== count) throw new Error('frames were lost')
    return count / ((now() - start) / 1000)
  },
  async 'udp-flow'(port, count) {
    const sock = dgram.createSocket('udp4')
    sock.connect(port, '127.0.0.1')
    await once(sock, 'connect')
    const send = (data) => new Promise((resolve) => sock.send(data, resolve))
    const start = now()
    for (let i = 0; i < count; i++) await send(SMALL)
    let got = 0
    for (let tries = 0; tries < 5 && got === 0; tries++) {
      const reply = once(sock, 'message', { signal: AbortSignal.timeout(1000) })
      await send('E')
      got = await reply.then(([data]) => Number(data)).catch(() => 0)
    }
    const seconds = (now() - start) / 1000
    sock.close()
    return got / seconds
  },
  async connect(port, count) {
    const start = now()
    for (let i = 0; i < count; i++) {
      const conn = net.connect(port, '127.0.0.1')
      conn.resume()
      await once(conn, 'close')
    }
    return count / ((now() - start) / 1000)
  },
  async lookup(_port, count) {
    const start = now()
    for (let i = 0; i < count; i++) await dns.lookup('localhost', { all: true })
    return count / ((now() - start) / 1000)
  },
}

const [role, row, ...numbers] = process.argv.slice(2)
const say = (value) => console.log(JSON.stringify(value))
if (role === 'drive') say(await drives[row](...numbers.map(Number)))
else {
  const server = row === 'lookup' ? undefined : await serve(row)
  if (role === 'both') {
    say(await drives[row](server?.address().port, Number(numbers[0])))
    process.exit()
  }
  say(server.address().port)
  process.stdin.resume().on('end', () => process.exit())
}
