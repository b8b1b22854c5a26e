// points: 2
// says: two at once (0 of 1)
async function serve(server: socket.Socket, limit: number): Promise<void> {
  for await (const [conn] of server.connections()) {
    using held = conn
    try {
      for await (const data of conn.chunks(1024)) await conn.sendall(data)
    } catch {}
  }
}
