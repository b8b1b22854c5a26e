// %% call-order
function tcpServer(): string[] {
  return ["socket", "bind", "listen", "accept", "recv", "sendall", "close"]
}

function tcpClient(): string[] {
  return ["socket", "connect", "sendall", "recv", "close"]
}

function udpServer(): string[] {
  return ["socket", "bind", "recvfrom", "sendto", "close"]
}

// %% upper-echo
async function upperEcho(sock: socket.Socket): Promise<void> {
  while (true) {
    try {
      const [data, addr] = await sock.recvfrom(65535)
      await sock.sendto(Buffer.from(data.toString().toUpperCase()), addr)
    } catch (error) {
      if (error instanceof OSError && error.code === "EBADF") return // closed: we are done
      throw error
    }
  }
}

// %% survive
function openServer(port: number): socket.Socket {
  const server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
  try {
    server.bind(["127.0.0.1", port])
    server.listen()
    return server
  } catch (error) {
    server.close()
    if (error instanceof OSError && error.code === "EADDRINUSE" && port !== 0) return openServer(0)
    throw error
  }
}

async function reach(addresses: socket.InetAddress[]): Promise<socket.Socket | null> {
  for (const address of addresses) {
    try {
      return await socket.createConnection(address, { timeout: 5 }) // closes what fails
    } catch (error) {
      if (!(error instanceof ConnectionRefusedError)) throw error
    }
  }
  return null
}

// %% echo-stop
async function echoUntilStopped(server: socket.Socket): Promise<void> {
  async function talk(conn: socket.Socket) {
    using held = conn
    try {
      for await (const data of conn.chunks(1024)) await conn.sendall(data)
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error // a client that breaks off is no news
    }
  }
  try {
    while (true) {
      const [conn] = await server.accept()
      await talk(conn)
    }
  } catch (error) {
    if (!(error instanceof KeyboardInterrupt)) throw error
  } finally {
    server.close()
  }
}
