// points: 2
// says: the third client was turned away
async function serve(server: socket.Socket, limit: number): Promise<void> {
  let active = 0
  async function talk(conn: socket.Socket) {
    using held = conn
    active++
    try {
      for await (const data of conn.chunks(1024)) await conn.sendall(data)
      active--
    } catch {}
  }
  for await (const [conn] of server.connections()) {
    if (active >= limit) conn.close()
    else void talk(conn)
  }
}
