// %% describe
function describe(sock: socket.Socket): string {
  const protocol = sock.type === socket.SOCK_STREAM ? "TCP" : "UDP"
  const version = sock.family === socket.AF_INET ? "IPv4" : "IPv6"
  return `${protocol} over ${version}`
}

// %% first-line
async function firstLine(conn: socket.Socket): Promise<string> {
  let text = ""
  while (!text.includes("\r\n")) {
    const part = await conn.recv(1024)
    if (part.length === 0) throw new Error("the server hung up within the first line")
    text += part.toString("latin1") // one character a byte: no cut can fall within one
  }
  return text.slice(0, text.indexOf("\r\n"))
}

// %% prefix-echo
async function echoServer(server: socket.Socket): Promise<void> {
  async function talk(conn: socket.Socket) {
    using held = conn
    try {
      for await (const data of conn.chunks(1024)) await conn.sendall(bytes`Echo: ${data}`)
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error // a caller who is gone is no news
    }
  }
  for await (const [conn] of server.connections()) {
    new threading.Thread({ target: talk, args: [conn], daemon: true }).start()
  }
}
