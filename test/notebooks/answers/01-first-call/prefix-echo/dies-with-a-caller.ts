// points: 3
// says: Connection reset by peer
async function echoServer(server: socket.Socket): Promise<void> {
  async function talk(conn: socket.Socket) {
    using held = conn
    for await (const data of conn.chunks(1024)) await conn.sendall(bytes`Echo: ${data}`)
  }
  for await (const [conn] of server.connections()) void talk(conn)
}
