// points: 3
// says: a client that is cut off gives its place back (0 of 1)
async function serve(server: socket.Socket, limit: number): Promise<void> {
  const places = new threading.Semaphore(limit)
  async function talk(conn: socket.Socket) {
    using held = conn
    try {
      for await (const data of conn.chunks(1024)) await conn.sendall(data)
      places.release()
    } catch {}
  }
  for await (const [conn] of server.connections()) {
    await places.acquire()
    void talk(conn)
  }
}
