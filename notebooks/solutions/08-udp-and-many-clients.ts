// %% ask-again
async function ask(
  address: socket.InetAddress,
  question: Uint8Array,
  tries: number,
  timeout: number,
): Promise<Buffer> {
  using sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  sock.settimeout(timeout)
  for (let round = 1; ; round++) {
    await sock.sendto(question, address)
    try {
      const [answer] = await sock.recvfrom(65535)
      return answer
    } catch (error) {
      if (!(error instanceof TimeoutError) || round >= tries) throw error
    }
  }
}

// %% limited
async function serve(server: socket.Socket, limit: number): Promise<void> {
  const places = new threading.Semaphore(limit)

  async function talk(conn: socket.Socket) {
    using held = conn
    using place = await places.hold() // given back at the end, whatever happens
    try {
      for await (const data of conn.chunks(1024)) await conn.sendall(data)
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error // a client who is gone is no news
    }
  }

  for await (const [conn] of server.connections()) {
    new threading.Thread({ target: talk, args: [conn], daemon: true }).start()
  }
}

// %% mend-send
async function deliver(conn: socket.Socket, data: Uint8Array): Promise<void> {
  await conn.sendall(data)
}

// %% mend-recv
async function readLine(conn: socket.Socket): Promise<string> {
  let text = ""
  while (!text.includes("\n")) {
    const data = await conn.recv(1024)
    if (data.length === 0) throw new ConnectionError("ended within a line")
    text += data.toString("latin1")
  }
  return text.slice(0, text.indexOf("\n"))
}

// %% mend-reuse
function startServer(address: socket.InetAddress): socket.Socket {
  const server = socket.socket()
  server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
  server.bind(address)
  server.listen()
  return server
}

// %% mend-timeout
async function listenFor(
  address: socket.InetAddress,
  seconds: number,
): Promise<Buffer | null> {
  using conn = await socket.createConnection(address)
  conn.settimeout(seconds)
  try {
    return await conn.recv(1024)
  } catch (error) {
    if (error instanceof TimeoutError) return null
    throw error
  }
}

// %% mend-close
async function countOpen(addresses: socket.InetAddress[]): Promise<number> {
  let count = 0
  for (const address of addresses) {
    using sock = socket.socket()
    try {
      await sock.connect(address)
      count++
    } catch {
      console.log("nobody at", address)
    }
  }
  return count
}
