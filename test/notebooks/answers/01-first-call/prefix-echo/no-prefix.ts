// points: 1
// says: the first difference is at byte 0: 0x45 is expected, 0x48 came
async function echoServer(server: socket.Socket): Promise<void> {
  async function talk(conn: socket.Socket) {
    using held = conn
    try {
      for await (const data of conn.chunks(1024)) await conn.sendall(data)
    } catch {}
  }
  for await (const [conn] of server.connections()) void talk(conn)
}
