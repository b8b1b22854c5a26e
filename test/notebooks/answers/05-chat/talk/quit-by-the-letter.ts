// points: 3
// says: what comes after quit
async function talk(conn: socket.Socket, active: Set<socket.Socket>): Promise<void> {
  active.add(conn)
  try {
    for await (const data of conn.chunks(1024)) {
      if (data.toString() === "quit") break
      await conn.sendall(data)
    }
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error
  } finally {
    active.delete(conn)
    conn.close()
  }
}
