// points: 3
// says: how many are in the set during it
async function talk(conn: socket.Socket, active: Set<socket.Socket>): Promise<void> {
  try {
    for await (const data of conn.chunks(1024)) {
      if (data.toString().trim().toLowerCase() === "quit") break
      await conn.sendall(data)
    }
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error
  } finally {
    conn.close()
  }
}
