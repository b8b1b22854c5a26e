// points: 3
// says: the third client got an answer while two others had the two places
async function serve(server: socket.Socket, limit: number): Promise<void> {
  async function talk(conn: socket.Socket) {
    using held = conn
    try {
      for await (const data of conn.chunks(1024)) await conn.sendall(data)
    } catch {}
  }
  for await (const [conn] of server.connections()) void talk(conn)
}
