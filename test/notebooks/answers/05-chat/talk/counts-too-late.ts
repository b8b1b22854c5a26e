// points: 2
// says: how many are in the set after it
async function talk(conn: socket.Socket, active: Set<socket.Socket>): Promise<void> {
  active.add(conn)
  try {
    for await (const data of conn.chunks(1024)) {
      if (data.toString().trim().toLowerCase() === "quit") break
      await conn.sendall(data)
    }
    active.delete(conn)
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error
  } finally {
    conn.close()
  }
}
