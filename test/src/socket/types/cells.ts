/** What a student writes, which must compile under --strict; read by types.test.ts. Never run. */
import * as socket from '../../../../src/socket/index.ts'

export async function echo(server: socket.Socket): Promise<void> {
  const [conn, address] = await server.accept()
  using held = conn
  console.log(address, held)
  for await (const chunk of conn.chunks(1024)) await conn.sendall(chunk)
}

export async function clients(): Promise<void> {
  using server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
  server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
  server.setblocking(1)
  server.bind(['127.0.0.1', 0])
  server.listen()
  const [host, port] = server.getsockname()
  console.log(host.toUpperCase(), port.toFixed())
  await echo(server)
  using client = await socket.createConnection(server.getsockname(), { timeout: 5 })
  const name: [host: string, port: number] = client.getpeername()
  using byName: socket.socket = socket.socket({ family: socket.AF_INET6, type: socket.SOCK_DGRAM })
  using six = socket.socket(socket.AF_INET6)
  const [, , flowinfo, scopeId] = six.getsockname()
  using unix = socket.socket(socket.AF_UNIX)
  await unix.connect('chat.sock')
  unix.bind(Buffer.from('\0python\0test\0'))
  const path: string = unix.getsockname()
  using other = await socket.createConnection({ address: ['::1', 80, 0, 0], timeout: 5 })
  const [, , , scope] = other.getpeername()
  using listener = socket.createServer({ address: ['::', 0], family: socket.AF_INET6, dualstackIpv6: true })
  using copy = socket.fromfd({ fd: listener.fileno(), family: socket.AF_INET6, type: socket.SOCK_STREAM })
  const [, , label] = copy.getsockname()
  const memory = Buffer.alloc(10)
  const count: number = await client.recvInto({ buffer: memory, nbytes: 4 })
  const full: string = await socket.getfqdn({ name: 'localhost' })
  console.log(scope, label, count, full, await client.sendfile({ file: 3, count: null }))
  const numbers = [socket.socket({ family: 250 }), socket.socket(250, { type: 1 }), socket.socket(250, 1, { proto: 0 })]
  console.log(numbers)
  const all: socket.Socket[] = [server, client, byName, six, unix, socket.socket(250), socket.socket({ fileno: 3 })]
  const kind: string | undefined = socket.SocketKind[server.type]
  console.log(name, flowinfo, scopeId, path, all, kind)
}

export async function files(conn: socket.Socket): Promise<void> {
  for (const mode of ['r', 'rb', 'rw', 'w', 'wb'] as const) {
    await using file = conn.makefile(mode, { encoding: mode.includes('b') ? null : 'utf-8' })
    const { mode: told }: { mode: string } = file
    console.log(told, file.readable())
  }
  const raw: Buffer | null = await conn.makefile('rb', { buffering: 0 }).read(1)
  const none: Buffer | null = await conn.makefile({ mode: 'rb', buffering: 0 }).read(1)
  const bytes: Buffer = await conn.makefile({ mode: 'rb' }).read(1)
  const text: string = await conn.makefile({ encoding: 'ascii' }).readline()
  const more: string = await conn.makefile('r', { newline: '\n' }).readline()
  console.log(raw, none, bytes, text, more)
  const raws: (Buffer | null)[] = [
    await conn.makefile('rb', 0).read(),
    await conn.makefile('rb', { buffering: 0 }).read(5),
    await conn.makefile({ mode: 'rb', buffering: 0 }).read(),
  ]
  const wholes: Buffer[] = [
    await conn.makefile('rb').read(),
    await conn.makefile('rwb', 4096).readline(),
    await conn.makefile({ mode: 'rb' }).readline(),
    await conn.makefile({ mode: 'rb', buffering: 16 }).readline(),
  ]
  const texts: string[] = [
    await conn.makefile().readline(),
    await conn.makefile('rw', { newline: '\r\n' }).read(5),
    await conn.makefile({ encoding: 'latin1' }).readline(),
    await conn.makefile('r', -1, { errors: 'replace' }).readline(),
  ]
  console.log(raws, wholes, texts)
}

export async function datagrams(): Promise<void> {
  using receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  const [data, from] = await receiver.recvfrom(1024, { signal: AbortSignal.timeout(1000) })
  await receiver.sendto(Buffer.from(data.toString().toUpperCase()), from)
  for (const [family, type, , , address] of await socket.getaddrinfo('localhost', 80, { type: socket.SOCK_STREAM }))
    console.log(socket.AddressFamily[family], socket.SocketKind[type], address)
}
