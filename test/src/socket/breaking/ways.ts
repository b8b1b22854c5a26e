/**
 * The ways in which a connection can break, each a function that makes some, breaks them and cleans up after itself.
 * Imported by the program that counts what is left; knows nothing of counting. Without `using`: Node 22 runs it too.
 */
import type * as Library from '../../../../src/index.ts'

export type Socket = Library.socket.Socket
/** What a way is given: the module, a server to connect to, and a fresh address of it (127.0.0.0/8). */
export interface Ground {
  socket: typeof Library.socket
  server: Library.socket.Socket<Library.socket.AddressFamily.AF_INET>
  address(): [host: string, port: number]
}
type Way = (ground: Ground) => Promise<void>

const RESET = Buffer.from(Int32Array.of(1, 0).buffer)
const quietly = <T>(promise: Promise<T>): Promise<unknown> => promise.catch((error: unknown) => error)

/** Waits that nobody answers are given this long. */
const SHORT = 0.001

async function connected({ socket, server, address }: Ground): Promise<[client: Socket, conn: Socket]> {
  const [client, [conn]] = await Promise.all([socket.createConnection(address()), server.accept()])
  return [client, conn]
}

const resets = ({ socket }: Ground, sock: Socket) => sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)

/** A way that begins with a connection, and ends with both ends closed. */
const broken =
  (how: (client: Socket, conn: Socket, ground: Ground) => unknown): Way =>
  async (ground) => {
    const [client, conn] = await connected(ground)
    await how(client, conn, ground)
    client.close()
    conn.close()
  }

/** Both directions wait, then something happens: whatever they reject with is fine, that they end is the point. */
const whileBothWait = (what: (client: Socket, conn: Socket, ground: Ground) => void): Way =>
  broken(async (client, conn, ground) => {
    const waits = [quietly(conn.recv(1)), quietly(conn.recv(1)), quietly(client.recvInto(Buffer.alloc(1)))]
    what(client, conn, ground)
    client.close()
    conn.close()
    await Promise.all(waits)
  })

export const ways: Record<string, Way> = {
  'an echo, then closed by the client first': broken(async (client, conn) => {
    await client.sendall(Buffer.from('ping'))
    await conn.sendall(await conn.recv(10))
    await client.recv(10)
  }),
  'reset by the client while the server reads': whileBothWait((client, _, ground) => resets(ground, client)),
  'reset by the server while the client reads': whileBothWait((_, conn, ground) => {
    resets(ground, conn)
    conn.close()
  }),
  'closed with data unread: the system resets': broken(async (client, conn) => {
    await client.sendall(Buffer.alloc(1000))
    const rest = quietly(client.recv(1))
    conn.close()
    await rest
  }),
  'shut down in one half, read to its end': broken(async (client, conn, { socket }) => {
    client.shutdown(socket.SHUT_WR)
    await conn.recv(1)
  }),
  'shut down in both halves while both wait': whileBothWait((client, _, { socket }) =>
    client.shutdown(socket.SHUT_RDWR),
  ),
  'written to after the peer has gone': broken(async (client, conn, ground) => {
    resets(ground, conn)
    conn.close()
    await quietly(client.sendall(Buffer.alloc(100)))
    await quietly(client.sendall(Buffer.alloc(100)))
  }),
  'a writer stuck on a full buffer, closed under it': broken(async (client, conn, ground) => {
    client.setsockopt(ground.socket.SOL_SOCKET, ground.socket.SO_SNDBUF, 4096)
    conn.setsockopt(ground.socket.SOL_SOCKET, ground.socket.SO_RCVBUF, 4096)
    resets(ground, client)
    const stuck = quietly(client.sendall(Buffer.allocUnsafe(8_000_000)))
    client.close()
    await stuck
  }),
  'a time-out': broken(async (client) => {
    client.settimeout(SHORT)
    await quietly(client.recv(1))
  }),
  'an abort': broken(async (client) => {
    const leave = new AbortController()
    const wait = quietly(client.recv(1, { signal: leave.signal }))
    leave.abort()
    await wait
  }),
  'aborted while it connects': async ({ socket, server, address }) => {
    const leave = new AbortController()
    const accepted = quietly(server.accept({ signal: leave.signal }))
    const client = socket.socket()
    const connecting = quietly(client.connect(address(), { signal: leave.signal }))
    leave.abort()
    await connecting
    client.close()
    const result = await accepted
    if (Array.isArray(result)) (result[0] as Socket).close()
    else await drain({ socket, server, address })
  },
  refused: async ({ socket, address }) => {
    const [host] = address()
    await quietly(socket.createConnection([host, 1]))
  },
  'a server closed while it accepts, with a connection in its queue': async ({ socket, address }) => {
    const server = socket.createServer([address()[0], 0])
    const accepting = [quietly(server.accept()), quietly(server.accept())]
    const client = await socket.createConnection(server.getsockname())
    server.close()
    for (const result of await Promise.all(accepting)) if (Array.isArray(result)) (result[0] as Socket).close()
    await quietly(client.recv(1))
    client.close()
  },
  'given away by number, closed by number': broken((client, _, { socket }) => {
    const copy = socket.fromfd(client.fileno(), socket.AF_INET, socket.SOCK_STREAM)
    socket.close(client.detach())
    copy.close()
  }),
  'through files that outlive the socket': broken(async (client, conn) => {
    const lines = conn.makefile('r')
    const out = client.makefile('wb')
    await out.write(Buffer.from('one\ntwo'))
    await out.flush()
    conn.close()
    await lines.readline()
    await quietly(out.close())
    client.close()
    await quietly(lines.close())
  }),
  'a descriptor passed through a pair': broken(async (client, _, { socket }) => {
    const [a, b] = socket.socketpair()
    await socket.sendFds(a, [Buffer.from('x')], [client.fileno()])
    const [, fds] = await socket.recvFds(b, 1, 1)
    for (const fd of fds) socket.close(fd)
    a.close()
    b.close()
  }),
  'datagrams that come back, and one that never comes': async ({ socket }) => {
    const one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    const other = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    other.bind(['127.0.0.1', 0])
    await one.sendto(Buffer.from('x'), other.getsockname())
    await other.recvfrom(1)
    const never = quietly(other.recvfrom(1))
    other.close()
    one.close()
    await never
  },
  'forgotten while open': async (ground) => {
    const [client, conn] = await connected(ground)
    resets(ground, client)
    resets(ground, conn)
  },
}

/** Takes a connection whose client has given up, if it got as far as the queue. */
async function drain({ server }: Ground): Promise<void> {
  server.settimeout(0)
  const result = await quietly(server.accept())
  server.settimeout(null)
  if (Array.isArray(result)) (result[0] as Socket).close()
}
